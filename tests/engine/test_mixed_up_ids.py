"""The ERP gives its ids anew among people: nobody gets the record, the log-in or the attendance of
somebody else, and all is as before once the ids are back (D8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.registry import Registry
from tests.little import Little, lesson, person

A, B, C, D = 1, 2, 3, 4
NEW, NEWER = 8, 9
ANEW = {
    "newcomer in front": (NEW, A, B, C, D),
    "newcomer second": (A, NEW, B, C, D),
    "newcomer before the last": (A, B, C, NEW, D),
    "newcomer in front, the last leaves": (NEW, A, B, C),
    "two newcomers in front, two leave": (NEW, NEWER, A, B),
    "two newcomers in front": (NEW, NEWER, A, B, C, D),
    "the first leaves": (B, C, D),
    "the second leaves": (A, C, D),
    "the first leaves, a newcomer at the end": (B, C, D, NEW),
    "turned up": (D, A, B, C),
    "turned down": (B, C, D, A),
    "two exchanged": (B, A, C, D),
    "two pairs exchanged": (B, A, D, C),
    "mirrored": (D, C, B, A),
    "one moves to the end, a newcomer has the id": (NEW, B, C, D, A),
}
"""Who has the ids 1, 2, 3, and so on by now; before, A, B, C and D had 1 to 4."""

KINDS = {"student": "/learners", "professor": "/teachers", "external": "/tutors"}
KINDS_ON_EDUSIGN = {"student": "students", "professor": "professors"}
FIRST = {"student": 1, "professor": 70, "external": 500}
"""The first id of each kind."""


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        entities = found.spec["entities"]
        entities["external"] = {**entities["student"], "from": "tutors", "students": "of"}
        found.spec["resources"]["tutors"] = {"get": "/tutors", "key": "id"}
        for kind, path in KINDS.items():
            found.rows[path] = rows(kind, FIRST[kind], (A, B, C, D))
        put_on_sheets(found)
        yield found


def rows(kind: str, first: int, order: Sequence[int], shared: str = "") -> list[dict[str, Any]]:
    """Return people with ids from `first` on; `shared` is a field that is the same of all."""
    found = []
    for place, who in enumerate(order):
        row = person(first + who) | {"id": first + place}
        row |= {shared: "same"} if shared else {}
        found.append(row | ({"of": [1 + (who - 1) % 4]} if kind == "external" else {}))
    return found


def put_on_sheets(little: Little, *, few: bool = False) -> None:
    """Give four sheets the professors and all students of now; with `few`, the first ones alone."""
    teachers = [row["id"] for row in little.rows["/teachers"]][: 1 if few else None]
    learners = [row["id"] for row in little.rows["/learners"]][: 1 if few else None]
    little.rows["/lessons"] = [
        lesson(n, teacher=teachers[min(n, len(teachers) - 1)], learners=learners) for n in range(4)
    ]


def on_edusign(little: Little) -> dict[str, tuple[str, ...]]:
    """Return who everybody is, and who is on each sheet, by Edusign's ids."""
    tables = little.book.tables
    people = {
        edusign_id: (row["FIRSTNAME"], row["LASTNAME"], str(row["EMAIL"]), str(row.get("API_ID")))
        for table in ("students", "professors", "externals")
        for edusign_id, row in tables[table].items()
    }
    sheets = {
        row["ID"]: (row["PROFESSOR"], *sorted(one["studentId"] for one in row["STUDENTS"]))
        for row in little.book.all("courses")
    }
    return {**people, **sheets}


def kept(before: dict[str, Any], little: Little) -> dict[str, Any]:
    """Return what of before stands on Edusign by now."""
    now = on_edusign(little)
    return {edusign_id: now.get(edusign_id) for edusign_id in before}


def sync(little: Little) -> list[tuple[str, str]]:
    """Run some hours later, and return the codes of people, with their ids."""
    little.now += timedelta(hours=3)
    little.seen.events, little.seen.stopped = [], []
    little.sync()
    assert (little.seen.stopped, little.seen.findings) == ([], [])
    return [(event[0], event[2]) for event in little.seen.events]


