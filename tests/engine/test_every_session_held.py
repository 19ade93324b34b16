"""A run that brings no session down is no success, and deletes nothing (`RUN_ALL_HELD`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from edusync.registry import Registry
from tests.engine.test_undecided import run
from tests.little import Little, lesson


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        run(found)
        yield found


def days_in_another_form(little: Little) -> None:
    for row in little.rows["/lessons"]:
        row["on"] = "18/03/2026"


def ends_in_another_form(little: Little) -> None:
    for row in little.rows["/lessons"]:
        row["to"] = "10h"


def rosters_in_another_form(little: Little) -> None:
    for row in little.rows["/lessons"]:
        row["learners"] = ",".join(map(str, row["learners"]))


def rosters_of_nobody(little: Little) -> None:
    for row in little.rows["/lessons"]:
        row["learners"] = []


def names_under_another_name(little: Little) -> None:
    for row in little.rows["/teachers"]:
        row["surname"] = row.pop("last")


def students_in_a_list_in_a_list(little: Little) -> None:
    little.rows["/learners"] = [little.rows["/learners"]]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (days_in_another_form, "RUN_READ_INCOMPLETE"),
        (ends_in_another_form, "RUN_ALL_HELD"),
        (rosters_in_another_form, "RUN_ALL_HELD"),
        (rosters_of_nobody, "RUN_ALL_HELD"),
        (names_under_another_name, "RUN_ALL_HELD"),
        (students_in_a_list_in_a_list, "RUN_READ_INCOMPLETE"),
    ],
)
def test_run_in_which_every_session_is_held_is_no_success(
    little: Little, change: Callable[[Little], None], code: str
) -> None:
    before = little.look().sheets
    change(little)
    ran = run(little)
    assert code in {outcome.code for outcome in ran.outcomes}
    assert code == "RUN_READ_INCOMPLETE" or ran.status == "failed"
    assert little.look().sheets == before


@pytest.mark.parametrize(("count", "status"), [(1, "success"), (2, "failed")])
def test_a_single_session_with_an_unknown_professor_fails_no_run(
    tmp_path: Path, registry: Registry, count: int, status: str
) -> None:
    with ExitStack() as stack:
        little = Little(tmp_path, registry, stack)
        little.spec["resources"]["lessons"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.off"}
        unknown = [lesson(number, teacher=99, off=False) for number in range(3, 3 + count)]
        little.rows["/lessons"] = [lesson(1, off=True), lesson(2, off=True), *unknown]
        ran = run(little)
    codes = {outcome.code for outcome in ran.outcomes}
    assert "DOWN_COURSE_PROFESSOR_INVALID" in codes
    assert ran.status == status
    assert ("RUN_ALL_HELD" in codes) == (count > 1)


def test_one_unreadable_start_deletes_no_other_sheet(little: Little) -> None:
    little.rows["/lessons"][0]["on"] = "18/03/2026"
    del little.rows["/lessons"][1]
    ran = run(little)
    assert "RUN_READ_INCOMPLETE" in {outcome.code for outcome in ran.outcomes}
    assert [sheet[0] for sheet in little.look().sheets] == ["1", "2", "3"]


def test_new_sessions_that_name_nobody_yet_are_no_failure(little: Little) -> None:
    little.rows["/lessons"] = [lesson(7, learners=[])]
    assert run(little).status == "held"  # the three deletions are
