"""A whole school on each sheet waits for a person (D5)."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.bugs.wire import Ended, Wire
from tests.little import lesson, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HELD = "RUN_CONTENTS_HELD"
COUNT = 6
CLASSES = {1: [1, 2, 3], 2: [4, 5, 6], 3: [7, 8, 9]}
EVERYBODY = [one for members in CLASSES.values() for one in members]


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """Three classes of three, each with two lessons; a lesson names its class and its learners."""
    with ExitStack() as stack:
        found = Wire(tmp_path, stack)
        found.has_classes()
        found.rows["/learners"] = [
            person(n, **{"class": c}) for c, who in CLASSES.items() for n in who
        ]
        found.rows["/classes"] = [
            {"id": c, "title": f"BTS {c}", "learners": who} for c, who in CLASSES.items()
        ]
        found.rows["/lessons"] = [
            lesson(n, classes=[n % 3 + 1], learners=CLASSES[n % 3 + 1]) for n in range(1, COUNT + 1)
        ]
        yield found


def _by_groups(wire: Wire) -> None:
    del wire.spec["entities"]["course"]["students"]


def _by_look_up(wire: Wire) -> None:
    look = {"look_up_all": "learners", "by": "classes", "on": "class", "take": "id"}
    wire.spec["entities"]["course"]["students"] = look


def _rosters(wire: Wire) -> None:
    for row in wire.rows["/lessons"]:
        row["learners"] = EVERYBODY


def _groups(wire: Wire) -> None:
    for row in wire.rows["/classes"]:
        row["learners"] = EVERYBODY


def _both(wire: Wire) -> None:
    _rosters(wire)
    _groups(wire)


def _look_up(wire: Wire) -> None:
    for row in wire.rows["/lessons"]:
        row["classes"] = [*CLASSES]


def _another_class(wire: Wire) -> None:
    for row in wire.rows["/lessons"]:
        row["learners"] = row["learners"] + CLASSES[row["id"] % 3 or 3]


def _nothing(_wire: Wire) -> None:
    """Leave the spec as it is: each lesson names its learners."""


WAYS: dict[str, tuple[Callable[[Wire], None], Callable[[Wire], None]]] = {
    "rosters": (_nothing, _rosters),
    "rosters and groups": (_nothing, _both),
    "groups alone": (_nothing, _groups),
    "groups that sheets take": (_by_groups, _groups),
    "a look-up": (_by_look_up, _look_up),
    "another class beside it": (_nothing, _another_class),
}


def standing(wire: Wire) -> Any:
    groups = wire.book.tables["groups"].values()
    return wire.look().sheets, [sorted(row["STUDENTS"]) for row in groups]


def approve(wire: Wire) -> Ended:
    plan = wire.command("plan", "--format", "json").said
    return wire.command("sync", "--approve", plan.partition('"plan_id": "')[2].partition('"')[0])


@pytest.mark.parametrize("way", WAYS)
def test_twice_the_students_on_most_sheets_wait(wire: Wire, way: str) -> None:
    """Six ways; run after run, until the ERP is right or a person approves."""
    lay, wrong = WAYS[way]
    lay(wire)
    first = wire.down()
    assert first.code == 0, first.said
    before, rows = standing(wire), {path: [*map(dict, row)] for path, row in wire.rows.items()}
    wrong(wire)
    for _ in range(2):
        ended = wire.down()
        assert (ended.code, standing(wire)) == (4, before), ended.said
        assert (HELD in ended.said, "would have twice the students" in ended.said) == (True, True)
    wrong_rows, wire.rows = wire.rows, wire.rows | rows
    assert (wire.down().code, standing(wire)) == (0, before)
    wire.rows = wrong_rows
    assert approve(wire).code == 0
    assert standing(wire) != before
    assert wire.down().code == 0


def test_names_and_rooms_go_on(wire: Wire) -> None:
    wire.down()
    before = standing(wire)[0]
    _rosters(wire)
    wire.rows["/lessons"][0]["title"] = "Renamed"
    ended = wire.down()
    assert (ended.code, ended.sheets[0][1]) == (4, "Renamed"), ended.said
    assert [sheet[6] for sheet in ended.sheets] == [sheet[6] for sheet in before]


def test_one_sheet_of_several_goes_on(wire: Wire) -> None:
    wire.down()
    wire.rows["/lessons"][0]["learners"] = EVERYBODY
    ended = wire.down()
    assert (ended.code, len(ended.students["1"])) == (0, len(EVERYBODY)), ended.said


def test_students_who_are_new_fill_their_classes(wire: Wire) -> None:
    """A school that enters its e-mails."""
    for row in wire.rows["/learners"]:
        row["mail"] = row["mail"] if row["id"] % 3 == 1 else None
    first = wire.down()
    assert {len(who) for who in first.students.values()} == {1}
    wire.rows["/learners"] = [person(n) for n in EVERYBODY]
    ended = wire.down()
    assert (ended.code, {len(who) for who in ended.students.values()}) == (0, {3}), ended.said
