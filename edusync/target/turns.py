"""Whose request goes next: the rate of an account, and what goes on beside a request that waits."""

from __future__ import annotations

from contextlib import nullcontext
from threading import local
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from pyrate_limiter import Limiter

_HEARS_WITHIN = 1.0
"""How many seconds a request waits for its turn before it looks whether the run is to stop."""


class Turns:
    """The turns of the requests to one account, whichever thread sends them."""

    def __init__(self, limiter: Limiter) -> None:
        self.limiter = limiter
        self.apart: Callable[[], AbstractContextManager[None]] = nullcontext
        """What goes on beside a request while it waits: inside of it nothing of ours is changed."""
        self.hear: Callable[[], None] = lambda: None
        """Called while a request waits for its turn; raises when the run is to stop."""
        self._mine = local()

    def wait(self) -> None:
        """Wait until the rate lets one request through: the next one of this thread goes at once.

        A write that is recorded as intended after it does not stand in a queue.
        """
        while True:
            with self.apart():
                if self.limiter.try_acquire("edusign", timeout=_HEARS_WITHIN):
                    self._mine.has_one = True
                    return
            self.hear()

    def take(self) -> None:
        """Take the turn that this thread has waited for, or wait for one."""
        if not getattr(self._mine, "has_one", False):
            self.wait()
        self._mine.has_one = False
