"""`{kind: moment, pattern: iso, zone: UTC}`: an instant.

Text without an offset is in the zone of the spec (R9).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self
from zoneinfo import ZoneInfo

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import BadFormat, Format, empties
from edusync.spec.formats.date import checked_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

_EPOCH = {"seconds": 1, "milliseconds": 1000}


class MomentFormat(Format):
    """An instant by a pattern, `iso`, or an epoch.

    `ignore_offset` reads a false Z as local time.
    """

    def __init__(
        self,
        pattern: str | None,
        epoch: str | None,
        zone: ZoneInfo,
        *,
        ignore_offset: bool,
        empty: tuple[object, ...],
    ) -> None:
        super().__init__(empty)
        self.pattern, self.epoch, self.zone, self.ignore_offset = (
            pattern,
            epoch,
            zone,
            ignore_offset,
        )

    @classmethod
    def from_spec(cls, options: Mapping[str, Any], zone: ZoneInfo) -> Self:
        """Build from `pattern` or `epoch`, `zone`, `ignore_offset` and `empty`."""
        if ("epoch" in options) == ("pattern" in options):
            raise BadFormat(
                "kind",
                "a moment has either a pattern or an epoch",
                "say 'pattern: …' or 'epoch: …', not both",
            )
        pattern = checked_pattern(options) if "pattern" in options else None
        if "zone" in options:
            zone = named_zone(str(options["zone"]))
        return cls(
            pattern,
            options.get("epoch"),
            zone,
            ignore_offset=bool(options.get("ignore_offset")),
            empty=empties(options),
        )

    def parse(self, value: Any) -> datetime:
        """Read an instant, in UTC."""
        try:
            if self.epoch:
                return datetime.fromtimestamp(float(value) / _EPOCH[self.epoch], UTC)
            text = str(value)
            moment = (
                datetime.fromisoformat(text)
                if self.pattern == "iso"
                else datetime.strptime(text, str(self.pattern))  # noqa: DTZ007
            )
        except (TypeError, ValueError, OverflowError, OSError):
            raise Unreadable(f"expected a moment like {self.pattern or self.epoch}") from None
        if self.ignore_offset or moment.tzinfo is None:
            return local(moment.replace(tzinfo=None), self.zone)
        return moment.astimezone(UTC)

    def format(self, value: Any) -> str | int:
        """Write an instant in the zone of the format."""
        if not isinstance(value, datetime):
            raise Unreadable("expected a moment to write")
        if self.epoch:
            return int(value.timestamp() * _EPOCH[self.epoch])
        moment = value.astimezone(self.zone)
        if self.pattern == "iso":
            return (
                moment.replace(tzinfo=None).isoformat()
                if self.ignore_offset
                else moment.isoformat()
            )
        return moment.strftime(str(self.pattern))


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
