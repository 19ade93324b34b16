"""What people change or delete by hand on Edusign is seen, and put right (R33)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from tests.little import NOW, Little, lesson, person

Row = dict[str, Any]


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.sync()
        yield found


def later(little: Little, **delta: float) -> None:
    little.now += timedelta(**delta)


def edit(little: Little, kind: str, number: str, **more: Any) -> Row:
    """Let somebody change an item on Edusign five minutes later."""
    row = little.book.find(kind, API_ID=number)
    assert row is not None
    later(little, minutes=5)
    row.update(more, DATE_UPDATED=little.book.now())
    return row


def sync(little: Little) -> list[tuple[Any, ...]]:
    """Run an hour later; return the events."""
    later(little, hours=1)
    little.seen.events, little.seen.stopped, little.book.requests[:] = [], [], []
    little.sync()
    assert little.seen.stopped == []
    return little.seen.events


def asked(little: Little) -> list[str]:
    return [f"{one['verb']} {one['path'].partition('?')[0]}" for one in little.book.requests]


@pytest.mark.fault("F18")
@pytest.mark.parametrize(
    ("kind", "number", "field", "value", "named"),
    [
        ("students", "1", "EMAIL", "wrong@ecole.test", "email"),
        ("students", "2", "LASTNAME", "Wrong", "last_name"),
        ("professors", "71", "EMAIL", "wrong@ecole.test", "email"),
        ("professors", "70", "FIRSTNAME", "Wrong", "first_name"),
    ],
)
@pytest.mark.source("S099")
def test_person_who_was_changed_by_hand_is_put_right_and_named(
    little: Little, kind: str, number: str, field: str, value: str, named: str
) -> None:
    row = edit(little, kind, number, **{field: value})
    events = [event for event in sync(little) if event[2] == number]
    assert [(event[0], event[3]) for event in events] == [
        ("DOWN_PERSON_OVERWRITTEN", named),
        ("DOWN_UPDATED", named),
    ]
    assert row[field] != value
    assert sync(little) == []


def test_person_who_is_on_no_sheet_any_more_is_put_right_too(little: Little) -> None:
    for row in little.rows["/lessons"]:
        row["learners"] = [2]
    sync(little)
    edited = edit(little, "students", "1", EMAIL="wrong@ecole.test")
    sync(little)
    assert edited["EMAIL"] == "p1@ecole.test"


def test_person_whose_edit_could_not_be_put_right_is_looked_at_again(little: Little) -> None:
    row = edit(little, "students", "1", EMAIL="wrong@ecole.test")
    fault = Fault("drop_before", verb="PATCH", path="/student", times=99)
    little.faults.active.append(fault)
    sync(little)
    assert row["EMAIL"] == "wrong@ecole.test"
    little.faults.active.clear()
    sync(little)
    assert row["EMAIL"] == "p1@ecole.test"


def broken(kind: str, rows: list[Row]) -> Any:
    """Return what a list answers that can not be read wholly."""
    if kind == "row":
        first = {**rows[0], "on": "rubbish", "mail": None}
        return [first, *rows[1:]]
    return [] if kind == "empty" else lambda _request: Response("down", 500)


_EDITS = {"name": "courses", "roster": "courses", "person": "students", "teacher": "professors"}


@pytest.mark.walk(every=5)
@pytest.mark.parametrize("edited", _EDITS)
@pytest.mark.parametrize("how", ["500", "empty", "row"])
@pytest.mark.parametrize("path", ["/lessons", "/learners", "/teachers"])
def test_edit_that_a_half_reading_leaves_is_put_right_by_the_next_run(
    little: Little, path: str, how: str, edited: str
) -> None:
    number = "70" if edited == "teacher" else "1"
    row = little.book.find(_EDITS[edited], API_ID=number)
    assert row is not None
    before = {name: row.get(name) for name in ("NAME", "STUDENTS", "LASTNAME")}
    by_hand = {"name": {"NAME": "Hand"}, "roster": {"STUDENTS": row.get("STUDENTS", [])[1:]}}
    edit(little, _EDITS[edited], number, **by_hand.get(edited, {"LASTNAME": "Hand"}))
    whole = little.rows[path]
    little.rows[path] = broken(how, whole)
    later(little, hours=1)
    little.sync()
    little.rows[path] = whole
    sync(little)
    after = {name: row.get(name) for name in before}
    assert [str(after[name]) for name in before if name != "STUDENTS"] == [
        str(before[name]) for name in before if name != "STUDENTS"
    ]
    assert len(after["STUDENTS"] or ()) == len(before["STUDENTS"] or ())
    assert sync(little) == []


def test_edit_while_the_people_of_edusign_are_not_listed_is_put_right_later(little: Little) -> None:
    row = edit(little, "students", "1", EMAIL="wrong@ecole.test")
    little.faults.active.append(Fault("refused", path="/student", message="E17", times=1))
    sync(little)
    sync(little)
    assert row["EMAIL"] == "p1@ecole.test"


def test_run_without_changes_looks_at_lists_alone(little: Little) -> None:
    sync(little)
    assert sync(little) == []
    assert set(asked(little)) == {
        "GET /v1/school",
        "GET /v1/course",
        "GET /v1/student",
        "GET /v1/professor",
    }


def test_people_that_edusign_does_not_list_are_named_and_the_run_goes_on(little: Little) -> None:
    little.faults.active.append(Fault("refused", path="/student", message="E17", times=1))
    little.rows["/lessons"].append(lesson(4))
    events = sync(little)
    assert [event[1] for event in events if event[0] == "EDU_PEOPLE_NOT_LISTED"] == ["student"]
    assert little.book.find("courses", API_ID="4") is not None


def delete(little: Little, number: str) -> None:
    row = little.book.find("courses", API_ID=number)
    assert row is not None
    later(little, minutes=5)
    del little.book.tables["courses"][row["ID"]]


@pytest.mark.fault("F18")
def test_sheet_that_was_deleted_by_hand_is_made_anew_and_named(little: Little) -> None:
    delete(little, "2")
    events = [event for event in sync(little) if event[2] == "2"]
    assert sorted(event[0] for event in events) == ["DOWN_COURSE_MADE_ANEW", "DOWN_CREATED"]
    assert len([row for row in little.book.all("courses") if row["API_ID"] == "2"]) == 1
    assert sync(little) == []


def test_sheets_of_the_next_day_with_any_are_looked_at(little: Little) -> None:
    """A later one is made anew in time: the day before, at the latest."""
    little.rows["/lessons"].append(lesson(4, on="2026-03-20"))
    sync(little)
    delete(little, "4")
    assert sync(little) == []
    little.now = NOW + timedelta(days=3)
    assert "DOWN_COURSE_MADE_ANEW" in [event[0] for event in sync(little)]
    assert little.book.find("courses", API_ID="4") is not None


def test_sheet_of_today_that_was_deleted_is_made_anew_until_it_begins(little: Little) -> None:
    little.now = NOW + timedelta(days=2, hours=-3)
    delete(little, "1")
    delete(little, "3")
    sync(little)
    assert little.book.find("courses", API_ID="1") is None
    assert little.book.find("courses", API_ID="3") is not None


@pytest.mark.fault("F18")
def test_sheet_that_was_moved_by_hand_to_another_day_is_moved_back(little: Little) -> None:
    row = edit(
        little, "courses", "2", START="2026-05-18T07:00:00.000Z", END="2026-05-18T08:00:00.000Z"
    )
    events = [event for event in sync(little) if event[2] == "2"]
    assert [event[0] for event in events] == ["DOWN_COURSE_OVERWRITTEN", "DOWN_UPDATED"]
    assert row["START"].startswith("2026-03-18")


def test_person_is_not_overwritten_for_what_was_written_by_us(little: Little) -> None:
    little.rows["/learners"][0] = person(1, last="Married")
    sync(little)
    assert sync(little) == []


@pytest.fixture
def whole(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """A school with a class and a tutor."""
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        lists, entities = found.spec["resources"], found.spec["entities"]
        lists["classes"] = {"get": "/classes", "key": "id"}
        lists["tutors"] = {"get": "/tutors", "key": "id"}
        entities["course"]["groups"] = "classes"
        entities["group"] = {
            "from": "classes",
            "source_id": "id",
            "name": "title",
            "students": "members",
        }
        entities["external"] = {
            **entities["student"],
            "from": "tutors",
            "students": "apprentices",
        }
        found.rows["/classes"] = [{"id": 50, "title": "A class", "members": [1, 2]}]
        found.rows["/tutors"] = [person(90, apprentices=[1])]
        for row in found.rows["/lessons"]:
            row["classes"] = [50]
        found.sync()
        assert found.seen.stopped == []
        yield found


def new_sheet(little: Little) -> None:
    little.rows["/lessons"].append(lesson(4, classes=[50]))


def sheet_with_another_name(little: Little) -> None:
    little.rows["/lessons"][0]["title"] = "Renamed"


def somebody_with_another_name(little: Little) -> None:
    """Also the class, whose members are sent with its name."""
    little.rows["/learners"][0]["last"] = "Married"
    little.rows["/teachers"][0]["last"] = "Married"
    little.rows["/tutors"][0]["last"] = "Married"
    little.rows["/classes"][0]["title"] = "Another class"


@pytest.mark.fault("F18")
@pytest.mark.parametrize(
    ("table", "number", "change"),
    [
        *(
            (table, number, change)
            for table, number in (("students", "1"), ("professors", "70"), ("groups", "50"))
            for change in (new_sheet, sheet_with_another_name, somebody_with_another_name)
            if (number, change) != ("70", sheet_with_another_name)
        ),
        ("externals", "90", somebody_with_another_name),
    ],
)
def test_who_was_deleted_by_hand_is_made_anew_once_something_is_refused(
    whole: Little, table: str, number: str, change: Callable[[Little], None]
) -> None:
    """Nine ways. The sheet with another name is not one of the professor's."""
    before = as_in_the_erp(whole)
    row = whole.book.find(table, API_ID=number)
    assert row is not None
    del whole.book.tables[table][row["ID"]]
    change(whole)
    sync(whole)
    sync(whole)
    assert sync(whole) == []
    assert as_in_the_erp(whole).keys() >= before.keys()
    assert whole.book.find(table, API_ID=number) is not None
    for lesson_row in whole.rows["/lessons"]:
        assert as_in_the_erp(whole)[str(lesson_row["id"])] == (
            {str(lesson_row["teacher"])},
            {"1", "2"},
            {"50"},
        )


