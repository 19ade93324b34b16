"""The vocabulary: what a spec can say, as frozen values. Everything knows its place in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import TYPE_CHECKING, Any, Literal, Self

from edusync.spec.evaluate import guarded
from edusync.spec.scope import ScopeKeys
from edusync.transport.message import JSON

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from edusync.diagnostics import Location
    from edusync.spec.expressions import Expression
    from edusync.spec.formats import Format
    from edusync.spec.paths import Path
    from edusync.spec.upward import Writeback
    from edusync.transport.message import AnswerKind


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Label:
    """A text for a person, in English and French (ruling L9)."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Question:
    """Something to ask the school: a connection answer, an option or a filter."""

    name: str
    type: str
    label: Label
    help: Label | None
    optional: bool
    default: Any
    values: Mapping[str, Label]
    """The answers of a choice, with their labels."""
    drop_end: tuple[str, ...]
    asked_when: Expression | None
    per_account: bool
    choices: Choices | None
    must_exist_in: MustExist | None
    item: str
    reason: str | None
    alike: bool
    assumed: str | None
    place: Location

    @property
    def shown_default(self) -> str:
        """The default as a connector file would have it; the entries of a list by themselves."""
        if isinstance(self.default, bool):
            return str(self.default).lower()
        listed = self.default if isinstance(self.default, list) else [self.default]
        return ", ".join(
            f"{first}: {second}" if isinstance(entry, dict) else str(entry)
            for entry in listed
            for first, seconds in (entry.items() if isinstance(entry, dict) else [("", "")])
            for second in (seconds if isinstance(seconds, list) else [seconds])
        )

    def choices_in(self, lang: str, mark: str = "") -> list[str]:
        """Return the answers of a choice between marks.

        Each with its label where that says more.
        """
        return [
            f"{mark}{value}{mark}"
            + ("" if (said := getattr(label, lang)) == value else f" ({said})")
            for value, label in self.values.items()
        ]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Choices:
    """The list of the ERP that a filter chooses from, by its key.

    Labels are accepted and turned into ids.
    """

    resource: str
    id: Path
    label: Path


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class MustExist:
    """An answer that has to be found in a list of the ERP, by any of the paths."""

    resource: str
    on: tuple[Path, ...]
    code: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Payload:
    """Something that is sent: text with holes, or a tree of it.

    `render(row, names)` fills the holes. What is unknown is UNKNOWN where it stands in the tree;
    Unreadable is all that is ever raised.
    """

    render: Callable[[Any, Mapping[str, Any]], Any]
    parts: tuple[Expression, ...]

    @classmethod
    def of(cls, text: Expression) -> Self:
        """Return what one text sends."""
        return cls(text.run, (text,))

    @classmethod
    def made(
        cls, make: Callable[[Any, Mapping[str, Any]], Any], parts: Iterable[Expression]
    ) -> Self:
        """Return what is put together of several texts."""
        return cls(guarded(make), tuple(parts))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Call:
    """One thing asked of the ERP.

    Over HTTP (`verb` and `path`), or a SOAP operation with its arguments, or SQL with its values.
    """

    verb: str
    path: Payload
    query: Payload | None
    headers: Payload | None
    json: Payload | None
    form: Payload | None
    text: Payload | None
    xml: Payload | None
    basic: Payload | None
    answers: tuple[Verdict, ...]
    read: Mapping[str, Path]
    when: Expression | None
    place: Location
    answer: AnswerKind = JSON
    arguments: Payload | None = None
    statement: tuple[tuple[Expression | None, str], ...] = ()
    operation: str | None = None

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Every template of the call."""
        payloads = (
            self.path,
            self.query,
            self.headers,
            self.json,
            self.form,
            self.text,
            self.xml,
            self.basic,
            self.arguments,
        )
        conditions = tuple(when for when, _ in self.statement if when)
        return (*conditions, *(part for payload in payloads if payload for part in payload.parts))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Verdict:
    """One line of `answers`: when it is true, what the answer means."""

    when: Expression
    then: str
    code: str | None
    message: Payload | None
    place: Location


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Auth:
    """How to sign in, what to send each time, how to leave."""

    login: tuple[Call, ...] = ()
    send: Mapping[str, Payload] = field(default_factory=dict)
    expires_in: Path | None = None
    lasts: float | None = None
    logout: Call | None = None
    sign: str | None = None
    sign_with: Payload | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Limits:
    """How hard the ERP may be asked. Seconds and bytes."""

    at_once: int = 4
    connect: float = 10.0
    read: float = 60.0
    tries: int = 3
    per_second: float | None = None
    body: int = 64 * 1024 * 1024
    url_length: int | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Transport:
    """How to talk to the ERP."""

    kind: str
    base_url: Payload
    """The base URL of http, the WSDL of soap, the database of sql."""
    address: Payload | None
    charset: Payload | None
    host_key: Payload | None
    trim: bool
    auth: Auth
    headers: Payload | None
    lists: str
    answers: tuple[Verdict, ...]
    limits: Limits
    proxy: Payload | None
    ca: Payload | None
    probe: Call | None
    assumed: str | None
    place: Location
    hosts: Payload | None = None
    """Further hosts of the ERP, which may be asked and get the sign-in."""
    inner_hosts: Payload | None = None
    """Names of the ERP's host that are known inside the school only."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Value:
    """One thing taken or made from a row.

    `kind` is the source word: path, template, value, first_of, all_of, look_up, look_up_all, day,
    start, composite or function; `parts` are the values it is made of, by name.
    """

    kind: str
    place: Location
    path: Path | None = None
    template: Payload | None = None
    constant: Any = None
    parts: tuple[Value, ...] = ()
    look_up: LookUp | None = None
    function: str | None = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    zone: Value | None = None
    format: Format | None = None
    when: Expression | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class LookUp:
    """Find rows of another list.

    `by` of this row equals `on` of that one (its key when not said).
    """

    list: str
    by: Value
    on: Value | None
    where: Expression | None
    take: Value | None
    order: Path | None
    last: bool
    alike: bool
    missing: str
    again: Path | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ForEach:
    """What a list is asked for with: rows of lists, distinct values, or an expression's items."""

    lists: tuple[str, ...]
    values: tuple[tuple[str, Path], ...]
    items: Expression | None
    batch: int | None
    again: Path | None = None
    depth: int = 20


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Resource:
    """A list of rows. The fields stand in the order in which they act."""

    name: str
    when: Expression | None
    for_each: ForEach | None
    call: Call | None
    zipped: tuple[tuple[str, Call], ...]
    sources: tuple[str, ...]
    paging: Mapping[str, Any] | None
    items: Path
    inner: tuple[Path, AnswerKind] | None
    written_out: tuple[Mapping[str, Path], ...]
    shape: str
    columns: Mapping[str, str]
    formats: tuple[tuple[Path, Format, Location], ...]
    add: tuple[tuple[str, Value], ...]
    ignore: Expression | None
    filter_by: tuple[tuple[str, Value, Location], ...]
    drop: tuple[tuple[str, Expression, Location], ...]
    key: Value | None
    same_key: str
    gather: Mapping[str, Value]
    single: str | None
    optional: bool
    failing_call: str
    assumed: str | None
    place: Location

    @property
    def values(self) -> tuple[Value, ...]:
        """Every value of the list."""
        keys = (self.key,) if self.key else ()
        return (
            *(v for _, v in self.add),
            *(v for _, v, _ in self.filter_by),
            *self.gather.values(),
            *keys,
        )

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every expression over the rows of the list."""
        optional = (self.ignore,) if self.ignore else ()
        return (*optional, *(test for _, test, _ in self.drop))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Entity:
    """What the rows of a list mean to Edusign."""

    kind: str
    source: str
    ignore: Expression | None
    drop: tuple[tuple[str, Expression, Location], ...]
    fields: Mapping[str, Value]
    carry: Mapping[str, Value]
    also_known_as: tuple[Value, ...]
    assumed: str | None
    place: Location


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Adopt:
    """How a hand-made sheet is matched to a session of the ERP (D3)."""

    match: tuple[str, ...] = ("starts_at", "ends_at", "name")
    days_back: int = 7


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Rules:
    """Which items are valid and what happens to those that vanish."""

    student_email: str = "needed"
    student_needed: bool = True
    group_students_needed: bool = True
    professor_email_twice: str = "block_later"
    vanished: str = "delete"
    adopt: Adopt | None = Adopt()
    professor_credentials: Expression | None = None
    student_credentials: Expression | None = None
    report: Mapping[str, tuple[tuple[str, Expression, Location], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Slot:
    """A part of a day in which a run takes place, in Paris time.

    One that ends when it begins is a time of day.
    """

    begin: time
    end: time

    def __str__(self) -> str:
        said = f"{self.begin:%H:%M}"
        return said if self.begin == self.end else f"{said}-{self.end:%H:%M}"

    def overlaps(self, other: Slot) -> bool:
        """Whether two slots share a moment; one may begin when another ends."""
        first, second = sorted((self, other), key=lambda slot: slot.begin)
        return second.begin < first.end or first.begin == second.begin


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a connector runs, in Paris time, and how many days it looks ahead."""

    down: tuple[Slot, ...] = (Slot(time(11, 30), time(13, 30)), Slot(time(18), time(21)))
    up: tuple[Slot, ...] | Literal["with_down"] = (
        Slot(time(10, 30), time(10, 30)),
        Slot(time(20, 30), time(20, 30)),
    )
    window_days: int = 14

    @property
    def runs(self) -> str:
        """When planning comes down, in words."""
        return ", ".join(map(str, self.down))

    @property
    def goes_up(self) -> str:
        """When attendance goes up, in words."""
        return (
            "in the same runs" if self.up == "with_down" else f"at {', '.join(map(str, self.up))}"
        )


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Spec:
    """A whole spec, checked."""

    connector: str
    label: str
    file: str
    digest: str
    zone: str
    namespace: Payload | None
    connection: Mapping[str, Question]
    options: Mapping[str, Question]
    filters: Mapping[str, Question]
    schedule: Schedule
    transport: Transport
    formats: Mapping[str, Format]
    resources: Mapping[str, Resource]
    entities: Mapping[str, Entity]
    rules: Rules
    writeback: Writeback | None = None
    """None: this ERP has no way up."""
    assumed_formats: tuple[tuple[str, Location], ...] = ()
    scope: ScopeKeys = field(default_factory=ScopeKeys)
    """Which of the keys decide what comes down."""
    rare: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The names that some recorded rows of a list have and others lack, by list."""

    @property
    def assumed(self) -> tuple[tuple[str, Location], ...]:
        """Every fact that the spec takes for granted without evidence, with its place."""
        things: tuple[Any, ...] = (
            self.transport,
            *self.connection.values(),
            *self.options.values(),
            *self.filters.values(),
            *self.resources.values(),
            *self.entities.values(),
            *((self.writeback,) if self.writeback else ()),
        )
        return (
            *((thing.assumed, thing.place) for thing in things if thing.assumed),
            *self.assumed_formats,
        )
