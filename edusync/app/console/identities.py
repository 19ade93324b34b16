"""Signing in at a provider of OpenID Connect: for who is there or was invited, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4

from edusync.app.console.accounts import (
    GONE,
    SIGNED_IN_FOR,
    TAKEN,
    Refused,
    plain_name,
)
from edusync.state import visitors
from edusync.state.identities import save_identity, user_of_identity
from edusync.state.visitors import User

if TYPE_CHECKING:
    from datetime import datetime

    from edusync.state.store import Store

UNKNOWN = "nobody is invited with this account"
_NONE = "!"
"""What no password fits; a link lets one be chosen."""


class Person(NamedTuple):
    """Whom a provider let in: its address, its name for them, and a name that people read."""

    issuer: str
    subject: str
    name: str


def sign_in_as(store: Store, person: Person, now: datetime) -> str:
    """Let in whose identity it is; Refused with UNKNOWN."""
    user = user_of_identity(store, person.issuer, person.subject)
    if user is None:
        raise Refused(UNKNOWN)
    return visitors.open_session(store, user.id, now + SIGNED_IN_FOR)


def use_invitation(store: Store, person: Person, token: str, now: datetime) -> str:
    """Make the user of an invitation, or let the one of a link in from now on; sign them in.

    Refused with GONE, or with TAKEN when the identity is somebody else's.
    """
    ticket = visitors.ticket_of(store, token, now)
    if ticket is None:
        raise Refused(GONE)
    known = None if ticket.user is None else visitors.user_by(store, id=ticket.user)
    owner = user_of_identity(store, person.issuer, person.subject)
    if owner is not None and (known is None or owner.id != known.id):
        raise Refused(TAKEN)
    if not visitors.use_ticket(store, token):
        raise Refused(GONE)
    user = known or User(
        uuid4().hex, _free_name(store, person), ticket.role, ticket.connectors, _NONE
    )
    if known is None:
        visitors.save_user(store, user)
    save_identity(store, person.issuer, person.subject, user.id)
    return visitors.open_session(store, user.id, now + SIGNED_IN_FOR)


def has_password(user: User) -> bool:
    """Whether somebody can sign in without a provider."""
    return user.password != _NONE


def link_identity(store: Store, person: Person, user: User) -> None:
    """Let somebody who is signed in do so at the provider, too; Refused with TAKEN."""
    owner = user_of_identity(store, person.issuer, person.subject)
    if owner is not None and owner.id != user.id:
        raise Refused(TAKEN)
    save_identity(store, person.issuer, person.subject, user.id)


def _free_name(store: Store, person: Person) -> str:
    """Return a name that nobody has: that of the provider, with a number when it is taken."""
    wanted = plain_name(person.name) or "user"
    name, number = wanted, 1
    while visitors.user_by(store, name=name) is not None:
        number += 1
        name = f"{wanted[:240]} {number}"
    return name
