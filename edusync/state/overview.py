"""What an overview of many connectors reads: their runs of some days, and what these did."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from edusync.state.tables import event, run

if TYPE_CHECKING:
    from collections.abc import Collection

    from edusync.state.store import Store


class ShortRun(NamedTuple):
    """A run, without what it counted."""

    id: str
    connector: str
    direction: str
    started_at: datetime
    finished_at: datetime | None
    status: str


class Tally(NamedTuple):
    """How often a run named a code of a kind of item."""

    run: str
    code: str
    severity: str
    kind: str | None
    times: int


def short_runs(store: Store, connectors: Collection[str], since: datetime) -> list[ShortRun]:
    """Return the runs of some connectors since an instant, in their order."""
    query = (
        select(*(run.c[name] for name in ShortRun._fields))
        .where(run.c.connector.in_(connectors), run.c.started_at >= since)
        .order_by(run.c.started_at)
    )
    with store.reading() as connection:
        return [ShortRun(*row) for row in connection.execute(query)]


def tallies(store: Store, runs: Collection[str]) -> list[Tally]:
    """Return what runs named, counted."""
    names = (event.c.run, event.c.code, event.c.severity, event.c.kind)
    query = select(*names, func.count()).where(event.c.run.in_(runs)).group_by(*names)
    with store.reading() as connection:
        return [Tally(*row) for row in connection.execute(query)]
