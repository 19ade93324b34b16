"""Moves of most of the coming sheets wait for a person: one wrong word of a spec moves all at once
(D5). Everything else goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from edusync.model import PARIS
from tests.bugs.wire import Ended, Wire
from tests.little import lesson

Act = Callable[[Wire], None]
HELD = "RUN_MOVES_HELD"
NUMBERS = range(1, 9)


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        found = Wire(tmp_path, stack)
        found.now = datetime(2026, 4, 2, 11, 30, tzinfo=PARIS)
        yield found


def rows(*numbers: int, **more: Any) -> list[dict[str, Any]]:
    """Return lessons of several days, with whatever a wrong word could read in place of a right."""
    found = []
    for number in numbers:
        row = lesson(number, on=f"2026-04-{number + 2:02}", **more)
        row |= {"pause": row["from"].replace(":00", ":45"), "entered": "2026-03-02"}
        row |= {"late": "23:30", "day": f"{number + 2:02}/04/2026", "back": "2026-04-29"}
        row |= {"start": f"{row['on']}T{row['from']}:00", "ended": f"{row['on']}T{row['to']}:00"}
        found.append(row)
    return found


def times(ended: Ended) -> dict[str, tuple[str, str]]:
    return {sheet[0]: (sheet[2], sheet[3]) for sheet in ended.sheets}


def down(wire: Wire) -> Ended:
    return wire.command("sync", at=f"{wire.now:%Y-%m-%dT%H:%M}")


def reads(**entity: Any) -> Act:
    """Let the sessions be made of something else."""

    def act(wire: Wire) -> None:
        wire.spec["entities"]["course"] |= entity

    return act


def formats(**made: Any) -> Act:
    def act(wire: Wire) -> None:
        wire.spec["formats"] |= made

    return act


def moments(zone: str | None = None, pattern: str = "iso") -> Act:
    """Let the sessions be made of whole moments."""

    def act(wire: Wire) -> None:
        made = {"kind": "moment", "pattern": pattern} | ({"zone": zone} if zone else {})
        wire.spec["formats"]["at"] = made
        wire.spec["resources"]["lessons"]["as"] = {"start": "at", "ended": "at"}
        reads(starts_at="start", ends_at="ended")(wire)

    return act


def days(pattern: str) -> Act:
    def act(wire: Wire) -> None:
        formats(day={"kind": "date", "pattern": pattern})(wire)
        wire.spec["resources"]["lessons"]["as"] = {"day": "day", "from": "clock", "to": "clock"}
        for name, time in (("starts_at", "from"), ("ends_at", "to")):
            reads(**{name: {"day": "day", "time": time}})(wire)

    return act


def other_column(field: str, day: str, time: str) -> Act:
    def act(wire: Wire) -> None:
        named = {"on": "day", "from": "clock", "to": "clock", "pause": "clock"}
        wire.spec["resources"]["lessons"]["as"] = named | {"late": "clock", day: "day"}
        reads(**{field: {"day": day, "time": time}})(wire)

    return act


def both(*acts: Act) -> Act:
    def act(wire: Wire) -> None:
        for one in acts:
            one(wire)

    return act


def nothing(_wire: Wire) -> None:
    """Leave the spec as it is."""


WRONG: dict[str, tuple[Act, Act]] = {
    "zone of the spec": (nothing, lambda wire: wire.spec.update(zone="Europe/London")),
    "zone far away": (nothing, lambda wire: wire.spec.update(zone="Indian/Reunion")),
    "zone of a format": (moments(), moments("UTC")),
    "zone of the connector": (nothing, lambda wire: wire.connector.update(zone="Atlantic/Azores")),
    "day and month exchanged": (days("%d/%m/%Y"), days("%m/%d/%Y")),
    "column of the end": (nothing, other_column("ends_at", "on", "late")),
    "end at the pause": (nothing, other_column("ends_at", "on", "pause")),
    "column of the start": (nothing, other_column("starts_at", "on", "pause")),
    "column of the day": (
        nothing,
        both(other_column("ends_at", "back", "to"), other_column("starts_at", "back", "from")),
    ),
    "day of the end": (nothing, other_column("ends_at", "back", "to")),
    "day in the past": (
        nothing,
        both(
            other_column("ends_at", "entered", "to"), other_column("starts_at", "entered", "from")
        ),
    ),
}
"""What the spec says first, and then with a wrong word."""


@pytest.mark.parametrize("way", WRONG)
def test_wrong_word_moves_nothing_and_is_named(wire: Wire, way: str) -> None:
    wire.rows["/lessons"] = rows(*NUMBERS)
    right, wrong = WRONG[way]
    right(wire)
    before = down(wire)
    assert (before.code, len(times(before))) == (0, len(NUMBERS)), before.said
    wrong(wire)
    for _ in range(2):
        after = down(wire)
        assert (after.code, HELD in after.said) == (4, True), after.said
        assert times(after) == times(before)


def test_a_lost_store_says_the_same(wire: Wire) -> None:
    wire.rows["/lessons"] = rows(*NUMBERS)
    before = down(wire)
    (wire.folder / "state.db").unlink()
    wire.spec["zone"] = "Europe/London"
    for _ in range(2):
        after = down(wire)
        assert (after.code, HELD in after.said) == (4, True), after.said
        assert times(after) == times(before)


def approve(wire: Wire) -> Ended:
    plan = wire.command("plan", "--format", "json", at="2026-04-02T11:30").said
    plan_id = plan.partition('"plan_id": "')[2].partition('"')[0]
    return wire.command("sync", "--approve", plan_id, at="2026-04-02T11:30")


def later(wire: Wire, *numbers: int) -> None:
    """Let lessons begin and end an hour later."""
    for row in wire.rows["/lessons"]:
        if row["id"] in numbers:
            row["from"], row["to"] = (f"{int(row[one][:2]) + 1:02}:00" for one in ("from", "to"))


def test_a_week_that_moves_by_an_hour_goes_when_a_person_approves(wire: Wire) -> None:
    wire.rows["/lessons"] = rows(*NUMBERS)
    before = down(wire)
    later(wire, *NUMBERS)
    assert down(wire).code == 4
    ended = approve(wire)
    assert ended.code == 0, ended.said
    for sheet, (starts_at, _) in times(before).items():
        moved = datetime.fromisoformat(times(ended)[sheet][0]) - datetime.fromisoformat(starts_at)
        assert moved.total_seconds() == 3600
    again = down(wire)
    assert (again.code, HELD in again.said, again.sheets) == (0, False, ended.sheets)


@pytest.mark.parametrize(
    ("sheets", "moved", "is_held"),
    [(1, 1, False), (2, 1, False), (2, 2, True), (4, 2, False), (4, 3, True), (8, 4, False)],
)
def test_more_than_half_of_a_small_school_waits(
    wire: Wire, sheets: int, moved: int, is_held: bool
) -> None:
    wire.rows["/lessons"] = rows(*range(1, sheets + 1))
    down(wire)
    later(wire, *range(1, moved + 1))
    assert (down(wire).code == 4) is is_held


@pytest.mark.parametrize(("moved", "is_held"), [(10, False), (11, True)])
def test_a_fifth_of_a_large_school_waits(wire: Wire, moved: int, is_held: bool) -> None:
    wire.rows["/lessons"] = [
        lesson(number, on=f"2026-04-{3 + number // 5:02}") for number in range(50)
    ]
    assert down(wire).code == 0
    later(wire, *range(moved))
    assert (down(wire).code == 4) is is_held


def test_the_rest_of_a_change_goes_on(wire: Wire) -> None:
    """Names, people and new sheets; whoever leaves waits for the same approval."""
    wire.rows["/lessons"] = rows(*NUMBERS)
    before = down(wire)
    later(wire, *NUMBERS)
    for row in wire.rows["/lessons"]:
        row["learners"] = [1]
    for row in wire.rows["/lessons"][:4]:
        row["title"] = "Other"
    wire.rows["/lessons"].append(lesson(20, on="2026-04-14", teacher=71, learners=[2]))
    after = down(wire)
    assert [sheet[1] for sheet in after.sheets].count("Other") == 4, after.said
    assert {one: times(after)[one] for one in times(before)} == times(before)
    assert approve(wire).code == 0
    ended = down(wire)
    assert ended.code == 0, ended.said
    assert {one: when for one, when in times(ended).items() if one in times(before)} != times(
        before
    )
    assert {sheet[0]: sheet[6] for sheet in ended.sheets} == {
        **{str(number): ["1"] for number in NUMBERS},
        "20": ["2"],
    }


def test_both_guards_hold_one_change_and_one_approval_lets_it_through(wire: Wire) -> None:
    wire.rows["/learners"] = [
        {"id": n, "last": f"L{n}", "first": "F", "mail": f"p{n}@ecole.test"} for n in range(1, 5)
    ]
    wire.rows["/lessons"] = rows(*NUMBERS, learners=[1, 2, 3])
    before = down(wire)
    later(wire, *NUMBERS)
    for row in wire.rows["/lessons"]:
        row["learners"] = [4]
    after = down(wire)
    assert (after.code, HELD in after.said, "RUN_REMOVALS_HELD" in after.said) == (4, True, True)
    assert times(after) == times(before)
    assert {tuple(sheet[6]) for sheet in after.sheets} == {("1", "2", "3", "4")}
    assert approve(wire).code == 0
    ended = down(wire)
    assert (ended.code, times(ended) == times(before)) == (0, False), ended.said
    assert {tuple(sheet[6]) for sheet in ended.sheets} == {("4",)}


def test_it_waits_when_the_share_falls_and_is_over_when_the_erp_takes_it_back(wire: Wire) -> None:
    wire.rows["/lessons"] = rows(*NUMBERS)
    before = down(wire)
    later(wire, *NUMBERS)
    assert down(wire).code == 4
    wire.rows["/lessons"] += [lesson(number, on="2026-04-14") for number in range(100, 160)]
    for _ in range(2):
        after = down(wire)
        assert (after.code, HELD in after.said) == (4, True), after.said
        assert {one: times(after)[one] for one in times(before)} == times(before)
    wire.rows["/lessons"][: len(NUMBERS)] = rows(*NUMBERS)
    down(wire)
    ended = down(wire)
    assert (ended.code, HELD in ended.said) == (0, False), ended.said


def test_sheets_that_people_moved_on_edusign_are_put_back(wire: Wire) -> None:
    wire.rows["/lessons"] = rows(*NUMBERS)
    before = down(wire)
    wire.now += timedelta(minutes=5)
    for row in wire.book.all("courses"):
        row |= {name: row[name].replace(":00:00.", ":30:00.") for name in ("START", "END")}
        row["DATE_UPDATED"] = wire.book.now()
    wire.now += timedelta(hours=1)
    assert times(down(wire)) == times(before)


def test_a_new_sheet_waits_beside_a_sheet_whose_move_waits(wire: Wire) -> None:
    """The whole week an hour later, and something new in its place."""
    wire.rows["/lessons"] = rows(*NUMBERS)
    down(wire)
    later(wire, *NUMBERS)
    wire.rows["/lessons"] += [{**row, "id": row["id"] + 50} for row in rows(*NUMBERS)]
    after = down(wire)
    assert (after.code, len(after.sheets), "RUN_CREATIONS_HELD" in after.said) == (4, 8, True)
    assert "whose move waits" in after.said
    assert approve(wire).code == 0
    assert len(down(wire).sheets) == 16
