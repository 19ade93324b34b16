"""The filters that every template and expression may use; the formats of a spec are filters too."""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from edusync.model.composite import parts
from edusync.model.ids import folded
from edusync.model.window import PARIS, day_of
from edusync.spec.evaluate import Unreadable
from edusync.spec.language.expressions import MOST_TEXT, as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from zoneinfo import ZoneInfo


def _text(change: Callable[[str], str]) -> Callable[[Any], Any]:
    def apply(value: object) -> object:
        if isinstance(value, list | tuple):
            return [apply(item) for item in value]
        return None if value is None else change(as_text(value))

    return apply


def _replace(value: object, old: object, new: object) -> str | None:
    if value is None:
        return None
    text, before, after = as_text(value), as_text(old), as_text(new)
    if not before:
        raise Unreadable("'replace' needs a text to look for")
    if len(text) + text.count(before) * len(after) > MOST_TEXT:
        raise Unreadable("'replace' makes too much text")
    return text.replace(before, after)


def _join(value: object, separator: object = ",") -> str | None:
    if value is None:
        return None
    return as_text(separator).join(as_text(item) for item in _items(value))


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


def _part(value: object, index: object) -> object:
    """Return a part of a composite, or of each."""
    if type(index) is not int:
        raise Unreadable("'part' needs a whole number")
    if isinstance(value, list | tuple):
        return [_part(item, index) for item in value]
    found = [] if value is None else parts(as_text(value))
    return found[index] if -len(found) <= index < len(found) else None


def days_since(zone: ZoneInfo) -> Callable[[object, object], int | None]:
    """Return the filter that counts days; moments count as their days in the zone."""

    def days(value: object, start: object) -> int | None:
        first, last = (
            day_of(thing, zone) if isinstance(thing, datetime) else thing
            for thing in (start, value)
        )
        return (last - first).days if isinstance(first, date) and isinstance(last, date) else None

    return days


def _number(value: object) -> object:
    """Return digits as a whole number, for bodies that want numbers; anything else as it is."""
    if isinstance(value, list | tuple):
        return [_number(item) for item in value]
    whole = isinstance(value, str) and value.removeprefix("-").isdecimal()
    return int(value) if whole else value  # type: ignore[call-overload]  # it is a text


def _merge(value: object, other: object) -> dict[str, Any] | None:
    """Return a row with the keys of another one put over its own.

    What is not named stays as it is.
    """
    return {**value, **other} if isinstance(value, dict) and isinstance(other, dict) else None


BUILT_IN: Mapping[str, Callable[..., Any]] = {
    "lower": _text(str.lower),
    "upper": _text(str.upper),
    "trim": _text(str.strip),
    "cdata": lambda value: Markup(  # noqa: S704 - CDATA needs no escapes
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
    "days_since": days_since(PARIS),
    "merge": _merge,
    "number": _number,
}
