"""`{kind: time, pattern: "%H:%M"}` or `{kind: time, unit: minutes}`: a time of day.

With `unit: iso_duration` it is what has passed since midnight, as OData writes it: PT16H30M.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, Self

from isodate import duration_isoformat

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import BadFormat, Format, empties
from edusync.spec.formats.date import checked_pattern
from edusync.spec.formats.duration import ISO, iso_duration

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

_SECONDS = {"seconds": 1, "minutes": 60, "day_fraction": 86_400}


class TimeFormat(Format):
    """A time of day, as text or as what has passed since midnight.

    `digits` fills a number such as 830 up to 0830.
    """

    def __init__(
        self,
        pattern: str | None,
        unit: str | None,
        digits: int,
        zone: ZoneInfo,
        empty: tuple[object, ...],
    ) -> None:
        super().__init__(empty)
        self.zone = zone
        self.pattern = "%H:%M:%S" if pattern == "iso" else pattern
        self.unit, self.digits = unit, digits

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from `pattern` or `unit`, `digits` and `empty`."""
        if ("unit" in options) == ("pattern" in options):
            raise BadFormat(
                "kind",
                "a time has either a pattern or a unit",
                "say 'pattern: %H:%M' or 'unit: minutes'",
            )
        pattern = checked_pattern(options) if "pattern" in options else None
        digits = int(options.get("digits", 0))
        return cls(pattern, options.get("unit"), digits, zone, empties(options))

    def parse(self, value: Any) -> time:
        """Read a time of day."""
        if self.unit == ISO:
            return _of_day(iso_duration(value))
        try:
            if self.unit:
                minutes, seconds = divmod(round(float(value) * _SECONDS[self.unit]), 60)
                return time(minutes // 60, minutes % 60, seconds)
            return datetime.strptime(str(value).zfill(self.digits), str(self.pattern)).time()  # noqa: DTZ007
        except (TypeError, ValueError, OverflowError):
            raise Unreadable(f"expected a time like {self.pattern or self.unit}") from None

    def format(self, value: Any) -> str | int | float:
        """Write a time of day, or that of an instant in the zone of the spec."""
        if isinstance(value, datetime):
            value = value.astimezone(self.zone).time()
        if not isinstance(value, time):
            raise Unreadable("expected a time to write")
        if self.unit == ISO:
            length = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
            return str(duration_isoformat(length))
        if self.unit is None:
            return value.strftime(str(self.pattern))
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return seconds / 86_400 if self.unit == "day_fraction" else seconds // _SECONDS[self.unit]


def _of_day(passed: timedelta) -> time:
    """Return the time of day when so much has passed since midnight."""
    if not timedelta() <= passed < timedelta(days=1):
        raise Unreadable("expected a time of day like PT16H30M")
    minutes, seconds = divmod(int(passed.total_seconds()), 60)
    return time(minutes // 60, minutes % 60, seconds)
