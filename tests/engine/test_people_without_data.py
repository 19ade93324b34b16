"""Who is on the sheets stays there when their data, or their place in a roster, come back empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
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


@pytest.mark.parametrize("empty", [None, "", {}], ids=repr)
def test_something_empty_in_a_roster_leaves_it_as_it_is(little: Little, empty: Any) -> None:
    before = little.look().sheets
    little.rows["/lessons"][0]["learners"] = [1, empty, 3, 4]
    little.sync()
    assert little.look().sheets == before
    unreadable = [("course", "1", "students", "one of them is empty")]
    assert events(little, "DOWN_VALUE_UNREADABLE") == unreadable
