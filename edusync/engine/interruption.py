"""Hear a wish to stop at once, except while a write is under way (P22).

SIGTERM, Ctrl-C, a closed terminal. A write under way is finished and recorded first. Signals reach
the main thread only; it tells the threads that run connectors with `stop_workers`.
"""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition, current_thread, main_thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@dataclass(slots=True)
class _State:
    writing: int = 0
    wanted: bool = False


@dataclass(slots=True)
class _Workers:
    """Threads that write, and whether they are to stop."""

    writing: int = 0
    stopping: bool = False
    changed: Condition = field(default_factory=Condition)


_STATE = _State()
_WORKERS = _Workers()


def listen() -> None:
    """Hear the signals of this process; the main thread only."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _heard)


def start_workers() -> None:
    """Let threads write."""
    _WORKERS.stopping = False


def stop_workers(seconds: float) -> bool:
    """Let no other thread begin a write, and wait for those under way.

    Whether all of them were finished in time.
    """
    with _WORKERS.changed:
        _WORKERS.stopping = True
        return _WORKERS.changed.wait_for(lambda: not _WORKERS.writing, seconds)


def hear() -> None:
    """Hear a wish to stop inside of `finished_first`, where nothing is under way for once.

    KeyboardInterrupt when there is one.
    """
    is_main = current_thread() is main_thread()
    if _STATE.wanted if is_main else _WORKERS.stopping:
        raise KeyboardInterrupt


@contextmanager
def finished_first() -> Iterator[None]:
    """Finish what is inside before a wish to stop is heard; a second wish is heard at once.

    KeyboardInterrupt before it begins, in a thread that is to stop.
    """
    if current_thread() is not main_thread():
        with _in_a_thread():
            yield
        return
    _STATE.writing += 1
    try:
        yield
    finally:
        _STATE.writing -= 1
        if _STATE.wanted and _STATE.writing == 0:
            _STATE.wanted = False
            raise KeyboardInterrupt


@contextmanager
def _in_a_thread() -> Iterator[None]:
    with _WORKERS.changed:
        if _WORKERS.stopping:
            raise KeyboardInterrupt
        _WORKERS.writing += 1
    try:
        yield
    finally:
        with _WORKERS.changed:
            _WORKERS.writing -= 1
            _WORKERS.changed.notify_all()


def _heard(_number: int, _frame: FrameType | None) -> None:
    if _STATE.writing and not _STATE.wanted:
        _STATE.wanted = True
        return
    raise KeyboardInterrupt
