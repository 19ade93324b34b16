"""The last runs of every connector, and what they named: for looking at a fleet."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import and_, func, select

from edusync.state.runs import ONE_ITEM
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


_LAST = (
    select(run.c.connector, run.c.direction, func.max(run.c.started_at).label("started_at"))
    .where(run.c.status != "running", run.c.direction != ONE_ITEM)
    .group_by(run.c.connector, run.c.direction)
    .subquery()
)
_IS_LAST = and_(
    run.c.connector == _LAST.c.connector,
    run.c.direction == _LAST.c.direction,
    run.c.started_at == _LAST.c.started_at,
)


def last_runs(store: Store) -> dict[tuple[str, str], LastRun]:
    """Return the last run of each connector and direction."""
    query = select(*(run.c[name] for name in LastRun._fields)).join(_LAST, _IS_LAST)
    with store.reading() as connection:
        return {(row[1], row[2]): LastRun(*row) for row in connection.execute(query)}


def named_last(store: Store, codes: Collection[str]) -> list[Named]:
    """Return which of some codes the last runs named."""
    query = (
        select(
            run.c.connector,
            run.c.direction,
            event.c.code,
            func.count(),
            func.min(event.c.source_id),
        )
        .join(_LAST, _IS_LAST)
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
