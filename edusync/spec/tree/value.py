"""One thing taken or made from a row: a class for each source word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edusync.diagnostics import Location
from edusync.spec.formats import Format
from edusync.spec.node import Node, place
from edusync.spec.texts import Expression, Path, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Node):
    """What all values may say: how they are read, and when there is one."""

    format: Format | None = None
    when: Expression | None = None
    optional: bool = False
    place: Location = place()


@dataclass(frozen=True, slots=True)
class PathValue(Value):
    """What stands in the row."""

    path: Path


@dataclass(frozen=True, slots=True)
class TemplateValue(Value):
    """Text made from the row."""

    template: Template


@dataclass(frozen=True, slots=True)
class EdusignId(Value):
    """Somebody or something that stands on Edusign already, by the id there."""

    template: Template


@dataclass(frozen=True, slots=True)
class Constant(Value):
    """The same for every row."""

    value: Any


@dataclass(frozen=True, slots=True)
class Composite(Value):
    """Several values as one; empty when one of them is."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class FirstOf(Value):
    """The first value that is not empty."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class AllOf(Value):
    """One flat list without empties and doubles."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Moment(Value):
    """A day and a time of day, in a zone."""

    day: Value
    time: Value
    zone: Value | None = None


@dataclass(frozen=True, slots=True)
class Later(Value):
    """A moment and a duration."""

    start: Value
    plus: Value


@dataclass(frozen=True, slots=True)
class LookUp(Value):
    """One row of another list: `by` of this row equals `on` of that one, its key when not said."""

    list: str
    by: Value
    on: Value | None = None
    where: Expression | None = None
    take: Value | None = None
    order: Path | None = None
    last: bool = False
    alike: bool = False
    missing: str = "report"


@dataclass(frozen=True, slots=True)
class LookUpAll(LookUp):
    """All rows of another list that match; with `again`, and those that these lead to."""

    again: Path | None = None


@dataclass(frozen=True, slots=True)
class FunctionValue(Value):
    """What a function that a plugin registers makes of other values."""

    function: str
    arguments: Mapping[str, Value]


def path_of(value: Value | None) -> Path | None:
    """Return the path of a value that is one, None for any other."""
    return value.path if isinstance(value, PathValue) else None
