"""What Edusign refused for its data, so that it is not sent again before the data change."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select

from edusync.state.tables import refusal
from edusync.state.upsert import upsert

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from edusync.state.store import Store


class Refusal(NamedTuple):
    """One refusal: a keyed digest of what was sent, Edusign's words without people, and when."""

    content: str
    message: str
    at: datetime


def refusals(store: Store, connector: str, account: str) -> dict[tuple[str, str], Refusal]:
    """Return what was refused on an account, by kind and source id."""
    columns = (refusal.c.kind, refusal.c.source_id, refusal.c.content, refusal.c.message)
    query = select(*columns, refusal.c.at).where(
        refusal.c.connector == connector, refusal.c.account == account
    )
    with store.reading() as connection:
        return {(row[0], row[1]): Refusal(*row[2:]) for row in connection.execute(query)}


def note_refusal(
    store: Store, connector: str, account: str, item: tuple[str, str], noted: Refusal
) -> None:
    """Note that Edusign refused an item, in place of what was noted of it before."""
    kind, source_id = item
    with store.writing() as connection:
        upsert(
            connection,
            refusal,
            {
                "connector": connector,
                "account": account,
                "kind": kind,
                "source_id": source_id,
                "content": noted.content,
                "message": noted.message,
                "at": noted.at,
            },
        )


def forget_refusal(
    connection: Connection, connector: str, account: str, kind: str, source_id: str
) -> None:
    """Forget what was refused of an item: it stands on Edusign now."""
    connection.execute(
        delete(refusal).where(
            refusal.c.connector == connector,
            refusal.c.account == account,
            refusal.c.kind == kind,
            refusal.c.source_id == source_id,
        )
    )
