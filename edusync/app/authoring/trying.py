"""Try a spec and write nothing.

The rows of each list as sent, kept and dropped, and what they mean, each value with the line that
made it.
"""

from __future__ import annotations

from contextlib import closing, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.app.authoring.columns import is_read, read_at
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_edusign, open_source
from edusync.engine.map.mapper import KINDS, Mapper, Skipped
from edusync.engine.outcome import Report
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import names_in_scope
from edusync.engine.read.table import Dropped
from edusync.errors import UsageProblem
from edusync.model import Window
from edusync.spec.formats import Unreadable
from edusync.spec.reading import Reading as SpecReading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.scope import Direction
    from edusync.diagnostics import Location
    from edusync.engine.outcome import Outcome
    from edusync.engine.read.reading import Reading
    from edusync.engine.read.source import AnySource
    from edusync.engine.read.table import Row
    from edusync.registry import Registry
    from edusync.spec.tree import Resource, Spec


@dataclass(slots=True)
class TriedList:
    """What became of the rows of one list.

    `came` counts every row, those that were dropped in a list above included; `again` those that
    came before by their key; `calls` the requests that the rows came of. All that came was kept,
    dropped, ignored or came again.
    """

    name: str
    place: Location
    came: int = 0
    again: int = 0
    sent: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    problems: tuple[str, ...] = ()
    switched_off: bool = False
    reads: Callable[[str], bool] = lambda _path: True
    """Whether the spec reads what stands at a path of a row as it was sent."""
    uses: Callable[[str], bool] = lambda _path: True
    """Whether it reads what stands at a path of a row that was kept."""
    used_at: Callable[[str], Sequence[Location]] = lambda _path: ()
    """Where it reads what stands at a path of a row that was kept."""

    @property
    def ignored(self) -> int:
        """How many rows were ignored: they are no items at all."""
        return self.came - self.again - len(self.kept) - len(self.dropped)


@dataclass(frozen=True, slots=True)
class TriedItem:
    """One item, and each of its fields with the line of the spec that made it."""

    kind: str
    source_id: str
    fields: Sequence[tuple[str, Any, Location | None]]


@dataclass(frozen=True, slots=True)
class Tried:
    """Everything that was tried."""

    lists: Sequence[TriedList]
    items: Sequence[TriedItem]
    outcomes: Sequence[Outcome]
    persons: Sequence[Mapping[str, Any]]
    """The fields of everybody who was sent, those of rows that count for nothing included."""
    names: Mapping[str, Any] = field(default_factory=dict)
    """What texts may begin with: what the school answered, the window."""


