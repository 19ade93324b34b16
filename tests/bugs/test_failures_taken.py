"""A failed answer is read as no rows, or as done, by words of its own alone (P7)."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from werkzeug.wrappers import Response

from edusync.spec.failures import taken_failure
from edusync.spec.texts import Expression
from edusync.spec.verdicts import VERDICTS
from tests.bugs.wire import Wire, answers, assert_held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STATUSES = (302, 401, 403, 407, 408, 429, 500, 502, 503, 504, 599)
BODIES = {
    "[]": "application/json",
    '{"rows": []}': "application/json",
    "<!doctype html><title>Sign in</title>": "text/html",
    "": "application/json",
    "later": "text/plain",
}
PLACES = ("lessons", "learners", "teachers", "transport")
ANY = "connection.url and answer.status >= 300"
"""A line that no rule can decide, since it asks for an answer of the school."""


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def _say(wire: Wire, place: str, when: str, then: str) -> None:
    part = wire.spec["transport"] if place == "transport" else wire.spec["resources"][place]
    part["answers"] = [{"when": when, "then": then}]


@pytest.mark.promise("P7")
@pytest.mark.walk(every=12)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("then", ["empty", "ok"])
@pytest.mark.parametrize("place", PLACES)
def test_no_line_takes_a_failed_answer_by_its_status_alone(
    wire: Wire, place: str, then: str, body: str, status: int
) -> None:
    """Whichever list it is that fails, and whatever stands in the answer."""
    before = wire.down()
    _say(wire, place, ANY, then)
    failing = "learners" if place == "transport" else place
    wire.rows[f"/{failing}"] = answers(body, BODIES[body], status)
    after = wire.down()
    if after.code == 5:
        assert after.sheets == before.sheets
    else:
        assert_held(before, after)


@pytest.mark.promise("P7")
@pytest.mark.walk(every=6)
@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("then", ["empty", "ok"])
def test_no_line_says_that_a_failed_write_is_done(
    wire: Wire, then: str, body: str, status: int
) -> None:
    wire.goes_up()
    wire.spec["writeback"]["for_sheet"][0]["answers"] = [{"when": ANY, "then": then}]
    wire.down()
    wire.rows["/presences"] = lambda _request: Response(body, status, content_type=BODIES[body])
    up = wire.attended()
    assert (up.code, "UP_SENT" in up.said) == (1, False), up.said


@pytest.mark.parametrize("body", ["<!doctype html><title>Sign in</title>", '{"rows": [', "<fault"])
@pytest.mark.parametrize("then", ["empty", "ok"])
def test_a_page_or_a_piece_under_200_is_no_list(wire: Wire, then: str, body: str) -> None:
    """A redirect to a page for signing in ends there, under 200."""
    before = wire.down()
    _say(wire, "lessons", "connection.url and answer.status == 200 and answer.type != 'json'", then)
    wire.rows["/lessons"] = answers(body, "text/html" if body[0] == "<" else "application/json")
    assert_held(before, wire.down())


@pytest.mark.parametrize("status", [401, 403, 429, 500, 503])
def test_words_of_the_answer_are_a_fact_of_the_erp(wire: Wire, status: int) -> None:
    when = f"answer.status == {status} and answer.body.code == 'NO_ROWS'"
    _say(wire, "lessons", when, "empty")
    wire.rows["/lessons"] = answers('{"code": "NO_ROWS"}', "application/json", status)
    ended = wire.down()
    assert (ended.code, ended.sheets) == (0, []), ended.said


@pytest.mark.parametrize(
    ("when", "taken"),
    [
        ("answer.status == 401", True),
        ("answer.status >= 400", True),
        ("answer.status in [404, 500]", True),
        ("answer.status == 555", True),
        ("answer.status == 302", True),
        ("answer.status != 200", True),
        ("answer.status == 429 or answer.body.code == 'NONE'", True),
        ("answer.status == 500 and not answer.body.rows", True),
        ("answer.status == 500 and answer.text != 'x'", True),
        ("answer.type == 'html'", True),
        ("answer.type != 'json'", True),
        ("answer.type == 'fault'", True),
        ("true", True),
        ("answer.status == 404", False),
        ("answer.status == 200", False),
        ("answer.status in [204, 404, 410]", False),
        ("not answer.body.rows", False),
        ("answer.type == 'empty'", False),
        ("answer.type == 'fault' and 'x' in answer.text", False),
        ("answer.status == 500 and 'x' in answer.text", False),
        ("answer.status == 503 and answer.headers['x-rows'] == '0'", False),
    ],
)
def test_a_line_that_takes_failures_is_found_in_the_spec(when: str, taken: bool) -> None:
    line = Expression(when)
    found = {word: taken_failure(VERDICTS[word](when=line)) is not None for word in VERDICTS}
    assert found == {word: taken and word in {"empty", "ok"} for word in VERDICTS}


def test_the_finding_stands_at_the_condition(wire: Wire) -> None:
    _say(wire, "lessons", "answer.status in [404, 503]", "empty")
    assert "SPEC_FAILURE_TAKEN: the line reads an answer 503 as no rows" in wire.validate()
