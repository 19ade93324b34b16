"""Rounds: plan slots, take over those of the dead, hand out what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.runner.planning import Planner, take_over
from edusync.state.slots import due_slots

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.workers import Workers
    from edusync.state.slots import SlotRow
    from edusync.state.store import Store

EVERY = 15.0
"""Seconds between two rounds."""


class Rounds:
    """What a runner does again and again; the clock is handed in."""

    def __init__(
        self, store: Store, fleet: Fleet, workers: Workers, runner: str, now: Callable[[], datetime]
    ) -> None:
        self.store, self.fleet, self.workers, self.runner, self.now = (
            store,
            fleet,
            workers,
            runner,
            now,
        )
        self.planner = Planner(store, fleet)

    def plan(self) -> Sequence[SlotRow]:
        """Bring the slots up to date; return those that were taken over from the dead."""
        now = self.now()
        self.planner.plan(now)
        self.workers.end_dead()
        return take_over(self.store, now, self.runner, self.workers.holds)

    def hand_out(self) -> int:
        """Give what is due to workers with room; return how many slots that were."""
        room = self.workers.room()
        rows = due_slots(self.store, self.now(), room) if room else []
        for row in rows:
            self.workers.take(row)
        return len(rows)
