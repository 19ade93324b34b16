"""`{kind: duration, unit: minutes}`: a length of time.

A moment and a duration make the end of a course.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import Format, empties

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

_SECONDS = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}


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
        try:
            seconds = float(value) * _SECONDS[self.unit]
            return timedelta(seconds=round(seconds / 60) * 60 if self.rounded else seconds)
        except (TypeError, ValueError, OverflowError):
            raise Unreadable(f"expected a number of {self.unit}") from None

    def format(self, value: Any) -> float | int:
        """Write a length of time in units."""
        if not isinstance(value, timedelta):
            raise Unreadable("expected a duration to write")
        amount = value.total_seconds() / _SECONDS[self.unit]
        return int(amount) if amount.is_integer() else amount