@pytest.mark.fault("F15")
@pytest.mark.walk(every=5)
@pytest.mark.parametrize("order", ANEW.values(), ids=ANEW)
@pytest.mark.parametrize(
    ("kind", "shared"),
    [
        ("student", ""),
        ("student", "last"),
        ("student", "first"),
        ("professor", ""),
        ("external", ""),
    ],
)
def test_nobody_gets_the_record_of_somebody_else(
    little: Little, kind: str, shared: str, order: Sequence[int]
) -> None:
    path, first = KINDS[kind], FIRST[kind]
    little.rows[path] = rows(kind, first, (A, B, C, D), shared)
    put_on_sheets(little)
    sync(little)
    before, old = on_edusign(little), deepcopy(little.rows)
    little.rows[path] = rows(kind, first, order, shared)
    put_on_sheets(little)
    places = range(first, first + 4)
    now = zip(places, order, strict=False)
    others = {str(place) for place, who in now if place != first + who - 1}
    for _ in range(3):
        found = sync(little)
        assert others <= {ref for code, ref in found if code == "DOWN_PERSON_ID_TAKEN"}
        assert kept(before, little) == before
    little.rows = old
    assert not [code for code, _ in sync(little) if code.startswith("DOWN_PERSON")]
    assert kept(before, little) == before
    assert {code for code, _ in sync(little)} <= {"RUN_LATE"}


def lose_the_store(little: Little) -> None:
    for file in little.folder.glob("state.db*"):
        file.unlink()


@pytest.mark.walk(every=8)
@pytest.mark.parametrize("order", ANEW.values(), ids=ANEW)
@pytest.mark.parametrize("shared", ["", "last", "first"])
@pytest.mark.parametrize("kind", ["student", "professor"])
def test_nobody_gets_the_record_of_somebody_else_after_a_lost_store(
    little: Little, kind: str, shared: str, order: Sequence[int]
) -> None:
    """Their records on Edusign say who they were; tutors are found by their e-mail alone."""
    path, first = KINDS[kind], FIRST[kind]
    little.rows[path] = rows(kind, first, (A, B, C, D), shared)
    put_on_sheets(little)
    sync(little)
    before, old = on_edusign(little), deepcopy(little.rows)
    lose_the_store(little)
    little.rows[path] = rows(kind, first, order, shared)
    put_on_sheets(little)
    for _ in range(3):
        found = sync(little)
        assert "DOWN_PERSON_ID_TAKEN" in {code for code, _ in found}
        assert kept(before, little) == before
    little.rows = old
    sync(little)
    assert kept(before, little) == before
    assert {code for code, _ in sync(little)} <= {"RUN_LATE"}


@pytest.mark.parametrize("kind", ["student", "professor"])
def test_record_of_a_stranger_under_the_same_id_is_not_taken_over(
    little: Little, kind: str
) -> None:
    """A first run, where ids of another year stand on Edusign."""
    row: dict[str, Any] = {
        "LASTNAME": "Stranger",
        "FIRSTNAME": "Ann",
        "EMAIL": "x@ecole.test",
        "API_TYPE": "little",
    }
    row |= {"ID": "x", "id": "x", "API_ID": str(FIRST[kind]), "HIDDEN": 0, "TAGS": []}
    little.book.add(KINDS_ON_EDUSIGN[kind], row)
    before = dict(row)
    assert ("DOWN_PERSON_ID_TAKEN", str(FIRST[kind])) in sync(little)
    assert little.book.get(KINDS_ON_EDUSIGN[kind], "x") == before


@pytest.mark.parametrize("same", ["LASTNAME", "FIRSTNAME", "EMAIL"])
def test_whoever_has_one_thing_in_common_with_their_record_is_taken_over(
    little: Little, same: str
) -> None:
    sync(little)
    row = little.book.find("students", API_ID="1")
    assert row is not None
    mine = row[same]
    row |= {"LASTNAME": "Before", "FIRSTNAME": "Ann", "EMAIL": "before@ecole.test"}
    row[same] = str(mine).upper()
    lose_the_store(little)
    assert "DOWN_PERSON_ID_TAKEN" not in {code for code, _ in sync(little)}
    assert (row["LASTNAME"], row["FIRSTNAME"]) == ("Last2", "First2")


