"""What a setup asks of both sides from the console: it takes its time, so a page looks again."""

from __future__ import annotations

import json
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet
from hashlib import blake2b
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from edusync.errors import EdusyncError
from edusync.locale import speaking, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from edusync.app.explaining.tried import Tried
    from edusync.app.setup.offers import Offered
    from edusync.app.setup.prompt import Prompt
    from edusync.app.setup.setup import Setup
    from edusync.diagnostics import Diagnostic
    from edusync.engine.plan.plan import Plan
    from edusync.locale import Language

Reply = TypeVar("Reply")
PATIENCE = 2.0
"""How many seconds a page waits for an answer before it says that it is looking."""
HOLDS = 15 * 60.0
"""For how many seconds an answer holds: it may be of people, and both sides change."""


class Look(NamedTuple):
    """What a first look at both sides found."""

    tried: Sequence[Tried]
    warnings: Sequence[Diagnostic]
    plan: Plan


class _Pending(NamedTuple):
    """A question to a side, and when it was put."""

    answer: Future[Any]
    at: float


class Setups:
    """What was asked of both sides, by what the answers were when it was asked.

    An answer holds for some minutes. `clock` gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._pool = ThreadPoolExecutor(4, "setup")
        self._pending: dict[str, _Pending] = {}
        self._lock = Lock()
        self._clock = clock

    def offers(self, setup: Setup, prompt: Prompt) -> list[Offered] | None:
        """Return what the ERP has to choose from, None while it is read; EdusyncError."""
        return self._answer(f"offers {prompt.key}", setup, lambda: setup.offers(prompt))

    def connection(self, setup: Setup) -> list[Tried] | None:
        """Return whether the ERP lets us in, None while it is tried; EdusyncError."""
        return self._answer("connection", setup, lambda: [setup.try_erp()])

    def accounts(self, setup: Setup) -> list[Tried] | None:
        """Return whether Edusign lets us in, None while it is tried; EdusyncError."""
        return self._answer("accounts", setup, setup.try_accounts)

    def reasons(self, setup: Setup) -> list[Prompt] | None:
        """Return which reasons have to be named, None while they are read; EdusyncError."""
        return self._answer("reasons", setup, setup.reasons)

    def look(self, setup: Setup) -> Look | None:
        """Return what both sides say, and the first plan; None meanwhile. EdusyncError."""
        return self._answer("look", setup, lambda: _look(setup))

    def forget(self, setup: Setup) -> None:
        """Ask again next time."""
        self._drop(setup, lambda _one: True)

    def forget_failed(self, setup: Setup, what: str) -> None:
        """Try `connection` or `accounts` again next time, unless it worked."""
        self._drop(setup, _has_failed, f"{what} ")

    def close(self) -> None:
        """Ask nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _drop(self, setup: Setup, is_it: Callable[[_Pending], bool], what: str = "") -> None:
        begins = f"{setup.draft.name} {what}"
        with self._lock:
            self._pending = {
                key: one
                for key, one in self._pending.items()
                if not (key.startswith(begins) and is_it(one))
            }

    def _answer(self, what: str, setup: Setup, ask: Callable[[], Reply]) -> Reply | None:
        """Return what was answered, None when it takes longer than a page waits."""
        key = f"{setup.draft.name} {what} {_digest(what, setup)} {spoken()}"
        with self._lock:
            now = self._clock()
            self._pending = {
                name: one for name, one in self._pending.items() if one.at > now - HOLDS
            }
            if key not in self._pending:
                self._pending[key] = _Pending(self._pool.submit(_speaking, spoken(), ask), now)
            pending = self._pending[key]
        try:
            found: Reply = pending.answer.result(PATIENCE)
        except NotYet:
            return None
        except EdusyncError:
            with self._lock:
                self._pending.pop(key, None)  # the next look tries again
            raise
        return found


def _has_failed(pending: _Pending) -> bool:
    tried = pending.answer.result() if pending.answer.done() else ()
    return any(one.works is False for one in tried)


def _speaking(language: Language, ask: Callable[[], Reply]) -> Reply:
    """Ask in the language of who reads the answer."""
    with speaking(language):
        return ask()


def _look(setup: Setup) -> Look:
    return Look(list(setup.check()), setup.warnings(), setup.plan())


def _digest(what: str, setup: Setup) -> str:
    """Return a digest of the answers that a question to a side depends on."""
    data = setup.draft.data
    if what.startswith("offers"):
        accounts = [one.get("options") for one in data["accounts"]]
        data = {"connection": data.get("connection"), "options": data.get("options"), "a": accounts}
    elif what == "reasons":
        data = {name: value for name, value in data.items() if name != "reasons"}
    text = json.dumps([data, setup.draft.gates], sort_keys=True, default=str)
    return blake2b(text.encode(), digest_size=8).hexdigest()
