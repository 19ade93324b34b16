"""Groups that would have other students: one wrong word joins each with those of another, and the
removals wait for a person (D5).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bugs.wire import Ended, Wire
from tests.little import lesson, person

HELD = "RUN_REMOVALS_HELD"
GROUPS, SIZE = 6, 4
Rosters = dict[int, list[int]]
Other = Callable[[Rosters], Rosters]


def rosters() -> Rosters:
    return {group: [SIZE * group + one for one in range(SIZE)] for group in range(1, GROUPS + 1)}


def exchanged(*pair: int) -> Other:
    """Exchange all members of two groups."""
    return lambda now: now | {pair[0]: now[pair[1]], pair[1]: now[pair[0]]}


def rotated(now: Rosters) -> Rosters:
    groups = sorted(now)
    return {group: now[groups[index - 1]] for index, group in enumerate(groups)}


def alike(now: Rosters) -> Rosters:
    return dict.fromkeys(now, now[1])


def half(now: Rosters) -> Rosters:
    """Let half of each group go on to the next."""
    before = rotated(now)
    return {group: [*before[group][: SIZE // 2], *now[group][SIZE // 2 :]] for group in now}


def half_of_the_groups(now: Rosters) -> Rosters:
    some = {group: now[group] for group in (1, 2, 3)}
    return now | rotated(some)


OTHERS: dict[str, Other] = {
    "two exchange their members": exchanged(1, 2),
    "all rotate": rotated,
    "all are alike": alike,
    "half of each": half,
    "half of the groups": half_of_the_groups,
}


def by_names(wire: Wire) -> None:
    """Sheets name the students themselves, beside their group."""

    def set_rows(now: Rosters) -> None:
        for row in wire.rows["/lessons"]:
            row["learners"] = now[row["classes"][0]]

    wire.spread = set_rows  # type: ignore[attr-defined]


def by_groups(wire: Wire) -> None:
    """Sheets have the students of their groups."""
    del wire.spec["entities"]["course"]["students"]
    wire.spread = lambda _now: None  # type: ignore[attr-defined]


def beside(wire: Wire) -> None:
    """Sheets have students of their own, and groups beside them."""
    wire.spread = lambda _now: None  # type: ignore[attr-defined]


WAYS: dict[str, Callable[[Wire], None]] = {
    "by names": by_names,
    "by groups": by_groups,
    "beside": beside,
}


@pytest.fixture(params=WAYS)
def wire(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Wire]:
    with ExitStack() as stack:
        found = Wire(tmp_path, stack)
        found.has_classes()
        found.rows["/learners"] = [person(one) for group in rosters().values() for one in group]
        WAYS[request.param](found)
        has(found, rosters())
        yield found


def has(wire: Wire, now: Rosters) -> None:
    """Let the ERP have these groups, each with two lessons."""
    wire.rows["/classes"] = [
        {"id": group, "title": f"BTS {group}", "learners": members}
        for group, members in now.items()
    ]
    wire.rows["/lessons"] = [
        lesson(number, on=f"2026-03-{18 + number % 2}", classes=[group], learners=rosters()[group])
        for number, group in enumerate([*now, *now], start=1)
    ]
    wire.spread(now)  # type: ignore[attr-defined]


def groups(wire: Wire) -> dict[str, set[str]]:
    known = {one["ID"]: one["API_ID"] for one in wire.book.all("students")}
    return {
        one["API_ID"]: {known[student] for student in one["STUDENTS"]}
        for one in wire.book.all("groups")
    }


def there(wire: Wire, ended: Ended) -> dict[str, set[str]]:
    """Return who is in each group and on each sheet."""
    return {
        **{f"group {name}": who for name, who in groups(wire).items()},
        **{f"sheet {sheet[0]}": set(sheet[6]) for sheet in ended.sheets},
    }


@pytest.mark.parametrize("other", OTHERS)
def test_nobody_is_taken_off_before_a_person_approves(wire: Wire, other: str) -> None:
    ended = wire.down()
    before = there(wire, ended)
    assert (ended.code, len(before)) == (0, 3 * GROUPS), ended.said
    has(wire, OTHERS[other](rosters()))
    for _ in range(2):
        after = wire.down()
        assert (after.code, HELD in after.said) == (4, True), after.said
        now = there(wire, after)
        assert [name for name, who in before.items() if not who <= now[name]] == []
    plan = wire.command("plan", "--format", "json").said
    plan_id = plan.partition('"plan_id": "')[2].partition('"')[0]
    assert wire.command("sync", "--approve", plan_id).code == 0
    ended = wire.down()
    assert (ended.code, HELD in ended.said) == (0, False), ended.said
    wanted = OTHERS[other](rosters())
    assert groups(wire) == {str(name): {*map(str, who)} for name, who in wanted.items()}


ORDINARY: dict[str, Other] = {
    "one leaves each": lambda now: {group: who[1:] for group, who in now.items()},
    "one changes class": lambda now: now | {1: now[1][1:], 2: [*now[2], now[1][0]]},
    "somebody comes to each": lambda now: {
        group: [*who, now[group % GROUPS + 1][0]] for group, who in now.items()
    },
    "three of one class change": lambda now: now | {1: now[1][3:], 2: [*now[2], *now[1][:3]]},
}


@pytest.mark.parametrize("other", ORDINARY)
def test_what_happens_in_a_school_year_goes_on(wire: Wire, other: str) -> None:
    wire.down()
    has(wire, ORDINARY[other](rosters()))
    ended = wire.down()
    assert (ended.code, HELD in ended.said) == (0, False), ended.said
    wanted = ORDINARY[other](rosters())
    assert groups(wire) == {str(name): {*map(str, who)} for name, who in wanted.items()}


def test_sheets_that_are_stuck_hide_none_that_get_others(tmp_path: Path) -> None:
    """A wrong `by` finds the class of some lessons under their own id, and nobody for the rest."""
    with ExitStack() as stack:
        wire = Wire(tmp_path, stack)
        wire.rows["/learners"] = [person(one, group=5 + one % 4) for one in range(1, 13)]
        wire.rows["/lessons"] = [
            lesson(one, on=f"2026-03-{18 + one % 6}", classes=5 + one % 4) for one in range(1, 13)
        ]
        look = {"look_up_all": "learners", "by": "classes", "on": "group", "take": "id"}
        wire.spec["entities"]["course"]["students"] = look
        before = wire.down()
        look["by"] = "id"
        after = wire.down()
        assert (after.code, HELD in after.said) == (4, True), after.said
        assert [
            one for one, who in before.students.items() if not {*who} <= {*after.students[one]}
        ] == []
