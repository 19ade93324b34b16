"""What goes in batches and what goes one by one, and that nobody is put, taken off or written over
by it whom people or another connector put there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from edusync.state.open import open_store
from edusync.target import wire_v3
from tests.little import Little, lesson
from tests.support.batched import NO_MAILS, add_rooms
from tests.support.commands import edusync

Make = Callable[..., Little]
PATHS = {"professors": "/v3/professors", "students": "/v3/students", "courses": "/v3/courses"}


@pytest.fixture
def make(tmp_path: Path, registry: Registry) -> Iterator[Make]:
    with ExitStack() as stack:

        def little(**keys: Any) -> Little:
            found = Little(tmp_path, registry, stack)
            edusign = {"api": "v3", **NO_MAILS, **keys}
            found.connector["accounts"] = [{"name": "main", "edusign": edusign}]
            return found

        yield little


def sent(little: Little, kind: str) -> list[str]:
    """Return how the items of a kind were created: `v1` once for each, `v3` and how many."""
    found = []
    for request in little.book.requests:
        path, body = request["path"], request["body"] or {}
        if request["verb"] == "POST" and path.startswith(f"/v1/{kind.removesuffix('s')}"):
            found.append("v1")
        if path.startswith(f"/v3/{kind}/") and body[kind]:
            found.append(f"v3 {len(body[kind])}")
    return found


def _hand_made(number: int) -> dict[str, Any]:
    """Return a student whom people made on Edusign."""
    said = {"LASTNAME": "Guest", "FIRSTNAME": "A", "EMAIL": f"g{number}@x.test", "HIDDEN": 0}
    return {"ID": f"guest{number}", "id": f"guest{number}", "API_ID": "", **said}


def events(little: Little, *codes: str) -> list[tuple[str, ...]]:
    return [event for event in little.seen.events if event[0] in codes]


def test_all_that_v3_can_say_goes_in_one_request_a_kind(make: Make) -> None:
    little = make()
    little.sync()
    assert {kind: sent(little, kind) for kind in PATHS} == {
        "professors": ["v3 2"],
        "students": ["v3 2"],
        "courses": ["v3 3"],
    }
    assert len(events(little, "DOWN_CREATED")) == 7
    assert len(little.look().sheets) == 3


def test_a_single_item_goes_by_v1(make: Make) -> None:
    little = make()
    little.rows["/lessons"] = [lesson(1)]
    little.sync()
    assert (sent(little, "courses"), sent(little, "students")) == (["v1"], ["v3 2"])


def test_more_items_than_a_request_may_hold_go_in_several(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire_v3, "MOST", 2)
    little = make()
    little.rows["/lessons"] = [lesson(one) for one in range(1, 6)]
    little.sync()
    assert sent(little, "courses") == ["v3 2", "v3 2", "v3 1"]
    assert len(little.book.all("courses")) == 5


def test_an_account_without_v3_is_stopped_before_anything_is_written(make: Make) -> None:
    little = make()
    little.book.habits.v3 = False
    little.sync()
    assert [one.split()[0] for one in little.seen.stopped] == ["EDU_NO_BATCHES"]
    assert [len(little.book.all(kind)) for kind in PATHS] == [0, 0, 0]
    store = open_store(str(little.folder / "state.db"))
    assert store.in_doubt("school") == []
    store.close()


@pytest.mark.parametrize(
    ("keys", "has_v3", "mark", "words"),
    [
        (NO_MAILS, True, "ok", "is open; people and sheets are created in batches"),
        ({"v3_mails_credentials": None}, True, "ok", "people one by one until"),
        (NO_MAILS, False, "bad", "EDU_NO_BATCHES"),
    ],
)
def test_check_says_whether_v3_is_open(
    make: Make, keys: dict[str, Any], *, has_v3: bool, mark: str, words: str
) -> None:
    little = make(**keys)
    little.book.habits.v3 = has_v3
    little.instance()
    state = str(little.folder / "state.db")
    told = edusync("check", str(little.folder / "school.yaml"), "--state", state)
    line = next(one for one in told.stdout.splitlines() if "Edusign v3" in one)
    assert line.split()[0] == mark
    assert words in " ".join(told.stdout.split())
    assert [len(little.book.all(kind)) for kind in PATHS] == [0, 0, 0]


@pytest.mark.promise("P2")
@pytest.mark.parametrize("mails", [None, False, True])
@pytest.mark.parametrize("asked", [False, True])
def test_people_go_in_batches_only_where_it_is_known_that_credentials_go_as_asked(
    make: Make, *, asked: bool, mails: bool | None
) -> None:
    little = make(v3_mails_credentials=mails)
    little.spec["options"] = {"mail": {"type": "boolean", "label": "Mail", "default": asked}}
    little.spec["rules"] = {
        "student_credentials": "options.mail",
        "professor_credentials": "options.mail",
    }
    little.book.habits.v3_mails_credentials = bool(mails)
    little.sync()
    assert little.seen.findings == little.seen.stopped == []
    expected = ["v3 2"] if mails is asked else ["v1", "v1"]
    assert (sent(little, "students"), sent(little, "professors")) == (expected, expected)
    assert len(little.book.emails) == (4 if asked else 0)
    told = [event[4] for event in events(little, "DOWN_CREDENTIALS_NOT_SENT")]
    assert told == ([] if asked else ["2 created", "2 created"])


def test_what_v3_has_no_field_for_goes_by_v1_and_is_whole(make: Make) -> None:
    little = make()
    little.spec["resources"]["rooms"] = {"get": "/rooms", "key": "name"}
    little.spec["entities"]["classroom"] = {"from": "rooms", "source_id": "name", "name": "name"}
    little.spec["entities"]["course"] |= {
        "classroom": {"path": "room", "optional": True},
        "description": {"path": "note", "optional": True},
    }
    little.rows["/rooms"] = [{"name": name} for name in ("B1", "nowhere", "twice")]
    little.rows["/lessons"] = [
        lesson(1, room="B1"),
        lesson(2, room="B1"),
        lesson(3, room="nowhere"),
        lesson(4, room="twice"),
        lesson(5, room="B1", note="Bring a pen"),
    ]
    add_rooms(little.book, ["B1", "twice"])
    little.book.add("classrooms", {"ID": "again", "NAME": "twice"})
    little.sync()
    assert sorted(sent(little, "courses")) == ["v1", "v1", "v1", "v3 2"]
    assert [sheet[4] for sheet in little.look().sheets] == ["B1", "B1", "nowhere", "twice", "B1"]
    little.book.requests.clear()
    little.sync()
    assert [one for one in little.book.requests if one["verb"] != "GET"] == []


@pytest.mark.promise("P8")
@pytest.mark.parametrize("by_hand", [False, True])
def test_a_group_puts_nobody_on_a_sheet_whom_the_session_does_not_have(
    make: Make, *, by_hand: bool
) -> None:
    little = make()
    little.has_classes()
    little.rows["/lessons"] = [lesson(1, classes=[5]), lesson(2, classes=[5])]
    little.rows["/lessons"] += [lesson(3, classes=[5], learners=[1])]
    if by_hand:

        def put(verb: str, path: str) -> None:
            if (verb, path) == ("POST", "/v1/group"):
                little.book.add("students", _hand_made(99))
                little.book.all("groups")[0]["STUDENTS"].append("guest99")

        little.faults.after = put
    little.sync()
    assert sent(little, "courses").count("v1") == (3 if by_hand else 1)
    assert [sheet[6] for sheet in little.look().sheets] == [["1", "2"], ["1", "2"], ["1"]]
    assert all(row["SCHOOL_GROUP"] for row in little.book.all("courses"))


@pytest.mark.promise("P8")
@pytest.mark.parametrize("kind", ["students", "professors", "courses"])
def test_what_another_connector_has_under_our_id_is_not_written_over(make: Make, kind: str) -> None:
    little = make()
    own = {"ID": "theirs", "id": "theirs", "API_TYPE": "another", "DATE_UPDATED": little.book.now()}
    if kind == "courses":
        body = {"NAME": "Theirs", "START": "2026-04-17T08:00:00Z", "END": "2026-04-17T11:00:00Z"}
        little.book.add("professors", {"ID": "px", "HIDDEN": [], "API_ID": "", "EMAIL": "px@x.y"})
        row = little.courses.create(body | {"PROFESSOR": "px", "API_ID": "1"}, from_students=True)
        row["API_TYPE"] = "another"
    else:
        number = "1" if kind == "students" else "70"
        row = little.book.add(
            kind,
            own
            | {"API_ID": number, "LASTNAME": "T", "FIRSTNAME": "T", "EMAIL": "t@x.y", "HIDDEN": 0},
        )
    before = dict(row)
    little.sync()
    assert {name: row[name] for name in before} == before
    ours = [one for one in little.book.all(kind) if one.get("API_TYPE") == "little"]
    assert len(ours) == {"students": 2, "professors": 2, "courses": 3}[kind]


@pytest.mark.promise("P2")
def test_who_is_archived_on_edusign_is_told_as_one_by_one(make: Make) -> None:
    little = make()
    for number, kind in ((1, "students"), (70, "professors")):
        little.book.add(
            kind,
            {
                "ID": f"old{number}",
                "id": f"old{number}",
                "LASTNAME": f"Last{number}",
                "FIRSTNAME": f"First{number}",
                "EMAIL": f"p{number}@ecole.test",
                "HIDDEN": 1,
                "API_ID": str(number),
                "API_TYPE": "little",
            },
        )
    little.sync()
    told = {event[2] for event in events(little, "DOWN_PERSON_ARCHIVED")}
    assert told == {"1", "70"}
    assert len(little.book.all("students")) == len(little.book.all("professors")) == 2


def test_keys_of_v3_say_that_they_do_nothing_without_it(make: Make) -> None:
    little = make(api="v1")
    little.sync()
    assert little.seen.findings == [
        "CONF_UNKNOWN_KEY 'v3_mails_credentials' does nothing without `api: v3`"
    ]
