"""The filters that every template and expression may use; the formats of a spec are filters too."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from edusync.model.ids import folded
from edusync.model.window import day_of
from edusync.spec.expressions import MOST_TEXT, Markup, TextTooLong, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _text(change: Callable[[str], str]) -> Callable[[Any], Any]:
    def apply(value: object) -> object:
        if isinstance(value, list | tuple):
            return [apply(item) for item in value]
        return None if value is None else change(as_text(value))

    return apply


def _replace(value: object, old: str, new: str) -> str | None:
    if value is None:
        return None
    text = as_text(value)
    if len(text) + text.count(old) * len(new) > MOST_TEXT:
        reason = "a replacement made too much text"
        raise TextTooLong(reason)
    return text.replace(old, new)


def _join(value: object, separator: str = ",") -> str | None:
    if value is None:
        return None
    return separator.join(as_text(item) for item in _items(value))


def _unique(value: object) -> list[object]:
    seen: list[object] = []
    for item in _items(value):
        if item not in seen:
            seen.append(item)
    return seen


def _items(value: object) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _length(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple | dict) else 0


def _part(value: object, index: int) -> object:
    """Return a part of a composite, or of each."""
    if isinstance(value, list | tuple):
        return [_part(item, index) for item in value]
    parts = [] if value is None else as_text(value).split("/")
    return parts[index] if -len(parts) <= index < len(parts) else None


def _days_since(value: object, start: object) -> int | None:
    """Return the days from one day to another; moments count as their days in Paris."""
    first, last = (
        day_of(thing) if isinstance(thing, datetime) else thing for thing in (start, value)
    )
    return (last - first).days if isinstance(first, date) and isinstance(last, date) else None


def _number(value: object) -> object:
    """Return digits as a whole number, for bodies that want numbers; anything else as it is."""
    if isinstance(value, list | tuple):
        return [_number(item) for item in value]
    return int(value) if isinstance(value, str) and value.lstrip("-").isdigit() else value


def _merge(value: object, other: object) -> dict[str, Any] | None:
    """Return a row with the keys of another one put over its own.

    What is not named stays as it is.
    """
    return {**value, **other} if isinstance(value, dict) and isinstance(other, dict) else None


BUILT_IN: Mapping[str, Callable[..., Any]] = {
    "lower": _text(str.lower),
    "upper": _text(str.upper),
    "trim": _text(str.strip),
    "cdata": lambda value: Markup(
        "<![CDATA[" + as_text(value).replace("]]>", "]]]]><![CDATA[>") + "]]>"
    ),
    "base64": _text(lambda text: b64encode(text.encode()).decode()),
    "replace": _replace,
    "join": _join,
    "length": _length,
    "first": lambda value: next(iter(_items(value)), None),
    "last": lambda value: (_items(value) or [None])[-1],
    "unique": _unique,
    "part": _part,
    "plain": _text(folded),
    "days_since": _days_since,
    "merge": _merge,
    "number": _number,
}
