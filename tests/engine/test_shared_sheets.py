"""A sheet that several accounts or connectors have is deleted once the last of them gives it up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import make_plan
from edusync.registry import Registry
from edusync.state.open import open_store
from edusync.state.tables import run
from tests.little import Little, lesson, person

NORTH: dict[str, Any] = {"name": "north", "filters": {"sites": [10]}}
SOUTH: dict[str, Any] = {"name": "south", "filters": {"sites": [20]}}
STOPPED: dict[str, Any] = {"edusign": {"api_key": "another-key"}}
ORDERS = {"first": [NORTH, SOUTH], "last": [SOUTH, NORTH]}
"""Where the account that gives a sheet up stands in the file."""


@pytest.fixture
def school(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """Return a school with two sites; lessons 1 to 3 are on both, the others on one."""
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.spec["filters"] = {"sites": {"label": "Sites"}}
        found.spec["resources"]["lessons"]["filter_by"] = {"sites": "sites"}
        sites = {1: [10, 20], 2: [10, 20], 3: [10, 20], 4: [10], 5: [10], 6: [20], 7: [20]}
        found.rows["/lessons"] = [
            lesson(number, on="2026-03-20", sites=where) for number, where in sites.items()
        ]
        yield found


def moves(school: Little, number: int, *sites: int) -> None:
    """Let a lesson be on other sites from now on."""
    school.rows["/lessons"][number - 1]["sites"] = list(sites)


def told(school: Little, *, hours: int = 3) -> dict[str, str]:
    """Run some hours later; return what is said of the sheets whose session is gone."""
    school.now += timedelta(hours=hours)
    school.seen.events.clear()
    school.sync()
    return {
        source_id: detail.partition("; ")[2]
        for code, _, source_id, _, detail in school.seen.events
        if code == "DOWN_COURSE_VANISHED"
    }


def sheet_ids(school: Little) -> dict[str, str]:
    return {row["API_ID"]: row["ID"] for row in school.book.all("courses")}


def deleted(school: Little) -> list[str]:
    """Return which sheets events name as deleted."""
    return [source_id for code, _, source_id, *_ in school.seen.events if code == "DOWN_DELETED"]


DELETED = "its sheet is deleted"

# accounts of one file


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("stopped", [0, 1, 2], ids=["", "stopped before", "stopped now"])
def test_another_account_of_the_file_keeps_the_sheet(
    school: Little, order: str, stopped: int
) -> None:
    accounts = ORDERS[order]
    ill = [{**one, **(STOPPED if one is SOUTH else {})} for one in accounts]
    school.connector = {"accounts": accounts}
    school.sync()
    before = sheet_ids(school)
    if stopped == 1:
        school.connector = {"accounts": ill}
        school.rows["/lessons"][3]["title"] = "Renamed"  # so that the run is no failed one
        told(school)
    school.connector = {"accounts": ill if stopped == 2 else accounts}
    moves(school, 1, 20)
    assert told(school) == {"1": "its sheet was kept: the account 'south' has it as well"}
    assert (sheet_ids(school), deleted(school)) == (before, [])
    school.connector = {"accounts": accounts}
    assert told(school) == {}
    moves(school, 1, 30)
    assert told(school) == {"1": DELETED}
    assert (set(before) - set(sheet_ids(school)), deleted(school)) == ({"1"}, ["1"])


@pytest.mark.parametrize("order", ORDERS)
def test_sheet_that_both_accounts_give_up_at_once_is_deleted_once(
    school: Little, order: str
) -> None:
    school.connector = {"accounts": ORDERS[order]}
    school.sync()
    moves(school, 1, 30)
    assert told(school) == {"1": DELETED}
    assert ("1" in sheet_ids(school), deleted(school)) == (False, ["1"])


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("new", [True, False], ids=["new account", "account of before"])
def test_session_that_changes_its_account_keeps_its_sheet(
    school: Little, order: str, new: bool
) -> None:
    accounts = ORDERS[order]
    school.connector = {"accounts": [NORTH] if new else accounts}
    school.sync()
    before = sheet_ids(school)
    school.connector = {"accounts": accounts}
    moves(school, 4, 20)
    assert told(school) == {"4": f"its sheet was kept: the account 'south' {TAKES[new, order]}"}
    assert {number: sheet_ids(school)[number] for number in before} == before
    assert told(school) == {}
    moves(school, 4, 30)
    assert told(school) == {"4": DELETED}
    assert "4" not in sheet_ids(school)


TAKES = {
    (True, "first"): "takes it over",
    (True, "last"): "has it as well",
    (False, "first"): "takes it over",
    (False, "last"): "has it as well",
}


def test_account_that_takes_a_session_over_and_cannot_write_it_keeps_the_sheet(
    school: Little,
) -> None:
    school.connector = {"accounts": [NORTH, SOUTH]}
    school.sync()
    before = sheet_ids(school)
    moves(school, 4, 20)
    school.rows["/lessons"][3]["teacher"] = None
    assert told(school) == {"4": "its sheet was kept: the account 'south' takes it over"}
    school.rows["/lessons"][3]["teacher"] = 70
    told(school)
    assert sheet_ids(school) == before


def test_account_that_left_the_file_keeps_nothing(school: Little) -> None:
    school.connector = {"accounts": [NORTH, SOUTH]}
    school.sync()
    school.connector = {"accounts": [NORTH]}
    told(school)
    moves(school, 1, 20)
    assert told(school) == {"1": DELETED}
    assert "1" not in sheet_ids(school)


def test_account_of_another_school_keeps_nothing(
    school: Little, tmp_path: Path, registry: Registry
) -> None:
    (tmp_path / "other").mkdir()
    with ExitStack() as stack:
        other = Little(tmp_path / "other", registry, stack)
        other.book.habits.school, other.book.counter = "another-school", 1000
        school.connector = {"accounts": [NORTH, {**SOUTH, "edusign": {"base_url": other.edusign}}]}
        school.sync()
        moves(school, 1, 20)
        moves(school, 4, 20)
        assert told(school) == {"1": DELETED, "4": DELETED}
        assert {"1", "4"} & sheet_ids(school).keys() == set()
        assert {"1", "4"} <= sheet_ids(other).keys()


def test_a_plan_says_that_the_sheet_is_kept(school: Little) -> None:
    school.connector = {"accounts": [NORTH, SOUTH]}
    school.sync()
    moves(school, 1, 20)
    store = open_store(str(school.folder / "state.db"))
    plan = make_plan(school.instance(), store, school.registry, Moment(school.now))
    store.close()
    (event,) = (
        event for event in plan.accounts[0].outcomes if event.code == "DOWN_COURSE_VANISHED"
    )
    assert event.detail is not None
    assert event.detail.endswith("its sheet was kept: the account 'south' has it as well")


def on_sheet(school: Little, number: str) -> list[str]:
    """Return who is on a sheet, by their ids in the ERP."""
    known = {row["ID"]: str(row["API_ID"]) for row in school.book.all("students")}
    row = school.book.find("courses", API_ID=number)
    assert row is not None
    return sorted(known[one["studentId"]] for one in row["STUDENTS"])


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("shared", [True, False], ids=["it has the sheet", "it takes it over"])
@pytest.mark.parametrize("now", [[3], [2, 3], [1, 2, 3]], ids=["others", "some", "more"])
def test_students_of_the_account_that_gives_a_sheet_up_leave_it(
    school: Little, order: str, shared: bool, now: list[int]
) -> None:
    school.rows["/learners"].append(person(3))
    school.rows["/lessons"][6]["learners"] = [3]  # south knows the third student
    number = 1 if shared else 4
    school.connector = {"accounts": ORDERS[order]}
    school.sync()
    moves(school, number, 20)
    school.rows["/lessons"][number - 1]["learners"] = now
    for _ in range(2):
        told(school)
        assert on_sheet(school, str(number)) == [str(one) for one in now]


@pytest.mark.parametrize("order", ORDERS)
def test_students_of_both_accounts_stay_while_both_have_the_sheet(
    school: Little, order: str
) -> None:
    school.connector = {"accounts": ORDERS[order]}
    school.sync()
    school.rows["/lessons"][0]["title"] = "Another"
    told(school)
    assert on_sheet(school, "1") == ["1", "2"]


# another connector, in the same store

LILLE: dict[str, Any] = {"connector": "lille", "filters": {"sites": [10]}}
PARIS: dict[str, Any] = {"connector": "paris", "filters": {"sites": [20]}}


def ran(school: Little, connector: str, *, before: timedelta, status: str | None = None) -> None:
    """Let the runs of a connector be older than they are."""
    store = open_store(str(school.folder / "state.db"))
    values: dict[str, Any] = {"started_at": store.now() - before, "finished_at": None}
    values |= {} if status is None else {"status": status}
    with store.writing() as connection:
        connection.execute(update(run).where(run.c.connector == connector).values(**values))
    store.close()


@pytest.mark.parametrize(
    ("before", "status", "kept"),
    [
        (timedelta(days=3), None, True),
        (timedelta(weeks=9), None, True),
        (timedelta(weeks=9), "failed", True),
        (timedelta(weeks=11), None, False),
    ],
    ids=["a weekend", "a summer", "a summer, and it failed", "gone"],
)
def test_another_connector_keeps_the_sheet_until_it_is_gone(
    school: Little, before: timedelta, status: str | None, kept: bool
) -> None:
    for one in (LILLE, PARIS):
        school.connector = one
        school.sync()
    ran(school, "paris", before=before, status=status)
    moves(school, 1, 20)
    school.connector = LILLE
    words = "its sheet was kept: the connector 'paris' has it as well"
    assert told(school) == {"1": words if kept else DELETED}
    assert ("1" in sheet_ids(school)) is kept
    moves(school, 1, 30)
    school.connector = PARIS
    assert told(school) == {"1": DELETED}
    assert "1" not in sheet_ids(school)


def test_account_that_left_the_file_of_another_connector_keeps_nothing(school: Little) -> None:
    two = {"connector": "paris", "accounts": [SOUTH, {**SOUTH, "name": "west"}]}
    for one in (LILLE, {**two, "accounts": [{**SOUTH, "name": "west"}, {**NORTH, "name": "east"}]}):
        school.connector = one
        school.sync()
    moves(school, 4, 40)
    school.connector = LILLE
    assert told(school) == {"4": "its sheet was kept: the connector 'paris' has it as well"}
    school.connector = {"connector": "paris", "accounts": [{**SOUTH, "name": "west"}]}
    told(school)
    moves(school, 5, 40)
    school.connector = LILLE
    assert told(school) == {"5": DELETED}
    assert "5" not in sheet_ids(school)


@pytest.mark.parametrize("first", [LILLE, PARIS], ids=["it runs first", "the keeper runs first"])
@pytest.mark.parametrize("shared", [True, False], ids=["it has the sheet", "it takes it over"])
@pytest.mark.parametrize("now", [[3], [2, 3], [1, 2, 3]], ids=["others", "some", "more"])
def test_students_of_the_connector_that_gives_a_sheet_up_leave_it(
    school: Little, first: dict[str, Any], shared: bool, now: list[int]
) -> None:
    school.rows["/learners"].append(person(3))
    school.rows["/lessons"][6]["learners"] = [3]  # paris knows the third student
    number = 1 if shared else 4
    for one in (LILLE, PARIS):
        school.connector = one
        school.sync()
    moves(school, number, 20)
    school.rows["/lessons"][number - 1]["learners"] = now
    second = PARIS if first is LILLE else LILLE
    for one in (first, second, first, second):
        school.connector = one
        told(school)
    assert on_sheet(school, str(number)) == [str(one) for one in now]
