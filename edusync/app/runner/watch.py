"""Who is told what a runner does: the log, the counters, and whoever asks whether it lives."""

from __future__ import annotations

from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

from edusync.app.runner.log import tell_slot, tell_taken_over, tell_trouble
from edusync.app.runner.metrics import Metrics
from edusync.app.runner.rounds import EVERY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from edusync.app.runner.endings import Ended
    from edusync.errors import EdusyncError
    from edusync.state.slots import SlotRow

_STUCK_AFTER = 20 * EVERY
"""Seconds without a round, after which a runner counts as stuck."""


class Watch:
    """Takes note of what a runner does; `rounds` is set after each round that went well."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.metrics = Metrics()
        self.failed = 0
        self.rounds = Event()
        self.trouble_now: str | None = "no round yet"
        """Why slots are not handed out, None when they are."""
        self._turned = monotonic()

    def slot(self, row: SlotRow, ended: Ended, seconds: float) -> None:
        """Note how a slot ended."""
        self.failed += ended.kind in {"data", "technical", "sign_in", "setup"}
        late = (self.now() - row.starts_at).total_seconds()
        self.metrics.slot(row, ended, seconds, late)
        tell_slot(row, ended, seconds)

    def taken_over(self, rows: Sequence[SlotRow]) -> None:
        """Note what goes on after a runner died."""
        tell_taken_over(rows)

    def round(self) -> None:
        """Note that a round went well."""
        self._turned, self.trouble_now = monotonic(), None
        self.metrics.round.set_to_current_time()
        self.rounds.set()

    def trouble(self, error: EdusyncError) -> None:
        """Note what keeps the runner from running."""
        self._turned, self.trouble_now = monotonic(), f"{error.code}: {error.message}"
        tell_trouble(error)

    def stuck(self) -> str | None:
        """Return in words that the loop of the runner does not turn, None when it does."""
        seconds = monotonic() - self._turned
        return f"no round for {seconds:.0f} seconds" if seconds > _STUCK_AFTER else None
