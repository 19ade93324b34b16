"""Who else has a link of an item: accounts and connectors that share a school of Edusign.

Another Edusign, as each sandbox is one, may have something else under the same id. So a link counts
only where the address and the school may be the same: what is not known of one may be.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import exists, select

from edusync.state.rename import address_name, dropped_name, school_name
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
    rows = [
        row
        for row in _links_there(store, connector, account, kind, edusign_id)
        if row[1:] != (connector, account)
    ]
    runs = {who: _runs(store, *who) for who in {row[1:] for row in rows}}
    by_id: dict[str, list[Holder]] = {}
    for row in rows:
        by_id.setdefault(row[0], []).append(Holder(*row[1:], runs[row[1:]]))
    return by_id


def is_of_another(store: Store, connector: str, account: str, kind: str, edusign_id: str) -> bool:
    """Whether another connector, and not this one, has a link of an item."""
    connectors = {row[1] for row in _links_there(store, connector, account, kind, edusign_id)}
    return bool(connectors) and connector not in connectors


def linked(store: Store, connector: str, account: str, kind: str) -> set[str]:
    """Return the Edusign ids of everything of a kind that anybody has a link of."""
    return {row[0] for row in _links_there(store, connector, account, kind)}


def seats(store: Store, holder: Holder, edusign_id: str) -> set[str]:
    """Return whom a holder of a sheet has on it, by their ids on Edusign."""
    theirs = (link.c.connector == holder.connector, link.c.account == holder.account)
    sheet = select(link.c.members).where(
        *theirs, link.c.kind == "course", link.c.edusign_id == edusign_id
    )
    students = select(link.c.source_id, link.c.edusign_id).where(*theirs, link.c.kind == "student")
    with store.reading() as connection:
        members = {ref for refs in connection.execute(sheet).scalars() for ref in refs or ()}
        return {student_id for ref, student_id in connection.execute(students) if ref in members}


def _links_there(
    store: Store, connector: str, account: str, kind: str, edusign_id: str | None = None
) -> list[tuple[str, str, str]]:
    """Return Edusign id, connector and account of the links on the Edusign of an account."""
    query = select(link.c.edusign_id, link.c.connector, link.c.account).where(link.c.kind == kind)
    if edusign_id is not None:
        query = query.where(link.c.edusign_id == edusign_id)
    with store.reading() as connection:
        rows = [(row[0], row[1], row[2]) for row in connection.execute(query)]
    here = _place(store, connector, account)
    everybody = {row[1:] for row in rows}
    near = {
        who for who in everybody if who == (connector, account) or _may_be_one(store, who, here)
    }
    return [row for row in rows if row[1:] in near]


def _place(store: Store, connector: str, account: str) -> tuple[str | None, str | None]:
    """Return the address and the school of an account as the last run down knew them."""
    names = (address_name(connector, account), school_name(connector, account))
    return store.setting(names[0]), store.setting(names[1])


def _may_be_one(store: Store, who: tuple[str, str], here: tuple[str | None, str | None]) -> bool:
    other_place = _place(store, *who)
    return all(
        None in {mine, other} or mine == other
        for mine, other in zip(here, other_place, strict=True)
    )


def _runs(store: Store, connector: str, account: str) -> bool:
    since = store.now() - GONE_AFTER
    lately = (run.c.connector == connector, run.c.direction == "down", run.c.started_at >= since)
    with store.reading() as connection:
        ran = connection.execute(select(exists().where(*lately))).scalar()
    return bool(ran) and account not in (store.setting(dropped_name(connector)) or [])
