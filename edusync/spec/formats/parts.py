"""Days and times of day in parts, `{an: 2026, mois: 3, jour: 23}`, and as numbers, 20260323."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.spec.evaluate import Unreadable
from edusync.spec.formats.base import BadFormat

if TYPE_CHECKING:
    from collections.abc import Mapping

OF_DAY = ("year", "month", "day")
OF_TIME = ("hour", "minute", "second")
NUMBER = (
    "The value is a number, such as 20260323 or 755: zeros in front are filled up when it is read, "
    "and it is written as a number."
)
PARTS = (
    "Part to name: it is an object, such as {an: 2026, mois: 3}, and is written as one. The parts "
    "are "
)


def meaning_of_parts(*names: str) -> str:
    """Return what the key `parts` means where these parts may be named."""
    return f"{PARTS}{', '.join(names)}."


def check_parts(
    parts: Mapping[str, str] | None, known: tuple[str, ...], needed: tuple[str, ...]
) -> None:
    """Raise BadFormat for parts that there are not, and where one is missing."""
    if parts is None:
        return
    for name in parts:
        if name not in known:
            raise BadFormat("parts", f"no part is called '{name}'", f"write {', '.join(known)}")
    for name in needed:
        if name not in parts:
            raise BadFormat(
                "parts", f"the part '{name}' is missing", f"say where the {name} stands"
            )


def read_parts(parts: Mapping[str, str], value: Any) -> dict[str, int] | None:
    """Return the number of each part that is named; nothing when all of them are empty."""
    if not isinstance(value, dict):
        raise Unreadable(f"expected an object with {', '.join(parts.values())}")
    values = {part: value.get(name) for part, name in parts.items()}
    if all(one in (None, "") for one in values.values()):
        return None
    numbers = {}
    for part, one in values.items():
        text = str(one).strip()
        if isinstance(one, bool) or not text.isdecimal():
            raise Unreadable(f"expected a number as the {part}, under '{parts[part]}'")
        numbers[part] = int(text)
    return numbers


def write_parts(parts: Mapping[str, str], value: Any) -> dict[str, int]:
    """Return the object of a day, a time of day or a moment."""
    return {name: getattr(value, part) for part, name in parts.items()}


def check_number(pattern: str | None) -> None:
    """Raise BadFormat where a pattern writes anything but digits."""
    if pattern is None or not digits_of(pattern).isdecimal():
        raise BadFormat(
            "number",
            "'number' needs a pattern that writes digits alone",
            "say a pattern such as %Y%m%d or %H%M",
        )


def digits_of(pattern: str) -> str:
    """Return what a pattern writes of a moment whose parts have two digits."""
    return datetime(2026, 11, 23, 10, 45, 30).strftime(pattern)  # noqa: DTZ001 - only its length


def filled(value: Any, pattern: str) -> str:
    """Return a number as its pattern writes it, with the zeros in front."""
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    text = str(whole).strip()
    width = len(digits_of(pattern))
    if isinstance(value, bool) or not text.isdecimal() or len(text) > width:
        raise Unreadable(f"expected a number of at most {width} digits, like {pattern}")
    return text.zfill(width)
