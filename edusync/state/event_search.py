"""Find events of a connector across its runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Select, func, select

from edusync.state.tables import event, run

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from edusync.state.store import Store


class EventRow(NamedTuple):
    """An event with the run that left it."""

    run: str
    direction: str
    started_at: datetime
    account: str | None
    code: str
    severity: str
    kind: str | None
    source_id: str | None
    edusign_id: str | None
    field: str | None
    spec: str | None
    detail: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is None or empty narrows nothing."""

    connector: str
    runs: Collection[str] | None = None
    code: str | None = None
    kind: str | None = None
    source_id: str | None = None
    severities: Collection[str] = ()
    since: datetime | None = None
    until: datetime | None = None


_RUN = {"direction", "started_at"}
_COLUMNS = tuple((run if name in _RUN else event).c[name] for name in EventRow._fields)


def find_events(
    store: Store, wanted: Wanted, limit: int, offset: int = 0
) -> tuple[list[EventRow], int]:
    """Return some events, those of the newest run first, and how many there are.

    Beyond the end there is the last page of them: nobody is told that there are none.
    """
    query = _narrowed(select(*_COLUMNS), wanted).order_by(run.c.started_at.desc(), event.c.id)
    count = _narrowed(select(func.count()), wanted)
    with store.reading() as connection:
        total = int(connection.execute(count).scalar() or 0)
        if offset >= total:
            offset = max(0, total - 1) // limit * limit
        rows = connection.execute(query.limit(limit).offset(offset))
        return [EventRow(*row) for row in rows], total


def codes_named(store: Store, wanted: Wanted) -> dict[str, int]:
    """Return the codes of the events and how often each is named, the most frequent first."""
    times = func.count()
    query = _narrowed(select(event.c.code, times), wanted).group_by(event.c.code)
    with store.reading() as connection:
        rows = connection.execute(query.order_by(times.desc(), event.c.code))
        return {row[0]: row[1] for row in rows}


def named_items(store: Store, runs: Collection[str]) -> list[tuple[str, str, str]]:
    """Return the kind, account and source id of every item that some runs named."""
    query = (
        select(event.c.kind, func.coalesce(event.c.account, ""), event.c.source_id)
        .where(event.c.run.in_(runs), event.c.kind.is_not(None), event.c.source_id.is_not(None))
        .distinct()
    )
    with store.reading() as connection:
        return [(row[0], row[1], row[2]) for row in connection.execute(query)]


def _narrowed(query: Select[Any], wanted: Wanted) -> Select[Any]:
    query = query.select_from(event).join(run, run.c.id == event.c.run)
    query = query.where(run.c.connector == wanted.connector)
    for column, value in (
        (event.c.code, wanted.code),
        (event.c.kind, wanted.kind),
        (event.c.source_id, wanted.source_id),
    ):
        if value:
            query = query.where(column == value)
    if wanted.runs is not None:
        query = query.where(event.c.run.in_(wanted.runs))
    if wanted.severities:
        query = query.where(event.c.severity.in_(wanted.severities))
    if wanted.since is not None:
        query = query.where(run.c.started_at >= wanted.since)
    if wanted.until is not None:
        query = query.where(run.c.started_at < wanted.until)
    return query
