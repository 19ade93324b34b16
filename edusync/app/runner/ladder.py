"""What follows a failure: another try in the slot, then the quarantine of a direction (P11).

Pure: instants go in, instants come out.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from edusync.state.holds import Quarantine

if TYPE_CHECKING:
    from edusync.state.slots import SlotRow

FIRST_PAUSE = timedelta(minutes=1)
MOST_TRIES = 7
"""Tries in a slot, its first run included; the pauses between them make up about an hour."""
BUSY_PAUSE = timedelta(minutes=1)
DAILY = timedelta(hours=23)
"""From the start of a slot that failed to that of the next that may run: a day has 23 hours when
the clocks go forward."""
OFF_AFTER = timedelta(days=28)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


def next_try(tries: int, now: datetime, ends_at: datetime) -> datetime | None:
    """Return when a slot that was tried some times is tried again, None when it is not.

    One that is made up for after its end has as many tries, without the end.
    """
    if tries >= MOST_TRIES:
        return None
    again = now + FIRST_PAUSE * 2 ** (tries - 1)
    return None if now < ends_at <= again else again


def after_failure(before: Quarantine | None, row: SlotRow, code: str, answers: str) -> Quarantine:
    """Return the quarantine after a slot that failed technically or at the sign-in.

    The next slot runs; after the second failure one slot a day; after 28 days none.
    """
    if before is None or before.answers != answers:
        return Quarantine(row.connector, row.direction, code, 1, row.starts_at, None, answers)
    is_over = row.starts_at - before.since >= OFF_AFTER
    return before._replace(
        code=code,
        failures=before.failures + 1,
        not_before=NEVER if is_over else row.starts_at + DAILY,
    )


def is_off(quarantine: Quarantine) -> bool:
    """Whether a direction does not run any more until a person says so."""
    return quarantine.not_before == NEVER
