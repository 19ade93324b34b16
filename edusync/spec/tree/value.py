"""One thing taken or made from a row: a class for each source word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from edusync.diagnostics import Location
from edusync.spec.formats import Format
from edusync.spec.forms import TEXT
from edusync.spec.node import Node, key, place, source
from edusync.spec.scopes import JOINED
from edusync.spec.texts import Expression, FunctionName, ListName, Path, Template


@dataclass(frozen=True, slots=True, kw_only=True)
class Value(Node):
    """One thing taken or made from a row.

    It is a path, a list of paths (one composite value), or exactly one source word with its keys.
    """

    defined: ClassVar[str] = "value"
    described: ClassVar[str] = (
        "One thing taken or made from a row: a path, a list of paths (one composite value, such as "
        "36/7712), or exactly one source word with its keys."
    )
    word: ClassVar[str] = ""
    """The source word, nothing for a value that is a list of values."""

    format: Format | None = key("The format that reads it.", name="as", default=None)
    when: Expression | None = key("Empty unless this is true.", default=None)
    optional: bool = key("May be absent from every row.", default=False)
    place: Location = place()


@dataclass(frozen=True, slots=True)
class PathValue(Value):
    """What stands in the row."""

    word: ClassVar[str] = "path"

    path: Path = source("What stands there.")


@dataclass(frozen=True, slots=True)
class TemplateValue(Value):
    """Text made from the row."""

    word: ClassVar[str] = "template"

    template: Template = source("Text made from `row.…`.", schema=TEXT)


@dataclass(frozen=True, slots=True)
class Constant(Value):
    """The same for every row."""

    not_written: ClassVar[frozenset[str]] = frozenset({"optional"})
    word: ClassVar[str] = "value"

    value: Any = source("A constant.")


@dataclass(frozen=True, slots=True)
class FirstOf(Value):
    """The first value that is not empty."""

    word: ClassVar[str] = "first_of"

    parts: tuple[Value, ...] = source(
        "The first value that is not empty.", name="first_of", minItems=1
    )


@dataclass(frozen=True, slots=True)
class AllOf(Value):
    """One flat list without empties and doubles."""

    word: ClassVar[str] = "all_of"

    parts: tuple[Value, ...] = source(
        "One flat list without empties and doubles.", name="all_of", minItems=1
    )


@dataclass(frozen=True, slots=True)
class LookUp(Value):
    """One row of another list: `by` of this row equals `on` of that one."""

    word: ClassVar[str] = "look_up"

    list: ListName = source(
        "One row of this list; several that do not say the same are unknown.", name="look_up"
    )
    by: Value = source("What this row is matched by.")
    on: Value | None = key("What the other row is matched on; its key when not said.", default=None)
    where: Expression | None = key(
        "About `mine` and `theirs`: which of the matching rows count.", default=None, scope=JOINED
    )
    take: Value | None = key(
        "What is taken of the row found; the whole row when not said.", default=None
    )
    first_by: Path | None = key("Of several, the one with the smallest.", default=None)
    last_by: Path | None = key("Of several, the one with the greatest.", default=None)
    alike: bool = key("Match without case and accents.", default=False)
    missing: Literal["report", "ok"] = key(
        "`look_up`: what it means when nothing is found.", default="report"
    )

    @property
    def order(self) -> Path | None:
        """What several rows are sorted by."""
        return self.first_by or self.last_by

    @property
    def last(self) -> bool:
        """Whether the greatest comes first."""
        return self.first_by is None and self.last_by is not None


@dataclass(frozen=True, slots=True)
class LookUpAll(LookUp):
    """All rows of another list that match; with `again`, and those that these lead to."""

    not_written: ClassVar[frozenset[str]] = frozenset({"missing"})
    """None at all is an answer, too."""
    word: ClassVar[str] = "look_up_all"

    list: ListName = source("All matching rows of this list, in order.", name="look_up_all")
    again: Path | None = key(
        "Go on with what stands here in the rows found, until nothing new is found.", default=None
    )


@dataclass(frozen=True, slots=True)
class Moment(Value):
    """A day and a time of day, in a zone."""

    word: ClassVar[str] = "day"

    day: Value = source("A date; with `time` it makes a moment.")
    time: Value = source("A time of day.")
    zone: Value | None = key(
        "The zone of day and time; that of the spec when not said.", default=None
    )


@dataclass(frozen=True, slots=True)
class Later(Value):
    """A moment and a duration."""

    word: ClassVar[str] = "start"

    start: Value = source("A moment; with `plus` it makes another.")
    plus: Value = source("A duration.")


@dataclass(frozen=True, slots=True)
class EdusignId(Value):
    """Somebody or something that stands on Edusign already, by the id there."""

    not_written: ClassVar[frozenset[str]] = frozenset({"as"})
    word: ClassVar[str] = "edusign_id"

    template: Template = source(
        "Somebody or something that stands on Edusign already, by the id there. Text with holes.",
        name="edusign_id",
        schema={**TEXT, "minLength": 1},
    )


@dataclass(frozen=True, slots=True)
class FunctionValue(Value):
    """What a function that a plugin registers makes of other values."""

    word: ClassVar[str] = "function"

    function: FunctionName = source("A pure function that a plugin registers.")
    arguments: Mapping[str, Value] = source("What the function gets, by name.", factory=dict)


@dataclass(frozen=True, slots=True)
class Composite(Value):
    """Several values as one; empty when one of them is."""

    parts: tuple[Value, ...]


SOURCES: tuple[type[Value], ...] = (
    PathValue,
    TemplateValue,
    Constant,
    FirstOf,
    AllOf,
    LookUp,
    LookUpAll,
    Moment,
    Later,
    EdusignId,
    FunctionValue,
)
"""The values that a source word makes, in the order of the schema."""


def path_of(value: Value | None) -> Path | None:
    """Return the path of a value that is one, None for any other."""
    return value.path if isinstance(value, PathValue) else None
