"""Which id people and groups had before they were linked anew.

Sheets and groups are noted with the ids of their people, so an old note is read with this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from edusync.state.tables import former

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from edusync.state.store import Store


def formers(store: Store, connector: str, account: str) -> dict[tuple[str, str], list[str]]:
    """Return all former ids of what was linked anew on an account, by kind and source id."""
    query = (
        select(former.c.kind, former.c.source_id, former.c.former_id)
        .where(former.c.connector == connector, former.c.account == account)
        .order_by(former.c.former_id.desc())
    )
    by_ref: dict[tuple[str, str], list[str]] = {}
    with store.reading() as connection:
        for kind, source_id, former_id in connection.execute(query):
            by_ref.setdefault((kind, source_id), []).append(former_id)
    return by_ref


def ids_now(store: Store, connector: str, account: str) -> dict[tuple[str, str], str]:
    """Return the id that people and groups of an account have now, by kind and each former id.

    A former id that somebody has now says nothing of another.
    """
    linked = store.fingerprints(connector, account)
    return {
        (kind, former_id): source_id
        for (kind, source_id), every in formers(store, connector, account).items()
        for former_id in every
        if former_id not in linked[kind]
    }


def note_former(connection: Connection, link: Mapping[str, Any], former_id: str) -> None:
    """Note the id that a person or group had, beside all those of before.

    A sheet is part of no other item.
    """
    if link["kind"] == "course":
        return
    known = {name: link[name] for name in ("connector", "account", "kind")}
    where = [former.c[name] == value for name, value in known.items()]
    either = former.c.former_id.in_((former_id, link["source_id"]))
    connection.execute(delete(former).where(*where, either))
    older = former.c.source_id == former_id
    connection.execute(update(former).where(*where, older).values(source_id=link["source_id"]))
    connection.execute(
        insert(former).values(**known, former_id=former_id, source_id=link["source_id"])
    )
