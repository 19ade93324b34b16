"""Rosters without a timetable: people and groups that no sheet carries (D6)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bugs.wire import Wire
from tests.little import UPWARD, person


@pytest.fixture
def roster(wire: Wire) -> Wire:
    """Give the school people and a group, and no timetable."""
    wire.has_classes()
    del wire.spec["entities"]["course"]
    del wire.spec["resources"]["lessons"]
    wire.spec["rules"] = {"people_without_sheet": "create"}
    return wire


def _held(wire: Wire) -> tuple[list[Any], list[Any]]:
    seen = wire.look()
    return [person[1] for person in seen.people], seen.groups


def _members(wire: Wire) -> list[str]:
    """Return the ERP ids of the members of the one group."""
    (group,) = wire.book.all("groups")
    students = wire.book.tables["students"]
    return sorted(str(students[one]["API_ID"]) for one in group["STUDENTS"])


def test_people_and_groups_come_without_a_sheet(roster: Wire) -> None:
    ended = roster.down()
    assert ended.code == 0, ended.said
    assert _held(roster) == (["70", "71", "1", "2"], [("5", "BTS 1")])
    assert _members(roster) == ["1", "2"]
    before = len(roster.book.requests)
    again = roster.down()
    assert (again.code, "nothing to do" in again.said) == (0, True), again.said
    assert [one["verb"] for one in roster.book.requests[before:] if one["verb"] != "GET"] == []


def test_they_are_kept_up_to_date_and_nobody_is_deleted(roster: Wire) -> None:
    assert roster.down().code == 0
    roster.rows["/learners"] = [person(1, last="Neuf"), person(3)]
    roster.rows["/classes"] = [{"id": 5, "title": "BTS 2", "learners": [1, 3]}]
    ended = roster.down()
    people = {one[1]: one[2] for one in roster.look().people}
    assert (people["1"], people["2"], people["3"]) == ("Neuf", "Last2", "Last3"), ended.said
    assert roster.look().groups == [("5", "BTS 2")]
    assert _members(roster) == ["1", "3"]


def test_who_stays_away_is_named_as_ever(roster: Wire) -> None:
    """No e-mail, one e-mail of two, no name of a group."""
    roster.rows["/learners"] += [person(3, mail=None), person(4, mail="p1@ecole.test")]
    roster.rows["/teachers"] += [person(72, mail=""), person(73, mail="p70@ecole.test")]
    roster.rows["/classes"] += [
        {"id": 6, "title": None, "learners": [1]},
        {"id": 7, "title": "Empty", "learners": []},
    ]
    roster.sync()
    told = {(event[0], event[2]) for event in roster.seen.events}
    assert told >= {
        ("DOWN_STUDENT_FIELD_MISSING", "3"),
        ("DOWN_STUDENT_EMAIL_DUPLICATE", "4"),
        ("DOWN_PROFESSOR_FIELD_MISSING", "72"),
        ("DOWN_PROFESSOR_EMAIL_DUPLICATE", "73"),
        ("DOWN_GROUP_FIELD_MISSING", "6"),
        ("DOWN_GROUP_NO_STUDENT", "7"),
    }
    assert _held(roster) == (["70", "71", "1", "2"], [("5", "BTS 1")])


@pytest.mark.parametrize("wanted", [True, False])
def test_credentials_follow_the_same_options(roster: Wire, *, wanted: bool) -> None:
    roster.spec["options"] = {"mail": {"type": "boolean", "label": "Mail"}}
    roster.connector["options"] = {"mail": wanted}
    roster.spec["rules"] |= {
        "student_credentials": "options.mail",
        "professor_credentials": "options.mail",
    }
    assert roster.down().code == 0
    sent = [one["body"] for one in roster.book.requests if one["verb"] == "POST" and one["body"]]
    professors = {body["dontSendCredentials"] for body in sent if "professor" in body}
    students = {body["student"]["SEND_EMAIL_CREDENTIALS"] for body in sent if "student" in body}
    assert (professors, students) == ({not wanted}, {wanted})


def test_list_that_was_not_read_deletes_and_empties_nothing(roster: Wire) -> None:
    assert roster.down().code == 0
    roster.rows["/learners"] = lambda _request: roster.rows["/nothing"]
    roster.rows["/nothing"] = None
    ended = roster.down()
    assert ended.code != 0
    assert _members(roster) == ["1", "2"]


def test_people_of_a_timetable_come_before_their_first_sheet(wire: Wire) -> None:
    """A spec that has sessions may bring everybody as well."""
    wire.rows["/learners"] += [person(9)]
    assert wire.down().code == 0
    assert "9" not in _held(wire)[0]
    wire.spec["rules"] = {"people_without_sheet": "create"}
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 3), ended.said
    assert "9" in _held(wire)[0]


def test_run_that_leaves_everybody_out_says_so(wire: Wire) -> None:
    wire.rows["/lessons"] = []
    wire.sync()
    assert ("RUN_NOBODY_ON_SHEETS", "2 students and 2 professors, and no session") in {
        (event[0], event[4]) for event in wire.seen.events
    }


def test_nothing_is_said_once_somebody_was_brought(wire: Wire) -> None:
    """The holidays are no news."""
    assert wire.down().code == 0
    wire.rows["/lessons"] = []
    wire.sync()
    assert "RUN_NOBODY_ON_SHEETS" not in {event[0] for event in wire.seen.events}


def test_sheets_of_before_are_kept_when_a_spec_loses_its_sessions(wire: Wire) -> None:
    before = wire.down()
    assert (before.code, len(before.sheets)) == (0, 3)
    del wire.spec["entities"]["course"]
    del wire.spec["resources"]["lessons"]
    wire.spec["rules"] = {"people_without_sheet": "create"}
    ended = wire.down()
    assert ended.sheets == before.sheets, ended.said
    assert "the spec has no sessions" in ended.said


@pytest.mark.parametrize("rule", [None, "leave"])
def test_spec_without_sessions_says_what_it_is(wire: Wire, rule: str | None) -> None:
    del wire.spec["entities"]["course"]
    wire.spec["rules"] = {"people_without_sheet": rule} if rule else {}
    said = wire.validate()
    assert "people_without_sheet: create" in said


def test_attendance_of_no_sheet_cannot_go_up(roster: Wire) -> None:
    roster.spec["writeback"] = UPWARD
    assert "attendance goes up from sheets" in roster.validate()
