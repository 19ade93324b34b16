"""One sign-in for all threads of a run.

Made when first needed, renewed once for everybody, left at the end.
"""

from __future__ import annotations

from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING, Any

from edusync.errors import EdusyncError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class SignIn:
    """Hold what the log-in steps gave.

    `login` returns the values and for how many seconds they hold.
    """

    def __init__(
        self,
        login: Callable[[], tuple[Mapping[str, Any], float | None]] | None,
        logout: Callable[[Mapping[str, Any]], None] | None,
        clock: Callable[[], float],
    ) -> None:
        self.login, self.logout, self.clock = login, logout, clock
        self.lock = Lock()
        self.generation = 0
        self.values: Mapping[str, Any] | None = None
        self.ends_at: float | None = None

    @property
    def can_renew(self) -> bool:
        """Whether signing in again can help: a static key stays what it is."""
        return self.login is not None

    def current(self) -> Mapping[str, Any]:
        """Return what was read at sign-in.

        Signs in first when needed or when it is about to expire.
        """
        if self.login is None:
            return {}
        with self.lock:
            expired = self.ends_at is not None and self.clock() >= self.ends_at
            if self.values is None or expired:
                self._close()
                self._enter()
            return self.values or {}

    def ensure(self) -> int:
        """Sign in if that was not done yet, and return which sign-in is the present one."""
        self.current()
        return self.generation

    def renew(self, generation: int) -> None:
        """Sign in again, unless another thread has done so since the given generation."""
        with self.lock:
            if self.generation == generation:
                self._close()
                self._enter()

    def leave(self) -> None:
        """Sign out, if there was a sign-in."""
        self._close()

    def _close(self) -> None:
        """Close the session that is over; a failing log-out changes nothing.

        It is closed before another one is opened, since some ERPs close all sessions of a user.
        """
        if self.values is not None and self.logout is not None:
            with suppress(EdusyncError):
                self.logout(self.values)
        self.values = None

    def _enter(self) -> None:
        if self.login is None:
            return
        self.values, lasts = self.login()
        self.ends_at = (
            None if lasts is None else self.clock() + max(lasts - min(30.0, lasts / 10), 0.0)
        )
        self.generation += 1
