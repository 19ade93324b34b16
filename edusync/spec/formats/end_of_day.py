"""24:00, midnight at the end of a day, as ISO 8601 and many timetables write it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class EndOfDay(time):
    """The time of day 24:00. With a day it is 00:00 of the next one."""

    __slots__ = ()


END_OF_DAY = EndOfDay()


def parse_moment(text: str, parse: Callable[[str], datetime]) -> tuple[datetime, bool]:
    """Return a moment, and whether its hour is 24: then it is 00:00 of the day that was written.

    `parse` knows no hour 24; ValueError when it reads no moment with an hour of 0 in its place, or
    when more than 24 hours have passed.
    """
    try:
        return parse(text), False
    except ValueError:
        midnights = {moment for moment in _with_hour_0(text, parse) if moment.time() == time()}
        if len(midnights) != 1:
            raise
        return midnights.pop(), True


def _with_hour_0(text: str, parse: Callable[[str], datetime]) -> list[datetime]:
    """Return the moments that a text says with 0 in place of a 24 that is an hour."""
    moments = []
    for place in range(len(text) - 1):
        if text[place : place + 2] != "24":
            continue
        before, after = text[:place], text[place + 2 :]
        try:
            moment, later = parse(f"{before}00{after}"), parse(f"{before}01{after}")
        except ValueError:
            continue
        if later.replace(tzinfo=None) - moment.replace(tzinfo=None) == timedelta(hours=1):
            moments.append(moment)
    return moments
