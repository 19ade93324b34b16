"""The filters that every template and expression may use; the formats of a spec are filters too.

Each is one function with a sentence for the reference. It gets the value, and then its arguments.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from markupsafe import Markup

from edusync.model.composite import parts
from edusync.model.ids import folded
from edusync.model.window import PARIS, day_of
from edusync.spec.evaluate import Unreadable
from edusync.spec.language.distinct import distinct
from edusync.spec.language.hashing import digest, keyed, percent
from edusync.spec.language.written import MOST_TEXT, MOST_XML, as_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    Filter = TypeVar("Filter", bound=Callable[..., Any])


BUILT_IN: dict[str, Callable[..., Any]] = {}
"""The filters by their names."""
OF_WHOLE: set[str] = set()
"""Filters that nobody means of the last part alone of a text that `~` puts together."""


def _named(name: str, *, of_whole: bool = False) -> Callable[[Filter], Filter]:
    """Return what adds a function to the filters; `of_whole` puts it into `OF_WHOLE` as well."""

    def add(function: Filter) -> Filter:
        BUILT_IN[name] = function
        if of_whole:
            OF_WHOLE.add(name)
        return function

    return add


def _of_text(
    name: str, meaning: str, change: Callable[[str], str], *, of_whole: bool = False
) -> None:
    """Add a filter that changes a text, or each of a list; nothing stays nothing."""

    def apply(value: object) -> object:
        if isinstance(value, list | tuple):
            return [apply(item) for item in value]
        return None if value is None else change(as_text(value))

    apply.__doc__ = meaning
    _named(name, of_whole=of_whole)(apply)


_of_text("lower", "Write it in small letters.", str.lower)
_of_text("upper", "Write it in capital letters.", str.upper)
_of_text("trim", "Take the blanks around it away.", str.strip)
_of_text(
    "plain", "Write it without accents and in small letters, to compare what people write.", folded
)
_of_text(
    "base64",
    "Write it in base64.",
    lambda text: b64encode(text.encode()).decode(),
    of_whole=True,
)


@_named("cdata")
def _cdata(value: object) -> str:
    """Put it into a section of XML in which nothing is escaped."""
    text = as_text(value).replace("]]>", "]]]]><![CDATA[>")
    return Markup("<![CDATA[" + text + "]]>")  # noqa: S704 - CDATA needs no escapes


@_named("replace")
def _replace(value: object, old: object, new: object) -> str | None:
    """Replace every `old` text by a `new` one."""
    if value is None:
        return None
    text, before, after = as_text(value), as_text(old), as_text(new)
    if not before:
        raise Unreadable("'replace' needs a text to look for")
    if len(text) + text.count(before) * len(after) > MOST_TEXT:
        raise Unreadable("'replace' makes too much text")
    return text.replace(before, after)


@_named("shorten", of_whole=True)
def _shorten(value: object, most: object) -> object:
    """Keep the first `most` characters, of each of a list; for fields that take only so many."""
    if type(most) is not int or most < 0:
        raise Unreadable("'shorten' needs a whole number")
    if isinstance(value, list | tuple):
        return [_shorten(item, most) for item in value]
    return None if value is None else as_text(value)[:most]


@_named("join")
def _join(value: object, separator: object = ",") -> str | None:
    """Join the items of a list to one text, with a `separator` in between."""
    if value is None:
        return None
    between, size, texts = as_text(separator), 0, list[str]()
    for item in _items(value):
        texts.append(as_text(item))
        size += len(texts[-1]) + len(between)
        if size > MOST_XML:
            raise Unreadable("'join' makes too much text")
    return between.join(texts)


@_named("unique")
def _unique(value: object) -> list[object]:
    """Keep each item of a list once."""
    return distinct(_items(value))


def _items(value: object) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


@_named("first")
def _first(value: object) -> object:
    """Take the first item of a list."""
    return next(iter(_items(value)), None)


@_named("last")
def _last(value: object) -> object:
    """Take the last item of a list."""
    return (_items(value) or [None])[-1]


@_named("length")
def _length(value: object) -> int:
    """Count the characters, items or keys."""
    return len(value) if isinstance(value, str | list | tuple | dict) else 0


@_named("part")
def _part(value: object, index: object) -> object:
    """Take one part of a composite value, or of each of a list, from 0."""
    if type(index) is not int:
        raise Unreadable("'part' needs a whole number")
    if isinstance(value, list | tuple):
        return [_part(item, index) for item in value]
    texts = [] if value is None else parts(as_text(value))
    return texts[index] if -len(texts) <= index < len(texts) else None


def days_since(zone: ZoneInfo) -> Callable[[object, object], int | None]:
    """Return the filter that counts days; moments count as their days in the zone."""

    def days(value: object, start: object) -> int | None:
        """Count the days since a `start`, both days or moments."""
        first, last = (
            day_of(thing, zone) if isinstance(thing, datetime) else thing
            for thing in (start, value)
        )
        return (last - first).days if isinstance(first, date) and isinstance(last, date) else None

    return days


BUILT_IN["days_since"] = days_since(PARIS)
_named("digest", of_whole=True)(digest)
_named("hmac", of_whole=True)(keyed)
_named("percent")(percent)


@_named("number")
def _number(value: object) -> object:
    """Make digits a whole number, for bodies that want numbers; leave anything else as it is."""
    if isinstance(value, list | tuple):
        return [_number(item) for item in value]
    whole = isinstance(value, str) and value.removeprefix("-").isdecimal()
    return int(value) if whole else value  # type: ignore[call-overload]  # it is a text


@_named("merge")
def _merge(value: object, other: object) -> dict[str, Any] | None:
    """Put the keys of another row over those of a row; what is not named stays as it is."""
    return {**value, **other} if isinstance(value, dict) and isinstance(other, dict) else None
