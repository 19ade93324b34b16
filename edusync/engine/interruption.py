"""Hear a wish to stop at once, except while a write is under way (P22).

SIGTERM, Ctrl-C, a closed terminal. A write under way is finished and recorded first.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@dataclass(slots=True)
class _State:
    writing: int = 0
    wanted: bool = False


_STATE = _State()


def listen() -> None:
    """Hear the signals of this process; the main thread only."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _heard)


@contextmanager
def finished_first() -> Iterator[None]:
    """Finish what is inside before a wish to stop is heard; a second wish is heard at once."""
    _STATE.writing += 1
    try:
        yield
    finally:
        _STATE.writing -= 1
        if _STATE.wanted and _STATE.writing == 0:
            _STATE.wanted = False
            raise KeyboardInterrupt


def _heard(_number: int, _frame: FrameType | None) -> None:
    if _STATE.writing and not _STATE.wanted:
        _STATE.wanted = True
        return
    raise KeyboardInterrupt