def as_in_the_erp(little: Little) -> dict[str, Any]:
    """Return who stands on each sheet, by the ids of the ERP."""
    book = little.book

    def refs(table: str, ids: Any) -> set[str]:
        rows = (book.tables[table].get(edusign_id) for edusign_id in ids)
        return {str(row["API_ID"]) for row in rows if row is not None}

    return {
        sheet["API_ID"]: (
            refs("professors", filter(None, [sheet["PROFESSOR"], sheet.get("PROFESSOR_2")])),
            refs("students", [student["studentId"] for student in sheet["STUDENTS"]]),
            refs("groups", sheet["SCHOOL_GROUP"]),
        )
        for sheet in book.all("courses")
    }


@pytest.mark.parametrize(("table", "number"), [("students", "1"), ("professors", "70")])
def test_who_was_deleted_by_hand_is_named_where_a_new_sheet_is_refused(
    little: Little, table: str, number: str
) -> None:
    """Long after it was written; of what was written since the last look, the look sees it."""
    little.now += timedelta(hours=1)
    sync(little)
    row = little.book.find(table, API_ID=number)
    assert row is not None
    del little.book.tables[table][row["ID"]]
    little.rows["/lessons"].append(lesson(4))
    events = sync(little)
    kind = table.removesuffix("s")
    assert [event[1:3] for event in events if event[0] == "DOWN_PERSON_DELETED_BY_HAND"] == [
        (kind, number)
    ]
    said = [event[4] for event in events if event[0] == "EDU_REJECTED"]
    assert [f"deleted on Edusign: {kind} {number}" in words for words in said] == [True]


