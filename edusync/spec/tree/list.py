"""A list of rows: where it comes from, and what is done to each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edusync.diagnostics import Location
from edusync.spec.formats import Format
from edusync.spec.node import Node, place
from edusync.spec.paging import Paging
from edusync.spec.texts import Expression, Path
from edusync.spec.tree.call import Call
from edusync.spec.tree.rules import Drop
from edusync.spec.tree.value import Value
from edusync.transport.message import AnswerKind


@dataclass(frozen=True, slots=True)
class ForEach(Node):
    """What a list is asked for with: rows of lists, distinct values, or an expression's items."""

    lists: tuple[str, ...]
    values: tuple[tuple[str, Path], ...]
    items: Expression | None
    batch: int | None
    again: Path | None = None
    depth: int = 20


@dataclass(frozen=True, slots=True)
class Inner(Node):
    """Documents inside of an answer: where they stand, and what they promise to be."""

    at: Path
    answer: AnswerKind


@dataclass(frozen=True, slots=True)
class ReadAs(Node):
    """A column that is read by a format."""

    path: Path
    format: Format
    place: Location = place()


@dataclass(frozen=True, slots=True)
class FilterBy(Node):
    """What a filter of the school is compared with."""

    name: str
    value: Value
    place: Location = place()


@dataclass(frozen=True, slots=True)
class Resource(Node):
    """A list of rows. The fields stand in the order in which they act."""

    name: str
    when: Expression | None
    for_each: ForEach | None
    call: Call | None
    zipped: tuple[tuple[str, Call], ...]
    sources: tuple[str, ...]
    paging: Paging | None
    items: Path
    inner: Inner | None
    written_out: tuple[Mapping[str, Path], ...]
    shape: str
    columns: Mapping[str, str]
    formats: tuple[ReadAs, ...]
    add: tuple[tuple[str, Value], ...]
    ignore: Expression | None
    filter_by: tuple[FilterBy, ...]
    drop: tuple[Drop, ...]
    key: Value | None
    same_key: str
    gather: Mapping[str, Value]
    single: str | None
    optional: bool
    failing_call: str
    assumed: str | None
    place: Location = place()

    @property
    def values(self) -> tuple[Value, ...]:
        """Every value of the list."""
        keys = (self.key,) if self.key else ()
        return (
            *(v for _, v in self.add),
            *(by.value for by in self.filter_by),
            *self.gather.values(),
            *keys,
        )

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression over the rows of the list."""
        optional = (self.ignore,) if self.ignore else ()
        return (*optional, *(drop.test for drop in self.drop))
