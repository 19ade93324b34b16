"""Ids that are numbers in the ERP go back as such, once the key of their list says so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request

from edusync.registry import Registry
from tests.little import Little, lesson, person

NUMBER = {"path": "id", "as": "number"}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.goes_up()
        found.spec["writeback"]["line"]["student"] = {
            "who": "{{ person.source_id }}",
            "lesson": "{{ course.source_id }}",
        }
        yield found


def evening(little: Little) -> list[dict[str, Any]]:
    """Return the lines that go up of the first lesson."""
    little.sync()
    little.play("1", "present", "absent")
    little.write_back()
    assert little.seen.findings == []
    return [line for body in little.seen.written for line in body["lines"]]


def test_without_a_word_ids_are_text(little: Little) -> None:
    assert [(line["who"], line["lesson"]) for line in evening(little)] == [("1", "1"), ("2", "1")]


def test_ids_of_a_list_go_up_as_they_came(little: Little) -> None:
    little.spec["resources"]["learners"]["key"] = NUMBER
    assert [(line["who"], line["lesson"]) for line in evening(little)] == [(1, "1"), (2, "1")]


def test_those_of_sessions_too_under_a_namespace(little: Little) -> None:
    little.spec["namespace"] = "2026"
    little.spec["resources"]["lessons"]["key"] = NUMBER
    little.sync()
    little.play("2026/1", "present", "absent")
    little.write_back()
    assert [line["lesson"] for body in little.seen.written for line in body["lines"]] == [1, 1]


def test_id_that_is_no_number_stays_what_it_is(little: Little) -> None:
    little.spec["resources"]["learners"]["key"] = NUMBER
    little.rows["/learners"] = [person(1) | {"id": "007"}, person(2)]
    little.rows["/lessons"] = [lesson(1, learners=["007", 2])]
    assert [line["who"] for line in evening(little)] == ["007", 2]


@pytest.mark.parametrize(
    ("key", "ids", "asked"),
    [
        ("id", [1, 2], [["1", "2"]]),
        (NUMBER, [1, 2], [[1, 2]]),
        (NUMBER, ["1", "2"], [["1", "2"]]),
        (NUMBER, [1, "2"], [[1, "2"]]),
    ],
    ids=["text", "as they came", "came as text", "each as it came"],
)
def test_batches_ask_with_what_came(
    little: Little, key: Any, ids: list[Any], asked: list[list[Any]]
) -> None:
    bodies: list[Any] = []

    def people(request: Request) -> Any:
        bodies.append(request.get_json()["ids"])
        return [person(1), person(2)]

    little.rows["/learners"] = people
    little.rows["/lessons"] = [lesson(1, learners=ids)]
    learners = little.spec["resources"]["learners"]
    del learners["get"]
    learners |= {
        "post": "/learners",
        "json": {"ids": "{{ batch }}"},
        "for_each": {"values": "lessons.learners", "batch": 10},
        "key": key,
    }
    little.sync()
    assert bodies == asked
    assert [who for *_, who in little.look().sheets] == [["1", "2"]]


def test_key_of_the_list_that_is_asked_about_is_a_number(little: Little) -> None:
    little.spec["resources"]["lessons"]["key"] = NUMBER
    little.spec["resources"]["more"] = {
        "post": "/more",
        "json": {"of": "{{ parent }}"},
        "for_each": {"values": "lessons.id"},
        "key": "of",
    }
    asked: list[Any] = []

    def more(request: Request) -> Any:
        asked.append(request.get_json()["of"])
        return [{"of": asked[-1], "room": f"R{asked[-1]}"}]

    little.rows["/more"] = more
    little.rows["/lessons"] = [lesson(1), lesson(2)]
    place = {"look_up": "more", "by": "id", "take": "room"}
    little.spec["entities"]["course"]["classroom_name"] = place
    little.sync()
    assert sorted(asked) == [1, 2]
    assert [sheet[4] for sheet in little.look().sheets] == ["R1", "R2"]
