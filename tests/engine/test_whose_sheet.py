"""A sheet goes up once, into the ERP that it came from: its school, its connector, its account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from tests.little import Little


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def school(tmp_path: Path, registry: Registry, stack: ExitStack) -> Little:
    """Return a school whose attendance goes up."""
    found = Little(tmp_path, registry, stack)
    found.goes_up()
    return found


def codes(school: Little) -> list[str]:
    """Return the codes of the events about sheets on the way up, and forget them."""
    found = [code for code, kind, *_ in school.seen.events if kind == "course"]
    school.seen.events.clear()
    return [code for code in found if code.startswith("UP_")]


def test_the_key_of_another_school_sends_nothing(school: Little) -> None:
    school.sync()
    school.play("1", "present", "absent")
    school.book.habits.school = "another-school"
    school.write_back()
    assert school.seen.written == []
    assert [stopped.split()[0] for stopped in school.seen.stopped] == ["CONF_OTHER_SCHOOL"]


def two_accounts(school: Little, *, sites: bool = False) -> None:
    """Let the school have two accounts on one school of Edusign."""
    accounts: list[dict[str, Any]] = [{"name": "a"}, {"name": "b"}]
    if sites:
        school.spec["filters"] = {"sites": {"label": "Sites"}}
        school.spec["resources"]["lessons"]["filter_by"] = {"sites": "site"}
        accounts[0]["filters"], accounts[1]["filters"] = {"sites": [20, 30]}, {"sites": [10]}
    school.connector = {"accounts": accounts}


@pytest.mark.parametrize("sites", [True, False], ids=["a site each", "the same sessions"])
@pytest.mark.parametrize("lost", [True, False], ids=["store lost", "with its store"])
def test_two_accounts_of_one_school_send_a_sheet_once(
    school: Little, sites: bool, lost: bool
) -> None:
    two_accounts(school, sites=sites)
    school.sync()
    school.play("1", "present", "absent")
    if lost:
        (school.folder / "state.db").unlink()
    for _ in range(2):
        school.write_back()
        assert len(school.seen.written) == 1
    assert codes(school).count("UP_SENT") == 1


def another_school(school: Little, folder: Path, registry: Registry, stack: ExitStack) -> Little:
    """Return a second ERP of the same kind, on the same school of Edusign and in one store."""
    other = Little(folder, registry, stack)
    other.goes_up()
    other.rows["/lessons"] = [
        {
            **school.rows["/lessons"][0],
            "id": 11,
            "from": "18:00",
            "to": "19:00",
            "learners": [101, 102],
        }
    ]
    other.rows["/learners"] = [
        {**row, "id": row["id"] + 100, "mail": f"other-{row['mail']}"}
        for row in school.rows["/learners"]
    ]
    account = {"name": "main", "edusign": {"base_url": school.edusign}}
    other.connector = {"connector": "second", "accounts": [account]}
    return other


@pytest.mark.parametrize("one_store", [True, False], ids=["one store", "a store each"])
def test_the_sheet_of_another_erp_is_not_sent(
    school: Little, tmp_path: Path, registry: Registry, stack: ExitStack, one_store: bool
) -> None:
    folder = tmp_path if one_store else tmp_path / "other"
    folder.mkdir(exist_ok=True)
    other = another_school(school, folder, registry, stack)
    school.sync()
    other.sync()
    school.play("11", "present", "absent")
    school.write_back()
    other.now = school.now
    other.write_back()
    assert school.seen.written == []
    assert codes(school) == ["UP_COURSE_OF_ANOTHER" if one_store else "UP_COURSE_NOT_TIED"]
    assert len(other.seen.written) == 1


def test_a_sheet_that_cannot_be_tied_waits_until_the_erp_is_read(school: Little) -> None:
    school.sync()
    school.play("1", "present", "absent")
    (school.folder / "state.db").unlink()
    lessons = school.rows.pop("/lessons")
    school.write_back()
    assert school.seen.written == []
    assert "UP_COURSE_UNREADABLE" in codes(school)
    school.rows["/lessons"] = lessons
    school.write_back()
    assert len(school.seen.written) == 1


def test_a_session_at_another_time_is_not_that_of_the_sheet(school: Little) -> None:
    school.sync()
    school.play("1", "present", "absent")
    (school.folder / "state.db").unlink()
    school.rows["/lessons"][0]["from"] = "07:30"
    school.write_back()
    assert school.seen.written == []
    assert codes(school) == ["UP_COURSE_NOT_TIED"]


@pytest.mark.parametrize("lost", [True, False], ids=["store lost", "with its store"])
def test_of_two_sheets_of_one_session_only_the_one_that_was_brought_goes(
    school: Little, lost: bool
) -> None:
    school.sync()
    school.play("1", "absent", "absent")
    row = school.book.find("courses", API_ID="1")
    assert row is not None
    students = [{**student, "state": True} for student in row["STUDENTS"]]
    school.book.add("courses", {**row, "ID": "copy", "id": "copy", "STUDENTS": students})
    if lost:
        (school.folder / "state.db").unlink()
    school.write_back()
    assert len(school.seen.written) == (0 if lost else 1)
    assert "A" in str(school.seen.written) or lost
    assert codes(school).count("UP_COURSE_DOUBLED") == (2 if lost else 1)
    if lost:
        school.write_back()
        assert school.seen.written == []
        del school.book.tables["courses"]["copy"]
        school.write_back()
        assert len(school.seen.written) == 1


def test_a_sheet_that_two_connectors_bring_is_sent_by_none(
    school: Little, tmp_path: Path, registry: Registry, stack: ExitStack
) -> None:
    other = another_school(school, tmp_path, registry, stack)
    other.rows = school.rows
    school.sync()
    other.sync()
    school.play("1", "present", "absent")
    other.now = school.now
    school.write_back()
    other.write_back()
    assert school.seen.written == other.seen.written == []
    assert codes(school) == codes(other) == ["UP_COURSE_SHARED"]


def test_the_same_ids_on_another_edusign_are_other_sheets(
    school: Little, tmp_path: Path, registry: Registry, stack: ExitStack
) -> None:
    """Each sandbox gives its sheets the same ids; both schools are of one store."""
    other = Little(tmp_path, registry, stack)
    other.goes_up()
    other.connector = {"connector": "second"}
    for one in (school, other):
        one.sync()
        one.play("1", "present", "absent")
    ids = [{row["ID"] for row in one.book.all("courses")} for one in (school, other)]
    assert ids[0] == ids[1]
    other.now = school.now
    for one in (school, other):
        one.write_back()
        assert codes(one) == ["UP_SENT"]
        assert len(one.seen.written) == 1


def test_a_session_that_is_gone_is_deleted_beside_the_same_id_on_another_edusign(
    school: Little, tmp_path: Path, registry: Registry, stack: ExitStack
) -> None:
    other = Little(tmp_path, registry, stack)
    other.connector = {"connector": "second"}
    school.sync()
    other.sync()
    del school.rows["/lessons"][2]
    school.sync()
    assert school.book.find("courses", API_ID="3") is None
    assert other.book.find("courses", API_ID="3") is not None


def test_somebody_of_another_erp_on_a_sheet_is_nobody_of_this_one(
    school: Little, tmp_path: Path, registry: Registry, stack: ExitStack
) -> None:
    other = another_school(school, tmp_path, registry, stack)
    school.sync()
    other.sync()
    school.play("1", "present", "absent")
    sheet, guest = (
        school.book.find("courses", API_ID="1"),
        school.book.find("students", API_ID="101"),
    )
    assert sheet is not None
    assert guest is not None
    sheet["STUDENTS"].append({**sheet["STUDENTS"][0], "studentId": guest["ID"]})
    school.write_back()
    assert [line["who"] for line in school.seen.written[0]["lines"]] == ["1", "2"]