def to_the_past(little: Little, number: str, **more: Any) -> Row:
    begins, ends = "2026-03-15T07:00:00.000Z", "2026-03-15T08:00:00.000Z"
    return edit(little, "courses", number, START=begins, END=ends, **more)


def test_sheet_that_was_moved_by_hand_to_the_past_is_moved_back(little: Little) -> None:
    row = to_the_past(little, "2")
    events = [event for event in sync(little) if event[2] == "2"]
    assert [event[0] for event in events] == ["DOWN_COURSE_OVERWRITTEN", "DOWN_UPDATED"]
    assert row["START"].startswith("2026-03-18")
    assert sync(little) == []


def test_signed_sheet_that_was_moved_by_hand_to_the_past_is_named(little: Little) -> None:
    row = to_the_past(little, "2", PROFESSOR_SIGNATURE="signed")
    assert ("DOWN_COURSE_MOVED_AFTER_START", "course", "2") in [event[:3] for event in sync(little)]
    assert row["START"].startswith("2026-03-15")


@pytest.mark.parametrize(
    ("mark", "code"),
    [("PROFESSOR_SIGNATURE", "DOWN_COURSE_SIGNED"), ("LOCKED", "DOWN_COURSE_ARCHIVED")],
)
def test_sheet_that_may_not_be_put_right_is_named_until_its_class_begins(
    little: Little, mark: str, code: str
) -> None:
    edit(little, "courses", "2", NAME="By hand", **{mark: 1 if mark == "LOCKED" else "signed"})
    for _ in range(3):
        assert (code, "course", "2") in [event[:3] for event in sync(little)]
    later(little, days=2)
    sync(little)
    assert code not in [event[0] for event in sync(little)]


