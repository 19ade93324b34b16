"""Who is on the sheets stays there when their data, or their place in a roster, come back empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from tests.little import Little, lesson, person


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.rows["/learners"] = [person(number) for number in range(1, 5)]
        found.rows["/lessons"] = [lesson(number, learners=[1, 2, 3, 4]) for number in range(1, 4)]
        found.sync()
        yield found


def events(little: Little, code: str) -> list[tuple[str, ...]]:
    return [event[1:] for event in little.seen.events if event[0] == code]


@pytest.mark.parametrize("field", ["last", "first", "mail"])
@pytest.mark.parametrize("empty", [None, "", " "])
def test_student_of_before_whose_data_are_missing_stays_on_the_sheets(
    little: Little, field: str, empty: str | None
) -> None:
    seen = little.look()
    before = (seen.sheets, seen.people)
    little.rows["/learners"][1][field] = empty
    little.sync()
    seen = little.look()
    assert (seen.sheets, seen.people) == before
    name = {"last": "last_name", "first": "first_name", "mail": "email"}[field]
    detail = f"no {name.replace('_', ' ')}"
    assert events(little, "DOWN_STUDENT_FIELD_MISSING") == [("student", "2", name, detail)]


def test_rosters_move_on_beside_a_student_whose_data_are_missing(little: Little) -> None:
    little.rows["/learners"][1]["mail"] = None
    little.rows["/learners"].append(person(5))
    little.rows["/lessons"][0]["learners"] = [2, 3, 4, 5]
    little.rows["/lessons"][1]["learners"] = [1, 3, 4]
    little.sync()
    rosters = [sheet[6] for sheet in little.look().sheets]
    assert rosters == [["2", "3", "4", "5"], ["1", "3", "4"], ["1", "2", "3", "4"]]


def test_newcomer_without_an_email_is_left_out(little: Little) -> None:
    little.rows["/learners"].append(person(5, mail=None))
    little.rows["/lessons"][0]["learners"].append(5)
    little.sync()
    assert little.look().sheets[0][6] == ["1", "2", "3", "4"]
    assert [one[1] for one in events(little, "DOWN_STUDENT_FIELD_MISSING")] == ["5"]


@pytest.mark.parametrize("empty", [None, "", " ", {}], ids=repr)
@pytest.mark.parametrize("write", [int, str])
@pytest.mark.parametrize(
    ("field", "named", "refs"),
    [("learners", "students", [1, None, 3, 4]), ("teacher", "professors", [None, 70])],
)
def test_something_empty_among_people_leaves_them_as_they_are(
    little: Little, field: str, named: str, refs: list[Any], write: type, empty: Any
) -> None:
    little.rows["/lessons"][0]["teacher"] = [71, 70]
    little.sync()
    before = little.look().sheets
    assert "71" in repr(before[0])
    little.rows["/lessons"][0][field] = [empty if ref is None else write(ref) for ref in refs]
    little.sync()
    assert little.look().sheets == before
    unreadable = [("course", "1", named, "one of them is empty")]
    assert events(little, "DOWN_VALUE_UNREADABLE") == unreadable


@pytest.mark.parametrize(
    ("field", "empty"),
    [*product(("last", "first", "mail"), (None, "", " ")), ("mail", "no e-mail")],
)
def test_professor_of_before_whose_data_are_missing_stays_beside_a_valid_one(
    little: Little, field: str, empty: str | None
) -> None:
    little.rows["/lessons"][0]["teacher"] = [71, 70]
    little.sync()
    before = little.look().sheets
    little.rows["/teachers"][1][field] = empty
    little.rows["/lessons"][0]["title"] = "Renamed"
    little.sync()
    assert little.look().sheets == before
    detail = "professor 71 is on Edusign, and the ERP has lost their data"
    held = ("course", "1", "professors", detail)
    assert held in events(little, "DOWN_COURSE_HELD_DEPENDENCY")


def test_new_sheet_comes_down_with_the_professor_whose_data_are_there(little: Little) -> None:
    little.rows["/teachers"][1]["mail"] = None
    little.rows["/lessons"].append(lesson(6, teacher=[71, 70], learners=[1]))
    little.sync()
    assert "6" in [sheet[0] for sheet in little.look().sheets]
