"""Far more new people, groups or sheets than there were wait for a person: a wrong filter brings
those of other sites, who get credentials by e-mail (D5). A first run asks nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bugs.wire import Ended, Wire
from tests.little import lesson, person

HELD = "RUN_ADDITIONS_HELD"


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def classes(wire: Wire, count: int, *, people: int = 2, day: int = 18) -> None:
    """Let the ERP have some lessons of one day, with their own learners."""
    wire.rows["/learners"] = [person(n) for n in range(1, people + 1)]
    wire.rows["/lessons"] = [
        lesson(n, on=f"2026-03-{day}", learners=[*range(1, people + 1)])
        for n in range(1, count + 1)
    ]


def others(wire: Wire, count: int, *, day: int = 18, people: int = 0) -> None:
    """Let lessons of another site come, each with a professor, and all with new learners."""
    wire.rows["/teachers"].append(person(79))
    wire.rows["/learners"] += [person(n) for n in range(201, 201 + people)]
    wire.rows["/lessons"] += [
        lesson(
            100 + n,
            on=f"2026-03-{day}",
            teacher=79,
            learners=[*range(201, 201 + people)] or [1],
        )
        for n in range(count)
    ]


def approve(wire: Wire) -> Ended:
    plan = wire.command("plan", "--format", "json").said
    return wire.command("sync", "--approve", plan.partition('"plan_id": "')[2].partition('"')[0])


def test_sheets_of_another_site_wait_and_a_person_lets_them_through(wire: Wire) -> None:
    classes(wire, 5)
    assert wire.down().code == 0
    others(wire, 20)
    for _ in range(2):
        held = wire.down()
        assert (held.code, HELD in held.said, len(held.sheets)) == (4, True, 5), held.said
        assert "20 on days that had 5" in held.said
    ended = approve(wire)
    assert (ended.code, len(ended.sheets)) == (0, 25), ended.said
    assert wire.down().code == 0


def test_people_wait_with_the_new_sheets_that_they_are_on(wire: Wire) -> None:
    classes(wire, 5)
    assert wire.down().code == 0
    before = wire.look().people
    others(wire, 1, people=15)
    wire.rows["/lessons"][0]["learners"] += [201]
    held = wire.down()
    there = [one for one in wire.look().people if one[0] == "students"]
    assert (held.code, HELD in held.said, len(held.sheets)) == (4, True, 5), held.said
    assert there == [one for one in before if one[0] == "students"]
    assert held.students["1"] == ["1", "2"]
    assert approve(wire).code == 0
    ended = wire.down()
    assert (ended.code, len(ended.sheets), len(ended.students["100"])) == (0, 6, 15), ended.said
    assert ended.students["1"] == ["1", "2", "201"]


@pytest.mark.parametrize(
    ("known", "new", "is_held"),
    [(1, 10, False), (1, 11, True), (6, 11, False), (6, 12, True), (12, 23, False)],
)
def test_at_least_twice_as_many_wait(wire: Wire, known: int, new: int, is_held: bool) -> None:
    classes(wire, known)
    assert wire.down().code == 0
    others(wire, new)
    assert (wire.down().code == 4) is is_held


def test_days_that_had_no_sheet_are_published(wire: Wire) -> None:
    classes(wire, 2)
    assert wire.down().code == 0
    others(wire, 20, day=19)
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 22), ended.said


def test_a_first_step_with_one_item_is_nothing_to_compare_with(wire: Wire) -> None:
    classes(wire, 20, people=15)
    assert wire.command("sync", "--only", "student", "1").code == 0
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 20), ended.said


def test_a_sheet_keeps_its_professor_while_the_next_one_waits(wire: Wire) -> None:
    """The other changes of the sheet wait as well: what is sent of a sheet names its professors."""
    classes(wire, 5)
    assert wire.down().code == 0
    for n in range(12):
        wire.rows["/teachers"].append(person(80 + n))
        wire.rows["/lessons"].append(lesson(100 + n, on="2026-03-19", teacher=80 + n, learners=[1]))
    wire.rows["/lessons"][0] |= {"teacher": 80, "title": "New"}
    wire.rows["/lessons"][1] |= {"title": "New"}
    for _ in range(2):
        held = wire.down()
        sheets = {sheet[0]: sheet for sheet in held.sheets}
        assert (held.code, f"{HELD} professor" in held.said, len(sheets)) == (4, True, 5), held.said
        assert "DOWN_COURSE_HELD_DEPENDENCY course 1:" in held.said, held.said
        assert (sheets["1"][1], sheets["1"][5]) == ("Lesson 1", "71")
        assert sheets["2"][1] == "New"
    assert approve(wire).code == 0
    ended = wire.down()
    sheets = {sheet[0]: sheet for sheet in ended.sheets}
    assert (ended.code, len(sheets)) == (0, 17), ended.said
    assert (sheets["1"][1], sheets["1"][5]) == ("New", "80")
