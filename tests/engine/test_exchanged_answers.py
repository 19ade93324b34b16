"""Answers of Edusign that belong to another item, as when those of requests that are under way at
once are exchanged: what the answer shows is held against what was sent (U5).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from edusync.registry import Registry
from edusync.sandbox.edusign import create_app
from edusync.sandbox.serve import serving
from edusync.target import wire_v3
from edusync.target.shown import is_of_another
from tests.engine.test_undecided import run
from tests.little import Little

PARTS = {
    "student": "students",
    "professor": "professors",
    "externals": "externals",
    "group": "groups",
    "course": "courses",
}
SHOWN: dict[str, tuple[str, ...]] = {
    "its id in the ERP": ("API_ID",),
    "its names": ("LASTNAME", "FIRSTNAME", "NAME"),
    "its e-mail or its time": ("EMAIL", "START"),
    "all of it": ("API_ID", "LASTNAME", "FIRSTNAME", "EMAIL", "NAME", "START", "END"),
}
"""What an answer shows of the item beside its id on Edusign."""
OTHER = {
    "API_ID": "other-1",
    "API_TYPE": "another",
    "LASTNAME": "Autre",
    "FIRSTNAME": "Anne",
    "EMAIL": "anne.autre@ecole.test",
    "NAME": "Something else",
    "START": "2026-03-20T07:00:00.000Z",
    "END": "2026-03-20T08:00:00.000Z",
}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.has_classes()
        for row in found.rows["/lessons"]:
            row["classes"] = [5]
        found.spec["resources"]["tutors"] = {"get": "/tutors", "key": "id"}
        found.rows["/tutors"] = [
            {"id": 9, "last": "Tuteur", "first": "Tom", "mail": "tom@firme.test", "of": [1]}
        ]
        tutor = found.spec["entities"]["student"] | {"from": "tutors", "students": "of"}
        found.spec["entities"]["external"] = tutor
        yield found


def exchange(little: Little, stack: ExitStack, part: str, shown: tuple[str, ...]) -> list[Any]:
    """Let the first creation of a kind be answered with what was said of another item."""
    app, others = create_app(little.book), list[Any]()

    @Request.application
    def exchanged(request: Request) -> Response:
        answer = Response.from_app(app, request.environ)
        if others or request.method != "POST" or not request.path.endswith(f"/{part}"):
            return answer
        mine = json.loads(answer.get_data())["result"]["ID"]
        other = little.book.tables[PARTS[part]][mine] | OTHER | {"ID": "other-id"}
        others.append(other)
        told = {"ID": "other-id"} | {name: other[name] for name in shown if name in mine_of(part)}
        answer.set_data(json.dumps({"status": "success", "result": told}))
        return answer

    little.edusign = stack.enter_context(serving(exchanged))
    return others


def mine_of(part: str) -> set[str]:
    """Return what a record of a kind has."""
    person = {"API_ID", "LASTNAME", "FIRSTNAME", "EMAIL"}
    has = {"group": {"API_ID", "NAME"}, "course": {"API_ID", "NAME", "START", "END"}}
    return has.get(part, person)


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        (part, shown)
        for part in PARTS
        for shown, names in SHOWN.items()
        if mine_of(part).intersection(names)
    ],
)
def test_item_does_not_get_the_id_of_another(little: Little, part: str, shown: str) -> None:
    with ExitStack() as stack:
        others = exchange(little, stack, part, SHOWN[shown])
        for _ in range(2):
            run(little)
    assert len(others) == 1
    seen = little.look()
    assert seen.stopped == []
    assert [(sheet[0], sheet[5], sheet[6]) for sheet in seen.sheets] == [
        ("1", "71", ["1", "2"]),
        ("2", "70", ["1", "2"]),
        ("3", "71", ["1", "2"]),
    ]
    assert "other-id" not in json.dumps([*map(dict, little.book.all("courses"))])
    assert "other-id" not in json.dumps([*map(dict, little.book.all("groups"))])


BODY = {"student": {"API_ID": "7", "LASTNAME": "Martin", "FIRSTNAME": "Léa", "EMAIL": "a@b.fr"}}


@pytest.mark.parametrize(
    ("answer", "is_another"),
    [
        ({"ID": "x"}, False),
        ({"ID": "x", "TYPE": 1}, False),
        (True, False),
        ({"ID": "x", "API_ID": "7"}, False),
        ({"ID": "x", "API_ID": 7}, False),
        ({"ID": "x", "API_ID": "8"}, True),
        ({"ID": "x", "LASTNAME": "MARTIN", "EMAIL": "A@B.fr"}, False),
        ({"ID": "x", "LASTNAME": "MARTIN", "FIRSTNAME": "Lea"}, False),
        ({"ID": "x", "LASTNAME": "Durand", "EMAIL": "c@d.test"}, True),
        ({"ID": "x", "EMAIL": ""}, False),
    ],
)
def test_what_an_answer_shows_is_held_against_what_was_sent(
    answer: object, is_another: bool
) -> None:
    assert is_of_another(answer, BODY) is is_another


def test_times_are_the_same_however_they_are_written() -> None:
    sent = {"course": {"API_ID": "1", "START": "2026-03-18T07:00:00.000Z"}}
    assert not is_of_another({"START": "2026-03-18T08:00:00+01:00"}, sent)
    assert is_of_another({"START": "2026-03-18T08:00:00Z"}, sent)


def test_result_of_a_batch_that_shows_another_item_says_nothing() -> None:
    items = [{"externalReferenceId": "1", "email": "a@b.fr"}, {"externalReferenceId": "2"}]
    rows = [
        {"inputIndex": 0, "id": "e1", "externalReferenceId": "2"},
        {"inputIndex": 1, "id": "e2", "externalReferenceId": "2"},
    ]
    assert wire_v3.read_results({"results": rows}, items) == {1: ("e2", None)}
    rows[0] = {"inputIndex": 0, "id": "e1", "email": "c@d.test"}
    assert wire_v3.read_results({"results": rows}, items) == {1: ("e2", None)}
