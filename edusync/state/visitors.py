"""Who may sign in to the console: users, their sessions, links that are used once, tries.

What a browser or a link holds is kept as a keyed digest; who reads the store can sign in nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence  # noqa: TC003 - as below
from datetime import datetime  # noqa: TC003 - a NamedTuple's types are read when it is made
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, insert, or_, select, update

from edusync.state.upsert import upsert
from edusync.state.web_tables import identity, mail, session, ticket, tries, user, weekly

if TYPE_CHECKING:
    from datetime import timedelta

    from sqlalchemy import Connection

    from edusync.state.store import Store


class User(NamedTuple):
    """Somebody who may sign in. `connectors` are those that a school sees."""

    id: str
    name: str
    role: str
    connectors: Sequence[str]
    password: str

    @property
    def is_operator(self) -> bool:
        """Whether everything may be seen and done."""
        return self.role == "operator"

    def sees(self, connector: str) -> bool:
        """Whether a connector is theirs to look at."""
        return self.is_operator or connector in self.connectors


class Ticket(NamedTuple):
    """A link that lets somebody choose a password; `user` is whose it is, None for a new one."""

    role: str
    connectors: Sequence[str]
    user: str | None
    until: datetime


_USER = tuple(user.c[name] for name in User._fields)
_TICKET = tuple(ticket.c[name] for name in Ticket._fields)


def users(store: Store) -> list[User]:
    """Return everybody, by name."""
    with store.reading() as connection:
        query = select(*_USER).order_by(user.c.role, user.c.name)
        return [User(*row) for row in connection.execute(query)]


def user_by(store: Store, **known: str) -> User | None:
    """Return one user by `id` or by `name`."""
    query = select(*_USER).where(*(user.c[name] == value for name, value in known.items()))
    with store.reading() as connection:
        row = connection.execute(query).first()
        return None if row is None else User(*row)


def save_user(store: Store, wanted: User) -> None:
    """Write a user."""
    with store.writing() as connection:
        upsert(connection, user, wanted._asdict())


def delete_user(store: Store, user_id: str) -> None:
    """Delete a user with all sessions and links, their address and their summaries."""
    with store.writing() as connection:
        connection.execute(delete(user).where(user.c.id == user_id))
        for table in (session, ticket, mail, weekly, identity):
            connection.execute(delete(table).where(table.c.user == user_id))


def open_session(store: Store, user_id: str, until: datetime) -> str:
    """Let a user in; return what the browser keeps."""
    token = secrets.token_urlsafe(32)
    with store.writing() as connection:
        row = {"token": digest_of(store, token), "user": user_id, "until": until}
        connection.execute(insert(session).values(row))
    return token


def user_of_session(store: Store, token: str, now: datetime) -> User | None:
    """Return who is signed in with what a browser has, None when nobody is any more."""
    query = (
        select(*_USER)
        .join(session, session.c.user == user.c.id)
        .where(session.c.token == digest_of(store, token), session.c.until > now)
    )
    with store.reading() as connection:
        row = connection.execute(query).first()
        return None if row is None else User(*row)


def close_session(store: Store, token: str) -> None:
    """Sign one browser out."""
    with store.writing() as connection:
        mine = session.c.token == digest_of(store, token)
        connection.execute(delete(session).where(mine))


def close_sessions(store: Store, user_id: str) -> None:
    """Sign every browser of a user out."""
    with store.writing() as connection:
        connection.execute(delete(session).where(session.c.user == user_id))


def make_ticket(store: Store, wanted: Ticket) -> str:
    """Make a link; return its secret part."""
    token = secrets.token_urlsafe(32)
    with store.writing() as connection:
        row = {"token": digest_of(store, token), **wanted._asdict()}
        connection.execute(insert(ticket).values(row))
    return token


def ticket_of(store: Store, token: str, now: datetime) -> Ticket | None:
    """Return a link that can still be used: not one of somebody who was removed meanwhile."""
    is_it = (ticket.c.token == digest_of(store, token), ticket.c.until > now)
    is_there = or_(ticket.c.user.is_(None), ticket.c.user.in_(select(user.c.id)))
    with store.reading() as connection:
        row = connection.execute(select(*_TICKET).where(*is_it, is_there)).first()
        return None if row is None else Ticket(*row)


def use_ticket(store: Store, token: str) -> bool:
    """Take a link away; whether it was still there: of two who use it at once one is late."""
    with store.writing() as connection:
        is_it = ticket.c.token == digest_of(store, token)
        return connection.execute(delete(ticket).where(is_it)).rowcount == 1


def use_ticket_for(store: Store, token: str, wanted: User) -> bool:
    """Take a link away and write whom it makes, both or neither; whether it was still there.

    StateError when somebody has the name already: then the link can be used with another one.
    """
    with store.writing() as connection:
        is_it = ticket.c.token == digest_of(store, token)
        if connection.execute(delete(ticket).where(is_it)).rowcount != 1:
            return False
        upsert(connection, user, wanted._asdict())
    return True


def drop_tickets(store: Store, **known: str) -> None:
    """Take away the links of a `user`, or those of nobody yet for a `role`."""
    is_it = [ticket.c[name] == value for name, value in known.items()]
    if "user" not in known:
        is_it.append(ticket.c.user.is_(None))
    with store.writing() as connection:
        connection.execute(delete(ticket).where(*is_it))


def see_no_more(connection: Connection, connector: str, instead: str | None = None) -> None:
    """Take a connector from everybody who sees it, and from links that were not used yet.

    With `instead` they see that one. Whoever saw a connector of that name does not see this one.
    """
    for table in (user, ticket):
        key = table.primary_key.columns[0]
        for row_id, connectors in connection.execute(select(key, table.c.connectors)).all():
            remaining = [name for name in connectors if name not in {connector, instead}]
            remaining += [instead] if instead is not None and connector in connectors else []
            if remaining != connectors:
                where = key == row_id
                connection.execute(update(table).where(where).values(connectors=remaining))


def failures(store: Store, who: str, now: datetime, within: timedelta) -> int:
    """Return how often somebody, or an address, failed to sign in lately."""
    is_it = (tries.c.who == digest_of(store, who), tries.c.since > now - within)
    with store.reading() as connection:
        return int(connection.execute(select(tries.c.count).where(*is_it)).scalar() or 0)


def note_failure(store: Store, who: str, now: datetime, within: timedelta) -> None:
    """Count a try that failed; the count begins anew after a time."""
    digest = digest_of(store, who)
    more = (
        update(tries)
        .where(tries.c.who == digest, tries.c.since > now - within)
        .values(count=tries.c.count + 1)
    )
    with store.writing() as connection:
        if not connection.execute(more).rowcount:
            upsert(connection, tries, {"who": digest, "count": 1, "since": now})


def forget_failures(store: Store, who: str) -> None:
    """Begin to count anew."""
    with store.writing() as connection:
        connection.execute(delete(tries).where(tries.c.who == digest_of(store, who)))


def digest_of(store: Store, text: str) -> str:
    """Return a keyed digest of something that must not stand in the store."""
    return blake2b(text.encode(), key=store.key, digest_size=32).hexdigest()
