"""`edusync sync NAME --only KIND ID`: one item now, and nothing else is touched."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from edusync.sandbox.edusign.faults import Fault
from edusync.state.latest import last_runs, named_last
from edusync.state.open import open_store
from tests.conftest import World
from tests.support import commands


def command(world: World, name: str, *more: str) -> subprocess.CompletedProcess[str]:
    at = ("--state", str(world.state), "--at", world.now.isoformat())
    return commands.edusync(name, str(world.file), *more, *at)


def only(world: World, kind: str, source_id: str) -> subprocess.CompletedProcess[str]:
    return command(world, "sync", "--only", kind, source_id)


def move_classes(world: World, *numbers: int) -> None:
    for number in numbers:
        world.simulation.seed.courses[number] |= {"heureDebut": "18:00:00", "heureFin": "19:00:00"}


def starts(world: World) -> dict[str, str]:
    return {row["API_ID"]: row["START"] for row in world.book.all("courses")}


NEW = {"codeSeance": 7712020, "heureDebut": "20:00:00", "heureFin": "21:00:00"}
"""A session with the people of another one, in the evening."""


@pytest.fixture
def school(world: World) -> World:
    world.sync()
    world.later(hours=1)
    world.book.requests.clear()
    return world


def test_one_sheet_is_changed_and_nothing_else(school: World) -> None:
    move_classes(school, 7712001, 7712002)
    del school.simulation.seed.courses[7712011]
    school.simulation.seed.courses[7712020] = school.simulation.seed.courses[7712004] | NEW
    before = starts(school)
    told = only(school, "course", "7712001")
    assert told.returncode == 0, told.stdout + told.stderr
    assert [one for one, start in starts(school).items() if start != before.get(one)] == ["7712001"]
    assert (starts(school).keys(), len(school.writes())) == (before.keys(), 1)
    school.later(hours=1)
    result = school.sync()  # finds the rest, as if that run had not been
    done = {event.source_id: event.code for event in result.outcomes if event.kind == "course"}
    assert done["7712002"] == "DOWN_UPDATED"
    assert done["7712020"] == "DOWN_CREATED"
    assert "DOWN_DELETED" in [event.code for event in result.outcomes]
    assert "7712001" not in done


def test_one_new_sheet_is_created_when_its_people_are_there(school: World) -> None:
    school.simulation.seed.courses[7712020] = school.simulation.seed.courses[7712004] | NEW
    assert only(school, "course", "7712020").returncode == 0
    assert school.course("7712020")["NAME"] == school.course("7712004")["NAME"]


def test_sheet_that_needs_somebody_who_is_not_there_says_whom(world: World) -> None:
    told = only(world, "course", "7712001")
    assert (told.returncode, world.writes()) == (2, [])
    assert "the course '7712001' needs what is not on Edusign yet: group 1201" in told.stderr
    assert "professor 42" in told.stderr
    assert "Traceback" not in told.stderr
    for kind, source_id in (("professor", "42"), ("student", "90211"), ("student", "90212")):
        assert only(world, kind, source_id).returncode == 0
    assert [row["API_ID"] for row in world.book.all("professors")] == ["42"]


def test_one_person_is_changed_and_nobody_else(school: World) -> None:
    seed = school.simulation.seed
    for number in (90211, 90212):
        seed.students[number]["nomApprenant"] = "NOUVEAU"
    assert only(school, "student", "90211").returncode == 0
    named = {row["API_ID"]: row["LASTNAME"] for row in school.book.all("students")}
    assert (named["90211"], named["90212"] == "NOUVEAU") == ("NOUVEAU", False)


@pytest.mark.parametrize(("kind", "source_id"), [("course", "1"), ("student", "7712001")])
def test_unknown_id_is_a_plain_sentence(school: World, kind: str, source_id: str) -> None:
    told = only(school, kind, source_id)
    sentence = f"neither the ERP nor the store knows the {kind} '{source_id}'"
    assert (told.returncode, sentence in told.stderr) == (2, True), told.stderr
    assert school.writes() == []


def test_item_that_is_in_step_or_stays_away_is_said_so(school: World) -> None:
    told = only(school, "course", "7712003")
    assert (told.returncode, "nothing to do" in told.stdout) == (0, True)
    told = only(school, "course", "7712005")
    assert (told.returncode, "DOWN_COURSE_NO_PROFESSOR" in told.stdout) == (0, True)
    assert school.writes() == []


def test_guard_holds_the_item_and_is_named_for_it_alone(school: World) -> None:
    for number in (7712001, 7712002, 7712003):
        del school.simulation.seed.courses[number]
    move_classes(school, 7712004)
    held = only(school, "course", "7712001")
    assert (held.returncode, "RUN_DELETIONS_HELD" in held.stdout) == (4, True)
    assert school.writes() == []
    moved = only(school, "course", "7712004")
    assert (moved.returncode, "RUN_DELETIONS_HELD" in moved.stdout) == (0, False)
    explained = command(school, "explain", "course", "7712001")
    assert "RUN_DELETIONS_HELD" in explained.stdout
    plan = school.sync().plan  # the whole plan can still be approved
    school.sync(approve=plan.plan_id)
    assert "7712001" not in starts(school)


def test_edit_by_hand_of_another_sheet_is_seen_by_the_next_run(school: World) -> None:
    school.course("7712002").update({"NAME": "À LA MAIN", "DATE_UPDATED": school.book.now()})
    move_classes(school, 7712001)
    school.later(hours=1)
    assert only(school, "course", "7712001").returncode == 0
    assert school.course("7712002")["NAME"] == "À LA MAIN"
    school.later(hours=1)
    school.sync()
    assert school.course("7712002")["NAME"] != "À LA MAIN"


def test_events_are_those_of_the_item_and_no_last_run_of_the_connector(school: World) -> None:
    move_classes(school, 7712001)
    only(school, "course", "7712001")
    store = open_store(str(school.state))
    run = store.runs("school")[0]
    events = store.events(run["id"], code=None, kind=None, source_id=None)
    last, named = last_runs(store), named_last(store, ["DOWN_UPDATED"])
    store.close()
    assert [(one["code"], one["source_id"]) for one in events] == [("DOWN_UPDATED", "7712001")]
    assert (run["direction"], [*last], named) == ("one", [("school", "down")], [])
    assert "DOWN_UPDATED" in command(school, "events", "--format", "json").stdout


def test_refusal_of_the_item_is_what_explain_tells(school: World) -> None:
    move_classes(school, 7712001)
    fault = Fault("refused", verb="PATCH", path="/course", message="E17", times=4)
    school.faults.active.append(fault)
    told = only(school, "course", "7712001")
    assert (told.returncode, "EDU_REJECTED" in told.stdout) == (1, True), told.stdout
    assert "EDU_REJECTED" in command(school, "explain", "course", "7712001").stdout


def test_bare_id_of_the_erp_and_that_of_edusign_are_understood(
    make_world: Callable[..., World],
) -> None:
    world = make_world("scform")
    world.sync()
    edusign_id = world.course("1/30177")["ID"]
    several = only(world, "course", "30177")
    assert (several.returncode, "2 items are called so: 1/30177, 2/30177" in several.stderr) == (
        2,
        True,
    )
    for source_id in ("30178", "1/30177", edusign_id):
        told = only(world, "course", source_id)
        assert (told.returncode, "nothing to do" in told.stdout) == (0, True), told.stderr


@pytest.mark.parametrize("more", [("--approve", "x"), ("--up-only",)])
def test_what_does_not_go_together_is_said(world: World, more: tuple[str, ...]) -> None:
    told = command(world, "sync", "--only", "course", "7712001", *more)
    assert (told.returncode, "RUN_USAGE" in told.stderr) == (2, True)
