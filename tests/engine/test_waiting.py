"""What a guard held waits, run after run, whatever else happens, until a person approves it or the
ERP takes it back (D5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.bugs.wire import Wire
from tests.little import lesson, person

Act = Callable[[Wire], None]


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def lessons(*numbers: int, learners: list[int] | None = None) -> Act:
    """Let the ERP have these lessons, a few a day."""

    def act(wire: Wire) -> None:
        more = {} if learners is None else {"learners": learners}
        wire.rows["/lessons"] = [
            lesson(number, on=f"2026-03-{18 + number % 10}", **more) for number in numbers
        ]

    return act


def learners(*who: int) -> Act:
    """Let every lesson have these learners."""

    def act(wire: Wire) -> None:
        wire.rows["/learners"] = [person(number) for number in range(1, 13)]
        wire.rows["/lessons"] = [one | {"learners": list(who)} for one in wire.rows["/lessons"]]

    return act


def both(*acts: Act) -> Act:
    def act(wire: Wire) -> None:
        for one in acts:
            one(wire)

    return act


MANY = range(1, 7)
AWAY: dict[str, tuple[Act, Act, Act, str]] = {
    "all sheets, new ones come": (
        lessons(*MANY),
        lessons(*range(101, 109)),
        lessons(*range(101, 109)),
        "RUN_DELETIONS_HELD",
    ),
    "a third of the sheets, more come later": (
        lessons(*range(1, 41)),
        lessons(*range(13, 41)),
        lessons(*range(13, 41), *range(201, 231)),
        "RUN_DELETIONS_HELD",
    ),
    "half of the sheets, others follow one by one": (
        lessons(*MANY),
        lessons(4, 5, 6),
        lessons(4, 5, 6, *range(301, 320)),
        "RUN_DELETIONS_HELD",
    ),
    "everybody, strangers come": (
        both(lessons(*MANY), learners(1, 2, 3, 4)),
        both(lessons(*MANY), learners(5, 6, 7, 8, 9)),
        both(lessons(*MANY), learners(5, 6, 7, 8, 9)),
        "RUN_REMOVALS_HELD",
    ),
    "three of four, many others later": (
        both(lessons(*MANY), learners(1, 2, 3, 4)),
        both(lessons(*MANY), learners(4)),
        both(lessons(*MANY, *range(401, 420)), learners(4, 5, 6, 7, 8, 9, 10, 11, 12)),
        "RUN_REMOVALS_HELD",
    ),
}
"""What there was, what came, what came in each run after it, and the guard."""


def there(wire: Wire) -> dict[str, set[str]]:
    """Return who is on each of the sheets."""
    return {sheet[0]: set(sheet[6]) for sheet in wire.look().sheets}


def lost(before: dict[str, set[str]], after: dict[str, set[str]]) -> list[Any]:
    return [
        (sheet, sorted(who - after.get(sheet, set())))
        for sheet, who in before.items()
        if sheet not in after or not who <= after[sheet]
    ]


@pytest.fixture(params=AWAY)
def away(request: pytest.FixtureRequest, wire: Wire) -> tuple[Act, str, dict[str, set[str]]]:
    """A school of which too much went away, and was held in one run."""
    first, then, later, guard = AWAY[request.param]
    first(wire)
    assert wire.down().code == 0
    before = there(wire)
    then(wire)
    ended = wire.down()
    assert (ended.code, guard in ended.said) == (4, True), ended.said
    return later, guard, before


def test_it_waits_in_every_run_after(
    wire: Wire, away: tuple[Act, str, dict[str, set[str]]]
) -> None:
    later, guard, before = away
    for _ in range(3):
        later(wire)
        ended = wire.down()
        assert (ended.code, guard in ended.said) == (4, True), ended.said
        assert lost(before, there(wire)) == []


def test_it_waits_while_something_else_can_not_be_read(
    wire: Wire, away: tuple[Act, str, dict[str, set[str]]]
) -> None:
    later, _, before = away
    later(wire)
    people, wire.rows["/teachers"] = wire.rows["/teachers"], None
    wire.down()
    wire.rows["/teachers"] = people
    assert wire.down().code == 4
    assert lost(before, there(wire)) == []


def test_it_goes_when_a_person_approves_and_waits_no_more(
    wire: Wire, away: tuple[Act, str, dict[str, set[str]]]
) -> None:
    later, guard, before = away
    later(wire)
    plan = wire.command("plan", "--format", "json").said
    plan_id = plan.partition('"plan_id": "')[2].partition('"')[0]
    ended = wire.command("sync", "--approve", plan_id)
    assert (ended.code, lost(before, there(wire)) != []) == (0, True), ended.said
    assert (wire.down().code, guard in wire.down().said) == (0, False)


@pytest.mark.parametrize("away", [name for name in AWAY if "come" not in name], indirect=True)
def test_it_is_over_when_the_erp_takes_it_back(
    wire: Wire, away: tuple[Act, str, dict[str, set[str]]], request: pytest.FixtureRequest
) -> None:
    first, *_ = AWAY[request.node.callspec.params["away"]]
    first(wire)
    _, guard, before = away
    wire.down()
    ended = wire.down()
    assert guard not in ended.said
    assert lost(before, there(wire)) == []
