"""An ERP that renumbers again: who is who is known over all their ids, and so is who is held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from edusync.registry import Registry
from tests.little import Little, lesson, person


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """Three sheets of six students, renumbered once already."""
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.rows["/learners"] = [person(number) for number in range(1, 7)]
        found.rows["/lessons"] = [
            lesson(number, learners=[1, 2, 3, 4, 5, 6]) for number in range(1, 4)
        ]
        found.sync()
        renumber(found)
        found.sync()
        yield found


def renumber(little: Little, students: int = 6) -> None:
    """Give the first students other ids, in all lists."""
    for row in little.rows["/learners"][:students]:
        row["id"] += 100
    for row in little.rows["/lessons"]:
        row["learners"] = [
            ref + 100 if place < students else ref for place, ref in enumerate(row["learners"])
        ]


def rosters(little: Little) -> list[str]:
    """Return who is on each sheet, by the number of the first id that each of them had."""
    who = {row["ID"]: row["LASTNAME"][-1] for row in little.book.all("students")}
    return [
        "".join(sorted(who[one["studentId"]] for one in row["STUDENTS"]))
        for row in little.book.all("courses")
    ]


def codes(little: Little) -> set[str]:
    """Return the codes of a run, and forget its events."""
    found = {event[0] for event in little.seen.events}
    little.seen.events.clear()
    return found


@pytest.mark.parametrize("students", [1, 2, 6])
def test_second_new_id_with_corrected_names_takes_nobody_off(little: Little, students: int) -> None:
    renumber(little, students)
    for row in little.rows["/learners"][:students]:
        row["first"] += "x"
    codes(little)
    for _ in range(2):
        little.sync()
        assert rosters(little) == ["123456"] * 3
        assert "RUN_REMOVALS_HELD" not in codes(little)


def test_second_new_id_holds_nothing_and_writes_no_sheet(little: Little) -> None:
    for _ in range(2):
        renumber(little)
        codes(little)
        little.sync()
        assert codes(little) == {"DOWN_PERSON_RELINKED", "DOWN_UPDATED"}
        assert rosters(little) == ["123456"] * 3
    before = little.book.now()
    little.sync()
    assert codes(little) == set()
    assert all(row["DATE_UPDATED"] <= before for row in little.book.all("courses"))


@pytest.mark.parametrize("renumbered", [0, 1, 2])
def test_removals_stay_held_run_after_run(little: Little, renumbered: int) -> None:
    for _ in range(renumbered):
        renumber(little)
        little.sync()
    if renumbered:
        renumber(little)
    for row in little.rows["/lessons"]:
        row["learners"] = row["learners"][:2]
    codes(little)
    for _ in range(3):
        little.sync()
        assert "RUN_REMOVALS_HELD" in codes(little)
        assert rosters(little) == ["123456"] * 3


def test_roster_that_was_unknown_once_is_guarded_afterwards(little: Little) -> None:
    known = little.rows["/learners"][5]["id"]
    little.rows["/learners"][5]["id"] = None
    for row in little.rows["/lessons"]:
        row["note"] = "Moved"
    little.spec["entities"]["course"]["description"] = "note"
    little.sync()
    assert all(row["DESCRIPTION"] == "Moved" for row in little.book.all("courses"))
    little.rows["/learners"][5]["id"] = known
    for row in little.rows["/lessons"]:
        row["learners"] = row["learners"][:2]
    codes(little)
    little.sync()
    assert "RUN_REMOVALS_HELD" in codes(little)
    assert rosters(little) == ["123456"] * 3


def test_id_of_before_that_is_given_to_another_is_that_of_the_other(little: Little) -> None:
    """The first student is 1, 101, 201 and 301; then 201 is somebody else, on another sheet."""
    for _ in range(2):
        renumber(little, 1)
        little.sync()
    little.rows["/learners"].append(person(201, last="Other9", first="New", mail="o@x.test"))
    little.rows["/lessons"][0]["learners"][0] = 201
    little.sync()
    assert rosters(little) == ["234569", "123456", "123456"]
