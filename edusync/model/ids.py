"""Ids are text everywhere (ruling L4), and what could not be read is unknown, not empty."""

from __future__ import annotations

import unicodedata
from enum import Enum
from typing import Final, Literal


class Unknown(Enum):
    """The one value that says: this could not be read. It is neither empty nor false."""

    UNKNOWN = "unknown"

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> bool:
        return False


REPLACEMENT: Final = "\ufffd"
"""Stands where somebody read a letter with the wrong charset: the letter is lost."""

ON_EDUSIGN: Final = "edusign:"
"""Begins a reference to something that stands on Edusign already and is named by the id there."""

UNKNOWN: Final[Literal[Unknown.UNKNOWN]] = Unknown.UNKNOWN


def as_id(value: object) -> str | None:
    """Return an id as text: 7 and "7" are the same id.

    None for what is empty or no scalar at all.
    """
    kind = type(value)
    if kind is str:
        return value or None  # type: ignore[return-value]  # narrowed by the exact type above
    if kind is int:
        return str(value)
    if kind is float:
        number: float = value  # type: ignore[assignment]  # narrowed by the exact type above
        return str(int(number)) if number.is_integer() else str(number)
    return None


def folded(text: str) -> str:
    """Return a text without case and accents, for names that people type."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    ).strip()
