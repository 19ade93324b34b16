"""Who else has a link of an item: accounts and connectors that share a school of Edusign."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import exists, select

from edusync.state.rename import dropped_name
from edusync.state.tables import link, run

if TYPE_CHECKING:
    from edusync.state.store import Store

GONE_AFTER = timedelta(weeks=10)
"""After how long without a run another connector counts as gone: the summer has nine weeks."""


class Holder(NamedTuple):
    """Another account, of this connector or another, that has a link of an item."""

    connector: str
    account: str
    runs: bool
    """Whether its connector ran in the last `GONE_AFTER`, however that ended, and still names it.

    Which accounts this connector has, its file says.
    """


def holders(
    store: Store, connector: str, account: str, kind: str, edusign_id: str | None = None
) -> dict[str, list[Holder]]:
    """Return who else has a link of the items of a kind, or of one of them, by Edusign id."""
    query = select(link.c.edusign_id, link.c.connector, link.c.account).where(
        link.c.kind == kind, (link.c.connector != connector) | (link.c.account != account)
    )
    if edusign_id is not None:
        query = query.where(link.c.edusign_id == edusign_id)
    with store.reading() as connection:
        rows = connection.execute(query).fetchall()
    runs = {who: _runs(store, *who) for who in {row[1:3] for row in rows}}
    found: dict[str, list[Holder]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Holder(*row[1:], runs[row[1:3]]))
    return found


def seats(store: Store, holder: Holder, edusign_id: str) -> set[str]:
    """Return whom a holder of a sheet has on it, by their ids on Edusign."""
    theirs = (link.c.connector == holder.connector, link.c.account == holder.account)
    sheet = select(link.c.members).where(
        *theirs, link.c.kind == "course", link.c.edusign_id == edusign_id
    )
    students = select(link.c.source_id, link.c.edusign_id).where(*theirs, link.c.kind == "student")
    with store.reading() as connection:
        members = {ref for found in connection.execute(sheet).scalars() for ref in found or ()}
        return {there for ref, there in connection.execute(students) if ref in members}


def _runs(store: Store, connector: str, account: str) -> bool:
    since = store.now() - GONE_AFTER
    lately = (run.c.connector == connector, run.c.direction == "down", run.c.started_at >= since)
    with store.reading() as connection:
        ran = connection.execute(select(exists().where(*lately))).scalar()
    return bool(ran) and account not in (store.setting(dropped_name(connector)) or [])
