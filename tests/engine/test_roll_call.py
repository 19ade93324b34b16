"""Where many items are to be looked up, a list of Edusign answers for them: what comes of it is
what comes of looking each up, and a list that does not show everything doubles nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from edusync.engine.plan import roll_call
from edusync.errors import TargetError
from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from edusync.target.client import EdusignClient
from edusync.target.records import Sheet
from tests.little import Little, lesson, person
from tests.support.batched import NO_MAILS

APIS: dict[str, dict[str, Any]] = {
    "v1": {},
    "v3": {"api": "v3", **NO_MAILS},
    "v3 but for people": {"api": "v3"},
}
PEOPLE = ("ours", "hand", "theirs", "conflict", "old", "hand-old", "old-address")


class Came(NamedTuple):
    """What came of a run."""

    events: list[tuple[Any, ...]]
    sheets: list[tuple[Any, ...]]
    people: list[tuple[Any, ...]]
    groups: list[tuple[Any, ...]]
    stopped: list[str]
    ids: dict[str, tuple[str, str]]
    reads: list[str]

    @classmethod
    def of(cls, little: Little) -> Came:
        seen = little.look()
        told = [event for event in seen.events if event[0] != "EDU_BATCH_REFUSED"]
        ids = {
            row["ID"]: (row["API_ID"], row["API_TYPE"])
            for row in little.book.all("students")
            if row["ID"] in PEOPLE
        }
        reads = [one["path"] for one in little.book.requests if one["verb"] == "GET"]
        return cls(told, seen.sheets, seen.people, seen.groups, seen.stopped, ids, reads)


@pytest.fixture
def make(tmp_path: Path, registry: Registry) -> Iterator[Callable[[str], Little]]:
    with ExitStack() as stack:

        def little(api: str) -> Little:
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            folder.mkdir()
            found = Little(folder, registry, stack)
            found.connector["accounts"] = [{"name": "main", "edusign": APIS[api]}]
            return found

        yield little


Make = Callable[[str], Little]


def old_school(little: Little) -> None:
    """Let Edusign hold people and sheets of before: ours without links, archived ones, people's
    own, and another connector's.
    """
    little.has_classes()
    little.rows["/learners"] = [person(one) for one in range(1, 10)]
    little.rows["/classes"][0]["learners"] = [*range(1, 10)]
    little.rows["/lessons"] = [
        lesson(one, learners=[*range(1, 10)], classes=[5]) for one in range(1, 7)
    ]
    said: dict[str, dict[str, Any]] = {
        "ours": {"API_ID": "1", "API_TYPE": "little", "EMAIL": "p1@ecole.test"},
        "hand": {"API_ID": "", "API_TYPE": "", "EMAIL": "P2@ecole.test"},
        "theirs": {"API_ID": "3", "API_TYPE": "another", "EMAIL": "t@x.test"},
        "conflict": {"API_ID": "x4", "API_TYPE": "another", "EMAIL": "p4@ecole.test"},
        "old": {"API_ID": "5", "API_TYPE": "little", "EMAIL": "p5@ecole.test", "HIDDEN": 1},
        "hand-old": {"API_ID": "", "API_TYPE": "", "EMAIL": "p6@ecole.test", "HIDDEN": 1},
        "old-address": {"API_ID": "7", "API_TYPE": "little", "EMAIL": "p@x.test", "HIDDEN": 1},
    }
    for number, (name, fields) in enumerate(said.items(), start=1):
        row: dict[str, Any] = {"LASTNAME": f"Last{number}", "FIRSTNAME": f"First{number}"}
        row |= {"HIDDEN": 0, "DATE_UPDATED": little.book.now(), "TAGS": []} | fields
        little.book.add("students", {"ID": name, "id": name, "STUDENT_FOLLOWER_ID": [], **row})
    hand = {"LASTNAME": "Guest", "FIRSTNAME": "A", "EMAIL": "g1@x.test", "API_ID": ""}
    little.book.add("professors", hand | {"ID": "px", "id": "px", "HIDDEN": []})
    for name, day, kind in (
        ("1", "03-18", "little"),
        ("2", "06-18", "little"),
        ("3", "07-18", "x"),
    ):
        body = {"NAME": f"Old {name}", "PROFESSOR": "px", "API_ID": name, "API_TYPE": kind}
        body |= {"START": f"2026-{day}T08:00:00Z", "END": f"2026-{day}T09:00:00Z"}
        little.courses.create(body, from_students=True)


def nothing_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Edusign's lists be empty, whatever stands there."""
    for name in ("people", "groups", "sheets", "every_sheet"):
        monkeypatch.setattr(EdusignClient, name, lambda *_given, **_more: iter(()))


@pytest.mark.promise("P2")
@pytest.mark.parametrize("api", APIS)
@pytest.mark.parametrize("school", [old_school, lambda _little: None], ids=["old", "new"])
def test_who_is_in_no_list_is_made_as_who_was_looked_up(
    make: Make, monkeypatch: pytest.MonkeyPatch, api: str, school: Callable[[Little], None]
) -> None:
    found = []
    for many in (roll_call.MANY, 1):
        monkeypatch.setattr(roll_call, "MANY", many)
        little = make(api)
        school(little)
        little.sync()
        found.append(Came.of(little))
    one_by_one, by_list = found
    assert one_by_one[:-1] == by_list[:-1]
    asked = [sum("/get-id/" in path for path in came.reads) for came in found]
    assert asked[1] < asked[0]
    if school is old_school:
        assert {event[0] for event in by_list.events} >= {
            "DOWN_ADOPTED",
            "DOWN_PERSON_ARCHIVED",
            "DOWN_PERSON_EMAIL_CONFLICT",
            "DOWN_PERSON_MANUAL_TWIN",
        }
        assert by_list.ids == {
            "ours": ("1", "little"),
            "hand": ("2", "little"),
            "theirs": ("3", "another"),
            "conflict": ("x4", "another"),
            "old": ("5", "little"),
            "hand-old": ("", ""),
            "old-address": ("7", "little"),
        }


