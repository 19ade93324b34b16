"""The keys that a class of the tree declares: name, type, meaning, and what is demanded of them."""

from __future__ import annotations

from dataclasses import MISSING, dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the language."""

    field: str
    name: str
    hint: Any
    """Its type; None is taken out of it."""
    meaning: str
    is_needed: bool
    default: Any
    says: Mapping[str, Any]
    scope: frozenset[str] | None = None
    """The names that its texts may begin with; None for those of the part."""
    each: str = ""
    """What is said of each entry of a list or a mapping."""
    schema: Mapping[str, Any] | None = None
    """The form in which it is written, where the type of the field is another one."""
    names: bool = False
    """Whether it is a mapping that gives names of its own."""
    of_answer: bool = False
    """Whether its path leads into an answer; into a row otherwise."""


def written(name: str, meaning: str, schema: Mapping[str, Any]) -> Key:
    """Return a key that makes no field of its own, with the form in which it is written."""
    return Key("", name, None, meaning, is_needed=False, default=None, says={}, schema=schema)


def keys_of(kind: type) -> tuple[Key, ...]:
    """Return the keys that a class declares, in the order in which they are written."""
    declaring: Any = kind
    return _keys(declaring)


@cache
def _keys(kind: Any) -> tuple[Key, ...]:
    hints = get_type_hints(kind)
    own = (
        Key(
            one.name,
            one.metadata["name"] or one.name,
            one.metadata["read_as"] or _without_none(hints[one.name]),
            one.metadata["meaning"],
            one.default is MISSING and one.default_factory is MISSING,
            None if one.default is MISSING else one.default,
            one.metadata["says"],
            one.metadata["scope"],
            one.metadata["each"],
            one.metadata["schema"],
            one.metadata["names"],
            one.metadata["of_answer"],
        )
        for one in fields(kind)
        if "meaning" in one.metadata
    )
    left = [key for key in own if key.name not in getattr(kind, "not_written", ())]
    first: tuple[str, ...] = getattr(kind, "written_first", ())
    left.sort(key=lambda key: first.index(key.name) if key.name in first else len(first))
    return (*left, *getattr(kind, "also_written", ()))


@cache
def _names(kind: Any) -> frozenset[str]:
    return frozenset(one.name for one in fields(kind))


def names_of(kind: type) -> frozenset[str]:
    """Return the names of all fields of a class, keys or not."""
    declaring: Any = kind
    return _names(declaring)


def _without_none(hint: Any) -> Any:
    """Return a type without None, which is that of a key that is left out."""
    left = [one for one in get_args(hint) if one is not type(None)]
    if type(None) not in get_args(hint):
        return hint
    union = left[0]
    for one in left[1:]:
        union = union | one
    return union


def description_of(kind: type) -> str:
    """Return what the schema says of a class: what it says of itself, on one line."""
    described: str | None = getattr(kind, "described", None)
    return described or " ".join((kind.__doc__ or "").split())
