"""What people did in the console: who, when, with which connector, and how it ended."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import insert, select, update

from edusync.state.web_tables import act, user

if TYPE_CHECKING:
    from edusync.state.store import Store


class Act(NamedTuple):
    """One thing that somebody did; `who` is None when they are not there any more."""

    id: int
    at: datetime
    connector: str | None
    what: str
    detail: str | None
    status: str | None
    code: str | None
    who: str | None


def note_act(
    store: Store,
    user_id: str,
    what: str,
    *,
    connector: str | None = None,
    detail: str | None = None,
    status: str | None = "success",
) -> int:
    """Write what somebody does; return its number, to say later how it ended."""
    row = {
        "at": store.now(),
        "connector": connector,
        "user": user_id,
        "what": what,
        "detail": detail,
        "status": status,
    }
    with store.writing() as connection:
        key = connection.execute(insert(act).values(row)).inserted_primary_key
        return int(key[0]) if key is not None else 0


def end_act(store: Store, number: int, status: str, code: str | None) -> None:
    """Write how something ended that took its time."""
    with store.writing() as connection:
        connection.execute(update(act).where(act.c.id == number).values(status=status, code=code))


def acts_of(store: Store, connector: str | None, limit: int = 20) -> list[Act]:
    """Return what people did with a connector, the newest first; of None what is about none."""
    query = (
        select(
            *(act.c[name] for name in Act._fields if name != "who"),
            user.c.name,
        )
        .outerjoin(user, user.c.id == act.c.user)
        .where(act.c.connector == connector)
        .order_by(act.c.id.desc())
        .limit(limit)
    )
    with store.reading() as connection:
        return [Act._make(row) for row in connection.execute(query)]
