"""What a step reads of its answer for the steps after it: never empty for a name nothing has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.plugins import load_registry
from tests.little import Little

NOT_SEEN = "SPEC_PATH_NEVER_SEEN"
SECTIONS = ("for_person", "for_sheet", "then")
WRONG = {
    "a name": ("idd", {"id": 7}),
    "a name below another": ("mark.idd", {"mark": {"id": 7}}),
    "a name above another": ("marc.id", {"mark": {"id": 7}}),
    "a name of the first row": ("[0].idd", [{"id": 7}]),
    "a name of the first row of a list": ("rows[0].idd", {"rows": [{"id": 7}]}),
    "the list": ("row[0].id", {"rows": [{"id": 7}]}),
    "one of two names": ("idd || ide", {"id": 7}),
    "an empty object": ("id", {}),
}
"""What is read, and the answer, which never has it."""
RIGHT = {
    "a value": ("id", {"id": 7}, 7),
    "nothing in a list that is empty": ("[0].id", [], None),
    "nothing in a list below": ("rows[0].id", {"rows": []}, None),
    "null": ("id", {"id": None}, None),
    "one of two names": ("id || uid", {"uid": 7}, 7),
    "a word in its place": ("id || 'none'", {}, "none"),
}


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, load_registry(), stack)


def up(little: Little, section: str, first: dict[str, Any], then: dict[str, Any]) -> list[str]:
    """Bring the sheets down, play a class, send it up by two steps; return the codes of it."""
    steps = [first, {"post": "/second", "in_doubt": "repeat"} | then]
    little.goes_up(**{section: steps})
    if section == "for_person":
        del little.spec["writeback"]["for_sheet"]
    little.sync()
    assert (little.seen.findings, little.seen.stopped) == ([], [])
    little.play("1", "present", "absent")
    return again(little)


def again(little: Little) -> list[str]:
    before = len(little.seen.events)
    little.write_back()
    return [event[0] for event in little.seen.events[before:]]


def second(little: Little) -> list[Any]:
    """Return what the second step sent."""
    return [body for body in little.seen.written if "parent" in body]


READS = {"get": "/first"}
WRITES = {"post": "/first", "json": {"first": True}, "in_doubt": "repeat"}
SENDS = {"json": {"parent": "{{ got.id }}"}}
IF_THERE = {"when": "got.id", "json": {"parent": 1}}
UNLESS_THERE = {"when": "not got.id", "json": {"parent": 1}}


@pytest.mark.parametrize("then", [SENDS, IF_THERE, UNLESS_THERE])
@pytest.mark.parametrize("first", [READS, WRITES], ids=["reads", "writes"])
@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("section", SECTIONS)
def test_what_no_answer_has_is_neither_sent_nor_decided(
    little: Little, section: str, wrong: str, first: dict[str, Any], then: dict[str, Any]
) -> None:
    path, answer = WRONG[wrong]
    little.rows["/first"] = lambda _request: answer
    codes = up(little, section, first | {"read": {"id": path}}, then)
    assert NOT_SEEN in codes
    assert "UP_SENT" not in codes
    assert second(little) == []
    assert NOT_SEEN in again(little)  # nor later
    assert second(little) == []


@pytest.mark.parametrize("right", RIGHT)
@pytest.mark.parametrize("section", SECTIONS)
def test_what_is_there_is_sent_and_so_is_nothing_where_nothing_is(
    little: Little, section: str, right: str
) -> None:
    path, answer, value = RIGHT[right]
    little.rows["/first"] = lambda _request: answer
    assert NOT_SEEN not in up(little, section, READS | {"read": {"id": path}}, SENDS)
    assert {body["parent"] for body in second(little)} == {value}


@pytest.mark.parametrize(
    "answer", [Response(status=204), Response("[]", content_type="application/json")]
)
def test_a_write_answers_with_what_is_read_of_it(little: Little, answer: Response) -> None:
    little.rows["/first"] = lambda _request: answer
    assert NOT_SEEN in up(little, "for_person", WRITES | {"read": {"id": "[0].id"}}, SENDS)
    assert second(little) == []


def test_a_name_that_only_some_answers_have_is_empty_in_the_others(little: Little) -> None:
    """The first answer without it waits; from the first with it on it is known."""
    answers = [{}, {"id": 7}, {}, {"id": 8}]
    little.rows["/first"] = lambda _request: answers.pop(0)
    assert NOT_SEEN in up(little, "for_person", READS | {"read": {"id": "id"}}, SENDS)
    assert second(little) == [{"parent": 7}]
    assert NOT_SEEN not in again(little)
    assert second(little) == [{"parent": 7}, {"parent": None}]


def test_a_write_that_landed_without_its_answer_gives_nothing_to_send(little: Little) -> None:
    doubt = {"look": {"look_up": "marks", "by": "line.who", "on": "who", "missing": "ok"}}
    little.spec["resources"]["marks"] = {"get": "/marks"}
    marks: list[dict[str, Any]] = []
    little.rows["/marks"] = lambda _request: marks

    def first(_request: Any) -> Response:
        marks.append({"who": "1"})
        return Response("{", 200, content_type="application/json")  # it is cut off

    little.rows["/first"] = first
    step = WRITES | {"for": ["present"], "read": {"id": "id"}}
    step |= {"in_doubt": doubt | {"done": "found"}}
    up(little, "for_person", step, {"for": ["present"]} | SENDS)
    little.now += timedelta(hours=1)
    again(little)
    assert (len(marks), second(little)) == (1, [])
