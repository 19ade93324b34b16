"""Letters of the console: a link for a forgotten password, one that confirms an address."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from email_validator import EmailNotValidError, validate_email
from itsdangerous import BadSignature, URLSafeSerializer

from edusync.app.console.accounts import home_of, plain_name
from edusync.locale import gettext as _
from edusync.state import visitors
from edusync.state.mails import address_of, save_address, users_at
from edusync.state.visitors import Ticket, digest_of

if TYPE_CHECKING:
    from datetime import datetime

    from edusync.app.console.mailer import Mailer
    from edusync.state.store import Store
    from edusync.state.visitors import User

FORGOTTEN_FOR = timedelta(hours=1)
CONFIRM_FOR = timedelta(days=1)
WITHIN = timedelta(hours=1)
MOST_OF_A_NAME, MOST_OF_AN_ADDRESS = 3, 20
"""So many links within an hour for one name, and for one address of the network."""


def may_ask(store: Store, login: str, where: str, now: datetime) -> bool:
    """Whether a link may be asked for, which is counted: not too often for a name or from there."""
    limits = {
        f"forgotten {plain_name(login)}": MOST_OF_A_NAME,
        f"forgotten from {home_of(where)}": MOST_OF_AN_ADDRESS,
    }
    allowed = all(visitors.failures(store, who, now, WITHIN) < most for who, most in limits.items())
    for who in limits:
        visitors.note_failure(store, who, now, WITHIN)
    return allowed


def send_links(store: Store, mailer: Mailer, login: str, url: str, now: datetime) -> None:
    """Send everybody of a name or an address a link for a new password, to the address they gave.

    Nothing happens when there is nobody. `url` is where links of the console begin.
    """
    for user in _meant(store, login):
        address = address_of(store, user.id)
        if address is None:
            continue
        ticket = Ticket(user.role, user.connectors, user.id, now + FORGOTTEN_FOR)
        link = f"{url}/welcome/{visitors.make_ticket(store, ticket)}"
        mailer.send(address, _("A new password for edusync"), _forgotten(user.name, link))


def is_address(text: str) -> bool:
    """Whether a text can be an e-mail address."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return len(text) <= _LONGEST


class Confirmations:
    """Links by which somebody shows that an address is theirs; nothing is kept before."""

    def __init__(self, store: Store) -> None:
        self._store = store
        key = digest_of(store, "confirm an address")
        self._signer = URLSafeSerializer(key, salt="address")

    def send(self, mailer: Mailer, user: User, address: str, url: str, now: datetime) -> None:
        """Send a link to an address that somebody says is theirs."""
        until = int((now + CONFIRM_FOR).timestamp())
        link = f"{url}/account/address/{self._signer.dumps([user.id, address, until])}"
        body = _(
            "{name} wants mail of edusync to arrive here. If that is you, open this link within a "
            "day, where you are signed in:\n\n{link}\n\nIf it is not you, nothing is to be done.",
            name=user.name,
            link=link,
        )
        mailer.send(address, _("Confirm your address for edusync"), body)

    def confirm(self, user: User, token: str, now: datetime) -> str | None:
        """Keep the address of a link; return it, None when the link is not of this user or old."""
        try:
            user_id, address, until = self._signer.loads(token)
        except BadSignature:
            return None
        if user_id != user.id or now.timestamp() > until:
            return None
        save_address(self._store, user.id, address)
        return str(address)


_LONGEST = 254


def _meant(store: Store, login: str) -> list[User]:
    found = visitors.user_by(store, name=plain_name(login))
    ids = [found.id] if found is not None else users_at(store, login.strip())
    known = (visitors.user_by(store, id=one) for one in ids)
    return [one for one in known if one is not None]


def _forgotten(name: str, link: str) -> str:
    return _(
        "Somebody asked for a new password for {name}. This link works once, within an hour:\n\n"
        "{link}\n\nIf it was not you, nothing is to be done: your password stays as it is.",
        name=name,
        link=link,
    )
