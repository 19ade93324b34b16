"""`{kind: date, pattern: "%d/%m/%Y"}`: a day without a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, BadFormat, Format
from edusync.spec.node import key

PATTERN = "A strptime pattern, or iso."


@dataclass(frozen=True, slots=True)
class DateFormat(Format):
    """A day by a strptime pattern, or `iso`."""

    gives: ClassVar[Any] = "date"

    pattern: str = key(PATTERN)

    def check(self) -> None:
        """Refuse a pattern that cannot write and read a value."""
        check_pattern(self.pattern)

    @property
    def spelled(self) -> str:
        """The pattern, iso written out."""
        return "%Y-%m-%d" if self.pattern == "iso" else self.pattern

    def parse(self, value: Any) -> date:
        """Read a day; ids such as 20260320 come as numbers."""
        try:
            return datetime.strptime(str(value), self.spelled).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise Unreadable(f"expected a day like {self.spelled}") from None

    def format(self, value: Any) -> str:
        """Write the day of a date, or of an instant in the zone of the spec."""
        if isinstance(value, datetime):
            value = value.astimezone(self.home_zone).date()
        if not isinstance(value, date):
            raise Unreadable("expected a day to write")
        return value.strftime(self.spelled)


def check_pattern(pattern: str | None) -> None:
    """Raise BadFormat for a pattern that cannot write and read a value."""
    if pattern is None or pattern == "iso":
        return
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


FORMATS.add("date", DateFormat)
