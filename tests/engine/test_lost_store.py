"""A lost store, or an old copy of it: what stands on Edusign is found and never made twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from tests.little import Little, lesson

TABLES = {"student": "students", "professor": "professors", "group": "groups", "course": "courses"}
NUMBERS = {"student": "1", "professor": "70", "group": "5", "course": "1"}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.has_classes()
        found.rows["/lessons"] = [lesson(number, classes=[5]) for number in (1, 2, 3)]
        found.sync()
        yield found


def lose_store(little: Little) -> None:
    for file in little.folder.glob("state.db*"):
        file.unlink()


def sync(little: Little) -> list[tuple[Any, ...]]:
    """Run twelve hours later; return the events."""
    little.now += timedelta(hours=12)
    little.seen.events, little.seen.stopped, little.book.requests[:] = [], [], []
    little.sync()
    assert little.seen.stopped == []
    return little.seen.events


def codes(events: list[tuple[Any, ...]], *wanted: str) -> list[tuple[str, str]]:
    return [(event[0], event[2]) for event in events if event[0] in wanted]


def ours(little: Little, kind: str) -> list[str]:
    rows = little.book.tables[TABLES[kind]].values()
    return sorted(str(row["API_ID"]) for row in rows if row["API_TYPE"] == "little")


def put_before(little: Little, kind: str) -> None:
    """Let another connector have an item of the same id, which Edusign finds first."""
    table = little.book.tables[TABLES[kind]]
    own = little.book.find(TABLES[kind], API_ID=NUMBERS[kind])
    assert own is not None
    theirs = dict(own, ID="THEIRS", id="THEIRS", API_TYPE="another", EMAIL="other@ecole.test")
    little.book.tables[TABLES[kind]] = {"THEIRS": theirs, **table}


@pytest.mark.parametrize("kind", TABLES)
def test_item_behind_another_connectors_item_of_the_same_id_is_found(
    little: Little, kind: str
) -> None:
    before = ours(little, kind)
    put_before(little, kind)
    if kind in {"student", "professor"}:  # else the e-mail tells
        own = next(row for row in little.book.tables[TABLES[kind]].values() if row["ID"] != "THEIRS"
                   and row["API_ID"] == NUMBERS[kind])  # fmt: skip
        own["EMAIL"] = "before@ecole.test"
    lose_store(little)
    assert codes(sync(little), "DOWN_CREATED", "EDU_LOOKUP_REFUSED") == []
    assert ours(little, kind) == before
    assert sync(little) == []


def test_group_that_may_stand_behind_another_is_held_while_no_list_is_shown(
    little: Little,
) -> None:
    before = ours(little, "group")
    put_before(little, "group")
    lose_store(little)

    def refuse_list(verb: str, where: str) -> None:
        if verb == "GET" and where.endswith("/group"):
            little.faults.active.append(Fault("refused", verb="GET", path=where, message="E17"))

    little.faults.before = refuse_list
    assert codes(sync(little), "EDU_LOOKUP_REFUSED") == [("EDU_LOOKUP_REFUSED", "5")]
    assert ours(little, "group") == before


@pytest.mark.parametrize("kind", ["group", "course"])
def test_items_of_ours_that_stand_twice_are_held_and_named(little: Little, kind: str) -> None:
    own = little.book.find(TABLES[kind], API_ID=NUMBERS[kind])
    assert own is not None
    little.book.tables[TABLES[kind]]["TWIN"] = dict(own, ID="TWIN", id="TWIN")
    put_before(little, kind)
    lose_store(little)
    assert codes(sync(little), "EDU_LOOKUP_REFUSED") == [("EDU_LOOKUP_REFUSED", NUMBERS[kind])]


@pytest.mark.parametrize("kind", ["group", "course"])
def test_item_of_another_connector_alone_keeps_ours_from_nothing(little: Little, kind: str) -> None:
    put_before(little, kind)
    lose_store(little)
    own = next(
        edusign_id
        for edusign_id, row in little.book.tables[TABLES[kind]].items()
        if edusign_id != "THEIRS" and row["API_ID"] == NUMBERS[kind]
    )
    del little.book.tables[TABLES[kind]][own]
    if kind == "course":  # at another hour: beside one of the same hour nothing is made
        theirs = little.book.tables["courses"]["THEIRS"]
        theirs |= {"START": "2026-03-18T04:00:00.000Z", "END": "2026-03-18T05:00:00.000Z"}
    assert codes(sync(little), "DOWN_CREATED") == [("DOWN_CREATED", NUMBERS[kind])]
    assert sync(little) == []


# sessions that got other ids while the store was lost


def renumber(little: Little, *, by: int = 100) -> None:
    for row in little.rows["/lessons"]:
        row["id"] += by


def test_sheets_of_sessions_that_were_renumbered_meanwhile_are_taken_over(little: Little) -> None:
    stood = {row["ID"] for row in little.book.all("courses")}
    lose_store(little)
    renumber(little)
    events = sync(little)
    assert codes(events, "DOWN_COURSE_RELINKED") == [
        ("DOWN_COURSE_RELINKED", number) for number in ("101", "102", "103")
    ]
    assert {row["ID"] for row in little.book.all("courses")} == stood
    assert ours(little, "course") == ["101", "102", "103"]
    assert sync(little) == []


def test_old_copy_of_the_store_takes_over_what_was_made_since(little: Little) -> None:
    copy = (little.folder / "state.db").read_bytes()
    little.rows["/lessons"].append(lesson(4, classes=[5]))
    sync(little)
    lose_store(little)
    (little.folder / "state.db").write_bytes(copy)
    little.rows["/lessons"][3]["id"] = 104
    assert codes(sync(little), "DOWN_COURSE_RELINKED") == [("DOWN_COURSE_RELINKED", "104")]
    assert ours(little, "course") == ["1", "104", "2", "3"]


def drop_student(little: Little) -> None:
    little.rows["/lessons"][0]["learners"] = [1]


def rename(little: Little) -> None:
    little.rows["/lessons"][0]["title"] = "Another"


def double(little: Little) -> None:
    own = little.book.find("courses", API_ID="1")
    assert own is not None
    little.book.tables["courses"]["TWIN"] = dict(own, ID="TWIN", id="TWIN", API_ID="901")


def break_list(little: Little) -> None:
    little.rows["/lessons"].append({**lesson(9, classes=[5]), "id": {"of": "another kind"}})


@pytest.mark.parametrize("change", [drop_student, rename, double, break_list])
def test_sheet_that_may_stand_already_is_held_and_named(
    little: Little, change: Callable[[Little], None]
) -> None:
    change(little)
    lose_store(little)
    renumber(little) if change is not break_list else renumber_first(little)
    before = len(little.book.all("courses"))
    for _ in range(2):
        events = sync(little)
        assert codes(events, "DOWN_COURSE_TWIN_HELD")[:1] == [("DOWN_COURSE_TWIN_HELD", "101")]
        assert len(little.book.all("courses")) == before
    for row in [row for row in little.book.all("courses") if row["API_ID"] in {"1", "901"}]:
        del little.book.tables["courses"][row["ID"]]
    sync(little)
    assert "101" in ours(little, "course")


def renumber_first(little: Little) -> None:
    little.rows["/lessons"][0]["id"] += 100


def test_sheet_of_other_people_at_the_same_time_is_none_of_the_session(little: Little) -> None:
    """Another school with the same ERP, in the same account of Edusign and with its own store."""
    own = little.book.find("courses", API_ID="1")
    assert own is not None
    others: dict[str, Any] = {"STUDENTS": [{"studentId": "s9"}], "PROFESSOR": "p9"}
    little.book.tables["courses"]["FAR"] = dict(own, ID="FAR", id="FAR", API_ID="901", **others)
    lose_store(little)
    del little.book.tables["courses"][own["ID"]]
    events = sync(little)
    assert codes(events, "DOWN_CREATED") == [("DOWN_CREATED", "1")]
    assert codes(events, "DOWN_COURSE_TWIN_HELD", "DOWN_SHEETS_UNLINKED") == []


@pytest.mark.parametrize("store", ["lost", "old copy"])
def test_sheet_that_the_store_does_not_know_and_the_erp_does_not_send_is_named(
    little: Little, store: str
) -> None:
    copy = (little.folder / "state.db").read_bytes()
    little.rows["/lessons"].append(lesson(4, classes=[5]))
    sync(little)
    lose_store(little)
    if store == "old copy":
        (little.folder / "state.db").write_bytes(copy)
    little.rows["/lessons"].pop()
    events = [event for event in sync(little) if event[0] == "DOWN_SHEETS_UNLINKED"]
    assert ["session 4" in event[4] for event in events] == [True]
    assert "4" in ours(little, "course")


def on_sheets(little: Little) -> dict[str, list[str]]:
    """Return who is on each sheet, by their ids in the ERP; empty for whom people put there."""
    known = {row["ID"]: str(row["API_ID"]) for row in little.book.all("students")}
    return {
        row["API_ID"]: sorted(known[one["studentId"]] for one in row["STUDENTS"])
        for row in little.book.all("courses")
    }


@pytest.mark.parametrize("left", [["1"], ["1", "2", "3"]], ids=["one sheet", "every sheet"])
def test_student_who_left_a_sheet_meanwhile_is_taken_off(little: Little, left: list[str]) -> None:
    guest = {"ID": "g", "id": "g", "LASTNAME": "X", "FIRSTNAME": "Y", "EMAIL": "x@ecole.test"}
    little.book.add("students", guest | {"HIDDEN": 0, "API_ID": ""})
    for row in little.book.all("courses"):
        row["STUDENTS"].append(little.courses.row(row, "g"))
    lose_store(little)
    for row in little.rows["/lessons"]:
        if str(row["id"]) in left:
            row["learners"] = [1]
    sync(little)
    due = {number: ["", "1"] if number in left else ["", "1", "2"] for number in "123"}
    assert on_sheets(little) == due


def test_student_who_is_held_keeps_the_seat(little: Little) -> None:
    lose_store(little)
    archived = little.book.find("students", API_ID="2")
    assert archived is not None
    archived["HIDDEN"] = 1
    sync(little)
    assert on_sheets(little) == {number: ["1", "2"] for number in "123"}


def test_student_whom_the_erp_does_not_send_any_more_leaves(little: Little) -> None:
    lose_store(little)
    little.rows["/learners"].pop()
    for row in [*little.rows["/lessons"], *little.rows["/classes"]]:
        row["learners"] = [1]
    sync(little)
    assert on_sheets(little) == {number: ["1"] for number in "123"}
    (group,) = little.book.all("groups")
    assert len(group["STUDENTS"]) == 1


def test_student_of_a_group_who_is_on_no_sheet_stays_in_it(little: Little) -> None:
    lose_store(little)
    for row in little.rows["/lessons"]:
        row["learners"] = [1]
    sync(little)
    (group,) = little.book.all("groups")
    assert len(group["STUDENTS"]) == 2
