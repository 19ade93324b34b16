"""Many threads write one store of SQLite: each waits for its turn, and none fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from edusync.state.lock import alive, is_alive
from edusync.state.open import open_store


def test_writes_of_many_threads_wait_for_each_other(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "state.db"))
    try:
        with ThreadPoolExecutor(16) as threads:
            fences = list(threads.map(lambda _: store.take_lease("school", "me"), range(160)))
    finally:
        store.close()
    assert sorted(fences) == list(range(1, 161))


def test_a_runner_lives_while_it_says_so(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "state.db"))
    try:
        with alive(store, "one"):
            during = is_alive(store, "one"), is_alive(store, "other")
        assert (during, is_alive(store, "one")) == ((True, False), False)
        assert list((tmp_path / "locks" / "runners").iterdir()) == []
    finally:
        store.close()
