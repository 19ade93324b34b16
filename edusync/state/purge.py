"""Take away what is older than it has to be, or all that is kept of a connector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from edusync.errors import UsageProblem
from edusync.state.lock import locked
from edusync.state.rename import OWN, forgotten_prefix, settings_of
from edusync.state.tables import (
    episode,
    event,
    lease,
    link,
    pause,
    quarantine,
    run,
    setting,
    slot,
    taken,
)
from edusync.state.visitors import see_no_more
from edusync.state.web_tables import act, session, ticket, weekly

if TYPE_CHECKING:
    from datetime import datetime

    from edusync.state.store import Store

_KEPT = 50
"""Runs of a direction that are kept whatever their age: the next run looks at them."""


def purge_older(store: Store, before: datetime) -> int:
    """Delete events, slots, runs and acts from before an instant; return how many rows that were.

    The last runs of each direction stay, since the next run goes on from them; so do links.
    """
    place = func.row_number().over(
        partition_by=(run.c.connector, run.c.direction), order_by=run.c.started_at.desc()
    )
    ranked = select(run.c.id, run.c.started_at, place.label("place")).subquery()
    old = select(ranked.c.id).where(ranked.c.place > _KEPT, ranked.c.started_at < before)
    events = select(run.c.id).where(run.c.started_at < before)
    with store.writing() as connection:
        return sum(
            connection.execute(query).rowcount
            for query in (
                delete(event).where(event.c.run.in_(events)),
                delete(taken).where(taken.c.at < before),
                delete(run).where(run.c.id.in_(old)),
                delete(slot).where(slot.c.ends_at < before, slot.c.state != "running"),
                delete(act).where(act.c.at < before),
                delete(session).where(session.c.until < before),
                delete(ticket).where(ticket.c.until < before),
            )
        )


def purge_connector(store: Store, connector: str, *, secrets: bool = False) -> int:
    """Delete everything that is kept of a connector; return how many links that were.

    UsageProblem when nothing is kept of it, `secrets` neither. Guarded with RUN_BUSY while it runs.
    """
    with locked(store, connector), store.writing() as connection:
        runs = select(run.c.id).where(run.c.connector == connector)
        accounts = connection.execute(
            select(link.c.account).where(link.c.connector == connector).distinct()
        ).scalars()
        names = settings_of(connector, list(accounts))
        count = 0
        deleted = connection.execute(delete(event).where(event.c.run.in_(runs))).rowcount
        for table in (*OWN, run, slot, quarantine, pause, episode, act, weekly):
            query = delete(table).where(table.c.connector == connector)
            rows = connection.execute(query).rowcount
            deleted += rows
            count += rows if table is link else 0
        connection.execute(delete(setting).where(setting.c.name.in_(names)))
        marks = setting.c.name.startswith(forgotten_prefix(connector), autoescape=True)
        connection.execute(delete(setting).where(marks))
        connection.execute(delete(lease).where(lease.c.connector == connector))
        see_no_more(connection, connector)
    if not deleted and not secrets:
        raise UsageProblem(
            "RUN_USAGE", f"the store has nothing of '{connector}'", "see `edusync status`"
        )
    return count
