"""`{kind: moment, pattern: iso, zone: UTC}`: an instant.

Text without an offset is in the zone of the spec (R9).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import FORMATS, BadFormat, Format
from edusync.spec.formats.date import PATTERN, check_pattern
from edusync.spec.formats.end_of_day import parse_moment
from edusync.spec.formats.parts import (
    NUMBER,
    OF_DAY,
    OF_TIME,
    check_number,
    check_parts,
    filled,
    meaning_of_parts,
    read_parts,
    write_parts,
)
from edusync.spec.node import key

_EPOCH = {"seconds": 1, "milliseconds": 1000}


@dataclass(frozen=True, slots=True)
class MomentFormat(Format):
    """An instant by a pattern, `iso`, an epoch, or in parts.

    `ignore_offset` reads a false Z as local time. 24:00 is 00:00 of the next day.
    """

    gives: ClassVar[Any] = "moment"

    pattern: str | None = key(PATTERN, default=None)
    epoch: Literal["seconds", "milliseconds"] | None = key(
        "What a number counts since 1970.", default=None
    )
    zone: str | None = key(
        "A time zone such as UTC; the zone of the spec when not said.", default=None
    )
    ignore_offset: bool = key("Take what looks like UTC as local time.", default=False)
    number: bool = key(NUMBER, default=False)
    parts: Mapping[str, str] | None = key(
        meaning_of_parts(*OF_DAY, *OF_TIME), default=None, each="Its name in the object."
    )

    def check(self) -> None:
        """Refuse none or several of pattern, epoch and parts, and a zone that does not exist."""
        if [self.epoch, self.pattern, self.parts].count(None) != 2:  # noqa: PLR2004 - two of three
            raise BadFormat(
                "kind",
                "a moment has either a pattern, an epoch or parts",
                "say 'pattern: …', 'epoch: …' or 'parts: …', and one of them alone",
            )
        check_pattern(self.pattern)
        check_parts(self.parts, (*OF_DAY, *OF_TIME), (*OF_DAY, "hour"))
        if self.number:
            check_number(self.pattern)
        if self.parts is not None and self.ignore_offset:
            raise BadFormat("ignore_offset", "parts have no offset", "remove it")
        if self.zone is not None:
            named_zone(self.zone)
        for key_, option in (("zone", self.zone), ("ignore_offset", self.ignore_offset)):
            if option and self.epoch is not None:
                raise BadFormat(
                    key_, f"'{key_}' means nothing to an epoch, which counts in UTC", "remove it"
                )

    @property
    def in_zone(self) -> ZoneInfo:
        """The zone that it reads and writes in."""
        return self.home_zone if self.zone is None else ZoneInfo(self.zone)

    def parse(self, value: Any) -> datetime | None:
        """Read an instant, in UTC."""
        if self.parts is not None:
            return _of_parts(read_parts(self.parts, value), self.in_zone)
        try:
            if self.epoch:
                return datetime.fromtimestamp(float(value) / _EPOCH[self.epoch], UTC)
            text = filled(value, str(self.pattern)) if self.number else str(value)
            moment, is_end = parse_moment(text, self._read)
            moment += timedelta(days=1) if is_end else timedelta()
        except (TypeError, ValueError, OverflowError, OSError):
            raise Unreadable(f"expected a moment like {self.pattern or self.epoch}") from None
        if self.ignore_offset or moment.tzinfo is None:
            return local(moment.replace(tzinfo=None), self.in_zone)
        return moment.astimezone(UTC)

    def _read(self, text: str) -> datetime:
        """Read a text whose hour is below 24."""
        if self.pattern == "iso":
            return datetime.fromisoformat(text)
        return datetime.strptime(text, str(self.pattern))  # noqa: DTZ007

    def format(self, value: Any) -> str | int | dict[str, int]:
        """Write an instant in the zone of the format."""
        if not isinstance(value, datetime):
            raise Unreadable("expected a moment to write")
        if self.epoch:
            return int(value.timestamp() * _EPOCH[self.epoch])
        moment = value.astimezone(self.in_zone)
        if self.parts is not None:
            return write_parts(self.parts, moment)
        if self.pattern == "iso":
            return (
                moment.replace(tzinfo=None).isoformat()
                if self.ignore_offset
                else moment.isoformat()
            )
        written = moment.strftime(str(self.pattern))
        return int(written) if self.number else written


def _of_parts(parts: Mapping[str, int] | None, zone: ZoneInfo) -> datetime | None:
    """Return the instant of parts; an hour of 24 is midnight at the end of the day."""
    if parts is None:
        return None
    is_end = parts["hour"] == 24 and not (parts.get("minute") or parts.get("second"))  # noqa: PLR2004 - hours
    try:
        wall = datetime(**{**parts, "hour": 0} if is_end else parts)  # type: ignore[arg-type]  # noqa: DTZ001 - parts are numbers, and the zone comes next
        return local(wall + timedelta(days=int(is_end)), zone)
    except (ValueError, OverflowError):
        raise Unreadable("expected a moment that exists") from None


def local(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time: the first of an hour that exists twice.

    An hour that does not exist is refused.
    """
    try:
        moment = wall.replace(tzinfo=zone).astimezone(UTC)
        back = moment.astimezone(zone).replace(tzinfo=None)
    except (OverflowError, ValueError):
        raise Unreadable("this time is too far away") from None
    if back != wall.replace(tzinfo=None):
        raise Unreadable("this local time does not exist on the day the clocks change")
    return moment


def named_zone(name: str) -> ZoneInfo:
    """Return a time zone by its name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadFormat(
            "zone",
            f"no time zone is called '{name}'",
            "write it as in Europe/Paris or America/Martinique",
        ) from None


FORMATS.add("moment", MomentFormat)
