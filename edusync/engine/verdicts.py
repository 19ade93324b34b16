"""Whether a condition of the spec holds: one rule of truth for all of them.

What cannot be decided is not false. Nothing, false, 0, an empty text and an empty list are false;
everything else is true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.model import Unknown
    from edusync.spec.tree import Expression

_NOT_READ = "it needs something that could not be read"


class Undecided(Exception):
    """A condition that cannot be decided; the text says why, without a value of the row."""


def decided(condition: Expression, row: object, names: Mapping[str, Any]) -> bool | Unknown:
    """Return whether a condition holds, UNKNOWN when that cannot be decided."""
    try:
        found = condition.run(row, names)
    except Unreadable:
        return UNKNOWN
    return found if found is UNKNOWN else bool(found)


def holds(condition: Expression | None, names: Mapping[str, Any], row: object = None) -> bool:
    """Return whether a condition holds, true where there is none; Undecided when nobody can say."""
    if condition is None:
        return True
    try:
        found = condition.run(row, names)
    except Unreadable as error:
        raise Undecided(str(error)) from None
    if found is UNKNOWN:
        raise Undecided(_NOT_READ)
    return bool(found)


def why(condition: Expression, row: object, names: Mapping[str, Any]) -> str:
    """Return why a condition cannot be decided."""
    try:
        condition.run(row, names)
    except Unreadable as error:
        return f"it cannot be decided: {error}"
    return f"it cannot be decided: {_NOT_READ}"
