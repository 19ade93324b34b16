"""When slots are: worked out from a schedule, a zone and the name of a connector, nothing else.

Ranges are in the zone of the school. A change of clock neither skips nor doubles a slot (P14).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

from edusync.model.window import day_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from edusync.spec.tree import Schedule, Slot

Direction = Literal["down", "up"]
DIRECTIONS: tuple[Direction, ...] = ("down", "up")
SPREAD = 0.5
"""The part of a range over which starts are spread; the rest is for running and trying again."""
TIME_SPREAD = timedelta(minutes=15)
"""Over how long starts are spread when the schedule names a time of day."""
TIME_LASTS = timedelta(hours=1)
"""How long after a time of day its slot ends."""
OLDEST = timedelta(days=100)
"""Slots that an outage passed over have rows as far back as this: a clock may have been years off.
"""


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """A slot on a day. It runs from `starts_at`, and should have run by `ends_at`; both UTC."""

    starts_at: datetime
    ends_at: datetime
    direction: Direction
    day: date
    slot: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """When one direction of a connector runs; `slots` in the zone of the school."""

    connector: str
    direction: Direction
    slots: Sequence[Slot]
    zone: ZoneInfo

    def between(self, after: datetime, until: datetime) -> list[Occurrence]:
        """Return the occurrences that start after one instant and until another, in order."""
        day, last = day_of(after, self.zone) - timedelta(days=1), day_of(until, self.zone)
        occurrences: list[Occurrence] = []
        while day <= last:
            occurrences += (one for one in self._on(day) if after < one.starts_at <= until)
            day += timedelta(days=1)
        return sorted(occurrences)

    def _on(self, day: date) -> Iterator[Occurrence]:
        share = position(self.connector)
        for slot in self.slots:
            begins = datetime.combine(day, slot.begin, self.zone).astimezone(UTC)
            if slot.begin == slot.end:
                starts, ends = begins + TIME_SPREAD * share, begins + TIME_LASTS
            else:  # a range that begins in the hour that is skipped may end before that
                ends = datetime.combine(day, slot.end, self.zone).astimezone(UTC)
                ends = max(begins, ends)
                starts = begins + (ends - begins) * SPREAD * share
            yield Occurrence(starts, ends, self.direction, day, str(slot))


def wanted(
    calendar: Calendar, last: datetime | None, now: datetime, until: datetime
) -> list[Occurrence]:
    """Return the occurrences that are to have a row: those since the last that is known.

    Without one, the connector is new: it has nothing to make up for, and begins with the slot that
    is under way.
    """
    if last is not None:
        return calendar.between(max(last, now - OLDEST), until)
    occurrences = calendar.between(now - timedelta(days=1), until)
    return [one for one in occurrences if one.ends_at > now]


def calendars(
    connector: str, schedule: Schedule, zone: ZoneInfo, *, goes_up: bool
) -> dict[Direction, Calendar]:
    """Return when each direction of a connector runs; `goes_up` says whether there is a way up."""
    found: dict[Direction, Calendar] = {"down": Calendar(connector, "down", schedule.down, zone)}
    if goes_up:
        up = schedule.down if schedule.up == "with_down" else schedule.up
        found["up"] = Calendar(connector, "up", up, zone)
    return found


def position(connector: str) -> float:
    """Return where in a range a connector starts, from 0 to 1: the same every day, everywhere."""
    digest = blake2b(connector.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
