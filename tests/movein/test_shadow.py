"""Beside an old connector nothing is written, and what differs is found, day by day."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.app.files.connector_file import load_instance
from edusync.app.runner.endings import run_direction
from edusync.app.runs.shadow import Day, Shadowed, days_seen, shadow
from edusync.errors import EdusyncError, Guarded
from edusync.state.open import open_store
from tests.conftest import World
from tests.support.commands import edusync
from tests.support.walks import Sample

ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")
OTHER_ID = {True: "other ids", False: "the ids of the ERP"}


@pytest.fixture
def school(make_world: Callable[..., World]) -> Callable[..., World]:
    """Return what makes a school that an old connector brought to Edusign, and goes on to.

    With `renamed` it gave everything ids of its own.
    """

    def make(erp: str = "ypareo", *, renamed: bool = True) -> World:
        world = make_world(erp)
        answers = world.simulation.answers(world.erp_url)
        world.write(options=dict(answers["options"]), filters=dict(answers["filters"]))
        world.kept["renamed"] = renamed
        old_connector(world)
        return world

    return make


def old_connector(world: World) -> None:
    """Let the old connector do a slot: it brings what the ERP says, under its own type."""
    for rows in world.book.tables.values():
        for row in rows.values():
            if row.get("API_TYPE") == "LEGACY":
                row["API_TYPE"], row["API_ID"] = row.pop("_type"), row.pop("_id")
    state, world.state = world.state, world.folder / "old.db"
    world.sync()
    world.state = state
    for rows in world.book.tables.values():
        for number, row in enumerate(rows.values()):
            if row.get("API_TYPE"):
                row["_type"], row["_id"] = row["API_TYPE"], row["API_ID"]
                row["API_TYPE"] = "LEGACY"
                if world.kept["renamed"]:
                    row["API_ID"] = f"old-{number}"
    world.book.requests.clear()


def looked(world: World) -> Shadowed:
    store = open_store(str(world.state))
    try:
        instance = load_instance(world.file, world.registry)
        return shadow(instance, store, world.registry, world.moment())
    finally:
        store.close()


def seen(world: World) -> list[Day]:
    store = open_store(str(world.state))
    try:
        return days_seen(store, "school")
    finally:
        store.close()


def told(world: World) -> list[tuple[str, str, str]]:
    return [
        (day.day.isoformat(), one["code"], str(one["field"] or ""))
        for day in seen(world)
        for one in day.differences
    ]


@pytest.mark.parametrize("renamed", [True, False], ids=OTHER_ID.get)
@pytest.mark.parametrize("erp", ERPS)
def test_nothing_differs_and_nothing_is_written(
    school: Callable[..., World], erp: str, renamed: bool
) -> None:
    world = school(erp, renamed=renamed)
    result = looked(world)
    assert [(one.code, one.source_id, one.detail) for one in result.differences] == []
    assert sum(count or 0 for count in result.days["main"].values()) >= 3
    assert world.writes() == []


def coming(world: World) -> list[dict[str, Any]]:
    rows = sorted(world.book.all("courses"), key=lambda row: row["START"])
    return [row for row in rows if row["START"] > "2026-03-17"]


@pytest.mark.parametrize("erp", ERPS)
def test_three_planted_differences_are_found(school: Callable[..., World], erp: str) -> None:
    world = school(erp)
    left_out, other, *_ = coming(world)
    del world.book.tables["courses"][left_out["ID"]]
    other["STUDENTS"] = other["STUDENTS"][1:]
    strange = deepcopy(other) | {"ID": "c999", "id": "c999", "API_ID": "old-999"}
    strange |= {"START": "2026-03-20T16:00:00.000Z", "END": "2026-03-20T17:30:00.000Z"}
    strange["NAME"] = "Cours que l’ERP n’a pas"
    world.book.tables["courses"]["c999"] = strange
    result = looked(world)
    expected = [
        ("SHADOW_WOULD_MAKE", ""),
        ("SHADOW_WOULD_CHANGE", "students"),
        ("SHADOW_WOULD_DELETE", ""),
    ]
    found = [(one.code, one.field or "") for one in result.differences]
    assert sorted(found) == sorted(expected)
    assert world.writes() == []


def test_three_differences_of_a_week_add_up(school: Callable[..., World]) -> None:
    """Each day as it was seen last before it came, though later runs do not see it any more."""
    world = school()
    for day in range(7):
        old_connector(world)
        rows = {row["_id"]: row for row in world.book.all("courses")}
        if day == 0:  # the old one leaves a class of the next day out
            del world.book.tables["courses"][rows["7712002"]["ID"]]
        if day == 1:  # puts one in another room, and corrects it in time
            room, rows["7712003"]["CLASSROOM"] = rows["7712003"]["CLASSROOM"], "Ailleurs"
            looked(world)
            rows["7712003"]["CLASSROOM"] = room
        if day == 2:  # and one at another hour, until it is held
            rows["7712007"]["END"] = "2026-03-21T15:00:00.000Z"
        if day == 6:  # the ERP cancels one, and the old connector does not notice
            world.kept["gone"] = world.simulation.seed.courses.pop(7712011)
        looked(world)
        if "gone" in world.kept:
            world.simulation.seed.courses[7712011] = world.kept.pop("gone")
        world.later(days=1)
    assert told(world) == [
        ("2026-03-17", "SHADOW_WOULD_MAKE", ""),
        ("2026-03-21", "SHADOW_WOULD_CHANGE", "ends_at"),
        ("2026-03-23", "SHADOW_WOULD_DELETE", ""),
    ]
    assert len({day.day for day in seen(world)}) >= 12


def test_sheet_made_by_hand_is_no_difference(school: Callable[..., World]) -> None:
    world = school()
    row = coming(world)[0]
    data = {"NAME": "À la main", "PROFESSOR": row["PROFESSOR"]}
    times = {"START": "2026-03-18T16:00:00Z", "END": "2026-03-18T17:00:00Z"}
    world.courses.create({**data, **times}, from_students=True)
    assert looked(world).differences == []


def test_half_an_answer_says_of_no_sheet_that_it_would_go(school: Callable[..., World]) -> None:
    world = school()
    world.simulation.seed.courses.clear()
    failing = [True]

    def refuse(_verb: str, path: str) -> Any:
        return Response("no", 500) if failing and "/planning/" in path else None

    world.erp.before_reading = refuse
    result = looked(world)
    assert [one for one in result.differences if one.code == "SHADOW_WOULD_DELETE"] == []
    assert "RUN_READ_INCOMPLETE" in {one.code for one in result.outcomes}


# commands and slots


def test_commands_show_the_days_at_eighty_columns(school: Callable[..., World]) -> None:
    world = school()
    del world.book.tables["courses"][coming(world)[0]["ID"]]
    at = ["--state", str(world.state), "--no-color"]
    now = ["--at", world.now.isoformat()]
    first = edusync("sync", str(world.file), "--shadow", *at, *now)
    again = edusync("shadow", str(world.file), *at)
    assert (first.returncode, again.returncode) == (1, 1), first.stderr + again.stderr
    for said in (first.stdout, again.stdout):
        assert "SHADOW_WOULD_MAKE 7712001" in said
        assert max(len(line) for line in said.splitlines()) <= 80
    data = json.loads(edusync("shadow", str(world.file), "--format", "json", *at).stdout)
    (day,) = [one for one in data["days"] if one["differences"]]
    assert (day["day"], day["differences"][0]["source_id"]) == ("2026-03-17", "7712001")


def test_nothing_looked_at_is_said(world: World) -> None:
    result = edusync("shadow", str(world.file), "--state", str(world.state))
    assert (result.returncode, "RUN_USAGE" in result.stderr) == (2, True)


@pytest.mark.parametrize("more", [["--up-only"], ["--only", "course", "1"]])
def test_shadow_is_said_alone(world: World, more: list[str]) -> None:
    result = edusync("sync", str(world.file), "--shadow", *more, "--state", str(world.state))
    assert (result.returncode, "RUN_USAGE" in result.stderr) == (2, True)


def test_schedule_in_shadow_looks_and_writes_nothing(school: Callable[..., World]) -> None:
    world = school()
    world.write(schedule={"shadow": True})
    store = open_store(str(world.state))
    instance = load_instance(world.file, world.registry)
    ended = run_direction(instance, store, world.registry, world.moment(), "down")
    store.close()
    assert (ended.kind, ended.status, world.writes()) == ("done", "success", [])
    assert [day.day for day in seen(world)][:1] == [date(2026, 3, 16) + timedelta(days=1)]
    with pytest.raises(Guarded, match="runs in shadow") as refused:
        world.sync()
    assert refused.value.code == "RUN_IN_SHADOW"
    with pytest.raises(Guarded, match="runs in shadow"):
        world.write_back()


# half a look


class Spoilt:
    """An ERP whose answers go wrong from one request on, each time that its address is asked."""

    def __init__(self, world: World, answer: Callable[[], Any], first: int) -> None:
        self.answer, self.first = answer, first
        self.met, self.address = 0, ("", "")
        world.erp.before = world.erp.before_reading = self

    def __call__(self, verb: str, path: str) -> Any:
        self.met += 1
        if self.met - 1 == self.first:
            self.address = verb, path
        return self.answer() if self.met > self.first and (verb, path) == self.address else None


ANSWERS: dict[str, Callable[[], Any]] = {
    "refused": lambda: Response("no", 500),
    "an empty list": lambda: Response("[]", 200, content_type="application/json"),
    "an empty page": lambda: Response('{"value": []}', 200, content_type="application/json"),
}
NEVER = 10**6


@pytest.mark.walk(every=7)
@pytest.mark.parametrize(
    "erp", [name for name in ERPS if name != "scform"]
)  # which has no requests
def test_half_a_look_takes_no_difference_back(
    school: Callable[..., World], erp: str, sample: Sample
) -> None:
    """Every request of a look × every wrong answer: the day goes on being what it was before."""
    world = school(erp)
    left_out, other, *_ = coming(world)
    del world.book.tables["courses"][left_out["ID"]]
    other["STUDENTS"] = other["STUDENTS"][1:]
    counted = Spoilt(world, ANSWERS["refused"], NEVER)
    looked(world)
    before = told(world)
    assert len(before) == 2
    harmful = []
    for first, said in sample([(at, said) for at in range(counted.met) for said in ANSWERS]):
        Spoilt(world, ANSWERS[said], first)
        world.later(minutes=5)
        try:
            result = looked(world)
        except EdusyncError:
            continue
        lost = [one for one in before if one not in told(world)]
        if lost:
            harmful.append((first, said, result.status, lost))
    assert harmful == []


def test_day_that_was_never_read_whole_is_said(school: Callable[..., World]) -> None:
    """It is no day on which nothing differs: both commands end with another code than 0."""
    world = school()
    world.erp.before_reading = lambda _verb, path: (
        Response("no", 500) if "/planning/" in path else None
    )
    at = ["--state", str(world.state), "--no-color"]
    first = edusync("sync", str(world.file), "--shadow", *at, "--at", world.now.isoformat())
    again = edusync("shadow", str(world.file), *at)
    assert (first.returncode, again.returncode) == (4, 1)
    assert "RUN_READ_INCOMPLETE" in first.stdout
    for said in (first.stdout, again.stdout):
        assert ("never read whole" in said, "nothing differs" in said) == (True, False)


def test_holidays_are_no_emptied_planning(school: Callable[..., World]) -> None:
    """A planning is suspiciously empty only while days are to come on which there was something."""
    world = school()
    looked(world)
    for table in (world.simulation.seed.courses, world.book.tables["courses"]):
        table.clear()
    assert looked(world).guards == ["RUN_SUSPICIOUS_EMPTY"]
    world.later(days=7)
    assert (looked(world).guards, told(world)) == ([], [])
