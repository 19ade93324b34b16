"""How days, hours and moments are written in a sample."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

DATES = {
    "%d/%m/%Y": "day",
    "%Y-%m-%d": "day",
    "%d-%m-%Y": "day",
    "%Y%m%d": "day",
    "%d.%m.%Y": "day",
}
TIMES = {"%H:%M": "clock", "%H:%M:%S": "clock", "%Hh%M": "clock"}
MOMENTS = {
    "%d/%m/%Y %H:%M": "moment",
    "%Y-%m-%d %H:%M": "moment",
    "%Y-%m-%d %H:%M:%S": "moment",
    "%d-%m-%Y %H:%M": "moment",
}


def spelled_as(values: Sequence[Any], patterns: dict[str, str]) -> str | None:
    """Return the pattern that all values of a column fit, None when there is none."""
    texts = [value for value in values if isinstance(value, str) and value]
    if values and all(type(value) is int for value in values):
        return _of_numbers([*values], patterns)
    return next(
        (pattern for pattern in patterns if texts and all(_reads(text, pattern) for text in texts)),
        None,
    )


def _of_numbers(values: Sequence[int], patterns: dict[str, str]) -> str | None:
    """Return how days or hours are written as numbers: 20260323, 755."""
    if patterns is MOMENTS:
        return None
    if patterns is DATES:
        return "%Y%m%d" if all(_is_day(value) for value in values) else None
    hours = all(0 <= value < _MIDNIGHT and value % 100 < _MINUTES for value in values)
    return CLOCK_NUMBER if hours and max(values) >= _EARLY else None


def _is_day(value: int) -> bool:
    return _reads(str(value), "%Y%m%d") and value // 10_000 in _OUR_YEARS


_OUR_YEARS, _MIDNIGHT, _MINUTES, _EARLY = range(1990, 2100), 2400, 60, 600
"""Years of plannings; hours as numbers, the earliest of which begins at 6."""
CLOCK_NUMBER, SECONDS, MILLISECONDS = "%H%M", "epoch seconds", "epoch milliseconds"
_SINCE, _UNTIL = 946_684_800, 4_102_444_800
"""The years from 2000 to 2100 in seconds."""


def _epoch(values: Sequence[Any]) -> str | None:
    """Return the unit of numbers, or of texts of digits, that count from 1970."""
    if not values or not all(str(value).isdigit() for value in values):
        return None
    numbers = [int(value) for value in values]
    if all(_SINCE < one < _UNTIL for one in numbers):
        return SECONDS
    return MILLISECONDS if all(_SINCE < one / 1000 < _UNTIL for one in numbers) else None


def moment_of(values: Sequence[Any]) -> str | None:
    """Return how moments are written, None when the values are none."""
    if (unit := _epoch(values)) is not None:
        return unit
    texts = [value for value in values if isinstance(value, str) and value]
    if texts and all("T" in text and _reads_iso(text) for text in texts):
        return "iso"
    return spelled_as(values, MOMENTS)


def _reads(text: str, pattern: str) -> bool:
    try:
        datetime.strptime(text, pattern)  # noqa: DTZ007 - only whether it reads
    except ValueError:
        return False
    return True


def _reads_iso(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
