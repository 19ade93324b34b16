"""Calls that Edusign makes when a sheet is archived: hints, of which the runner makes runs.

A call is believed nothing but which sheet to look at. A sheet that edusync did not bring is not
looked at, so what a call can do at worst is to have one of our own sheets read.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b, sha256
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from edusync.state.hints import note_hint, sheets_called

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from edusync.app.files.project_file import WebhookSettings
    from edusync.app.runner.fleet import Fleet
    from edusync.state.store import Store

ROOT = "/webhooks"
APPLICATION = f"{ROOT}/application"
"""Where the signed calls of an application arrive."""
ARCHIVED = "on_course_locked"
LARGEST = 512 * 1024
"""How many bytes a call may have: it may hold the whole sheet, with everybody who is on it."""
_LONGEST_ID = 64
_MINUTE = timedelta(minutes=1)
_MOST_ADDRESSES = 10_000


class Reply(NamedTuple):
    """What is answered: the status, a word that is counted, and a sentence."""

    status: int
    word: str
    sentence: str


NOTED = Reply(202, "noted", "the sheet is read once it has settled")
AGAIN = Reply(202, "again", "the sheet waits already, and settles anew")
NOT_OURS = Reply(200, "not_ours", "edusync brought no such sheet, so there is nothing to do")
OTHER_EVENT = Reply(200, "other_event", f"nothing is done but for {ARCHIVED}")
OFF = Reply(403, "off", "its attendance does not go up at once: `schedule: {up: at_once}`")
UNKNOWN = Reply(404, "unknown", "nothing is here")
FORGED = Reply(401, "forged", "the signature is not that of the application")
UNREADABLE = Reply(400, "unreadable", "it is no JSON with the ID of a course")
TOO_BIG = Reply(413, "too_big", f"at most {LARGEST // 1024} KiB are read")
TOO_MANY = Reply(429, "too_many", "too many calls from this address; the slots go on")
NOT_NOW = Reply(503, "not_now", "the store cannot be used now; the slots look at the sheet")


@dataclass(frozen=True, slots=True)
class Webhooks:
    """What is done with calls; `now` is the clock of the process."""

    store: Store
    fleet: Fleet
    settings: WebhookSettings
    now: Callable[[], datetime]

    def of_school(self, connector: str, account: str, token: str, body: bytes, event: str) -> Reply:
        """Take a call to the address of an account; what it says is signed by nobody.

        `event` is the type in its headers, which counts where the body says none.
        """
        if not hmac.compare_digest(token.encode(), token_of(self.store, connector, account)):
            return UNKNOWN
        known = self.fleet.known().get(connector)
        if known is None or account not in known.accounts:
            return UNKNOWN
        return self._take(body, event, (connector, account))

    def of_application(self, body: bytes, signature: str, event: str) -> Reply:
        """Take a call that an application signed: which school it is about, its sheet says."""
        secret = self.settings.client_secret
        if secret is None:
            return UNKNOWN
        if not is_signed(body, signature, secret):
            return FORGED
        return self._take(body, event, None)

    def _take(self, body: bytes, event: str, school: tuple[str, str] | None) -> Reply:
        message = _object(_read(body))
        course = _object(message.get("course"))
        edusign_id = _id(course.get("ID") or course.get("id"))
        if (message.get("type") or event) != ARCHIVED:
            return OTHER_EVENT if message else UNREADABLE
        if edusign_id is None:
            return UNREADABLE
        sheets = [
            sheet
            for sheet in sheets_called(self.store, edusign_id)
            if school is None or sheet[:2] == school
        ]
        switched_on = {name for name, one in self.fleet.known().items() if one.at_once}
        wanted = [sheet for sheet in sheets if sheet.connector in switched_on]
        if not wanted:
            is_off = school is not None and school[0] not in switched_on
            return OFF if sheets or is_off else NOT_OURS
        new = [note_hint(self.store, one, self.now(), self.settings.settle) for one in wanted]
        return NOTED if any(new) else AGAIN


class Allowance:
    """How many calls each address has in a minute; `now` is the clock of the process."""

    def __init__(self, now: Callable[[], datetime], a_minute: int = 1200) -> None:
        self.now, self.a_minute = now, a_minute
        self._counts: dict[str, tuple[datetime, int]] = {}
        self._counting = Lock()

    def take(self, address: str) -> bool:
        """Count a call; whether the address still had one."""
        with self._counting:
            now = self.now()
            began, count = self._counts.pop(address, (now, 0))
            if now - began >= _MINUTE:
                began, count = now, 0
            while len(self._counts) >= _MOST_ADDRESSES:
                del self._counts[next(iter(self._counts))]  # the one that called longest ago
            self._counts[address] = began, count + 1
            return count < self.a_minute


def token_of(store: Store, connector: str, account: str) -> bytes:
    """Return what nobody can guess of the address of an account: by the key of the store."""
    text = json.dumps([connector, account]).encode()
    return (
        blake2b(text, key=store.key, person=b"edusync webhook", digest_size=20).hexdigest().encode()
    )


def address_of(store: Store, connector: str, account: str) -> str:
    """Return the path at which calls about an account arrive."""
    token = token_of(store, connector, account).decode()
    return f"{ROOT}/{quote(connector, safe='')}/{quote(account, safe='')}/{token}"


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether a body is signed with the secret of an application: HMAC-SHA256, in hex digits.

    Edusign signs what JavaScript makes of the body, and may send it with other spaces: both count.
    """
    claimed = signature.strip().lower().encode()
    read = _read(body)
    forms = [body] if read is None else [body, _compact(read)]
    signatures = [hmac.new(secret.encode(), form, sha256).hexdigest().encode() for form in forms]
    return any([hmac.compare_digest(claimed, one) for one in signatures])  # noqa: C419 - both, always


def _compact(read: Any) -> bytes:
    text = json.dumps(read, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _read(body: bytes) -> Any:
    """Return what JSON says, None when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _id(value: object) -> str | None:
    """Return what may be an id of Edusign: they are short texts of signs that can be seen."""
    is_it = isinstance(value, str) and value.isprintable() and 0 < len(value) <= _LONGEST_ID
    return str(value) if is_it else None


def _object(read: Any) -> dict[str, Any]:
    return read if isinstance(read, dict) else {}
