"""A change of one field of most known items waits for a person: one wrong word of a spec rewrites
all at once (D5). Everything else goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from edusync.engine.plan.mass_contents import CONTENTS
from tests.bugs.wire import Ended, Wire
from tests.little import lesson, person

HELD = "RUN_CONTENTS_HELD"
COUNT = 6
NUMBERS = range(1, COUNT + 1)

Act = Callable[[Wire], None]


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    """A school in which each kind has six items, and every field of each is in use."""
    with ExitStack() as stack:
        made = Wire(tmp_path, stack)
        made.rows["/learners"] = [who(n, mark=f"m{n}") for n in NUMBERS]
        made.rows["/teachers"] = [who(70 + n) for n in NUMBERS]
        made.rows["/tutors"] = [who(500 + n, learner=[n], other=[n % COUNT + 1]) for n in NUMBERS]
        made.rows["/groups"] = [
            {"id": 90 + n, "label": f"Group {n}", "other": f"Other {n}", "learners": [n]}
            for n in NUMBERS
        ]
        made.rows["/lessons"] = [class_(n) for n in NUMBERS]
        for name in ("tutors", "groups"):
            made.spec["resources"][name] = {"get": f"/{name}", "key": "id"}
        entities = made.spec["entities"]
        entities["professor"] |= {"phone": "phone"}
        entities["external"] = {**entities["professor"], "from": "tutors"}
        entities["external"]["students"] = "learner"
        entities["student"] |= {"phone": "phone", "tags": "tag", "badge": "mark"}
        entities["group"] = {"from": "groups", "source_id": "id", "name": "label"}
        entities["group"] |= {"students": "learners"}
        entities["course"] |= {"classroom_name": "room", "description": "note", "groups": "group"}
        yield made


def who(number: int, **more: Any) -> dict[str, Any]:
    row = person(number, phone=f"01020304{number % 100:02}", phone2=f"06020304{number % 100:02}")
    row |= {"tag": f"t{number}", "tag2": f"u{number}", "mark2": f"n{number}", "mail2": ""}
    return row | {"mail2": f"q{number}@ecole.test", "last2": f"Deux{number}", **more}


def class_(number: int, **more: Any) -> dict[str, Any]:
    nxt = number % COUNT + 1
    row = lesson(number, teacher=70 + number, learners=[number], room=f"R{number}")
    row |= {"room2": f"S{number}", "note": f"Note {number}", "note2": f"Word {number}"}
    return row | {"group": 90 + number, "teacher2": 70 + nxt, "group2": 90 + nxt, **more}


OTHERS = {
    "last_name": "last2",
    "first_name": "last2",
    "email": "mail2",
    "phone": "phone2",
    "tags": "tag2",
    "badge": "mark2",
    "students": "other",
    "classroom_name": "room2",
    "description": "note2",
    "professors": "teacher2",
    "groups": "group2",
}
"""Another column of the ERP that would do for each field."""


def other(kind: str, field: str) -> str:
    """Return the column that would do for a field."""
    if field == "name":
        return "other" if kind == "group" else "note2"
    return OTHERS[field]


WAYS = ("another column", "an empty column", "a template", "the data of the ERP")
NEVER_EMPTY = {"last_name", "first_name", "email", "name", "professors"}
REFERS = {"externals", "professors", "groups"}
FAMILY = [
    (kind, field, way)
    for kind, fields in CONTENTS.items()
    for field in fields
    for way in WAYS
    if not (way == "an empty column" and field in NEVER_EMPTY)
    and not (way == "a template" and field in REFERS | {"email", "phone"})
]
"""Every field of every kind, in each way in which a wrong word can change it."""


def wrong(wire: Wire, kind: str, field: str, way: str) -> None:
    if field == "externals":  # a tutor says whom they follow
        kind, field = "external", "students"
    field = "classroom_name" if field == "classroom" else field
    entity = wire.spec["entities"][kind]
    rows = wire.rows[f"/{entity['from']}"]
    for row in rows:
        row |= {"nothing": "", "none": []}
    if way == "another column":
        entity[field] = other(kind, field)
    elif way == "an empty column":
        entity[field] = "none" if field in REFERS | {"tags", "students"} else "nothing"
    elif way == "a template":
        entity[field] = {"template": f"x {{{{ row.{other(kind, field)} }}}}"}
    else:
        for row in rows:
            row[entity[field]] = row[other(kind, field)]


def stands(wire: Wire) -> list[Any]:
    """Return everything that stands on Edusign, but when it was written."""
    book = wire.book
    return [
        [{k: v for k, v in row.items() if "DATE" not in k} for row in book.all(table)]
        for table in ("students", "professors", "externals", "groups", "courses")
    ]


@pytest.mark.parametrize(("kind", "field", "way"), FAMILY)
def test_wrong_word_rewrites_nothing_and_is_named(
    wire: Wire, kind: str, field: str, way: str
) -> None:
    first = wire.down()
    assert (first.code, len(first.sheets)) == (0, COUNT), first.said
    before = stands(wire)
    wrong(wire, kind, field, way)
    for _ in range(2):
        after = wire.down()
        assert (after.code, HELD in after.said, field in after.said) == (4, True, True), after.said
        assert stands(wire) == before


def down(wire: Wire, *more: str) -> Ended:
    return wire.command("sync", *more, at=f"{wire.now:%Y-%m-%dT%H:%M}")


def approve(wire: Wire) -> Ended:
    plan = wire.command("plan", "--format", "json").said
    return wire.command("sync", "--approve", plan.partition('"plan_id": "')[2].partition('"')[0])


def test_a_person_lets_it_through(wire: Wire) -> None:
    wire.down()
    wrong(wire, "student", "last_name", "another column")
    held = wire.down()
    assert "6 of 6 that had one, such as 1, 2, 3" in held.said
    assert "Deux" not in held.said
    assert (approve(wire).code, wire.look().people[-1][2]) == (0, "Deux6")
    assert wire.down().code == 0


def test_the_rest_of_a_change_goes_on_and_it_is_over_when_the_word_is_right(wire: Wire) -> None:
    wire.down()
    wrong(wire, "course", "name", "another column")
    wire.rows["/lessons"][0] |= {"to": "21:00", "room": "Z"}
    for row in wire.rows["/lessons"][1:]:
        row["learners"] = [row["id"], 1]
    after = wire.down()
    assert (after.code, after.sheets[0][1], after.sheets[0][4]) == (4, "Lesson 1", "Z"), after.said
    assert after.students["3"] == ["1", "3"]
    wire.spec["entities"]["course"]["name"] = "title"
    ended = wire.down()
    assert (ended.code, HELD in ended.said, ended.sheets) == (0, False, after.sheets), ended.said


def test_it_waits_when_the_share_falls(wire: Wire) -> None:
    wire.down()
    for row in wire.rows["/learners"][:4]:
        row["last"] = "Other"
    assert wire.down().code == 4
    wire.rows["/learners"] += [who(n) for n in range(11, 19)]
    wire.rows["/lessons"][0]["learners"] = [1, *range(11, 19)]
    before = stands(wire)[0][:COUNT]
    for _ in range(2):
        assert (wire.down().code, stands(wire)[0][:COUNT]) == (4, before)


@pytest.mark.parametrize(("changed", "is_held"), [(1, False), (2, False), (3, False), (4, True)])
@pytest.mark.parametrize(
    ("path", "column"),
    [("/learners", "last"), ("/teachers", "mail"), ("/groups", "label"), ("/lessons", "room")],
)
def test_more_than_half_wait(
    wire: Wire, path: str, column: str, changed: int, is_held: bool
) -> None:
    wire.down()
    for row in wire.rows[path][:changed]:
        row[column] = f"x{row['id']}@ecole.test"
    assert (wire.down().code == 4) is is_held


@pytest.mark.parametrize("kind", ["student", "course"])
def test_what_is_new_or_was_empty_is_filled(wire: Wire, kind: str) -> None:
    field = {"student": "phone", "course": "description"}[kind]
    right = wire.spec["entities"][kind].pop(field)
    assert wire.down().code == 0
    wire.spec["entities"][kind][field] = "nothing"
    for row in (*wire.rows["/learners"], *wire.rows["/lessons"]):
        row["nothing"] = ""
    assert wire.down().code == 0
    wire.spec["entities"][kind][field] = right
    assert wire.down().code == 0


def test_what_people_changed_on_edusign_is_put_back(wire: Wire) -> None:
    wire.down()
    before = wire.look().people
    wire.now += timedelta(minutes=5)
    for row in wire.book.all("students"):
        row |= {"LASTNAME": "By hand", "DATE_UPDATED": wire.book.now()}
    wire.now += timedelta(minutes=5)
    assert (down(wire).code, wire.look().people) == (0, before)


@pytest.mark.parametrize("kind", ["student", "group", "course"])
def test_a_lost_store_says_the_same(wire: Wire, kind: str) -> None:
    wire.down()
    before = stands(wire)
    (wire.folder / "state.db").unlink()
    field = "last_name" if kind == "student" else "name"
    wrong(wire, kind, field, "another column")
    for _ in range(2):
        after = wire.down()
        assert (after.code, HELD in after.said) == (4, True), after.said
        assert stands(wire) == before


TEXTS = [
    (kind, field)
    for kind, fields in CONTENTS.items()
    for field in fields
    if field not in REFERS | {"email", "externals", "professors", "groups", "badge", "phone"}
]
"""Texts that people read."""


@pytest.mark.parametrize(("kind", "field"), TEXTS)
def test_one_text_of_before_in_letters_of_html_waits(wire: Wire, kind: str, field: str) -> None:
    """A single one, in both ways of HTML; it is over when the letters are back, or approved."""
    entity = wire.spec["entities"][kind]
    column = entity["classroom_name" if field == "classroom" else field]
    row = wire.rows[f"/{entity['from']}"][0]
    row[column] = text = "Éliés R&D"
    assert wire.down().code == 0
    before = stands(wire)
    for escaped in ("&#201;li&#233;s R&amp;D", "&Eacute;li&eacute;s R&D"):
        row[column] = escaped
        held = wire.down()
        assert (held.code, HELD in held.said, field in held.said) == (4, True, True), held.said
        assert "letters of 1 come written as in HTML" in held.said
        assert stands(wire) == before
    row[column] = text
    assert (wire.down().code, stands(wire)) == (0, before)
    row[column] = "&#201;li&#233;s R&amp;D"
    assert (approve(wire).code, stands(wire) != before) == (0, True)
    assert wire.down().code == 0
