"""Groups that are made of the learners on their sheets: real runs over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.registry import Registry
from tests.little import Little, lesson, person


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.has_classes()
        found.spec["entities"]["group"]["students"] = "of_sheets"
        found.rows["/classes"] = [{"id": 5, "title": "BTS 1"}, {"id": 6, "title": "BTS 2"}]
        found.rows["/learners"] = [person(n) for n in (1, 2, 3)] + [person(4, mail=None)]
        found.rows["/lessons"] = [
            lesson(1, classes=[5], learners=[1, 4]),
            lesson(2, classes=[5, 6], learners=[2]),
            lesson(3, classes=[6], learners=[3], teacher=99),
        ]
        yield found


def members(little: Little) -> dict[str, list[str]]:
    """Return who is in each group on Edusign."""
    students = {row["ID"]: str(row["API_ID"]) for row in little.book.all("students")}
    return {
        row["NAME"]: sorted(students[one] for one in row["STUDENTS"])
        for row in little.book.all("groups")
    }


def test_group_has_the_learners_of_its_sheets_that_come_down(little: Little) -> None:
    """4 has no e-mail and is on no sheet; lesson 3 has no professor and does not come down."""
    little.sync()
    assert members(little) == {"BTS 1": ["1", "2"], "BTS 2": ["2"]}
    assert "DOWN_GROUP_NO_STUDENT" not in {event[0] for event in little.seen.events}


def test_learner_who_leaves_the_sheets_leaves_the_group(little: Little) -> None:
    little.sync()
    little.rows["/lessons"][1]["learners"] = [3]
    little.sync()
    assert members(little) == {"BTS 1": ["1", "3"], "BTS 2": ["3"]}


def no_lessons(little: Little) -> None:
    little.rows["/lessons"] = lambda _request: Response("{}", 500)


def lesson_in_doubt(little: Little) -> None:
    little.rows["/lessons"][0]["learners"] = {"of": "nobody knows"}


def no_class_any_more(little: Little) -> None:
    little.rows["/lessons"] = [lesson(1, classes=[], learners=[1])]


def undecided(little: Little) -> None:
    little.spec["resources"]["lessons"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.state - 1"}
    little.rows["/lessons"] = [lesson(1, classes=[5], learners=[1], state="x"), lesson(2, state=1)]


@pytest.mark.parametrize("change", [no_lessons, lesson_in_doubt, no_class_any_more, undecided])
def test_nobody_leaves_a_group_for_a_sheet_that_was_not_read(little: Little, change: Any) -> None:
    little.sync()
    change(little)
    little.sync()
    assert set(members(little)["BTS 1"]) >= {"1", "2"}


@pytest.mark.parametrize("left_out", ["students", "groups"])
def test_sheets_have_to_say_who_is_on_them_and_of_which_groups_they_are(
    little: Little, left_out: str
) -> None:
    del little.spec["entities"]["course"][left_out]
    little.sync()
    assert any("SPEC_MISSING_KEY groups have" in one for one in little.seen.findings)
