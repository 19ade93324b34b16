"""What says which lines were refused, and no answer ever had: nothing counts as sent by it."""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.bugs.wire import Wire, answers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REFUSING = {
    "items": "results",
    "when": "row.code == 'KO'",
    "who": "id",
    "is": "who",
    "message": "why",
    "rest": "stored",
}
MIXED = {"results": [{"id": "1", "code": "OK"}, {"id": "2", "code": "KO", "why": "unknown"}]}
TAKEN = {"results": [{"id": "1", "code": "OK"}, {"id": "2", "code": "OK"}]}
WRONG: list[dict[str, str | None]] = [
    {"items": "result"},
    {"items": "data.results"},
    {"items": "results.rows"},
    {"items": "result || errors"},
    {"items": "results[?cod=='KO']", "when": None},
    {"items": "resultats[?code=='KO']", "when": None},
    {"items": "results[].problem", "when": None},
    {"when": "row.cod == 'KO'"},
    {"when": "row.code == 'NONE' or row.cod == 'KO'"},
    {"when": "row.why.text"},
    {"when": "row.problem"},
    {"who": "idd"},
]
"""One wrong word each; before, each of these counted the refused line as sent."""


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        made = Wire(tmp_path, stack)
        made.goes_up()
        made.down()
        yield made


def _told(wire: Wire, body: Any, status: int = 200) -> None:
    wire.rows["/presences"] = answers(json.dumps(body), "application/json", status)


def _refusing(wire: Wire, wrong: dict[str, str | None], **more: Any) -> None:
    said = {key: value for key, value in (REFUSING | wrong).items() if value is not None}
    wire.spec["writeback"]["line"] = {"student": {"who": "{{ person.source_id }}"}}
    wire.spec["writeback"]["for_sheet"][0]["refused"] = said | more


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_wrong_word_about_refusals_never_counts_a_refused_line_as_sent(
    wire: Wire, wrong: dict[str, str | None]
) -> None:
    _refusing(wire, wrong)
    _told(wire, MIXED)
    up = wire.attended()
    assert (up.code, "UP_SENT" in up.said, "UP_IN_DOUBT" in up.said) == (1, False, True), up.said
    assert "SPEC_PATH_NEVER_SEEN" in up.said or wrong == {"who": "idd"}, up.said


@pytest.mark.parametrize(
    "right",
    [
        {},
        {"items": "results[?code=='KO']", "when": None},
        {"items": "errors || results"},
        {"when": "row.code != 'OK' or row.code == 'KO'"},
        {"items": '"results"'},
    ],
    ids=str,
)
@pytest.mark.parametrize("answer", [MIXED, TAKEN, {}, {"ok": True}, {"results": []}, None, []])
def test_a_right_word_about_refusals_is_no_alarm(
    wire: Wire, right: dict[str, str | None], answer: Any
) -> None:
    """An answer in which no line could stand refuses none; neither does one that is not there."""
    _refusing(wire, right)
    _told(wire, answer)
    up = wire.attended()
    assert ("UP_IN_DOUBT" in up.said, "SPEC_PATH" in up.said) == (False, False), up.said
    assert up.said.count("UP_ERP_REJECTED student 2 1 unknown") == (answer is MIXED), up.said


def test_refusals_that_answers_leave_out_are_known_once_they_were_met(wire: Wire) -> None:
    """`optional` says it at once, and so does an answer that has them after one that did not."""
    _refusing(wire, {"items": "errors", "when": None})
    stored, some = {"stored": ["1", "2"]}, {"errors": [{"id": "2"}], "stored": ["1"]}
    _told(wire, stored)
    up = wire.attended()
    assert (up.code, "errors no answer to a write has it" in up.said) == (1, True), up.said

    def again(answer: dict[str, Any]) -> str:
        told = len(wire.seen.events)
        _told(wire, answer)
        wire.write_back(resend=["1"])
        return " ".join(" ".join(event) for event in wire.seen.events[told:])

    assert "UP_ERP_REJECTED student 2" in again(some)
    assert "UP_SENT course 1" in again(stored)
    (wire.folder / "state.db").rename(wire.folder / "gone.db")
    _refusing(wire, {"items": "errors", "when": None}, optional=True)
    wire.sync()
    assert "SPEC_PATH_NEVER_SEEN" not in again(stored)
