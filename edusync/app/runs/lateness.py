"""Whether a run is overdue.

No run succeeded in the last slot of the schedule that has passed (R1 to R4).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from edusync.app.runs.history import acted_at
from edusync.state.runs import ENDED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from zoneinfo import ZoneInfo

    from edusync.spec.tree import Slot


def missed_slot(
    slots: Sequence[Slot], runs: Sequence[Mapping[str, Any]], now: datetime, zone: ZoneInfo
) -> str | None:
    """Return the slot in which a run should have succeeded and did not.

    As `2026-03-16 11:30-13:30`, in the zone of the school.

    None without any run before, for then nothing is expected.
    """
    last = next((acted_at(run) for run in runs if run["status"] in ENDED), None)
    if last is None:
        return None
    today = now.astimezone(zone).date()
    passed = [
        (datetime.combine(day, slot.begin, zone), f"{day} {slot}")
        for day in (today - timedelta(days=1), today)
        for slot in slots
        if datetime.combine(day, slot.end, zone) <= now
    ]
    begin, words = max(passed, default=(last, ""))
    return words if last < begin else None
