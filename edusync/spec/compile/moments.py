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

    from edusync.spec.compile.make import Compiled, Make
    from edusync.spec.tree import Later, Moment


def moment(value: Moment, compiled: Compiled, own_zone: ZoneInfo) -> Make:
    """Return what makes a moment of a day and a time of day, in their zone or that of the spec."""
    day_of, time_of = compiled(value.day), compiled(value.time)
    zone_of = compiled(value.zone) if value.zone else None
    memory: dict[tuple[date, time], datetime] = {}

    def made(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
        day, clock = day_of(row, names), time_of(row, names)
        known = (
            memory.get((day, clock))
            if zone_of is None and type(day) is date and type(clock) is time
            else None
        )
        if known is not None:
            return known
        if day is UNKNOWN or clock is UNKNOWN:
            return UNKNOWN
        if day is None or clock is None:
            return None
        if not isinstance(day, date) or not isinstance(clock, time):
            raise Unreadable("expected a day and a time; say `as` for both")
        if isinstance(clock, EndOfDay):
            day, clock = _day_after(day), time()
        if zone_of is None:
            found = memory[day, clock] = local(datetime.combine(day, clock), own_zone)
            return found
        zone = zone_of(row, names)
        if zone is UNKNOWN:
            return UNKNOWN
        return local(datetime.combine(day, clock), _zone(zone))

    return made


def later(value: Later, compiled: Compiled) -> Make:
    """Return what makes a moment of another one and a duration."""
    start_of, plus_of = compiled(value.start), compiled(value.plus)

    def made(row: dict[str, Any], names: Mapping[str, Any]) -> Any:
        start, plus = start_of(row, names), plus_of(row, names)
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

    return made


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
