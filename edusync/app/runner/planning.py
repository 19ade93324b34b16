"""Keep the rows of slots in step with the schedules, with the clock, and with runners that died."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from edusync.app.runner.at_once import plan_at_once
from edusync.app.runner.fleet import answers_digest
from edusync.app.runner.slots import DIRECTIONS, wanted
from edusync.errors import EdusyncError
from edusync.state.holds import end_quarantine, pauses, quarantines
from edusync.state.lock import is_alive
from edusync.state.runs import ENDED
from edusync.state.slots import (
    CLOCKS_DIFFER,
    Wanted,
    forget_absent,
    give_up,
    last_started,
    overtaken,
    plan_slots,
    reopen,
    running_slots,
    settle,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from edusync.app.runner.fleet import Calendars, Fleet
    from edusync.app.runner.slots import Direction
    from edusync.state.slots import SlotRow
    from edusync.state.store import Store

HORIZON = timedelta(days=2)
_LEFT = timedelta(days=1)
_TOGETHER = 200
"""Connectors whose slots are written in one transaction: others that write wait for it."""


class Planner:
    """Writes slots until the day after tomorrow, once a day, or when a schedule changes."""

    def __init__(self, store: Store, fleet: Fleet) -> None:
        self.store, self.fleet = store, fleet
        self._planned: dict[str, tuple[Calendars, datetime]] = {}
        self._last: datetime | None = None

    def plan(self, now: datetime) -> None:
        """Write what is to come, and settle what will not run any more."""
        calendars = self.fleet.calendars()
        if self._last is not None and now < self._last - CLOCKS_DIFFER:
            self._planned.clear()  # the clock was put back
        self._last = now
        stale = [name for name in calendars if self._is_stale(name, calendars[name], now)]
        last = last_started(self.store, now) if stale else {}
        for begin in range(0, len(stale), _TOGETHER):
            names = stale[begin : begin + _TOGETHER]
            plan_slots(
                self.store,
                now,
                [
                    _wanted(name, direction, calendars[name], last, now)
                    for name in names
                    for direction in DIRECTIONS
                ],
            )
            self._planned.update({name: (calendars[name], now + HORIZON) for name in names})
        if not self.fleet.strays:  # else one that is due may be in a file that nobody can read
            forget_absent(self.store, calendars)
        self._try_new_answers(now)
        self._pass_over(now)
        plan_at_once(self.store, self.fleet, now)

    def _is_stale(self, name: str, own: Calendars, now: datetime) -> bool:
        known, until = self._planned.get(name, (None, now))
        return known != own or until - now < _LEFT

    def _try_new_answers(self, now: datetime) -> None:
        """End the quarantine of a connector whose file has other answers by now.

        Also one that began by a clock that was ahead: it would last until then.
        """
        for (name, direction), quarantine in quarantines(self.store).items():
            if quarantine.since > now + CLOCKS_DIFFER:
                end_quarantine(self.store, name, direction)
                continue
            try:
                answers = answers_digest(self.fleet.instance(name), self.store.key)
            except EdusyncError:
                continue
            if answers != quarantine.answers:
                end_quarantine(self.store, name, direction)
                reopen(self.store, name, now, direction)

    def _pass_over(self, now: datetime) -> None:
        """Settle slots that a later one has overtaken: an outage is made up for once."""
        rows = overtaken(self.store, now)
        if not rows:
            return
        paused, barred = pauses(self.store), quarantines(self.store)
        for row in rows:
            pause = paused.get(row.connector)
            quarantine = barred.get((row.connector, row.direction))
            code = "RUN_SLOT_MISSED"
            if pause is not None and pause.holds(row.starts_at):
                code = "RUN_PAUSED"
            elif quarantine is not None and quarantine.not_before is not None:
                code = "RUN_QUARANTINED"
            give_up(self.store, row, code)


def _wanted(
    name: str,
    direction: Direction,
    own: Calendars,
    last: Mapping[tuple[str, str], datetime],
    now: datetime,
) -> Wanted:
    calendar = own.get(direction)
    coming = (
        []
        if calendar is None
        else wanted(calendar, last.get((name, direction)), now, now + HORIZON)
    )
    rows = [
        {"day": one.day, "slot": one.slot, "starts_at": one.starts_at, "ends_at": one.ends_at}
        for one in coming
    ]
    return Wanted(name, direction, rows)


def take_over(
    store: Store, now: datetime, runner: str, holds: Callable[[SlotRow], bool]
) -> list[SlotRow]:
    """Let what runners that died had run again; return it.

    So does what a worker of this runner let go of, because the store could not be used. A slot
    whose run had ended well, and only the note was lost, is done with that run.
    """
    lives: dict[str, bool] = {}
    taken_over: list[SlotRow] = []
    for row in running_slots(store):
        owner = row.owner or ""
        if owner == runner:
            is_held = holds(row)
        else:
            if owner not in lives:
                lives[owner] = is_alive(store, owner)
            is_held = lives[owner]
        if not is_held and let_go(store, row, owner, now):
            taken_over.append(row)
    return taken_over


def let_go(store: Store, row: SlotRow, owner: str, now: datetime) -> bool:
    """Settle a slot that nobody does any more; whether that owner still had it."""
    done = _finished(store, row)
    values = (
        {"state": "due", "again_at": now}
        if done is None
        else {"state": "done", "run": done, "code": None}
    )
    return settle(store, row, owner, values)


def _finished(store: Store, row: SlotRow) -> str | None:
    """Return the run of a slot that ended well after the slot was claimed, None without one."""
    for run in store.runs(row.connector, 10, direction=row.direction):
        is_later = row.claimed_at is not None and run["started_at"] >= row.claimed_at
        if is_later and run["status"] in ENDED:
            return str(run["id"])
    return None
