"""The days a run looks at, in Europe/Paris (D1, R6, R9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Window:
    """The days of a run.

    Read from `first`, create from the day after `today`, both up to the end of `last`.
    """

    now: datetime
    today: date
    first: date
    last: date

    @classmethod
    def around(cls, now: datetime, *, days: int, days_back: int) -> Self:
        """Return the window of `days` calendar days after today.

        It reads back `days_back` days for hand-made sheets.
        """
        today = now.astimezone(PARIS).date()
        return cls(now, today, today - timedelta(days=days_back), today + timedelta(days=days))

    @property
    def starts_at(self) -> datetime:
        """The instant at which reading starts."""
        return midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first instant after the window."""
        return midnight(self.last + timedelta(days=1))

    @property
    def creates_from(self) -> datetime:
        """The first instant at which a new sheet may start: tomorrow, 00:00 in Paris (D1)."""
        return midnight(self.today + timedelta(days=1))

    @property
    def days(self) -> tuple[date, ...]:
        """Every day from first to last."""
        return tuple(
            self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)
        )


def midnight(day: date) -> datetime:
    """Return the instant at which a day begins in Paris, in UTC."""
    return datetime.combine(day, time(), PARIS).astimezone(UTC)


def day_of(instant: datetime) -> date:
    """Return the Paris calendar day of an instant."""
    return instant.astimezone(PARIS).date()
