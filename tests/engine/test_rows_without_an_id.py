"""A row without an id could be any item of its kind: of that kind nothing is gone (D5)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from tests.little import Little, lesson, person

NO_IDS: list[Any] = ["missing", None, "", " ", [], {}, {"id": 2}, [1, 2], True, "A\ufffdB"]


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.has_classes()
        found.spec["entities"]["course"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.site == 0"}
        found.rows["/learners"] = [person(number) for number in range(1, 4)]
        found.rows["/lessons"] = [
            lesson(number, learners=[1, 2, 3], teacher=[70, 71], classes=[5])
            for number in range(1, 7)
        ]
        yield found


def without_id(row: dict[str, Any], found: Any) -> None:
    """Take the id of a row, or put something into its place that is none."""
    row.pop("id")
    if found != "missing":
        row["id"] = found


def standing(little: Little) -> Any:
    """Return what stands on Edusign, with the groups of each sheet."""
    seen = little.look()
    groups = sorted(
        (row["API_ID"], sorted(row["SCHOOL_GROUP"])) for row in little.book.all("courses")
    )
    return seen.sheets, seen.people, seen.groups, groups


@pytest.mark.parametrize("found", NO_IDS, ids=repr)
def test_sheet_of_a_session_without_an_id_stays(little: Little, found: Any) -> None:
    little.sync()
    before = standing(little)
    without_id(little.rows["/lessons"][1], found)
    little.sync()
    assert standing(little) == before
    assert ("RUN_READ_INCOMPLETE", "", "", "", "1 sheets were not seen") in little.seen.events


@pytest.mark.parametrize("found", NO_IDS[:4], ids=repr)
def test_sheet_of_a_dropped_session_without_an_id_stays(little: Little, found: Any) -> None:
    little.sync()
    before = standing(little)
    without_id(little.rows["/lessons"][1], found)
    little.rows["/lessons"][1]["site"] = 0
    little.sync()
    assert standing(little) == before
    assert "RUN_READ_INCOMPLETE" in {event[0] for event in little.seen.events}


@pytest.mark.parametrize("path", ["/learners", "/teachers", "/classes"])
@pytest.mark.parametrize("found", [None, {"id": 2}], ids=repr)
def test_whoever_has_no_id_stays_on_the_sheets(little: Little, path: str, found: Any) -> None:
    little.sync()
    before = standing(little)
    without_id(little.rows[path][0], found)
    little.sync()
    assert standing(little) == before
    kind = {"/learners": "student", "/teachers": "professor", "/classes": "group"}[path]
    named = [event[1] for event in little.seen.events if event[0] == "RUN_READ_INCOMPLETE"]
    assert named == [kind]
