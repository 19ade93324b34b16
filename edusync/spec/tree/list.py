"""A list of rows: where it comes from, and what is done to each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal, get_args

from edusync.diagnostics import Location
from edusync.spec.formats import Format
from edusync.spec.forms import (
    ANYTHING,
    ANYWHERE,
    PATTERN_OF_OPERATION,
    TEXT,
    mapping,
    one_or_list,
    whole,
    with_meaning,
)
from edusync.spec.node import ASSUMED, Node, place, source
from edusync.spec.node import key as says
from edusync.spec.paging import Paging
from edusync.spec.payload import Payload
from edusync.spec.scopes import RUN
from edusync.spec.texts import WHOLE, CodeName, Expression, FilterName, ListName, Path
from edusync.spec.tree.call import Call
from edusync.spec.tree.rules import CONDITIONS, DROPS, IGNORED, Drop
from edusync.spec.tree.value import Value
from edusync.transport.message import AnswerKind

Shape = Literal["list", "keyed", "one", "list_or_keyed", "list_or_one"]
SHAPE: dict[str, Any] = {"type": "string", "enum": list(get_args(Shape))}
A_VALUE: dict[str, Any] = {"$ref": "#/$defs/value"}
SHEETS = "sheets"
"""The list that no spec declares: the sheets that go up, with source_id, starts_at, ends_at and the
students on them."""


@dataclass(frozen=True, slots=True)
class ForEach(Node):
    """What a list is asked for with: rows of lists, distinct values, or an expression's items."""

    plain: ClassVar[str] = "lists"

    lists: tuple[str, ...] = source(
        "One list, or several whose rows are combined.",
        name="rows",
        read_as=tuple[ListName, ...],
        default=(),
        schema=one_or_list("One list."),
    )
    values: tuple[tuple[str, Path], ...] = source(
        "list.path: distinct non-empty values of a list.",
        default=(),
        schema=one_or_list("One column, as list.path."),
    )
    items: Expression | None = source(
        "A list, such as filters.siteCodes or window.days.", default=None, scope=RUN
    )
    batch: int | None = source("So many values in one call: `batch`.", default=None, minimum=1)
    again: Path | None = source(
        "Ask again with what stands here in the rows that came, until nothing new comes.",
        default=None,
    )
    depth: int = source("How many times at most.", default=20, minimum=1)


@dataclass(frozen=True, slots=True)
class Inner(Node):
    """Documents inside of an answer."""

    at: Path = source(
        "Where its text stands, or the texts of several. A path into the answer.",
        schema={**TEXT, "minLength": 1},
    )
    answer: AnswerKind = source("What it is.", schema={"$ref": "#/$defs/answer"})


@dataclass(frozen=True, slots=True)
class ReadAs(Node):
    """A column that is read by a format."""

    path: Path
    format: Format
    place: Location = place()


@dataclass(frozen=True, slots=True)
class FilterBy(Node):
    """What a filter of the school is compared with."""

    named_by: ClassVar[str] = "name"
    plain: ClassVar[str] = "value"

    name: FilterName = source("The filter.")
    value: Value = source("What it is compared with.")
    place: Location = place()


@dataclass(frozen=True, slots=True)
class OrderBy(Node):
    """What rows are sorted by."""

    path: Path
    descending: bool = False
    place: Location = place()


