"""A class that the ERP sends under two ids has one sheet, until a person says otherwise (D5)."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.bugs.wire import Ended, Wire
from tests.little import lesson, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HELD = "RUN_CREATIONS_HELD"
COUNT = 6
Row = dict[str, Any]

AGAIN: dict[str, Callable[[Row], Row]] = {
    "under another number": lambda row: row | {"id": row["id"] + 1000},
    "under a text": lambda row: row | {"id": f"P-{row['id']}"},
    "once a room": lambda row: row | {"id": row["id"] + 1000, "room": "Z"},
    "with the class in another order": lambda row: (
        row | {"id": row["id"] + 1000, "learners": row["learners"][::-1]}
    ),
}
ANOTHER: dict[str, Row] = {
    "another time": {"from": "20:00", "to": "21:00"},
    "another end": {"to": "21:00"},
    "another name": {"title": "Other"},
    "another professor": {"teacher": 75},
    "one student less": {"learners": [1]},
    "the other half": {"learners": [3, 4]},
    "another group": {"classes": [6]},
}


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        found = Wire(tmp_path, stack)
        found.has_classes()
        found.spec["entities"]["course"]["classroom_name"] = "room"
        found.rows["/lessons"] = [
            lesson(n, classes=[5], room=f"B{n}", teacher=70) for n in range(1, COUNT + 1)
        ]
        found.rows["/teachers"] = [person(70), person(75)]
        found.rows["/learners"] = [person(n) for n in range(1, 5)]
        found.rows["/classes"].append({"id": 6, "title": "BTS 2", "learners": [3, 4]})
        yield found


def approve(wire: Wire) -> Ended:
    plan = wire.command("plan", "--format", "json").said
    return wire.command("sync", "--approve", plan.partition('"plan_id": "')[2].partition('"')[0])


@pytest.mark.parametrize("first", [True, False], ids=["first run", "later"])
@pytest.mark.parametrize("way", AGAIN)
def test_the_second_sheet_of_a_class_waits(wire: Wire, way: str, first: bool) -> None:
    """Four ways, for all classes at once, in a first run and later."""
    rows = wire.rows["/lessons"]
    if not first:
        assert wire.down().code == 0
    rows += [AGAIN[way](row) for row in rows]
    ones = {str(n) for n in range(1, COUNT + 1)}
    for _ in range(2):
        ended = wire.down()
        assert (ended.code, {sheet[0] for sheet in ended.sheets}) == (4, ones), ended.said
    assert "the sheet of 1 has the same time, name and people" in ended.said
    assert (approve(wire).code, len(wire.look().sheets)) == (0, 2 * COUNT)
    assert wire.down().code == 0


def test_it_is_over_when_the_erp_takes_the_second_one_back(wire: Wire) -> None:
    assert wire.down().code == 0
    one = wire.rows["/lessons"][0]
    wire.rows["/lessons"].append(one | {"id": 1001})
    assert wire.down().code == 4
    wire.rows["/lessons"].pop()
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, COUNT)


def test_the_sheet_that_goes_on_is_compared_as_it_will_be(wire: Wire) -> None:
    """One is moved into the time of a new one, and out of it."""
    assert wire.down().code == 0
    one = wire.rows["/lessons"][0]
    wire.rows["/lessons"].append(one | {"id": 1001})
    one["from"], one["to"] = "20:00", "21:00"
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, COUNT + 1), ended.said
    wire.rows["/lessons"].append(one | {"id": 1002, "from": "21:30", "to": "22:30"})
    one["from"], one["to"] = "21:30", "22:30"
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (4, COUNT + 1), ended.said


@pytest.mark.parametrize("what", ANOTHER)
def test_another_class_comes_down(wire: Wire, what: str) -> None:
    """Seven ways in which a class is another one; a single one of them is enough."""
    assert wire.down().code == 0
    one = wire.rows["/lessons"][0]
    wire.rows["/lessons"].append(one | {"id": 1001} | ANOTHER[what])
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, COUNT + 1), ended.said


def test_classes_of_which_no_student_is_known_are_not_compared(wire: Wire) -> None:
    wire.spec["rules"] = {"student_needed": False}
    one = wire.rows["/lessons"][0]
    one["learners"] = []
    wire.rows["/lessons"].append(one | {"id": 1001})
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, COUNT + 1), ended.said
