"""`{kind: time, pattern: "%H:%M"}` or `{kind: time, unit: minutes}`: a time of day.

With `unit: iso_duration` it is what has passed since midnight, as OData writes it: PT16H30M.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, ClassVar, Literal

from isodate import duration_isoformat

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, BadFormat, Format
from edusync.spec.formats.date import PATTERN, check_pattern
from edusync.spec.formats.duration import ISO, iso_duration
from edusync.spec.formats.end_of_day import END_OF_DAY, EndOfDay, parse_moment
from edusync.spec.formats.parts import (
    NUMBER,
    OF_TIME,
    check_number,
    check_parts,
    filled,
    meaning_of_parts,
    read_parts,
    write_parts,
)
from edusync.spec.node import key

_SECONDS = {"seconds": 1, "minutes": 60, "day_fraction": 86_400}


@dataclass(frozen=True, slots=True)
class TimeFormat(Format):
    """A time of day, as text or as what has passed since midnight.

    `digits` fills a number such as 830 up to 0830. 24:00, or a whole day since midnight, is 00:00
    of the day after the one that it stands beside.
    """

    gives: ClassVar[Any] = "time"

    pattern: str | None = key(PATTERN, default=None)
    unit: Literal["seconds", "minutes", "day_fraction", "iso_duration"] | None = key(
        "What a number counts since midnight; iso_duration is written as ISO 8601 has it, such as "
        "PT16H30M.",
        default=None,
    )
    digits: int | None = key("Fill a number up with zeros to this length.", default=None, minimum=1)

    number: bool = key(NUMBER, default=False)
    parts: Mapping[str, str] | None = key(
        meaning_of_parts(*OF_TIME), default=None, each="Its name in the object."
    )

    def check(self) -> None:
        """Refuse none or several of a pattern, a unit and parts."""
        if [self.unit, self.pattern, self.parts].count(None) != 2:  # noqa: PLR2004 - two of three
            raise BadFormat(
                "kind",
                "a time has either a pattern, a unit or parts",
                "say 'pattern: %H:%M', 'unit: minutes' or 'parts: {hour: …}'",
            )
        if self.number and self.digits is not None:
            raise BadFormat("digits", "'digits' means nothing beside 'number'", "remove it")
        if self.number:
            check_number(self.pattern)
        check_parts(self.parts, OF_TIME, OF_TIME[:1])
        if self.pattern is None and self.digits is not None:
            raise BadFormat("digits", "'digits' needs 'pattern'", "remove it")
        check_pattern(self.pattern)

    @property
    def spelled(self) -> str:
        """The pattern, iso written out."""
        return "%H:%M:%S" if self.pattern == "iso" else str(self.pattern)

    def parse(self, value: Any) -> time | None:
        """Read a time of day."""
        if self.parts is not None:
            return _of_parts(read_parts(self.parts, value))
        if self.unit == ISO:
            return _of_day(iso_duration(value))
        try:
            if isinstance(value, timedelta):  # as a database hands over what passed since midnight
                return _of_day(value)
            if self.unit:
                return _of_day(timedelta(seconds=round(float(value) * _SECONDS[self.unit])))
            if self.number:
                text = filled(value, self.spelled)
            else:
                text = str(value).zfill(self.digits or 0)
            moment, is_end = parse_moment(text, partial(_read, pattern=self.spelled))
            return END_OF_DAY if is_end else moment.time()
        except (TypeError, ValueError, OverflowError):
            pattern = self.unit or self.spelled
            raise Unreadable(f"expected a time like {pattern}") from None

    def format(self, value: Any) -> str | int | float | dict[str, int]:
        """Write a time of day, or that of an instant in the zone of the spec."""
        if isinstance(value, datetime):
            value = value.astimezone(self.home_zone).time()
        if not isinstance(value, time):
            raise Unreadable("expected a time to write")
        if self.unit == ISO:
            hours = 24 if isinstance(value, EndOfDay) else value.hour
            length = timedelta(hours=hours, minutes=value.minute, seconds=value.second)
            return str(duration_isoformat(length))
        if self.parts is not None:
            end = {self.parts["hour"]: 24} if isinstance(value, EndOfDay) else {}
            return write_parts(self.parts, value) | end
        if self.unit is None:
            written = value.strftime(self.spelled)
            return int(written) if self.number else written
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        seconds += 86_400 if isinstance(value, EndOfDay) else 0
        return seconds / 86_400 if self.unit == "day_fraction" else seconds // _SECONDS[self.unit]


def _read(text: str, pattern: str) -> datetime:
    return datetime.strptime(text, pattern)  # noqa: DTZ007 - a time of day has no zone


def _of_parts(parts: Mapping[str, int] | None) -> time | None:
    if parts is None:
        return None
    if parts["hour"] == 24 and not any(parts[name] for name in parts if name != "hour"):  # noqa: PLR2004 - hours
        return END_OF_DAY
    try:
        return time(parts["hour"], parts.get("minute", 0), parts.get("second", 0))
    except ValueError:
        raise Unreadable("expected a time that exists") from None


def _of_day(passed: timedelta) -> time:
    """Return the time of day when so much has passed since midnight."""
    if passed == timedelta(days=1):
        return END_OF_DAY
    if not timedelta() <= passed < timedelta(days=1):
        raise Unreadable("expected a time of day like PT16H30M")
    minutes, seconds = divmod(int(passed.total_seconds()), 60)
    return time(minutes // 60, minutes % 60, seconds)


FORMATS.add("time", TimeFormat)
