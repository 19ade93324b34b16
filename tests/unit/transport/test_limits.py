"""Limiters of a process hold no threads and no files, however many sides there are."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

from edusync.transport.limits import limiter


def held() -> tuple[int, int]:
    """Return how many threads and open files this process has."""
    return threading.active_count(), len(list(Path("/proc/self/fd").iterdir()))


def test_a_hundred_schools_hold_no_thread_and_no_file() -> None:
    limiter("the first loads the library", 1, 1000).try_acquire("x", blocking=False)
    before = held()
    taken = [limiter(f"school {n}", 1, 60_000).try_acquire("x", blocking=False) for n in range(100)]
    threads, files = held()
    assert (all(taken), threads <= before[0], files <= before[1]) == (True, True, True)


def test_what_is_too_old_to_count_is_taken_away() -> None:
    turns = limiter("a side in a hurry", 2, 20)
    for _ in range(10):
        assert turns.try_acquire("x", blocking=True)
    factory: Any = turns.bucket_factory
    assert 0 < factory.bucket.count() <= 3
