"""Values that are moments: a day and a time of day, a moment and a duration."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable
from edusync.spec.formats import BadFormat
from edusync.spec.formats.end_of_day import EndOfDay
from edusync.spec.formats.moment import local, named_zone

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from edusync.spec.compile.make import Make, Row


class Moments:
    """Make moments of a day and a time of day in a zone. `memory` holds those that were made.

    The end of a day equals its beginning, so only a plain time may be looked for there.
    """

    __slots__ = ("memory", "zone")

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.memory: dict[tuple[date, time], datetime] = {}

    def __call__(self, day: Any, clock: Any) -> Any:
        """Make a moment that is not in the memory."""
        wall = _wall(day, clock)
        if not isinstance(wall, datetime):
            return wall
        moment = local(wall, self.zone)
        if type(day) is date and type(clock) is time:
            self.memory[day, clock] = moment
        return moment


def moment_in(day: Any, clock: Any, zone_of: Make, row: Row, names: Mapping[str, Any]) -> Any:
    """Make a moment of a day and a time of day in the zone that a row names."""
    wall = _wall(day, clock)
    if not isinstance(wall, datetime):
        return wall
    zone = zone_of(row, names)
    return UNKNOWN if zone is UNKNOWN else local(wall, _zone(zone))


def _wall(day: Any, clock: Any) -> Any:
    """Return what the clock on the wall shows; unknown or nothing when one of the two is."""
    if day is UNKNOWN or clock is UNKNOWN:
        return UNKNOWN
    if day is None or clock is None:
        return None
    if not isinstance(day, date) or not isinstance(clock, time):
        raise Unreadable("expected a day and a time; say `as` for both")
    if isinstance(clock, EndOfDay):
        return datetime.combine(_day_after(day), time())
    return datetime.combine(day, clock)


def later(start: Any, plus: Any) -> Any:
    """Make a moment of another one and a duration."""
    if start is UNKNOWN or plus is UNKNOWN:
        return UNKNOWN
    if start is None or plus is None:
        return None
    if not isinstance(start, datetime) or not isinstance(plus, timedelta):
        raise Unreadable("expected a moment and a duration; say `as` for both")
    try:
        return (start + plus).astimezone(UTC)
    except (OverflowError, ValueError):
        raise Unreadable("this end is too far away") from None


def _day_after(day: date) -> date:
    try:
        return day + timedelta(days=1)
    except OverflowError:
        raise Unreadable("this end is too far away") from None


def _zone(name: object) -> ZoneInfo:
    try:
        return named_zone(str(name))
    except BadFormat:
        raise Unreadable("expected the name of a time zone") from None
