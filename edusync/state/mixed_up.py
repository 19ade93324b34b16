"""What the ERP has something else under the id of, by kind and source id; nothing of it goes up.

Somebody else, or a session on another day than the sheet that was held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from edusync.state.tables import mixed_up as table

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from edusync.state.store import Store


def mixed_up(store: Store, connector: str, account: str) -> set[tuple[str, str]]:
    """Return what was found mixed up on an account by the last run on the way down."""
    query = select(table.c.kind, table.c.source_id).where(
        table.c.connector == connector, table.c.account == account
    )
    with store.reading() as connection:
        return {(kind, source_id) for kind, source_id in connection.execute(query)}


def note_mixed_up(
    store: Store, connector: str, account: str, refs: AbstractSet[tuple[str, str]]
) -> None:
    """Note what is mixed up on an account, in place of what was noted before."""
    ours = {"connector": connector, "account": account}
    rows = [{**ours, "kind": kind, "source_id": source_id} for kind, source_id in sorted(refs)]
    with store.writing() as connection:
        connection.execute(
            delete(table).where(table.c.connector == connector, table.c.account == account)
        )
        if rows:
            connection.execute(insert(table), rows)
