"""Who may sign in to the console: invitations by link, passwords, sessions, and how often to try.

The clock is handed in. A name is what somebody chose for themselves; nothing else is kept of them.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from ipaddress import IPv4Address, ip_address, ip_network
from typing import TYPE_CHECKING
from uuid import uuid4

from edusync.errors import EdusyncError, StateError
from edusync.state import visitors
from edusync.state.visitors import Ticket, User

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argon2 import PasswordHasher

    from edusync.state.store import Store

SIGNED_IN_FOR = timedelta(hours=12)
TOKEN_FOR = timedelta(days=365)
"""How long a program may use its token."""
TICKET_FOR = timedelta(days=7)
FIRST_TICKET_FOR = timedelta(days=1)
WITHIN = timedelta(minutes=15)
"""Failed tries are counted for so long, then anew."""
MOST_OF_A_NAME, MOST_OF_AN_ADDRESS = 10, 50
SHORTEST = 12
"""Characters of a password."""
_LONGEST = 256


class Refused(EdusyncError):
    """Somebody cannot sign in, or a password cannot be taken; `message` is one of those below."""

    def __init__(self, message: str) -> None:
        super().__init__("RUN_USAGE", message)


WRONG = "the name or the password is wrong"
TOO_OFTEN = "too many tries"
GONE = "the link was used already, or is too old"
SHORT = "the password is too short"
NO_NAME = "a name is needed"
TAKEN = "the name is taken"


def sign_in(store: Store, name: str, password: str, address: str, now: datetime) -> str:
    """Let somebody in; return what the browser keeps. Refused, with WRONG or TOO_OFTEN.

    Once a name or an address failed too often, nothing is looked at: a right password tells
    nothing, and 10,000 tries cost no more than reading a row each.
    """
    plain = plain_name(name)
    limits = {f"name {plain}": MOST_OF_A_NAME, f"address {home_of(address)}": MOST_OF_AN_ADDRESS}
    if any(visitors.failures(store, who, now, WITHIN) >= most for who, most in limits.items()):
        raise Refused(TOO_OFTEN)
    user = visitors.user_by(store, name=plain)
    if not _fits(user, password[:_LONGEST]) or user is None:
        for who in limits:
            visitors.note_failure(store, who, now, WITHIN)
        raise Refused(WRONG)
    visitors.forget_failures(store, f"name {plain}")  # the address may have tried other names
    return visitors.open_session(store, user.id, now + SIGNED_IN_FOR)


def home_of(address: str) -> str:
    """Return the part of an address of the network that one household or company has.

    Of IPv6 that is its first half: the other half is anew with each try, for whoever wants.
    """
    try:
        full = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(full, IPv4Address):
        return str(full)
    return str(full.ipv4_mapped or ip_network((full, 64), strict=False))


def invite(store: Store, role: str, connectors: Sequence[str], now: datetime) -> str:
    """Return the secret part of a link by which somebody new chooses a name and a password."""
    return visitors.make_ticket(store, Ticket(role, list(connectors), None, now + TICKET_FOR))


def invite_first(store: Store, now: datetime) -> str | None:
    """Return that of the first operator, None when there is one; an earlier one is void."""
    if any(user.is_operator for user in visitors.users(store)):
        return None
    visitors.drop_tickets(store, role="operator")
    return visitors.make_ticket(store, Ticket("operator", [], None, now + FIRST_TICKET_FOR))


def let_choose_again(store: Store, user: User, now: datetime) -> str:
    """Return that of a link by which somebody chooses a new password."""
    visitors.drop_tickets(store, user=user.id)
    wanted = Ticket(user.role, user.connectors, user.id, now + TICKET_FOR)
    return visitors.make_ticket(store, wanted)


def use_link(store: Store, token: str, name: str, password: str, now: datetime) -> str:
    """Make the user of a link, or give them a new password; sign them in. Refused with why not.

    Whoever was signed in with the old password is signed out.
    """
    ticket = visitors.ticket_of(store, token, now)
    if ticket is None:
        raise Refused(GONE)
    check_password(password)
    known = None if ticket.user is None else visitors.user_by(store, id=ticket.user)
    if known is None:
        _check_name(store, name)
        hashed = _hasher().hash(password[:_LONGEST])
        new = User(uuid4().hex, plain_name(name), ticket.role, ticket.connectors, hashed)
        _join(store, token, new)
        return visitors.open_session(store, new.id, now + SIGNED_IN_FOR)
    if not visitors.use_ticket(store, token):
        raise Refused(GONE)
    set_password(store, known, password)
    return visitors.open_session(store, known.id, now + SIGNED_IN_FOR)


def _join(store: Store, token: str, new: User) -> None:
    """Make somebody new by a link. Refused with GONE, or with TAKEN: then the link stays."""
    try:
        is_used = visitors.use_ticket_for(store, token, new)
    except StateError:
        if visitors.user_by(store, name=new.name) is None:
            raise
        raise Refused(TAKEN) from None  # somebody chose the same name at the same moment
    if not is_used:
        raise Refused(GONE)


def change_password(store: Store, user: User, old: str, new: str) -> None:
    """Give somebody another password, who knows the old one. Refused with why not."""
    check_own(store, user, old)
    check_password(new)
    set_password(store, user, new)


def check_own(store: Store, user: User, password: str) -> None:
    """Refused when it is not the password of a user, who is signed in; with WRONG or TOO_OFTEN."""
    who, now = f"own {user.id}", store.now()
    if visitors.failures(store, who, now, WITHIN) >= MOST_OF_A_NAME:
        raise Refused(TOO_OFTEN)
    if not _fits(user, password[:_LONGEST]):
        visitors.note_failure(store, who, now, WITHIN)
        raise Refused(WRONG)
    visitors.forget_failures(store, who)


def set_password(store: Store, user: User, password: str) -> None:
    """Write a password, and sign every browser of the user out; other links are void."""
    hashed = _hasher().hash(password[:_LONGEST])
    visitors.save_user(store, user._replace(password=hashed))
    visitors.close_sessions(store, user.id)
    visitors.drop_tickets(store, user=user.id)


def check_password(password: str) -> None:
    """Refused when a password is too short."""
    if len(password) < SHORTEST:
        raise Refused(SHORT)


def _check_name(store: Store, name: str) -> None:
    plain = plain_name(name)
    if not plain:
        raise Refused(NO_NAME)
    if visitors.user_by(store, name=plain) is not None:
        raise Refused(TAKEN)


def plain_name(name: str) -> str:
    """Return a name as it is compared: without case, and without spaces that nobody sees."""
    return " ".join(name.casefold().split())[:255]


def _fits(user: User | None, password: str) -> bool:
    """Whether it is the password of a user; as slow when there is no such user."""
    from argon2.exceptions import InvalidHashError, VerifyMismatchError

    try:
        _hasher().verify(_nobody() if user is None else user.password, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return user is not None


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobody() -> str:
    return _hasher().hash(uuid4().hex)
