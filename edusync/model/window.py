"""The days a run looks at, in the zone of the school (D1, R6, R9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a run, in the zone of the school.

    Read from `first`, create from the day after `today`, both up to the end of `last`.
    """

    now: datetime
    today: date
    first: date
    last: date
    zone: ZoneInfo = PARIS

    @classmethod
    def around(cls, now: datetime, *, days: int, days_back: int, zone: ZoneInfo = PARIS) -> Self:
        """Return the window of `days` calendar days after today.

        It reads back `days_back` days for hand-made sheets.
        """
        today = day_of(now, zone)
        first, last = today - timedelta(days=days_back), today + timedelta(days=days)
        return cls(now, today, first, last, zone)

    def day_of(self, instant: datetime) -> date:
        """Return the calendar day of an instant."""
        return day_of(instant, self.zone)

    @property
    def starts_at(self) -> datetime:
        """The instant at which reading starts."""
        return midnight(self.first, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The first instant after the window."""
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def creates_from(self) -> datetime:
        """The first instant at which a new sheet may start: tomorrow, 00:00 (D1)."""
        return midnight(self.today + timedelta(days=1), self.zone)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day from first to last."""
        return tuple(
            self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)
        )


def midnight(day: date, zone: ZoneInfo = PARIS) -> datetime:
    """Return the instant at which a day begins, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def day_of(instant: datetime, zone: ZoneInfo = PARIS) -> date:
    """Return the calendar day of an instant."""
    return instant.astimezone(zone).date()
