"""How the connectors of a project stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from edusync.app.runner.needs import needs
from edusync.state.holds import pauses
from edusync.state.latest import last_runs, last_slots

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from edusync.app.files.project import Listed
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.needs import Need
    from edusync.state.holds import Pause
    from edusync.state.latest import LastRun
    from edusync.state.slots import SlotRow
    from edusync.state.store import Store

_AHEAD = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Standing:
    """One connector: the last run and the last slot of each direction, the next start."""

    listed: Listed
    runs: dict[str, LastRun]
    slots: dict[str, SlotRow]
    next_at: datetime | None
    pause: Pause | None

    def as_dict(self) -> dict[str, Any]:
        """Return it as `schemas/status.v1.schema.json` describes it."""
        return {
            "name": self.listed.name,
            "erp": self.listed.erp,
            "labels": list(self.listed.labels),
            "next_at": None if self.next_at is None else self.next_at.isoformat(),
            "paused_until": None if self.pause is None else self.pause.until.isoformat(),
            "paused_for": None if self.pause is None else self.pause.reason,
            **{way: self._way(way) for way in ("down", "up")},
        }

    def _way(self, way: str) -> dict[str, Any]:
        run, slot = self.runs.get(way), self.slots.get(way)
        return {
            "run": None if run is None else run.id,
            "at": None if run is None else run.started_at.isoformat(),
            "status": None if run is None else run.status,
            "slot": None if slot is None else f"{slot.day} {slot.slot}",
            "slot_state": None if slot is None else slot.state,
            "slot_code": None if slot is None else slot.code,
        }


def status_of_fleet(
    store: Store, fleet: Fleet, chosen: Sequence[Listed], now: datetime
) -> tuple[list[Standing], list[Need]]:
    """Return how connectors stand, and what of them needs a person. Nothing is written."""
    calendars = fleet.calendars()
    runs, slots, paused = last_runs(store), last_slots(store), pauses(store)
    standings = []
    for one in chosen:
        coming = [
            occurrence.starts_at
            for calendar in calendars.get(one.name, {}).values()
            for occurrence in calendar.between(now, now + _AHEAD)
        ]
        pause = paused.get(one.name)
        standings.append(
            Standing(
                one,
                {way: runs[one.name, way] for way in ("down", "up") if (one.name, way) in runs},
                {way: slots[one.name, way] for way in ("down", "up") if (one.name, way) in slots},
                min(coming, default=None),
                pause if pause is not None and pause.holds(now) else None,
            )
        )
    return standings, needs(store, {one.name: one.file for one in chosen}, fleet.strays)
