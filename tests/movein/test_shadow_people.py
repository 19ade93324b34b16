"""Beside an old connector, people and groups are compared too, as the last whole look saw them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.app.runs.shadow import People, people_seen
from edusync.sandbox.edusign.faults import Fault
from edusync.state.open import open_store
from tests.conftest import World
from tests.movein.test_shadow import ERPS, looked, school
from tests.support.commands import edusync

__all__ = ["school"]


def seen(world: World) -> People:
    store = open_store(str(world.state))
    try:
        (people,) = people_seen(store, "school")
        return people
    finally:
        store.close()


def told(world: World) -> list[tuple[str, str, str]]:
    """Return what differs of people and groups by the last whole look."""
    return sorted(
        (one["kind"], one["code"], str(one["field"] or "")) for one in seen(world).differences
    )


def students(world: World) -> list[dict[str, Any]]:
    """Return the students of the coming sheets, in the order of their ids."""
    courses = [row for row in world.book.all("courses") if row["START"] > "2026-03-17"]
    ids = {one["studentId"] for row in courses for one in row["STUDENTS"]}
    return [row for row in world.book.all("students") if row["ID"] in ids]


def leave_out(world: World, student: dict[str, Any]) -> None:
    """Let the old connector have left somebody out: of the school, its groups and its sheets."""
    del world.book.tables["students"][student["ID"]]
    for row in world.book.all("courses"):
        row["STUDENTS"] = [one for one in row["STUDENTS"] if one["studentId"] != student["ID"]]
    for row in world.book.all("groups"):
        row["STUDENTS"] = [one for one in row["STUDENTS"] if one != student["ID"]]


@pytest.mark.parametrize("erp", ERPS)
def test_planted_differences_of_people_are_found(school: Callable[..., World], erp: str) -> None:
    """Somebody under another name, and somebody whom the old connector left out."""
    world = school(erp)
    assert looked(world).differences == []
    other, left_out, *_ = students(world)
    other["LASTNAME"] = "Autrement"
    leave_out(world, left_out)
    looked(world)
    assert [one for one in told(world) if one[0] == "student"] == [
        ("student", "SHADOW_WOULD_CHANGE", "last_name"),
        ("student", "SHADOW_WOULD_MAKE", ""),
    ]
    assert world.writes() == []
    said = json.dumps([dict(one) for one in seen(world).differences], default=str)
    assert left_out["LASTNAME"] not in said
    assert "Autrement" not in said


@pytest.mark.parametrize("erp", ERPS)
def test_planted_differences_of_groups_are_found(school: Callable[..., World], erp: str) -> None:
    """One that neither its id nor its name says to be the same, and one that lacks somebody."""
    world = school(erp)
    named, *others = [row for row in world.book.all("groups") if row["STUDENTS"]]
    named["NAME"] = "Autre nom"
    for other in others[:1]:
        other["STUDENTS"] = other["STUDENTS"][1:]
    looked(world)
    expected = [("group", "SHADOW_WOULD_CHANGE", "students")] * len(others[:1])
    expected.append(("group", "SHADOW_WOULD_MAKE", ""))
    assert [one for one in told(world) if one[0] == "group"] == expected
    assert world.writes() == []


def test_groups_have_other_names_by_the_id_of_the_erp(school: Callable[..., World]) -> None:
    world = school(renamed=False)
    named = next(row for row in world.book.all("groups") if row["STUDENTS"])
    named["NAME"] = "Autre nom"
    looked(world)
    assert told(world) == [("group", "SHADOW_WOULD_CHANGE", "name")]


@pytest.mark.parametrize(
    ("restores", "expected"),
    [(False, []), (True, [("student", "SHADOW_WOULD_CHANGE", "archived")])],
)
def test_who_is_archived_is_not_made_again(
    school: Callable[..., World], restores: bool, expected: list[tuple[str, str, str]]
) -> None:
    """No list shows them; by their e-mail they are found, as a run finds them."""
    world = school()
    students(world)[0]["HIDDEN"] = 1
    answers = world.simulation.answers(world.erp_url)
    options, filters = dict(answers["options"]), dict(answers["filters"])
    world.write(options=options, filters=filters, rules={"restore_archived": restores})
    looked(world)
    assert [one for one in told(world) if one[0] == "student"] == expected


def test_look_in_part_takes_nothing_back(school: Callable[..., World]) -> None:
    """The last look that read all of them counts; before any did, that is said."""
    world = school()
    students(world)[0]["LASTNAME"] = "Autrement"
    failing = [True]

    def refuse(_verb: str, path: str) -> Any:
        return Response("no", 500) if failing and "/apprenants" in path else None

    world.erp.before_reading = refuse
    looked(world)
    assert seen(world).compared is None
    failing.clear()
    looked(world)
    before = told(world)
    assert (before, (seen(world).compared or {})["student"] >= 3) == (
        [("student", "SHADOW_WOULD_CHANGE", "last_name")],
        True,
    )
    failing.append(True)
    world.later(minutes=5)
    looked(world)
    assert told(world) == before


def test_commands_show_people_in_both_languages(school: Callable[..., World]) -> None:
    world = school()
    student = students(world)[0]
    student["LASTNAME"] = "Autrement"
    at = ["--state", str(world.state), "--no-color"]
    now = ["--at", world.now.isoformat()]
    first = edusync("sync", str(world.file), "--shadow", *at, *now)
    again = edusync("shadow", str(world.file), *at, "--lang", "fr")
    assert (first.returncode, again.returncode) == (1, 1), first.stderr + again.stderr
    assert "SHADOW_WOULD_CHANGE student" in first.stdout
    assert "SHADOW_WOULD_CHANGE apprenant" in again.stdout
    assert "Autrement" not in first.stdout + again.stdout
    data = json.loads(edusync("shadow", str(world.file), "--format", "json", *at).stdout)
    (people,) = data["people"]
    (difference,) = people["differences"]
    assert (difference["kind"], difference["edusign_id"]) == ("student", student["ID"])


# tutors


def followed(world: World) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a student of the coming sheets whom somebody follows, and the tutor."""
    student = next(one for one in students(world) if one["STUDENT_FOLLOWER_ID"])
    return student, world.book.tables["externals"][student["STUDENT_FOLLOWER_ID"][0]]


