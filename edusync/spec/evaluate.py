"""The one place where a text of a spec is evaluated.

It gives a value or UNKNOWN, and raises `Unreadable` alone, whatever a row holds and whatever an
operator, a filter, a format or a function of a plugin makes of it. Look-ups are no texts: they read
lists, and what stops a run on the way there stops it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.ids import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.model import Unknown

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (RecursionError, "what it reads is nested too deeply"),
    (OverflowError, "a number or a date is too large"),
    (UnicodeError, "a text holds a character that cannot be written"),
    (TypeError, "a value is of another kind than is needed"),
    (MemoryError, "it is too large"),
)


__all__ = ["UnknownMet", "Unreadable", "called", "guarded", "is_unknown", "settled"]


class UnknownMet(Exception):
    """An evaluation met something that could not be read: what it gives is UNKNOWN."""


def settled(error: Exception) -> Unknown:
    """Return UNKNOWN for an evaluation that met it; raise Unreadable for any other error."""
    if isinstance(error, UnknownMet):
        return UNKNOWN
    if isinstance(error, Unreadable | SyntaxError):  # what cannot be compiled is no row's fault
        raise error
    raise Unreadable(_reason(error)) from None


def guarded(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that gives a value or UNKNOWN, and raises Unreadable alone."""

    def run(*arguments: Any) -> Any:
        try:
            return make(*arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is about this row
            return settled(error)

    return run


def called(name: str, function: Callable[..., Any], arguments: Mapping[str, Any]) -> Any:
    """Return what a function of a plugin gives; Unreadable, with its name, when it fails."""
    try:
        return function(**arguments)
    except Unreadable as error:
        reason = f"the function '{name}': {error}"
    except Exception as error:  # noqa: BLE001 - a plugin may raise anything
        reason = f"the function '{name}' failed ({type(error).__name__})"
    raise Unreadable(reason)


def is_unknown(value: object) -> bool:
    """Whether a value is UNKNOWN, or anything inside it is."""
    if isinstance(value, dict):
        return any(map(is_unknown, value.values()))
    if isinstance(value, list | tuple):
        return any(map(is_unknown, value))
    return value is UNKNOWN


def _reason(error: Exception) -> str:
    for kind, words in _REASONS:
        if isinstance(error, kind):
            return words
    return f"it cannot be worked out ({type(error).__name__})"