@dataclass(frozen=True, slots=True)
class Merge(Node):
    """Several records of one person, or of one thing, that become one row."""

    by: Value = source("What the records of one have in common, such as an e-mail.")
    keep: Literal["first", "last"] = source(
        "Which of them is kept; what is empty there is taken from the others, the nearest first.",
        default="first",
    )
    place: Location = place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource(Node):
    """A list of rows, made from a call or from other lists. The keys act in this order."""

    name: str
    when: Expression | None = says(
        "When false the list has no rows, and that is complete.", default=None, scope=RUN
    )
    sources: tuple[str, ...] = says(
        "The list whose rows these are, or are taken out of; several are a union.",
        name="from",
        read_as=tuple[ListName, ...],
        default=(),
        schema=one_or_list("One list."),
    )
    rows: Expression | Payload | None = says(
        "The rows themselves, without any call: an expression such as filters.sites or "
        "options.rooms, or rows written out. A plain value stands under `value`.",
        default=None,
        schema={
            "type": ["string", "array"],
            "minLength": 1,
            "items": with_meaning(f"One row. {ANYWHERE}", ANYTHING),
        },
    )
    for_each: ForEach | None = says(
        "Ask once for each: rows of a list, distinct values, or the items of an expression.",
        default=None,
        type=["string", "object"],
    )
    call: Call | None = None
    zipped: tuple[tuple[str, Call], ...] = says(
        "SOAP: several operations over the same batch, with the same `arguments`; their answers "
        "are parallel arrays, put together place by place. `parent` of a row is what was asked "
        "with.",
        name="zip",
        names=True,
        default=(),
        schema=mapping(
            "One column: the operation, as Port.Operation.",
            {**TEXT, "pattern": PATTERN_OF_OPERATION},
            minProperties=1,
        ),
    )
    failing_call: Literal["stop", "skip"] = says(
        "What a failed call of a `for_each` does: stop leaves the list unknown, skip only the rows "
        "of that one.",
        default="stop",
    )
    inner: Inner | None = says(
        "A document inside the answer, such as XML in CDATA or a calendar in a field; `items` and "
        "paging read the inner one.",
        default=None,
    )
    paging: Paging | None = says("", default=None, schema={"$ref": "#/$defs/paging"})
    items: Path = says(
        "Where the rows stand, the whole answer when not said; or rows written out as name to "
        "path.",
        default=WHOLE,
        schema={
            "type": ["string", "array"],
            "items": with_meaning(
                "One row: name to path.", mapping("The path of one column.", TEXT)
            ),
        },
    )
    written_out: tuple[Mapping[str, Path], ...] = ()
    shape: Shape = says("How the rows come; as `transport.shape` says when not said.", schema=SHAPE)
    columns: Mapping[str, str] = says(
        "Name to the literal name of the ERP, dots and accents included; with it, only these are "
        "kept. Of CSV and Excel a place may stand there, too: `E-mail#2` is the second of several "
        "columns called E-mail, `#5` the fifth of all.",
        names=True,
        factory=dict,
        each="The name in the ERP.",
    )
    formats: tuple[ReadAs, ...] = says(
        "Path to format: read at the door, from here on a row holds dates and flags.",
        name="as",
        names=True,
        default=(),
        schema=mapping("A format.", TEXT),
    )
    add: tuple[tuple[str, Value], ...] = says(
        "Further columns; a later one may use an earlier one.",
        names=True,
        default=(),
        schema={"type": "object", "additionalProperties": A_VALUE},
    )
    ignore: Expression | None = says(
        "Not an item at all when true; counted, no event. Under reason codes, as in `drop`, each "
        "row is told in an event.",
        default=None,
        schema=IGNORED,
    )
    ignore_drops: tuple[Drop, ...] = ()
    filter_by: tuple[FilterBy, ...] = says(
        "Filter to value: the row is dropped with the filter's reason when it does not match.",
        default=(),
        schema={"type": "object", "additionalProperties": A_VALUE},
    )
    drop: tuple[Drop, ...] = says(DROPS, default=(), schema=CONDITIONS)
    order_by: tuple[OrderBy, ...] = says(
        "Sort the rows that are left by this: a path, or several; one with - in front has the "
        "greatest first. What is empty comes first, and rows that are equal stay as they came.",
        default=(),
        schema={
            "type": ["string", "array"],
            "minLength": 1,
            "minItems": 1,
            "items": with_meaning("One path.", {**TEXT, "minLength": 1}),
        },
    )
    key: Value | None = says(
        "What tells the rows apart. With a format of numbers, as in {path: id, as: number}, ids "
        "are numbers, and go back to the ERP as such.",
        default=None,
    )
    same_key: Literal["report", "first", "first_reported", "gather"] = says(
        "What a second row with the same key means: report (the read counts as incomplete), first "
        "(keep the first in silence), first_reported (keep the first and report it; the read stays "
        "whole), or gather values of all into lists.",
        default="report",
        schema=whole(
            {
                "gather": with_meaning(
                    "Name to value: a list of distinct values.",
                    {"type": "object", "additionalProperties": A_VALUE},
                )
            },
            "gather",
            kind=["string", "object"],
            **{"if": TEXT, "then": {"enum": ["report", "first", "first_reported"]}},
        ),
    )
    gather: Mapping[str, Value] = field(default_factory=dict)
    merge: Merge | None = says(
        "Make one row of all that are alike in `by`. `merged` of it holds the keys of all of them, "
        "and whoever refers to one of them means the row that is kept.",
        default=None,
    )
    single: CodeName | None = says(
        "Exactly one row must be left, else the run stops with this code where `the.<list>`, which "
        "is the row, is read.",
        default=None,
    )
    optional: bool = says(
        "May be forbidden on a site; what it feeds is then unknown.", default=False
    )
    assumed: str | None = says(ASSUMED, default=None)
    place: Location = place()

    @property
    def ignores(self) -> tuple[Expression, ...]:
        """Every condition under which a row is no item at all."""
        plain = (self.ignore,) if self.ignore is not None else ()
        return (*plain, *(condition.test for condition in self.ignore_drops))
