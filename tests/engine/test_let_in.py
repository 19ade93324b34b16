"""What a rule left out does not come all at once because the ERP uses another word (D5)."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.bugs.wire import Ended, Wire
from tests.little import lesson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HELD = "RUN_ADDITIONS_HELD"
COUNT = 8
OUT = {"3", "6", "8"}
Rows = list[dict[str, Any]]


def _sets(column: str, off: Any, on: Any) -> Callable[[Rows], None]:
    """Return what writes a column: one value for the sessions that are out, another for others."""

    def act(rows: Rows) -> None:
        for row in rows:
            row[column] = off if str(row["id"]) in OUT else on

    return act


CANCELLED = "DOWN_COURSE_CANCELLED"
WAYS: dict[str, tuple[str, str, Callable[[Rows], None], Callable[[Rows], None]]] = {
    "a status in another language": (
        CANCELLED,
        "row.state == 'annulé'",
        _sets("state", "annulé", "ok"),
        _sets("state", "cancelled", "ok"),
    ),
    "a status in other letters": (
        CANCELLED,
        "row.state in ['annulé', 'reporté']",
        _sets("state", "annulé", "ok"),
        _sets("state", "ANNULÉ", "ok"),
    ),
    "a number in place of a text": (
        CANCELLED,
        "row.state == '2'",
        _sets("state", "2", "1"),
        _sets("state", "20", "10"),
    ),
    "a flag that is a text": (
        CANCELLED,
        "not row.active",
        _sets("active", False, True),
        _sets("active", "False", "True"),
    ),
    "a flag that is a letter": (
        CANCELLED,
        "not row.active",
        _sets("active", 0, 1),
        _sets("active", "N", "O"),
    ),
    "a date that is not sent any more": (
        CANCELLED,
        "row.cancelled_on",
        _sets("cancelled_on", "2026-03-01", None),
        _sets("cancelled_on", None, None),
    ),
    "a label that names another kind": (
        CANCELLED,
        "row.kind != 'cours'",
        _sets("kind", "examen", "cours"),
        _sets("kind", "cours", "cours"),
    ),
}


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        found = Wire(tmp_path, stack)
        found.rows["/lessons"] = [lesson(n) for n in range(1, COUNT + 1)]
        yield found


def ids(ended: Ended) -> set[str]:
    return {sheet[0] for sheet in ended.sheets}


def approve(wire: Wire) -> Ended:
    plan = wire.command("plan", "--format", "json").said
    return wire.command("sync", "--approve", plan.partition('"plan_id": "')[2].partition('"')[0])


def set_up(wire: Wire, way: str = "a status in another language") -> Ended:
    code, test, right, _ = WAYS[way]
    wire.spec["entities"]["course"]["drop"] = {code: test}
    right(wire.rows["/lessons"])
    ended = wire.down()
    assert (ended.code, ids(ended) & OUT, len(ended.sheets)) == (0, set(), COUNT - len(OUT))
    return ended


@pytest.mark.parametrize("way", WAYS)
def test_what_was_left_out_does_not_come_all_at_once(wire: Wire, way: str) -> None:
    """Seven ways in which a rule meets nothing any more; run after run, until the word is back."""
    before = set_up(wire, way)
    code, _, right, wrong = WAYS[way]
    wrong(wire.rows["/lessons"])
    wire.rows["/lessons"].append(wire.rows["/lessons"][0] | {"id": 20, "title": "New"})
    for _ in range(2):
        ended = wire.down()
        assert (ended.code, ids(ended)) == (4, ids(before) | {"20"}), ended.said
    assert HELD in ended.said
    assert f"3 of 3 that {code} left out until now" in ended.said
    right(wire.rows["/lessons"])
    ended = wire.down()
    assert (ended.code, ids(ended)) == (0, ids(before) | {"20"}), ended.said


def test_a_person_lets_them_through(wire: Wire) -> None:
    set_up(wire)
    for row in wire.rows["/lessons"]:
        row["state"] = "ok"
    assert wire.down().code == 4
    assert (approve(wire).code, len(wire.look().sheets)) == (0, COUNT)
    assert wire.down().code == 0


@pytest.mark.parametrize(("count", "held"), [(1, False), (2, True)])
def test_one_session_that_takes_place_after_all_comes(wire: Wire, count: int, held: bool) -> None:
    """One of three is ordinary; two of three ask a person."""
    set_up(wire)
    for number in sorted(OUT)[:count]:
        wire.rows["/lessons"][int(number) - 1]["state"] = "ok"
    ended = wire.down()
    assert (ended.code == 4, len(ids(ended) & OUT)) == (held, 0 if held else count), ended.said


def test_sessions_beyond_the_window_were_not_left_out(wire: Wire) -> None:
    """Those that come near are brought down, whatever the rule said of others."""
    rows = wire.rows["/lessons"]
    set_up(wire)
    for number in OUT:
        rows[int(number) - 1] |= {"on": "2026-05-04", "state": "ok"}
    assert wire.down().code == 0
    for number in OUT:
        rows[int(number) - 1]["on"] = "2026-03-19"
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, COUNT), ended.said


def test_a_rule_that_somebody_changed_lets_them_in(wire: Wire) -> None:
    set_up(wire)
    wire.spec["entities"]["course"]["drop"] = {CANCELLED: "row.state == 'supprimé'"}
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, COUNT), ended.said
