"""Let Python's collector of cycles look less often while very many rows go by."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(slots=True)
class _Rest:
    """Runs under way in this process, and the thresholds of before the first of them."""

    runs: int = 0
    before: tuple[int, ...] = ()
    lock: Lock = field(default_factory=Lock)


_REST = _Rest()


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Raise the collector's thresholds until the last run of the process ends.

    Rows and items form no cycles, and looking through them costs a tenth of a reading.
    """
    with _REST.lock:
        if not _REST.runs:
            _REST.before = gc.get_threshold()
            gc.set_threshold(100_000, 50, 50)
        _REST.runs += 1
    try:
        yield
    finally:
        with _REST.lock:
            _REST.runs -= 1
            if not _REST.runs:
                gc.set_threshold(*_REST.before)