@pytest.mark.parametrize("archived", [0, 1])
def test_class_that_was_postponed_after_its_start_is_named_until_it_has_a_sheet(
    little: Little, archived: int
) -> None:
    later(little, days=2)
    edit(little, "courses", "1", LOCKED=archived)
    little.rows["/lessons"][0]["on"] = "2026-03-24"
    moved = (
        "DOWN_COURSE_MOVED_AFTER_START",
        "course",
        "1",
        "starts_at",
        "the sheet is of 2026-03-18",
    )
    assert moved in sync(little)
    assert moved in sync(little)
    edit(
        little,
        "courses",
        "1",
        LOCKED=0,
        START="2026-03-24T07:00:00.000Z",
        END="2026-03-24T08:00:00.000Z",
    )
    assert not [event for event in sync(little) if event[2] == "1"]


def test_class_that_is_put_off_to_the_afternoon_goes_on_with_its_sheet(little: Little) -> None:
    later(little, days=2)
    little.rows["/lessons"][0] |= {"from": "17:00", "to": "18:00"}
    assert [event[0] for event in sync(little) if event[2] == "1"] == ["DOWN_COURSE_STARTED"]


def taken_off(little: Little, number: str, *, how: str) -> None:
    """Take a student off every sheet, without a trace on the sheets that a list of changes shows.

    `how` says what becomes of the student: "stays", "archived" or "deleted".
    """
    row = little.book.find("students", API_ID=number)
    assert row is not None
    for sheet in little.book.all("courses"):
        sheet["STUDENTS"] = [one for one in sheet["STUDENTS"] if one["studentId"] != row["ID"]]
    if how == "archived":
        row["HIDDEN"] = 1
    if how == "deleted":
        del little.book.tables["students"][row["ID"]]


@pytest.mark.parametrize("how", ["stays", "archived", "deleted"])
def test_who_went_from_the_sheets_without_a_trace_is_put_back_before_the_class(
    whole: Little, how: str
) -> None:
    before = as_in_the_erp(whole)
    taken_off(whole, "1", how=how)
    named = {event[0] for event in [*sync(whole), *sync(whole)]}
    assert as_in_the_erp(whole) == before
    assert named & {"DOWN_COURSE_OVERWRITTEN", "DOWN_PERSON_DELETED_BY_HAND"} != set()
    assert sync(whole) == []


def test_professor_who_went_from_a_sheet_without_a_trace_is_put_back(whole: Little) -> None:
    before = as_in_the_erp(whole)
    for sheet in whole.book.all("courses"):
        sheet["PROFESSOR"] = sheet["PROFESSOR_2"] = ""
    sync(whole)
    assert as_in_the_erp(whole) == before
