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


ASSUMED = "A fact that this rests on and that no source proves; `edusync connectors show` lists it."
"""What the key `assumed` means, wherever it stands."""


class Node:
    """A part of a spec."""

    __slots__ = ()


def place() -> Any:
    """Return the field of where a part stands, which does not count when parts are compared."""
    return field(default=Location("", 1, 1), compare=False, repr=False, kw_only=True)


def key(
    meaning: str,
    *,
    default: Any = MISSING,
    factory: Any = MISSING,
    name: str | None = None,
    scope: frozenset[str] | None = None,
    each: str = "",
    schema: dict[str, Any] | None = None,
    read_as: Any = None,
    names: bool = False,
    of_answer: bool = False,
    kw_only: bool = True,
    **says: Any,
) -> Any:
    """Return the field of a key of the language.

    `meaning` is what the schema and the reference say of it, `name` the key as it is written where
    Python cannot have it, `scope` the names that its texts may begin with where these are others
    than those of the part, `each` what is said of each entry of a list or a mapping, and `says`
    what the schema demands beside the type. Where the type of the field is not the form in which
    it is written, `schema` is that form, and `read_as` the type that it is read as. Only what may
    be left out has a default, or a `factory`. `names` says that a mapping gives names of its own,
    which other places of the spec read, `of_answer` that a path leads into an answer, not a row.
    """
    metadata: dict[str, Any] = {"meaning": meaning, "name": name, "scope": scope, "says": says}
    metadata |= {"each": each, "schema": schema, "read_as": read_as, "names": names}
    metadata["of_answer"] = of_answer
    if factory is not MISSING:
        return field(default_factory=factory, metadata=metadata, kw_only=kw_only)
    return field(default=default, metadata=metadata, kw_only=kw_only)


def source(meaning: str, **more: Any) -> Any:
    """Return the field of a key that says what something is, which may be given by its place."""
    return key(meaning, kw_only=False, **more)


class Met(NamedTuple):
    """A part that is met on a walk."""

    node: Node
    place: Location | None
    """Where it stands, or else where the next part above it does."""
    field: str
    """The field of the part above under which it stands, nothing for the first."""


def walk(
    node: object,
    into: Callable[[Node, str], bool] | None = None,
) -> Iterator[Met]:
    """Yield a part and every part inside it, from the outside in, as they are written.

    `into(part, field)` says of each whether it is met at all, with what is inside it.
    """
    met: list[Met] = []
    _meet(node, None, "", into, met)
    return iter(met)


_PLAIN: frozenset[type] = frozenset({str, int, bool, float, type(None)})


def _meet(
    thing: object,
    above: Location | None,
    name: str,
    into: Callable[[Node, str], bool] | None,
    met: list[Met],
) -> None:
    kind: Any = type(thing)
    if isinstance(thing, Node):
        if into is not None and not into(thing, name):
            return
        here = getattr(thing, "place", None) or above
        met.append(Met(thing, here, name))
        for one in _fields_of(kind):
            inner = getattr(thing, one)
            if type(inner) not in _PLAIN:
                _meet(inner, here, one, into, met)
    elif kind is dict:
        for inner in thing.values():  # type: ignore[attr-defined]  # it is one
            if type(inner) not in _PLAIN:
                _meet(inner, above, name, into, met)
    elif kind is tuple or kind is list:
        for inner in thing:  # type: ignore[attr-defined]  # it is one of both
            if type(inner) not in _PLAIN:
                _meet(inner, above, name, into, met)


@cache
def _fields_of(kind: Any) -> tuple[str, ...]:
    """Return the names of the fields of a kind of part that count when parts are compared."""
    return tuple(one.name for one in fields(kind) if one.compare) if is_dataclass(kind) else ()
