"""The columns of a row as somebody looks at it.

Every leaf by its path, whether it is read and where, and how a value is written.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.spec.places import Place, TracedRow, step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.diagnostics import Location
    from edusync.spec.places import Origins

ABOVE = frozenset({"parent"})
"""What a row came out of."""
_DEEPEST = 4


def leaves(row: Any) -> dict[str, Any]:
    """Return the plain values of a row by their path; those of a list of rows stand together."""
    if not isinstance(row, dict):
        return {"value": row}
    return dict(_leaves({key: value for key, value in row.items() if key not in ABOVE}, "", 0))


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value and depth < _DEEPEST:
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key), depth + 1)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        found: dict[str, list[Any]] = {}
        for one in value:
            for key, inner in leaves(one).items():
                found.setdefault(key, []).append(inner)
        yield from ((f"{path}[].{key}", inner) for key, inner in found.items())
    else:
        yield path, value


def is_read(path: str, seen: Origins, above: frozenset[str] = ABOVE) -> bool:
    """Whether a spec reads what stands at a path of a row; what it came out of is shown there."""
    return any(one.read or one.whole or one.members for one in _reached(path, seen, above))


def read_at(path: str, seen: Origins, above: frozenset[str] = ABOVE) -> list[Location]:
    """Return where a spec reads what stands at a path of a row, each place once, in order."""
    found = {
        why.location
        for one in _reached(path, seen, above)
        for why in one.read
        if why.location is not None
    }
    return sorted(found, key=lambda one: (one.line, one.column))


def _reached(path: str, seen: Origins, above: frozenset[str]) -> Iterator[Place]:
    """Yield what a path of a row leads to; where all that is below is read, how far that goes."""
    if path.partition(".")[0] in above:
        return
    names = path.replace("[]", "").split(".")
    while names:
        name = _member(names, seen)
        names = names[1 + name.count(".") :]
        wholes = [one for one in seen if isinstance(one, Place) and one.whole]
        if wholes:
            yield from wholes
            return
        found: dict[Place | TracedRow, bool] = dict(step(seen, name))
        for one in seen:
            if isinstance(one, Place) and one.each is not None:
                found[one.each] = False
        for one in list(found):
            if isinstance(one, Place):
                found |= {place: False for _, place in one.picked}
        seen = found
    yield from (one for one in seen if isinstance(one, Place))


def _member(names: list[str], seen: Origins) -> str:
    """Return the name of the next member, which may have dots itself: the longest that is read."""
    for many in range(len(names), 1, -1):
        name = ".".join(names[:many])
        if any(name in one.members for one in seen):
            return name
    return names[0]


def as_sent(value: Any) -> str:
    """Write a value as it was sent: a text in quotes, a number without, nothing as null."""
    match value:
        case _ if value is UNKNOWN:
            return "(unknown)"
        case datetime() | date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case list() | tuple():
            return f"[{', '.join(as_sent(one) for one in value)}]"
        case dict():
            inner = ", ".join(f"{key}: {as_sent(one)}" for key, one in value.items())
            return f"{{{inner}}}"
        case str() | int() | float() | None:
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def cut(text: str, most: int) -> str:
    """Return a text on one line of at most so many characters."""
    return text if len(text) <= most else text[: most - 1] + "…"