def tutors_of(world: World) -> list[tuple[str, str, str]]:
    return [one for one in told(world) if one[0] == "external" or "externals" in one[2]]


@pytest.mark.parametrize("erp", ["aimaira", "hyperplanning", "scform", "ypareo"])
def test_planted_differences_of_tutors_are_found(school: Callable[..., World], erp: str) -> None:
    """One under another name, one who does not follow any more, one whom nobody brought."""
    world = school(erp)
    looked(world)
    assert tutors_of(world) == []
    assert (seen(world).compared or {})["external"] >= 1
    student, tutor = followed(world)
    tutor["LASTNAME"] = "Autrement"
    looked(world)
    assert tutors_of(world) == [("external", "SHADOW_WOULD_CHANGE", "last_name")]
    student["STUDENT_FOLLOWER_ID"] = []
    looked(world)
    assert tutors_of(world) == [
        ("external", "SHADOW_WOULD_CHANGE", "last_name"),
        ("student", "SHADOW_WOULD_CHANGE", "externals"),
    ]
    del world.book.tables["externals"][tutor["ID"]]
    looked(world)
    assert tutors_of(world) == [("external", "SHADOW_WOULD_MAKE", "")]
    assert world.writes() == []


def test_a_tutor_of_another_whom_the_erp_does_not_know_is_no_difference(
    school: Callable[..., World],
) -> None:
    world = school("ypareo")
    student, tutor = followed(world)
    stranger = {**tutor, "ID": "xstranger", "id": "xstranger", "EMAIL": "other@ecole.test"}
    world.book.add("externals", stranger)
    student["STUDENT_FOLLOWER_ID"] = [*student["STUDENT_FOLLOWER_ID"], "xstranger"]
    looked(world)
    assert tutors_of(world) == []


def test_a_tutor_whose_look_up_is_refused_is_not_compared(school: Callable[..., World]) -> None:
    world = school("ypareo")
    student, tutor = followed(world)
    student["STUDENT_FOLLOWER_ID"] = []
    world.faults.active.append(Fault("refused", path="/v1/externals", times=1_000))
    looked(world)
    assert tutors_of(world) == []
    world.faults.active.clear()
    looked(world)
    assert tutors_of(world) == [("student", "SHADOW_WOULD_CHANGE", "externals")]
    assert tutor["LASTNAME"] not in json.dumps(
        [dict(one) for one in seen(world).differences], default=str
    )


def test_a_connector_without_tutors_counts_none(school: Callable[..., World]) -> None:
    world = school("ammon")
    looked(world)
    assert "external" not in (seen(world).compared or {})
