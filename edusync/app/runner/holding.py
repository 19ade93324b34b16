"""Keep a connector from running by itself for a time, and let it run again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.errors import UsageProblem
from edusync.state.holds import Pause, end_pause, end_quarantine, save_pause
from edusync.state.slots import reopen

if TYPE_CHECKING:
    from datetime import datetime

    from edusync.state.store import Store


def pause_connector(store: Store, name: str, reason: str, now: datetime, until: datetime) -> None:
    """Pause a connector; UsageProblem when the end has passed."""
    if until <= now:
        raise UsageProblem("RUN_USAGE", "the pause would end before it begins", "name a later end")
    save_pause(store, Pause(name, reason, now, until))


def resume_connector(store: Store, name: str, now: datetime) -> list[str]:
    """End the pause and the quarantine of a connector; return which of them there were.

    Its last slot, when it failed, is due again at once.
    """
    ended = [
        word
        for word, was in (
            ("pause", end_pause(store, name)),
            ("quarantine", end_quarantine(store, name)),
        )
        if was
    ]
    reopen(store, name, now)
    return ended
