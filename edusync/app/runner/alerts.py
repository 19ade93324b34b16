"""Tell somebody what needs a person: one message for each reason when it begins, one when it ends.

Ids, names of connectors and codes, no personal data (P18).
"""

from __future__ import annotations

from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Protocol

from edusync.codes import get_code, is_code
from edusync.errors import ConfigurationProblem
from edusync.model.window import day_of
from edusync.state.episodes import begin_episodes, end_episodes, open_episodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime, time

    from edusync.app.runner.needs import Need
    from edusync.state.store import Store

_SHOWN = 20
_WITHIN = 60.0
"""How many seconds a message may take; the library has a limit for each piece of an answer only."""
_DIGEST = "alerts/digest"


class Sender(Protocol):
    """Sends a message to everybody who is to be told."""

    def __call__(self, title: str, body: str) -> bool:
        """Send; whether it arrived."""


class Apprise:
    """Messages through the library Apprise: e-mail, Teams, Slack, a webhook and many others.

    Each address by itself: one that fails, or whose answer does not end, holds up no other, and who
    got a message does not get it again with those who did not.
    """

    def __init__(self, urls: Sequence[str], within: float = _WITHIN) -> None:
        try:
            from apprise import Apprise as Library
        except ImportError:
            raise ConfigurationProblem(
                "CONF_DRIVER_MISSING",
                "alerts are sent by Apprise, which is not installed",
                "pip install 'edusync[alerts]'",
            ) from None
        self.within = within
        self.addresses: list[_Address] = []
        for index, url in enumerate(urls):
            library = Library()
            if not library.add(url):  # the address holds a password: it is not repeated
                raise ConfigurationProblem(
                    "CONF_URL_INVALID",
                    f"Apprise does not know the address number {index + 1} of alerts.urls",
                    "write it as Apprise does, such as mailtos://user:password@host",
                )
            self.addresses.append(_Address(library))

    def __call__(self, title: str, body: str) -> bool:
        """Send; whether everybody got it within the time that it has."""
        due = [one for one in self.addresses if (title, body) not in one.arrived]
        for one in due:
            one.send(title, body)
        ends_at = monotonic() + self.within
        for one in due:
            one.thread.join(max(0.0, ends_at - monotonic()))
        if any((title, body) not in one.arrived for one in self.addresses):
            return False
        for one in self.addresses:
            one.arrived.discard((title, body))
        return True


class _Address:
    """One address, and what arrived there that others did not get yet."""

    def __init__(self, library: Any) -> None:
        self.library = library
        self.arrived: set[tuple[str, str]] = set()
        self.thread = Thread()

    def send(self, title: str, body: str) -> None:
        """Begin to send in the background, unless the message before is still under way."""

        def sent() -> None:
            if self.library.notify(title=title, body=body):
                self.arrived.add((title, body))

        if not self.thread.is_alive():
            self.thread = Thread(target=sent, name="alert", daemon=True)
            self.thread.start()


def tell_changes(store: Store, needs: Sequence[Need], send: Sender, now: datetime) -> bool:
    """Send what is new and what is over since it was told last; whether every message arrived.

    What did not arrive is sent again by the next round.
    """
    current: dict[tuple[str, str], Need] = {(one.connector, one.code): one for one in needs}
    known = open_episodes(store)
    good = True
    for code, found in _by_code(current.keys() - known):
        lines = [f"{name}: {current[name, code].words}" for name in found]
        commands = [f"    {current[name, code].command}" for name in found]
        both = [line for pair in zip(lines, commands, strict=True) for line in pair]
        title = f"edusync: {code}, {_counted(len(found))}"
        if send(title, "\n".join([*_meaning(code), *_cut(both, 2 * _SHOWN)])):
            begin_episodes(store, [(name, code) for name in found], now)
        else:
            good = False
    for code, found in _by_code(known - current.keys()):
        title = f"edusync: {code} is over, {_counted(len(found))}"
        if send(title, "\n".join(_cut(list(found), _SHOWN))):
            end_episodes(store, [(name, code) for name in found])
        else:
            good = False
    return good


def tell_digest(
    store: Store, needs: Sequence[Need], connectors: int, send: Sender, now: datetime, at: time
) -> bool:
    """Send the summary of the day once its time has come, Paris time; whether it was sent."""
    from edusync.model import PARIS

    local = now.astimezone(PARIS)
    today = str(day_of(now))
    if local.time() < at or store.setting(_DIGEST) == today:
        return False
    lines = [f"{one.connector}: {one.code}: {one.words}\n    {one.command}" for one in needs]
    body = "\n".join(_cut(lines, _SHOWN)) or "nothing needs a person"
    if not send(f"edusync: {_counted(connectors)}, {len(needs)} things to settle", body):
        return False
    store.save_setting(_DIGEST, today)
    return True


def _by_code(what: Iterable[tuple[str, str]]) -> list[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for name, code in sorted(what):
        found.setdefault(code, []).append(name)
    return sorted(found.items())


def _meaning(code: str) -> list[str]:
    if not is_code(code):
        return []
    known = get_code(code)
    return [known.meaning, known.remedy, ""]


def _cut(lines: list[str], most: int) -> list[str]:
    more = len(lines) - most
    return lines if more <= 0 else [*lines[:most], "… `edusync status` lists all of them"]


def _counted(count: int) -> str:
    return f"{count} connector{'' if count == 1 else 's'}"