@pytest.mark.parametrize("kind", KINDS)
def test_those_who_are_on_no_sheet_count_as_well(little: Little, kind: str) -> None:
    """Only the newcomer, under the first id, is on a sheet: the lists of the ERP tell the rest."""
    sync(little)
    before = on_edusign(little)
    little.rows[KINDS[kind]] = rows(kind, FIRST[kind], (NEW, A, B, C, D))
    put_on_sheets(little, few=True)
    sync(little)
    people = {found: who for found, who in before.items() if not found.startswith("c")}
    assert kept(people, little) == people


def test_students_without_an_email_are_told_by_their_names(little: Little) -> None:
    little.spec["rules"] = {"student_email": "optional"}
    little.rows["/learners"] = [{**row, "mail": ""} for row in rows("student", 1, (A, B, C, D))]
    sync(little)
    before = on_edusign(little)
    order = (NEW, A, B, C, D)
    little.rows["/learners"] = [{**row, "mail": ""} for row in rows("student", 1, order)]
    put_on_sheets(little)
    for _ in range(2):
        sync(little)
        assert on_edusign(little) == before


def test_somebody_whose_data_were_corrected_on_the_same_day_is_in_the_chain(little: Little) -> None:
    sync(little)
    before = on_edusign(little)
    shifted = rows("student", 1, (NEW, A, B, C, D))
    shifted[1]["mail"] = "corrected@ecole.test"
    shifted[2]["first"] = "Corrected"
    little.rows["/learners"] = shifted
    put_on_sheets(little)
    sync(little)
    assert on_edusign(little) == before


def test_whoever_is_mixed_up_stays_so_when_the_other_one_leaves(little: Little) -> None:
    """Nothing but the store knows by then that the first record is not that of the newcomer."""
    sync(little)
    before = on_edusign(little)
    little.rows["/learners"] = rows("student", 1, (NEW, B, C, D, A))
    put_on_sheets(little)
    sync(little)
    del little.rows["/learners"][-1]
    put_on_sheets(little)
    assert ("DOWN_PERSON_ID_TAKEN", "1") in sync(little)
    assert kept(before, little) == before


def test_half_a_reading_clears_nobody(little: Little) -> None:
    little.goes_up()
    sync(little)
    little.rows["/learners"] = rows("student", 1, (B, A, C, D))
    sync(little)
    little.rows["/learners"] = lambda _request: Response("oops", 500)
    sync(little)
    little.play("1", *["present"] * 4)
    assert up(little) == ({"1", "2"}, {"3", "4"})


# up


def up(little: Little) -> tuple[set[str], set[str]]:
    """Send attendance up; return who is held for their id, and whose lines the ERP was sent."""
    little.seen.events, little.seen.written = [], []
    little.write_back()
    held = {event[2] for event in little.seen.events if event[0] == "UP_PERSON_ID_TAKEN"}
    return held, {line["who"] for sent in little.seen.written for line in sent["lines"]}


def test_attendance_of_mixed_up_people_waits_until_the_ids_are_back(little: Little) -> None:
    little.goes_up()
    sync(little)
    old = deepcopy(little.rows)
    little.rows["/learners"] = rows("student", 1, (B, A, C, D))
    sync(little)
    little.play("1", *["present"] * 4)
    assert up(little) == ({"1", "2"}, {"3", "4"})
    assert up(little) == ({"1", "2"}, set())
    little.rows = old
    sync(little)
    assert up(little) == (set(), {"1", "2"})
    assert up(little) == (set(), set())


WRONG = "UP_SENT_FOR_ANOTHER"


def named(little: Little, act: Callable[[], Any]) -> list[tuple[str, str]]:
    """Do something; return whose attendance is named as sent for somebody else, with the sheet."""
    little.seen.events, little.seen.stopped = [], []
    act()
    assert little.seen.stopped == []
    return [(event[2], event[3]) for event in little.seen.events if event[0] == WRONG]


