"""What is sent, with its holes filled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from edusync.model import UNKNOWN
from edusync.spec.evaluate import settled
from edusync.spec.language.written import as_text
from edusync.spec.payload import (
    Document,
    Each,
    Field,
    Filled,
    Fixed,
    Items,
    Members,
    Payload,
    Pieces,
    Text,
    Together,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.spec.texts import Expression

    Names = Mapping[str, Any]


def render(payload: Payload, row: object, names: Names) -> Any:
    """Fill the holes of what is sent.

    What is unknown is UNKNOWN where it stands in the tree; Unreadable is all that is ever raised.
    """
    try:
        return _filled(payload, row, names)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is about this row
        return settled(error)


def _filled(payload: Payload, row: object, names: Names) -> Any:  # noqa: PLR0911 - one a kind
    match payload:
        case Text(text):
            return text.run(row, names)
        case Fixed(value):
            return value
        case Members(members):
            return {name: render(inner, row, names) for name, inner in members.items()}
        case Items(items):
            return [render(inner, row, names) for inner in items]
        case Each(each, of):
            items = _items(of, row, names)
            if items is UNKNOWN:
                return UNKNOWN
            return [render(each, row, {**names, "item": item}) for item in items]
        case Pieces() | Document():
            return _document(payload, row, names)
        case Field(document):
            return Markup(as_text(render(document, row, names)))  # noqa: S704 - it is XML
        case Filled(inner, holes):
            filled = {name: render(hole, row, names) for name, hole in holes.items()}
            return render(inner, row, {**names, "with": filled})
        case Together(its, ours):
            return {**render(ours, row, names), **render(its, row, names)}
    raise TypeError(f"{type(payload).__name__} is nothing to send")


def _items(of: Expression, row: object, names: Names) -> Any:
    """Return what an expression gives, as a list; one thing alone is a list of one."""
    value = of.run(row, names)
    if value is UNKNOWN or isinstance(value, list | tuple):
        return value
    return [] if value in (None, "") else [value]


def _document(payload: Pieces | Document, row: object, names: Names) -> Any:
    """Return a document: its lines first, then the inner one, then what holds them."""
    each, of = payload.each, payload.of
    inner = payload.inner if isinstance(payload, Document) else None
    if each is not None:
        word, items = ("line", names["lines"]) if of is None else ("item", _items(of, row, names))
        if items is UNKNOWN:
            return UNKNOWN
        lines = [as_text(each.run(row, {**names, word: item})) for item in items]
        written = "".join(lines)
        if isinstance(payload, Document):
            written = Markup(written)  # noqa: S704 - escaped one by one
        names = {**names, "each": written}
    if inner is not None:
        names = {**names, "inner": inner.run(row, names)}
    return payload.outer.run(row, names)
