"""Who of the console is who at a provider of OpenID Connect: keyed digests only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from edusync.state.upsert import upsert
from edusync.state.visitors import digest_of, user_by
from edusync.state.web_tables import identity

if TYPE_CHECKING:
    from edusync.state.store import Store
    from edusync.state.visitors import User


def user_of_identity(store: Store, issuer: str, subject: str) -> User | None:
    """Return whose identity it is, None when it is nobody's."""
    query = select(identity.c.user).where(identity.c.digest == _digest(store, issuer, subject))
    with store.reading() as connection:
        user_id = connection.execute(query).scalar()
    return None if user_id is None else user_by(store, id=user_id)


def save_identity(store: Store, issuer: str, subject: str, user_id: str) -> None:
    """Note who somebody is at a provider; it is theirs alone from now on."""
    with store.writing() as connection:
        row = {"digest": _digest(store, issuer, subject), "user": user_id}
        upsert(connection, identity, row)


def has_identity(store: Store, user_id: str) -> bool:
    """Whether somebody is known at a provider."""
    query = select(func.count()).where(identity.c.user == user_id)
    with store.reading() as connection:
        return bool(connection.execute(query).scalar())


def forget_identities(store: Store, user_id: str) -> None:
    """Let somebody sign in at no provider any more."""
    with store.writing() as connection:
        connection.execute(delete(identity).where(identity.c.user == user_id))


def _digest(store: Store, issuer: str, subject: str) -> str:
    return digest_of(store, f"{len(issuer)} {issuer} {subject}")
