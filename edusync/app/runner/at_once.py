"""Slots for the archived sheets that Edusign told of: one for all of a connector that settled."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from edusync.state.hints import drop_settled, keep_hints_of, settled_hints
from edusync.state.holds import quarantines
from edusync.state.runs import AT_ONCE
from edusync.state.slots import add_slot, give_up, open_slots

if TYPE_CHECKING:
    from datetime import datetime

    from edusync.app.runner.fleet import Fleet
    from edusync.state.store import Store

LASTS = timedelta(hours=1)
"""How long after its start such a slot ends: no try begins later."""


def plan_at_once(store: Store, fleet: Fleet, now: datetime) -> None:
    """Write a slot for each connector with sheets that have settled and no such slot that is open.

    While its way up is in quarantine they are left to the slots of that.
    """
    known = fleet.known()
    if not fleet.strays:  # else one that waits may be in a file that nobody can read
        keep_hints_of(store, {name for name, one in known.items() if one.at_once})
    opened = {row.connector for row in open_slots(store, AT_ONCE)}
    for name in {hint.connector for hint in settled_hints(store, now)} - opened:
        if name in known:
            local = now.astimezone(known[name].zone)
            key = {"connector": name, "day": local.date(), "slot": f"{local:%H:%M:%S}"}
            add_slot(store, {**key, "direction": AT_ONCE, "starts_at": now, "ends_at": now + LASTS})
    barred = quarantines(store)
    for row in open_slots(store, AT_ONCE):
        barred_up = barred.get((row.connector, "up"))
        not_before = None if barred_up is None else barred_up.not_before
        if row.state == "due" and not_before is not None and not_before > row.starts_at:
            give_up(store, row, "RUN_QUARANTINED")
            drop_settled(store, row.connector, now)