@pytest.mark.walk(every=4)
@pytest.mark.parametrize("order", [order for order in ANEW.values() if {A, B, C, D} <= {*order}])
@pytest.mark.parametrize("ending", ["entered", "resend"])
def test_attendance_sent_between_two_ways_down_is_named_until_somebody_settles_it(
    little: Little, order: Sequence[int], ending: str
) -> None:
    """The ERP gave its ids anew after the way down, and nobody knew it on the way up."""
    little.goes_up()
    sync(little)
    little.play("0", *["present"] * 4)
    named(little, little.write_back)  # before the last way down that knew everybody
    sync(little)
    old = deepcopy(little.rows)
    little.rows["/learners"] = rows("student", 1, order)
    little.play("1", *["present"] * 4)
    assert named(little, little.write_back) == []
    wrong = [(str(n), "1") for n, who in enumerate(order, 1) if n <= 4 and who != n]
    assert wrong
    little.now += timedelta(hours=3)
    found = named(little, little.sync)
    assert {*wrong} <= {*found}
    assert named(little, little.write_back) == found
    assert {sheet for _, sheet in found} == {"1"}
    assert named(little, little.write_back) == found, "every run names it"
    little.rows = old
    little.now += timedelta(hours=3)
    assert named(little, little.sync) == [], "it is marked once"
    named(little, lambda: little.write_back(**{ending: ["1"]}))
    assert named(little, little.write_back) == []


def test_attendance_of_a_shift_waits_for_everybody(little: Little) -> None:
    little.goes_up()
    sync(little)
    little.rows["/learners"] = rows("student", 1, (NEW, A, B, C, D))
    put_on_sheets(little)
    sync(little)
    little.play("1", *["present"] * 4)
    assert up(little) == ({"1", "2", "3", "4"}, set())


def test_attendance_of_a_leaver_whose_id_is_gone_waits_too(little: Little) -> None:
    """The last id is not sent any more, and its person has another one."""
    little.goes_up()
    sync(little)
    little.rows["/learners"] = rows("student", 1, (B, C, D))
    put_on_sheets(little)
    sync(little)
    little.play("1", *["present"] * 4)
    assert up(little) == ({"1", "2", "3", "4"}, set())


# somebody else under an id, whom nobody was before


def somebody(number: int) -> dict[str, Any]:
    return person(number, last=f"Zed{number}", first=f"Zoe{number}", mail=f"z{number}@ecole.test")


CORRECTED: dict[str, dict[str, str]] = {
    "married": {"last": "Zed", "mail": "zed@ecole.test"},
    "capitals": {"last": "LAST2", "first": "FIRST2", "mail": "P2@ECOLE.TEST"},
    "both names": {"last": "Zed", "first": "Zoe"},
    "a mail": {"mail": "zed@ecole.test"},
}


@pytest.mark.parametrize("many", [1, 2, 4])
@pytest.mark.parametrize("kind", KINDS_ON_EDUSIGN)
def test_id_that_is_somebody_elses_now_gives_nobody_the_record_of_before(
    little: Little, kind: str, many: int
) -> None:
    """An id of who left, or another database: neither a name nor the e-mail is theirs."""
    little.sync()
    before = people_of(little, kind)
    first, path = FIRST[kind], KINDS[kind]
    for place in range(many):
        little.rows[path][place] = somebody(first + place)
    for _ in range(2):
        little.now += timedelta(hours=12)
        little.seen.events[:] = []
        little.sync()
        assert people_of(little, kind) == before
        taken = [event[2] for event in little.seen.events if event[0] == "DOWN_PERSON_ID_TAKEN"]
        assert taken == [str(first + place) for place in range(many)]


@pytest.mark.parametrize("corrected", CORRECTED)
def test_person_whose_data_are_corrected_stays_who_they_are(little: Little, corrected: str) -> None:
    little.sync()
    little.rows["/learners"][0] |= CORRECTED[corrected]
    little.now += timedelta(hours=12)
    little.sync()
    wanted = little.rows["/learners"][0]
    found = next(row for row in little.book.all("students") if row["API_ID"] == "1")
    told = [event[0] for event in little.seen.events]
    assert "DOWN_PERSON_ID_TAKEN" not in told
    assert (found["LASTNAME"], found["EMAIL"]) == (wanted["last"], wanted["mail"])


def people_of(little: Little, kind: str) -> list[tuple[str, ...]]:
    """Return who is on Edusign, with what makes them who they are."""
    return sorted(
        (row["API_ID"], row["LASTNAME"], row["FIRSTNAME"], row["EMAIL"])
        for row in little.book.all(KINDS_ON_EDUSIGN[kind])
    )
