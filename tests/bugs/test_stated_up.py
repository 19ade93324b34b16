"""What the ERP says of a write under a status of success (issues d01, i01): it counted as sent."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.bugs.wire import Wire, answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REFUSALS: list[dict[str, Any]] = [
    {"success": False},
    {"success": "false", "message": "nope"},
    {"ok": False, "lines": []},
    {"ok": 0},
    {"status": "error", "message": "KO"},
    {"statut": "échec"},
    {"result": "KO", "saved": 0},
]
LINES = {"results": [{"who": "1", "ok": 1}, {"who": "2", "ok": 0, "msg": "unknown"}]}
READS = {
    "items": "results",
    "when": "row.ok == 0",
    "who": "who",
    "is": "who",
    "message": "msg",
    "rest": "stored",
}


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        made = Wire(tmp_path, stack)
        made.goes_up()
        made.spec["writeback"]["for_sheet"][0]["in_doubt"] = "person"
        made.down()
        yield made


def _told(wire: Wire, body: dict[str, Any], status: int = 200) -> None:
    wire.rows["/presences"] = answers(json.dumps(body), "application/json", status)


@pytest.mark.parametrize("body", REFUSALS, ids=str)
def test_a_stated_failure_is_no_success_of_a_write(wire: Wire, body: dict[str, Any]) -> None:
    """Whatever its word: the attendance was not taken, and goes up again."""
    _told(wire, body)
    up = wire.attended()
    assert (up.code != 0, "UP_ERP_REJECTED" in up.said, "UP_SENT" in up.said) == (True, True, False)


@pytest.mark.parametrize(
    "body", [{"success": True}, {"status": "ok", "error": None}, {"status": 200}, {"ok": 2}]
)
def test_a_stated_success_is_one(wire: Wire, body: dict[str, Any]) -> None:
    """The same words with another value."""
    _told(wire, body)
    up = wire.attended()
    assert (up.code, "UP_SENT" in up.said) == (0, True), up.said


def test_an_answer_in_parts_that_nothing_reads_is_in_doubt(wire: Wire) -> None:
    """207: some of it may have failed."""
    _told(wire, {"multi": [{"who": "1", "status": 500}]}, 207)
    up = wire.attended()
    assert (up.code != 0, "UP_IN_DOUBT" in up.said) == (True, True), up.said


@pytest.mark.fault("F5")
@pytest.mark.parametrize("body", ["", "{}", '{"task": 7}', '{"success": true}'])
def test_what_may_be_done_later_is_in_doubt_until_the_spec_says_otherwise(
    wire: Wire, body: str
) -> None:
    """202: the ERP took it in, and may never do it."""
    wire.rows["/presences"] = answers(body, "application/json", 202)
    up = wire.attended()
    assert (up.code != 0, "UP_IN_DOUBT" in up.said, "(202)" in up.said) == (True, True, True)


@pytest.mark.parametrize("body", ["", '{"task": 7}'])
def test_a_line_of_the_spec_says_that_202_is_enough(wire: Wire, body: str) -> None:
    wire.spec["writeback"]["for_sheet"][0]["answers"] = [
        {"when": "answer.status == 202", "then": "ok"}
    ]
    wire.rows["/presences"] = answers(body, "application/json", 202)
    up = wire.attended()
    assert (up.code, "UP_SENT" in up.said) == (0, True), up.said


@pytest.mark.parametrize(("status", "more"), [(207, {}), (200, {"success": False})])
def test_parts_that_the_spec_reads_are_told_line_by_line(
    wire: Wire, status: int, more: dict[str, Any]
) -> None:
    """`refused` says which line failed; the others were stored."""
    wire.spec["writeback"]["line"] = {"student": {"who": "{{ person.source_id }}"}}
    wire.spec["writeback"]["for_sheet"][0]["refused"] = READS
    _told(wire, {**LINES, **more}, status)
    up = wire.attended()
    assert "UP_IN_DOUBT" not in up.said, up.said
    assert up.said.count("UP_ERP_REJECTED") == up.said.count("student 2 1 unknown") == 1, up.said


@pytest.mark.parametrize(
    ("body", "status", "when"),
    [
        ({"success": False, "why": "already there"}, 200, "answer.body.why == 'already there'"),
        ({"multi": []}, 207, "answer.status == 207"),
    ],
)
def test_the_answers_of_the_spec_have_the_last_word(
    wire: Wire, body: dict[str, Any], status: int, when: str
) -> None:
    """A line of `answers` says what it means."""
    wire.spec["writeback"]["for_sheet"][0]["answers"] = [{"when": when, "then": "ok"}]
    _told(wire, body, status)
    up = wire.attended()
    assert (up.code, "UP_SENT" in up.said) == (0, True), up.said
