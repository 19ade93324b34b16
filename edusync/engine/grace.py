"""How long a write in doubt is waited for: it may still land (P2, U5).

The clock is that of this process, which nobody sets: the run that sent a write may have been on a
machine whose clock differs, and the clock of a machine may be put right in the middle of a run.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

_SURELY_OVER = timedelta(days=1)
"""After how long by the clock of the machine nothing lands any more: no clock is off by more."""


class Grace:
    """The grace time of a run, in seconds: it begins with the run, and with each new doubt.

    Whoever sent a write that an earlier run left in doubt was gone when this run began.
    """

    def __init__(
        self, seconds: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self.seconds, self.clock, self.sleep = seconds, clock, sleep
        self._since = clock()

    def begin_anew(self) -> None:
        """Note that a write came into doubt just now."""
        self._since = self.clock()

    def wait_out(self, intended: Iterable[datetime], now: datetime) -> None:
        """Wait until no write in doubt can land any more; `now` is what the machine's clock says.

        `intended` is when each was sent, by the clock of who sent it.
        """
        if all(now - moment > _SURELY_OVER for moment in intended):
            return
        remaining = self.seconds - (self.clock() - self._since)
        if remaining > 0:
            self.sleep(remaining)
