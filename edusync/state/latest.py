"""The last runs of every connector, and what they named: for looking at a fleet."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import and_, func, select

from edusync.state.runs import AT_ONCE, ONE_ITEM
from edusync.state.tables import event, run, slot

if TYPE_CHECKING:
    from collections.abc import Collection

    from edusync.state.slots import SlotRow
    from edusync.state.store import Store


class LastRun(NamedTuple):
    """The last run of a direction of a connector that ended."""

    id: str
    connector: str
    direction: str
    started_at: datetime
    status: str
    plan_id: str | None


class Named(NamedTuple):
    """How often the last run of a direction named a code, and one id of the ERP that it named."""

    connector: str
    direction: str
    code: str
    times: int
    source_id: str | None


def _is_last(connectors: Collection[str] | None = None) -> tuple[Any, Any]:
    """Return the last run of each direction as a subquery, and what joins it with the runs.

    What a run of some items left open, the next one that looks at all of them names.
    """
    query = select(run.c.connector, run.c.direction, func.max(run.c.started_at).label("started_at"))
    whole = (run.c.status != "running", run.c.direction.not_in((ONE_ITEM, AT_ONCE)))
    query = query.where(*whole).group_by(run.c.connector, run.c.direction)
    if connectors is not None:
        query = query.where(run.c.connector.in_(connectors))
    last = query.subquery()
    names = ("connector", "direction", "started_at")
    return last, and_(*(run.c[name] == last.c[name] for name in names))


def last_runs(
    store: Store, connectors: Collection[str] | None = None
) -> dict[tuple[str, str], LastRun]:
    """Return the last run of each connector and direction, or those of some connectors."""
    query = select(*(run.c[name] for name in LastRun._fields)).join(*_is_last(connectors))
    with store.reading() as connection:
        return {(row[1], row[2]): LastRun(*row) for row in connection.execute(query)}


def named_last(
    store: Store, codes: Collection[str], connectors: Collection[str] | None = None
) -> list[Named]:
    """Return which of some codes the last runs named, those of some connectors or of all."""
    query = (
        select(
            run.c.connector,
            run.c.direction,
            event.c.code,
            func.count(),
            func.min(event.c.source_id),
        )
        .join(*_is_last(connectors))
        .join(event, event.c.run == run.c.id)
        .where(event.c.code.in_(codes))
        .group_by(run.c.connector, run.c.direction, event.c.code)
        .order_by(run.c.connector, run.c.direction, event.c.code)
    )
    with store.reading() as connection:
        return [Named(*row) for row in connection.execute(query)]


def last_slots(store: Store) -> dict[tuple[str, str], SlotRow]:
    """Return the last slot of each connector and direction that is over."""
    from edusync.state.slots import SlotRow

    over = ("done", "failed", "missed")
    last = (
        select(slot.c.connector, slot.c.direction, func.max(slot.c.starts_at).label("starts_at"))
        .where(slot.c.state.in_(over))
        .group_by(slot.c.connector, slot.c.direction)
        .subquery()
    )
    query = select(*(slot.c[name] for name in SlotRow._fields)).join(
        last,
        and_(
            slot.c.connector == last.c.connector,
            slot.c.direction == last.c.direction,
            slot.c.starts_at == last.c.starts_at,
        ),
    )
    with store.reading() as connection:
        return {(row[0], row[1]): SlotRow(*row) for row in connection.execute(query)}