class _Traced(Lists):
    """Lists that keep a copy of each row as it was sent, before any key of the spec acts on it."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.sent: dict[str, list[Row]] = {}
        self.came: dict[str, int] = {}
        self.left: dict[str, list[Row]] = {}
        self.gone: dict[str, list[Dropped]] = {}

    def rows_sent(self, reading: Reading) -> Iterator[Row | Dropped]:
        """Yield the rows of a list as they come, and keep a copy of each."""
        name = reading.resource.name
        copies = self.sent[name] = []
        self.came[name] = 0
        for row in super().rows_sent(reading):
            self.came[name] += 1
            if type(row) is not Dropped:
                copies.append(deepcopy(row))  # type: ignore[arg-type]  # the only other type
            yield row

    def _stream(self, resource: Resource) -> Iterator[Row | Dropped]:
        """Yield the rows of a list, and note what became of them."""
        left = self.left[resource.name] = []
        gone = self.gone[resource.name] = []
        for row in super()._stream(resource):
            if type(row) is Dropped:
                gone.append(row)
            else:
                left.append(row)  # type: ignore[arg-type]  # the only other type
            yield row


def try_spec(
    instance: Instance,
    registry: Registry,
    moment: Moment,
    *,
    only: str | None = None,
    direction: Direction | None = None,
    opened: Callable[..., AnySource] = open_source,
) -> Tried:
    """Read the lists of the first account and make the items of which they are the source.

    Only one of the lists when `only` says so, and only what one `direction` needs.

    `opened` opens the ERP.
    """
    spec, account = instance.spec, instance.accounts[0]
    if only is not None:
        _check_list(spec, only)
    report = Report(account.name)
    names = names_in_scope(account.answers, _window(instance, moment), moment.tools.watch)
    with (
        closing(opened(spec, names, moment.tools, registry.functions)) as source,
        closing(open_edusign(account, moment.tools)) as client,
    ):
        lists = _Traced(
            spec, source, names, report, registry.functions, singles=account.answers.singles
        )
        settle_scope(lists, client, direction)
        wanted = [only] if only is not None else _of_entities(lists)
        for name in wanted:
            lists.table(name)
        mapper = Mapper(lists, report)
        items = [
            _item(mapper, kind, item)
            for kind in KINDS
            if (entity := spec.entities.get(kind)) and entity.source in wanted
            for item in mapper.items(kind)
            if type(item) is not Skipped
        ]
        read = [name for name in spec.resources if name in lists.statuses]
        reading = SpecReading(spec)
        shown = [_tried(lists, name, reading) for name in (read if only is None else wanted)]
        return Tried(shown, items, report.outcomes, list(_persons(lists)), names)


def _check_list(spec: Spec, name: str) -> None:
    """Raise UsageProblem for a list that a spec does not have."""
    if name not in spec.resources:
        from edusync.diagnostics import did_you_mean

        raise UsageProblem(
            "RUN_USAGE",
            f"{spec.label} has no list '{name}'",
            did_you_mean(name, list(spec.resources)),
        )


def _window(instance: Instance, moment: Moment) -> Window:
    """Return the days that a run of the moment would look at."""
    return Window.around(
        moment.now,
        days=instance.schedule.window_days,
        days_back=instance.rules.adopt.days_back if instance.rules.adopt else 0,
        zone=ZoneInfo(instance.spec.zone),
    )


def _of_entities(lists: _Traced) -> list[str]:
    """Return the lists of what a run brings down."""
    return list(dict.fromkeys(one.source for one in lists.spec.items.values()))


def _tried(lists: _Traced, name: str, reading: SpecReading) -> TriedList:
    status = lists.statuses[name]
    row = reading.row_of(name)
    above = frozenset(reading.above(lists.spec.resources[name]))
    return TriedList(
        name,
        lists.spec.resources[name].place,
        lists.came.get(name, 0),
        status.again,
        lists.sent.get(name, []),
        lists.left.get(name, []),
        lists.gone.get(name, []),
        tuple(status.problems),
        status.switched_off,
        partial(is_read, seen=reading.sent.get(name, {}), above=above),
        partial(is_read, seen=row, above=above),
        partial(read_at, seen=row, above=above),
    )


def _persons(lists: _Traced) -> Iterator[Mapping[str, Any]]:
    for kind in ("professor", "student", "external"):
        entity = lists.spec.entities.get(kind)
        table = lists.read_tables.get(entity.source) if entity else None
        if entity is None or table is None:
            continue
        makes = {
            name: lists.compile(value)
            for name, value in entity.fields.items()
            if name in {"last_name", "first_name", "email", "phone", "badge"}
        }
        for row in (*table.rows, *(gone.row for gone in table.dropped)):
            fields = {}
            for name, make in makes.items():
                with suppress(Unreadable):
                    fields[name] = make(row, lists.names)
            yield fields


def _item(mapper: Mapper, kind: str, item: Any) -> TriedItem:
    entity = mapper.lists.spec.entities[kind]
    values = {name: getattr(item, _HELD_AS.get(name, name), _NOT_HELD) for name in entity.fields}
    return TriedItem(
        kind,
        item.source_id,
        [
            (name, value, entity.fields[name].place)
            for name, value in values.items()
            if value is not _NOT_HELD
        ],
    )


_HELD_AS = {"classroom_name": "classroom"}
_NOT_HELD = object()
