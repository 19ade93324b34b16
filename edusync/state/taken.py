"""What runs took away from Edusign: sheets that they deleted, seats on sheets and in groups.

It is noted before the write is sent: what was noted and never taken stands there still.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select

from edusync.state.tables import taken as table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from edusync.state.store import Store


class Taken(NamedTuple):
    """One sheet that was deleted, or one student who was taken off a sheet or out of a group.

    `of_kind` and `of_id` say which sheet or group a student was on; they are empty for a sheet.
    """

    account: str
    kind: str
    source_id: str
    of_kind: str = ""
    of_id: str = ""


def note_taken_away(store: Store, connector: str, run_id: str, rows: Iterable[Taken]) -> None:
    """Note what is about to be taken away by a run."""
    now = store.now()
    values = [{**row._asdict(), "connector": connector, "run": run_id, "at": now} for row in rows]
    if values:
        with store.writing() as connection:
            connection.execute(insert(table), values)


def taken_away(store: Store, connector: str, run_id: str) -> list[Taken]:
    """Return what a run took away, or was about to, in that order and each once."""
    columns = (table.c.account, table.c.kind, table.c.source_id, table.c.of_kind, table.c.of_id)
    query = (
        select(*columns)
        .where(table.c.connector == connector, table.c.run == run_id)
        .order_by(table.c.id)
    )
    with store.reading() as connection:
        return list(dict.fromkeys(Taken(*row) for row in connection.execute(query)))
