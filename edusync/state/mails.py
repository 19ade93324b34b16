"""Where people of the console get mail, and who wants a weekly summary of which connector."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, func, select, update

from edusync.state.upsert import upsert
from edusync.state.web_tables import mail, weekly

if TYPE_CHECKING:
    from edusync.state.store import Store


class Weekly(NamedTuple):
    """A wish for a weekly summary, with the address that it goes to."""

    user: str
    connector: str
    language: str
    sent_at: datetime
    address: str


def save_address(store: Store, user_id: str, address: str) -> None:
    """Write where somebody gets mail."""
    with store.writing() as connection:
        upsert(connection, mail, {"user": user_id, "address": address})


def forget_address(store: Store, user_id: str) -> None:
    """Forget where somebody gets mail, and their summaries."""
    with store.writing() as connection:
        for table in (mail, weekly):
            connection.execute(delete(table).where(table.c.user == user_id))


def address_of(store: Store, user_id: str) -> str | None:
    """Return where somebody gets mail, None when they said nothing."""
    with store.reading() as connection:
        return connection.execute(select(mail.c.address).where(mail.c.user == user_id)).scalar()


def users_at(store: Store, address: str) -> list[str]:
    """Return the ids of those who get mail at an address, in whatever case it is written."""
    query = select(mail.c.user).where(func.lower(mail.c.address) == address.lower())
    with store.reading() as connection:
        return list(connection.execute(query.order_by(mail.c.user)).scalars())


def wish_weekly(store: Store, user_id: str, connector: str, language: str, now: datetime) -> None:
    """Note that somebody wants the weekly summary of a connector from now on."""
    with store.writing() as connection:
        row = {"user": user_id, "connector": connector, "language": language, "sent_at": now}
        upsert(connection, weekly, row)


def end_weekly(store: Store, user_id: str, connector: str) -> None:
    """Note that somebody does not want it any more."""
    with store.writing() as connection:
        is_it = (weekly.c.user == user_id, weekly.c.connector == connector)
        connection.execute(delete(weekly).where(*is_it))


def wants_weekly(store: Store, user_id: str, connector: str) -> bool:
    """Whether somebody wants it."""
    query = select(weekly.c.user).where(weekly.c.user == user_id, weekly.c.connector == connector)
    with store.reading() as connection:
        return connection.execute(query).first() is not None


def weekly_before(store: Store, instant: datetime) -> list[Weekly]:
    """Return the wishes whose last summary is older than an instant."""
    columns = (*(weekly.c[name] for name in Weekly._fields if name != "address"), mail.c.address)
    query = (
        select(*columns)
        .join(mail, mail.c.user == weekly.c.user)
        .where(weekly.c.sent_at < instant)
        .order_by(weekly.c.user, weekly.c.connector)
    )
    with store.reading() as connection:
        return [Weekly(*row) for row in connection.execute(query)]


def claim_weekly(store: Store, wish: Weekly, now: datetime) -> bool:
    """Note that a summary is sent now; False when another process did so."""
    return _move_weekly(store, wish, wish.sent_at, now)


def return_weekly(store: Store, wish: Weekly, now: datetime) -> None:
    """Take back that it was sent."""
    _move_weekly(store, wish, now, wish.sent_at)


def _move_weekly(store: Store, wish: Weekly, before: datetime, after: datetime) -> bool:
    is_it = (
        weekly.c.user == wish.user,
        weekly.c.connector == wish.connector,
        weekly.c.sent_at == before,
    )
    with store.writing() as connection:
        moved = connection.execute(update(weekly).where(*is_it).values(sent_at=after))
        return moved.rowcount == 1
