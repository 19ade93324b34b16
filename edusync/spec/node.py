"""What all parts of the tree share: they are plain and frozen, and can be walked.

Two parts are equal when they say the same, wherever they stand. Nothing compiled is kept in them.
"""

from __future__ import annotations

from dataclasses import MISSING, field, fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.diagnostics import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Node:
    """A part of a spec."""

    __slots__ = ()


def place() -> Any:
    """Return the field of where a part stands, which does not count when parts are compared."""
    return field(default=Location("", 1, 1), compare=False, repr=False, kw_only=True)


def key(meaning: str, *, default: Any = MISSING, name: str | None = None, **says: Any) -> Any:
    """Return the field of a key of the language.

    `meaning` is what the schema and the reference say of it, `name` the key as it is written where
    Python cannot have it, and `says` what the schema demands beside the type. Only what may be left
    out has a default.
    """
    return field(
        default=default, kw_only=True, metadata={"meaning": meaning, "name": name, "says": says}
    )


class Met(NamedTuple):
    """A part that is met on a walk."""

    node: Node
    place: Location | None
    """Where it stands, or else where the next part above it does."""
    field: str
    """The field of the part above under which it stands, nothing for the first."""


def walk(
    node: object,
    into: Callable[[Node, str], bool] = lambda _node, _field: True,
) -> Iterator[Met]:
    """Yield a part and every part inside it, from the outside in, as they are written.

    `into(part, field)` says of each whether it is met at all, with what is inside it.
    """
    yield from _walk(node, None, "", into)


def _walk(
    thing: object,
    above: Location | None,
    name: str,
    into: Callable[[Node, str], bool],
) -> Iterator[Met]:
    if isinstance(thing, Node):
        if not into(thing, name):
            return
        here = getattr(thing, "place", None) or above
        yield Met(thing, here, name)
        kind: Any = type(thing)
        for one in _fields_of(kind):
            yield from _walk(getattr(thing, one), here, one, into)
    elif isinstance(thing, dict):
        for inner in thing.values():
            yield from _walk(inner, above, name, into)
    elif isinstance(thing, tuple | list):
        for inner in thing:
            yield from _walk(inner, above, name, into)


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a kind of part that count when parts are compared."""
    return tuple(one.name for one in fields(kind) if one.compare) if is_dataclass(kind) else ()
