"""Find the day in what somebody asks: 18/03/2026, 2026-03-18, 18 mars, tomorrow."""

from __future__ import annotations

import re
from datetime import date, timedelta

from edusync.model.ids import folded

_MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_NEAR = {
    "yesterday": -1,
    "hier": -1,
    "today": 0,
    "aujourd'hui": 0,
    "aujourd’hui": 0,
    "tomorrow": 1,
    "demain": 1,
}
_ISO = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})\b")
_SLASHED = re.compile(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})(?:[/.](?P<year>\d{4}|\d{2}))?\b")
_NAMES = "|".join(_MONTH)
_NAMED = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:er|st|nd|rd|th)? (?P<name>{_NAMES})(?: (?P<year>\d{{4}}))?\b"
)
_TURNED = re.compile(
    rf"\b(?P<name>{_NAMES}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?\b"
)
_HALF_A_YEAR = timedelta(days=183)
_CENTURY = 2000


def split_day(text: str, today: date) -> tuple[str, date | None]:
    """Return the words without the day, and the day; None when they name none.

    Of a day without a year the nearest one is meant.
    """
    plain = " ".join(folded(text).split())
    for word, days in _NEAR.items():
        if re.search(rf"(?<!\w){word}(?!\w)", plain):
            return plain.replace(word, " ", 1).strip(), today + timedelta(days=days)
    for pattern in (_ISO, _SLASHED, _NAMED, _TURNED):
        found = pattern.search(plain)
        day = _day(found.groupdict(), today) if found else None
        if found and day:
            return f"{plain[: found.start()]} {plain[found.end() :]}".strip(), day
    return plain, None


def _day(parts: dict[str, str | None], today: date) -> date | None:
    month = _MONTH[str(parts["name"])] if parts.get("name") else int(parts["month"] or 0)
    year = int(parts["year"]) if parts["year"] else None
    if year is not None and year < _CENTURY:
        year += _CENTURY
    try:
        if year is not None:
            return date(year, month, int(parts["day"] or 0))
        days = [date(today.year + more, month, int(parts["day"] or 0)) for more in (-1, 0, 1)]
    except ValueError:
        return None
    near = [day for day in days if abs(day - today) <= _HALF_A_YEAR]
    return near[0] if near else None
