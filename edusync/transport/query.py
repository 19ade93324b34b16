"""How values go into a query, a header or a form.

Empty ones are left out, lists in the style of the ERP.
"""

from __future__ import annotations

from datetime import date, time
from json import dumps
from typing import TYPE_CHECKING

import orjson

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def pairs(values: Mapping[str, object], style: str) -> tuple[tuple[str, str], ...]:
    """Return query pairs; `style` is comma, repeat, brackets, indexed or pipe."""
    return tuple(pair for name, value in values.items() for pair in _pairs(name, value, style))


def plain(values: Mapping[str, object]) -> dict[str, str]:
    """Return what is not empty, as text."""
    return {name: text(value) for name, value in values.items() if value not in (None, "", [])}


def text(value: object) -> str:
    """Write one value for the wire."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def as_json(value: object) -> bytes:
    """Return JSON. Numbers beyond 64 bits are written out, since they may be ids.

    TypeError or ValueError for what JSON cannot say.
    """
    try:
        return orjson.dumps(value)
    except TypeError:
        written = dumps(value, ensure_ascii=False, allow_nan=False, default=_moment)
        return written.encode()


def _moment(value: object) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _pairs(name: str, value: object, style: str) -> Iterator[tuple[str, str]]:
    if value in (None, "", []):
        return
    if not isinstance(value, list | tuple):
        yield name, text(value)
        return
    match style:
        case "repeat":
            yield from ((name, text(item)) for item in value)
        case "brackets":
            yield from ((f"{name}[]", text(item)) for item in value)
        case "indexed":
            yield from ((f"{name}[{index}]", text(item)) for index, item in enumerate(value))
        case _:
            yield name, ("|" if style == "pipe" else ",").join(text(item) for item in value)
