"""`{kind: date, pattern: "%d/%m/%Y"}`: a day without a time."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import BadFormat, Format, empties

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


class DateFormat(Format):
    """A day by a strptime pattern, or `iso`."""

    def __init__(self, pattern: str, zone: ZoneInfo, empty: tuple[object, ...]) -> None:
        super().__init__(empty)
        self.zone = zone
        self.pattern = "%Y-%m-%d" if pattern == "iso" else pattern

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from `pattern` and `empty`."""
        return cls(checked_pattern(options), zone, empties(options))

    def parse(self, value: Any) -> date:
        """Read a day; ids such as 20260320 come as numbers."""
        try:
            return datetime.strptime(str(value), self.pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise Unreadable(f"expected a day like {self.pattern}") from None

    def format(self, value: Any) -> str:
        """Write the day of a date, or of an instant in the zone of the spec."""
        if isinstance(value, datetime):
            value = value.astimezone(self.zone).date()
        if not isinstance(value, date):
            raise Unreadable("expected a day to write")
        return value.strftime(self.pattern)


def checked_pattern(options: Mapping[str, Any]) -> str:
    """Return the pattern of a format; BadFormat when it cannot write and read a value."""
    pattern = str(options.get("pattern", ""))
    if pattern == "iso":
        return pattern
    if "%" not in pattern:
        raise BadFormat(
            "pattern",
            "expected a pattern such as %d/%m/%Y, or iso",
            "write where the day, the month and the year stand",
        )
    try:
        sample = datetime(2026, 3, 29, 8, 30).strftime(pattern)  # noqa: DTZ001 - only the spelling is tried
        datetime.strptime(sample, pattern)  # noqa: DTZ007
    except ValueError:
        raise BadFormat(
            "pattern",
            f"the pattern '{pattern}' cannot be read back",
            "use %d, %m, %Y, %H, %M and %S, each once",
        ) from None
    return pattern
