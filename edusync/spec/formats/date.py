"""`{kind: date, pattern: "%d/%m/%Y"}`: a day without a time.

`{kind: date, parts: {year: an, month: mois, day: jour}}` reads and writes an object.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, BadFormat, Format
from edusync.spec.formats.parts import (
    NUMBER,
    OF_DAY,
    check_number,
    check_parts,
    filled,
    meaning_of_parts,
    read_parts,
    write_parts,
)
from edusync.spec.node import key

PATTERN = "A strptime pattern, or iso."


@dataclass(frozen=True, slots=True)
class DateFormat(Format):
    """A day by a strptime pattern, `iso`, or in parts."""

    gives: ClassVar[Any] = "date"

    pattern: str | None = key(PATTERN, default=None)
    number: bool = key(NUMBER, default=False)
    parts: Mapping[str, str] | None = key(
        meaning_of_parts(*OF_DAY), default=None, each="Its name in the object."
    )

    def check(self) -> None:
        """Refuse neither or both of pattern and parts, and what cannot write and read a value."""
        if (self.pattern is None) == (self.parts is None):
            raise BadFormat(
                "kind", "a day has either a pattern or parts", "say 'pattern: …' or 'parts: …'"
            )
        check_pattern(self.pattern)
        check_parts(self.parts, OF_DAY, OF_DAY)
        if self.number:
            check_number(self.pattern)

    @property
    def spelled(self) -> str:
        """The pattern, iso written out."""
        return "%Y-%m-%d" if self.pattern == "iso" else str(self.pattern)

    def parse(self, value: Any) -> date | None:
        """Read a day; ids such as 20260320 come as numbers."""
        try:
            if self.parts is not None:
                numbers = read_parts(self.parts, value)
                return None if numbers is None else date(**numbers)
            text = filled(value, self.spelled) if self.number else str(value)
            return datetime.strptime(text, self.spelled).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            if self.parts is not None:
                raise Unreadable("expected a day that exists") from None
            raise Unreadable(f"expected a day like {self.spelled}") from None

    def format(self, value: Any) -> str | int | dict[str, int]:
        """Write the day of a date, or of an instant in the zone of the spec."""
        if isinstance(value, datetime):
            value = value.astimezone(self.home_zone).date()
        if not isinstance(value, date):
            raise Unreadable("expected a day to write")
        if self.parts is not None:
            return write_parts(self.parts, value)
        written = value.strftime(self.spelled)
        return int(written) if self.number else written


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
