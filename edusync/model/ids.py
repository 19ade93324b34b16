"""Ids are text everywhere (ruling L4), and what could not be read is unknown, not empty."""

from __future__ import annotations

import unicodedata
from datetime import date, time
from decimal import Decimal
from enum import Enum
from math import isfinite
from typing import Final, Literal


class Unknown(Enum):
    """The one value that says: this could not be read. It is neither empty nor false."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        return False


ON_EDUSIGN: Final = "edusign:"
"""Begins a reference to something that stands on Edusign already and is named by the id there."""

UNKNOWN: Final[Literal[Unknown.UNKNOWN]] = Unknown.UNKNOWN


class Unreadable(ValueError):
    """A text of the spec that cannot be evaluated over a row.

    Its words never hold a value of the row.
    """


def as_id(value: object) -> str | None:
    """Return an id as text: 7 and "7" are the same id.

    None for what is empty or a flag. Unreadable for what is no plain value: an object, a list, a
    number that a float does not hold.
    """
    kind = type(value)
    if kind is str:
        return value or None  # type: ignore[return-value]  # narrowed by the exact type above
    if kind is int:
        return str(value)
    if value is None or value is UNKNOWN or kind is bool or value in ([], {}, ()):
        return None
    if isinstance(value, str):
        return str(value) or None
    if isinstance(value, float | Decimal):
        return _number_as_id(value)
    if isinstance(value, date | time):
        return value.isoformat()
    what = "a list" if isinstance(value, list | tuple) else "an object"
    raise Unreadable(f"{what} stands where a plain value is due")


_EXACT = 2**53
"""From here on a float stands for several whole numbers."""


def _number_as_id(number: float | Decimal) -> str:
    if not isfinite(number) or (isinstance(number, float) and abs(number) >= _EXACT):
        raise Unreadable("a number stands where an id is due, and it is not exact")
    if number == int(number):
        return str(int(number))
    return str(number)


def ids_of(value: object) -> list[str]:
    """Return the ids of a value or of a list of them, without empties."""
    if value is None or value is UNKNOWN:
        return []
    if isinstance(value, list | tuple):
        ids: list[str] = []
        for item in value:  # most are flat lists of numbers or texts, and there are many
            kind = type(item)
            if kind is int:
                ids.append(str(item))
            elif kind is str:
                if item:
                    ids.append(item)
            else:
                ids += ids_of(item)
        return ids
    found = as_id(value)
    return [] if found is None else [found]


def folded(text: str) -> str:
    """Return a text without case and accents, for names that people type."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    ).strip()
