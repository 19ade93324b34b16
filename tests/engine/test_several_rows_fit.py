"""`look_up` takes something of one row: where several differ, it is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from edusync.app.runs.writeback import write_back
from edusync.registry import Registry
from tests.engine.test_undecided import Ran, run
from tests.little import Little, lesson, person

Value = dict[str, Any]
SEVERAL = "DOWN_LOOK_UP_SEVERAL"
PLACES = {"by": "id", "on": "lesson", "take": "person"}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """Return a school whose sessions have their students in a list of their own."""
    with ExitStack() as stack:
        little = Little(tmp_path, registry, stack)
        little.rows["/learners"] = [person(number) for number in range(1, 5)]
        little.rows["/lessons"] = [lesson(number, learners=[]) for number in (1, 2, 3)]
        little.rows["/places"] = [
            {"id": 10 * number + who, "lesson": number, "person": who, "rank": who}
            for number in (1, 2, 3)
            for who in (1, 2, 3, 4)
        ]
        little.spec["resources"]["places"] = {"get": "/places", "key": "id"}
        yield little


def with_students(little: Little, value: Value) -> Ran:
    little.spec["entities"]["course"]["students"] = value
    return run(little)


def students(little: Little) -> list[list[str]]:
    return [sheet[6] for sheet in little.look().sheets]


ALL = [["1", "2", "3", "4"]] * 3
TAKEN: list[Value] = [
    {"look_up": "places", **PLACES},
    {"look_up": "places", **PLACES, "alike": True},
    {"look_up": "places", **PLACES, "missing": "ok"},
    {"look_up": "places", **PLACES, "where": "theirs.rank < 3"},
    {"look_up": "places", **PLACES, "take": {"template": "{{ row.person }}"}},
    {"first_of": [{"look_up": "places", **PLACES}, {"value": "1"}]},
    {"all_of": [{"look_up": "places", **PLACES}]},
]


@pytest.mark.parametrize("value", TAKEN, ids=str)
def test_one_of_several_is_never_taken_on_a_first_run(little: Little, value: Value) -> None:
    ran = with_students(little, value)
    assert [field for _, field, _ in ran.of(SEVERAL)] == ["places"]
    assert ["1"] not in students(little)


@pytest.mark.parametrize("value", TAKEN, ids=str)
def test_one_of_several_takes_nobody_away(little: Little, value: Value) -> None:
    with_students(little, {"look_up_all": "places", **PLACES})
    before = deepcopy(little.look().sheets)
    assert students(little) == ALL
    ran = with_students(little, value)
    assert (len(ran.of(SEVERAL)), little.look().sheets) == (1, before)


def test_added_column_and_its_whole_row_are_unknown(little: Little) -> None:
    with_students(little, {"look_up_all": "places", **PLACES})
    before = deepcopy(little.look().sheets)
    row = {"look_up": "places", "by": "id", "on": "lesson"}
    little.spec["resources"]["lessons"]["add"] = {"place": row}
    ran = with_students(little, {"path": "place.person"})
    assert (len(ran.of(SEVERAL)), little.look().sheets) == (1, before)


SAME = [
    {"look_up": "places", "by": "id", "on": "lesson", "take": "lesson"},
    {"look_up": "places", "by": "id", "on": "lesson", "take": {"value": "1"}},
    {"look_up": "places", **PLACES, "first_by": "rank"},
    {"look_up": "places", **PLACES, "last_by": "rank"},
    {"look_up": "places", **PLACES, "where": "theirs.rank == 2"},
]


@pytest.mark.parametrize("value", SAME, ids=str)
def test_several_that_say_the_same_or_of_which_one_is_named_are_taken(
    little: Little, value: Value
) -> None:
    little.spec["entities"]["course"]["description"] = value
    ran = with_students(little, {"look_up_all": "places", **PLACES})
    assert (ran.of(SEVERAL), students(little)) == ([], ALL)


def test_way_up_waits_where_several_rows_fit(little: Little) -> None:
    little.goes_up(
        let={
            "person": {
                "place": {
                    "look_up": "places",
                    "by": "course.source_id",
                    "on": "lesson",
                    "take": "rank",
                }
            }
        }
    )
    with_students(little, {"look_up_all": "places", **PLACES})
    little.play("1", "present", "absent", "present", "present")
    ran = run(little, write_back)
    assert (len(ran.of(SEVERAL)), little.seen.written) == (1, [])