@pytest.mark.promise("P2")
def test_list_that_shows_nothing_doubles_nothing_on_v1(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = []
    for many in (roll_call.MANY, 1):
        monkeypatch.setattr(roll_call, "MANY", many)
        little = make("v1")
        old_school(little)
        with monkeypatch.context() as patched:
            nothing_listed(patched)
            little.sync()
        found.append(Came.of(little))
    assert found[0][2:-1] == found[1][2:-1]
    ours = [row for row in found[1].people if row[0] == "students" and row[1] == "1"]
    assert len(ours) == 1
    assert [row[0] for row in found[1].sheets] == ["1", "2", "3", "3", "4", "5", "6"]


@pytest.mark.parametrize("api", APIS)
def test_archived_people_who_are_to_be_restored_are_looked_up(
    make: Make, monkeypatch: pytest.MonkeyPatch, api: str
) -> None:
    monkeypatch.setattr(roll_call, "MANY", 1)
    little = make(api)
    little.connector["rules"] = {"restore_archived": True}
    old_school(little)
    little.sync()
    assert {row["HIDDEN"] for row in little.book.all("students")} == {0}
    assert [one for one in little.book.requests if "/student/get-id/" in one["path"]]


@pytest.mark.promise("P2")
@pytest.mark.parametrize("api", APIS)
def test_where_a_list_is_refused_or_longer_than_the_look_ups_each_item_is_looked_up(
    make: Make, monkeypatch: pytest.MonkeyPatch, api: str
) -> None:
    monkeypatch.setattr(roll_call, "MANY", 1)
    monkeypatch.setattr(roll_call, "_ROWS", 0)
    little = make(api)
    old_school(little)
    little.faults.active.append(Fault("refused", path="/v1/professor", verb="GET", message="no"))
    little.sync()
    for path in ("/course/get-id/4", "/professor/get-id/71", "/student/get-id/8"):
        assert [one for one in little.book.requests if path in one["path"]]
    assert len(little.look().sheets) == 7


def _change(little: Little) -> None:
    """Let every session be renamed, one move to another day, one be signed, and one be gone."""
    days = {2: {"on": "2026-03-20"}}
    little.rows["/lessons"] = [
        lesson(one, title=f"New {one}", **days.get(one, {})) for one in range(1, 7)
    ]
    rows = {row["API_ID"]: row for row in little.book.all("courses")}
    rows["3"]["STUDENTS"][0] |= {"state": True, "signature": "signed"}
    del little.book.tables["courses"][rows["4"]["ID"]]
    rows["5"] |= {"START": "2026-09-18T08:00:00Z", "END": "2026-09-18T09:00:00Z"}


def _refuse_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Edusign show the first sheet of all days that count, and then refuse."""
    sheets = EdusignClient.sheets

    def refused(client: EdusignClient, first: date, last: date, **more: Any) -> Iterator[Sheet]:
        for sheet in sheets(client, first, last, **more):
            yield sheet
            if not more and (last - first).days > 2:
                raise TargetError("EDU_UNREADABLE", "no", "run again")

    monkeypatch.setattr(EdusignClient, "sheets", refused)


@pytest.mark.promise("P2")
@pytest.mark.parametrize("listed", ["whole", "longer than the look-ups", "refused"])
def test_sheets_that_change_are_read_by_a_list_as_one_by_one(
    make: Make, monkeypatch: pytest.MonkeyPatch, listed: str
) -> None:
    found, reads = [], []
    if listed == "longer than the look-ups":
        monkeypatch.setattr(roll_call, "_ROWS", 0)
    if listed == "refused":
        _refuse_the_list(monkeypatch)
    for many in (roll_call.MANY, 1):
        monkeypatch.setattr(roll_call, "MANY", many)
        little = make("v1")
        little.rows["/lessons"] = [lesson(one) for one in range(1, 7)]
        little.sync()
        _change(little)
        little.book.requests.clear()
        little.sync()
        came = Came.of(little)
        found.append(came[:-1])
        ids = {row["ID"] for row in little.book.all("courses")}
        reads.append(sum(path.rpartition("/")[2] in ids for path in came.reads))
    assert found[0] == found[1]
    codes = {event[0] for event in found[1][0]}
    assert codes >= {"DOWN_UPDATED", "DOWN_COURSE_SIGNED", "DOWN_COURSE_MADE_ANEW"}
    assert reads[1] < reads[0]


@pytest.mark.promise("P2")
@pytest.mark.parametrize("kind", ["student", "professor"])
def test_people_whose_ids_are_those_of_others_are_read_by_a_list_as_one_by_one(
    make: Make, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    found = []
    for many in (roll_call.MANY, 1):
        monkeypatch.setattr(roll_call, "MANY", many)
        little = make("v1")
        little.sync()
        path = {"student": "/learners", "professor": "/teachers"}[kind]
        little.rows[path] = [
            person(one["id"] + 500) | {"id": one["id"]} for one in little.rows[path]
        ]
        little.book.requests.clear()
        little.sync()
        found.append(Came.of(little))
    assert found[0][:-1] == found[1][:-1]
    assert "DOWN_PERSON_ID_TAKEN" in {event[0] for event in found[1].events}
    ids = {row["ID"] for row in little.book.all(f"{kind}s")}
    read = [[one for one in came.reads if one.rpartition("/")[2] in ids] for came in found]
    assert (len(read[0]), read[1]) == (2, [])
