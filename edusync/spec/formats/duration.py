"""`{kind: duration, unit: minutes}`: a length of time.

A moment and a duration make the end of a course. With `unit: iso_duration` it is written as ISO
8601 has it, such as PT1H30M.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Literal

from isodate import duration_isoformat, parse_duration

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, Format
from edusync.spec.node import key

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
ISO = "iso_duration"


@dataclass(frozen=True, slots=True)
class DurationFormat(Format):
    """A number of units, rounded to whole minutes when `round` says so (day fractions need it)."""

    gives: ClassVar[Any] = "duration"

    unit: Literal["seconds", "minutes", "hours", "days", "iso_duration"] = key(
        "What a number counts; iso_duration is written as ISO 8601 has it, such as PT1H30M."
    )
    round: Literal["1min"] | None = key("Round to this.", default=None)

    def parse(self, value: Any) -> timedelta:
        """Read a length of time."""
        if isinstance(value, timedelta) or self.unit == ISO:
            duration = iso_duration(value)
            return _to_minutes(duration.total_seconds()) if self.round else duration
        try:
            seconds = float(value) * _SECONDS[self.unit]
            return _to_minutes(seconds) if self.round else timedelta(seconds=seconds)
        except (TypeError, ValueError, OverflowError):
            raise Unreadable(f"expected a number of {self.unit}") from None

    def format(self, value: Any) -> float | int | str:
        """Write a length of time in units."""
        if not isinstance(value, timedelta):
            raise Unreadable("expected a duration to write")
        if self.unit == ISO:
            return str(duration_isoformat(value))
        amount = value.total_seconds() / _SECONDS[self.unit]
        return int(amount) if amount.is_integer() else amount


def _to_minutes(seconds: float) -> timedelta:
    return timedelta(seconds=round(seconds / 60) * 60)


def iso_duration(value: Any) -> timedelta:
    """Read PT1H30M as ISO 8601 has it; months and years have no length of their own."""
    if isinstance(value, timedelta):
        return value
    text = str(value).strip()
    try:
        duration = parse_duration(text)
    except (ValueError, OverflowError):
        duration = None
    if not isinstance(duration, timedelta) or not any(sign.isdigit() for sign in text):
        raise Unreadable("expected a duration like PT1H30M")
    return duration


FORMATS.add("duration", DurationFormat)
