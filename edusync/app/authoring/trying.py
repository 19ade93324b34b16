"""Try a spec and write nothing.

The rows of each list as sent, kept and dropped, and what they mean, each value with the line that
made it.
"""

from __future__ import annotations

from contextlib import closing, suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_source
from edusync.engine.map.mapper import KINDS, Mapper, Skipped
from edusync.engine.outcome import Report
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import names_in_scope
from edusync.engine.read.table import Dropped
from edusync.errors import UsageProblem
from edusync.model import Window
from edusync.spec.formats import Unreadable
from edusync.target.client import EdusignClient

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
    from edusync.spec.tree import Spec


@dataclass(slots=True)
class TriedList:
    """What became of the rows of one list. `ignored` counts those that are no items at all."""

    name: str
    place: Location
    sent: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    problems: tuple[str, ...] = ()
    switched_off: bool = False

    @property
    def ignored(self) -> int:
        """How many rows were ignored, met twice or gathered into others."""
        return max(len(self.sent) - len(self.kept) - len(self.dropped), 0)


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


class _Traced(Lists):
    """Lists that keep a copy of each row as it was sent, before any key of the spec acts on it."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.sent: dict[str, list[Row]] = {}

    def rows_sent(self, reading: Reading) -> Iterator[Row | Dropped]:
        """Yield the rows of a list as they come, and keep a copy of each."""
        kept = self.sent.setdefault(reading.resource.name, [])
        for row in super().rows_sent(reading):
            if type(row) is not Dropped:
                kept.append(deepcopy(row))  # type: ignore[arg-type]  # the only other type
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
        closing(
            EdusignClient(
                account.base_url, account.api_key, per_minute=480, sleep=moment.tools.sleep
            )
        ) as client,
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
        shown = [_tried(lists, name) for name in (read if only is None else wanted)]
        return Tried(shown, items, report.outcomes, list(_persons(lists)))


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


def _tried(lists: _Traced, name: str) -> TriedList:
    status, table = lists.statuses[name], lists.kept.get(name)
    found = TriedList(
        name,
        lists.spec.resources[name].place,
        lists.sent.get(name, []),
        problems=tuple(status.problems),
        switched_off=status.switched_off,
    )
    if table is not None:
        found.kept, found.dropped = table.rows, table.dropped
    return found


def _persons(lists: _Traced) -> Iterator[Mapping[str, Any]]:
    for kind in ("professor", "student", "external"):
        entity = lists.spec.entities.get(kind)
        table = lists.kept.get(entity.source) if entity else None
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
    names = [name for name in entity.fields if hasattr(item, name)]
    return TriedItem(
        kind,
        item.source_id,
        [(name, getattr(item, name), entity.fields[name].place) for name in names],
    )
