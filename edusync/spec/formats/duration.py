"""`{kind: duration, unit: minutes}`: a length of time.

A moment and a duration make the end of a course. With `unit: iso_duration` it is written as ISO
8601 has it, such as PT1H30M.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from isodate import duration_isoformat, parse_duration

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import Format, empties

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}


ISO = "iso_duration"


def iso_duration(value: Any) -> timedelta:
    """Read PT1H30M as ISO 8601 has it; months and years have no length of their own."""
    if isinstance(value, timedelta):
        return value
    text = str(value).strip()
    try:
        found = parse_duration(text)
    except (ValueError, OverflowError):
        found = None
    if not isinstance(found, timedelta) or not any(sign.isdigit() for sign in text):
        raise Unreadable("expected a duration like PT1H30M")
    return found


class DurationFormat(Format):
    """A number of units, rounded to whole minutes when `round` says so (day fractions need it)."""

    def __init__(self, unit: str, *, rounded: bool, empty: tuple[object, ...]) -> None:
        super().__init__(empty)
        self.unit, self.rounded = unit, rounded

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from `unit`, `round` and `empty`."""
        del zone
        return cls(
            str(options["unit"]), rounded=options.get("round") == "1min", empty=empties(options)
        )

    def parse(self, value: Any) -> timedelta:
        """Read a length of time."""
        if isinstance(value, timedelta) or self.unit == ISO:
            found = iso_duration(value)
            seconds = found.total_seconds()
            return timedelta(seconds=round(seconds / 60) * 60) if self.rounded else found
        try:
            seconds = float(value) * _SECONDS[self.unit]
            return timedelta(seconds=round(seconds / 60) * 60 if self.rounded else seconds)
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
