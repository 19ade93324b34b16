"""Archived sheets that Edusign told of: rows that settle before anybody looks at the sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select

from edusync.state.hint_table import hint
from edusync.state.tables import link
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime, timedelta

    from edusync.state.store import Store

_LONGEST = 6
"""How many times as long as one call lets a sheet settle, many calls do."""


class Hinted(NamedTuple):
    """A sheet that edusync brought, by the id of its session in the ERP."""

    connector: str
    account: str
    source_id: str


def sheets_called(store: Store, edusign_id: str) -> list[Hinted]:
    """Return the sheets of ours with an id of Edusign; accounts of one school may share one."""
    query = select(link.c.connector, link.c.account, link.c.source_id).where(
        link.c.edusign_id == edusign_id, link.c.kind == "course", ~link.c.manual
    )
    with store.reading() as connection:
        return [Hinted(*row) for row in connection.execute(query)]


def note_hint(store: Store, sheet: Hinted, now: datetime, settle: timedelta) -> bool:
    """Keep that a sheet is said to be archived; whether nobody had said so yet.

    A sheet of which it is said again settles anew, but not for ever.
    """
    mine = [column == value for column, value in zip(hint.primary_key, sheet, strict=True)]
    with store.writing() as connection:
        first = connection.execute(select(hint.c.first_at).where(*mine)).scalar()
        began = first or now
        settles_at = min(now + settle, began + _LONGEST * settle)
        row = {**sheet._asdict(), "first_at": began, "settles_at": settles_at}
        upsert(connection, hint, row)
    return first is None


def settled_hints(store: Store, now: datetime, connector: str | None = None) -> list[Hinted]:
    """Return the sheets that have settled, those of one connector or of all."""
    names = (hint.c.connector, hint.c.account, hint.c.source_id)
    query = select(*names).where(hint.c.settles_at <= now).order_by(*names)
    if connector is not None:
        query = query.where(hint.c.connector == connector)
    with store.reading() as connection:
        return [Hinted(*row) for row in connection.execute(query)]


def drop_settled(store: Store, connector: str, until: datetime) -> int:
    """Let go of what had settled by an instant; what was said again since then stays."""
    is_it = (hint.c.connector == connector, hint.c.settles_at <= until)
    with store.writing() as connection:
        return connection.execute(delete(hint).where(*is_it)).rowcount


def keep_hints_of(store: Store, connectors: Collection[str]) -> None:
    """Let go of what is known of any other connectors."""
    with store.reading() as connection:
        known = set(connection.execute(select(hint.c.connector).distinct()).scalars())
    for name in known.difference(connectors):
        with store.writing() as connection:
            connection.execute(delete(hint).where(hint.c.connector == name))
