"""A scope that changes in the run in which a sheet can not be judged: it waits once it can (D5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from tests.little import Little, lesson

LEAVING = ("9", "10")
"""The sessions that the change leaves out; eight others stay."""


@pytest.fixture
def school(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """Return a school whose two sites came down."""
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.spec["filters"] = {"sites": {"label": "Sites"}}
        found.spec["resources"]["lessons"]["filter_by"] = {"sites": "site"}
        found.spec["resources"]["lessons"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.off == 'yes'"}
        found.rows["/lessons"] = [
            lesson(number, site=1 if number < 9 else 2, off="no", sort="a" if number < 9 else "b")
            for number in range(1, 11)
        ]
        found.connector = {"filters": {"sites": [1, 2]}}
        found.sync()
        yield found


def events(school: Little, *, hours: int = 6) -> set[tuple[str, str]]:
    """Run some hours later; return the codes of the events, with the sessions."""
    school.now += timedelta(hours=hours)
    school.seen.events.clear()
    school.sync()
    return {(code, source_id) for code, _, source_id, *_ in school.seen.events}


def sheets(school: Little) -> set[str]:
    return {row["API_ID"] for row in school.book.all("courses")}


def leaving(school: Little) -> list[dict[str, object]]:
    return [row for row in school.rows["/lessons"] if str(row["id"]) in LEAVING]


# what changes


def smaller_filter(school: Little) -> None:
    school.connector["filters"] = {"sites": [1]}


def new_rule(school: Little) -> None:
    school.spec["resources"]["lessons"]["drop"]["DOWN_COURSE_ACTION_FILTERED"] = "row.sort == 'b'"


CHANGES = {"filter": smaller_filter, "rule": new_rule}

# what keeps a sheet from being judged, and how it is over


def undecided(school: Little) -> Callable[[], None]:
    before = [dict(row) for row in leaving(school)]
    for row in leaving(school):
        row.update(site={"odd": 1}, sort={"odd": 1})

    def over() -> None:
        for row, was in zip(leaving(school), before, strict=True):
            row.update(was)

    return over


def on_their_sheets(school: Little, **values: object) -> None:
    for row in school.book.all("courses"):
        if row["API_ID"] in LEAVING:
            row.update(values)


def archived(school: Little) -> Callable[[], None]:
    on_their_sheets(school, LOCKED=1)
    return lambda: on_their_sheets(school, LOCKED=0)


def signed(school: Little) -> Callable[[], None]:
    students = [row for row in school.book.all("courses") if row["API_ID"] in LEAVING]
    for row in students:
        row["STUDENTS"][0]["signature"] = "x"

    def over() -> None:
        for row in students:
            row["STUDENTS"][0]["signature"] = None

    return over


def refused(school: Little) -> Callable[[], None]:
    fault = Fault("refused", verb="GET", path="/course/c", times=99, message="E17")
    school.faults.active.append(fault)
    return lambda: school.faults.active.clear()  # noqa: PLW0108  # of a type that mypy knows


def kept(school: Little) -> Callable[[], None]:
    school.connector["rules"] = {"vanished": "keep"}

    def over() -> None:
        del school.connector["rules"]

    return over


FAULTS = {one.__name__: one for one in (undecided, archived, signed, refused, kept)}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("runs", [1, 2], ids=["one run", "two runs"])
def test_sheets_wait_once_they_can_be_judged(
    school: Little, change: str, fault: str, runs: int
) -> None:
    before = sheets(school)
    CHANGES[change](school)
    over = FAULTS[fault](school)
    for _ in range(runs):
        assert ("RUN_SCOPE_CHANGED", "") not in events(school, hours=3)
        assert sheets(school) == before
    over()
    for _ in range(2):
        assert ("RUN_SCOPE_CHANGED", "") in events(school, hours=3)
        assert sheets(school) == before


@pytest.mark.parametrize("fault", ["undecided", "archived", "signed", "refused"])
def test_what_the_erp_itself_cancels_meanwhile_goes(school: Little, fault: str) -> None:
    smaller_filter(school)
    over = FAULTS[fault](school)
    events(school)
    over()
    leaving(school)[0].update(off="yes", site=1)
    found = events(school)
    assert ("RUN_SCOPE_CHANGED", "") in found
    assert ("DOWN_DELETED", "9") in found
    assert {"9", "10"} & sheets(school) == {"10"}


def test_sheet_that_turns_out_to_be_in_scope_is_deleted_as_ever_afterwards(school: Little) -> None:
    smaller_filter(school)
    undecided(school)
    events(school)
    for row in leaving(school):
        row.update(site=1, sort="a")
    assert ("RUN_SCOPE_CHANGED", "") not in events(school)
    school.rows["/lessons"] = [row for row in school.rows["/lessons"] if row["id"] != 9]
    assert ("DOWN_DELETED", "9") in events(school)
