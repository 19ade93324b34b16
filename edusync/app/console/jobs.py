"""What was asked for in the console and takes its time: threads of this process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

AT_ONCE = 4


class Jobs:
    """At most one job of a connector, a few at once; the others wait for their turn."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(AT_ONCE, "console")
        self._busy: set[str] = set()
        self._changed = Condition()

    def start(self, name: str, job: Callable[[], None]) -> bool:
        """Do something with a connector soon; False when it is busy already."""
        with self._changed:
            if name in self._busy:
                return False
            self._busy.add(name)
        self._pool.submit(self._do, name, job)
        return True

    def is_busy(self, name: str) -> bool:
        """Whether something is being done with a connector, or waits to be."""
        with self._changed:
            return name in self._busy

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is being done; whether that was so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy, seconds)

    def close(self) -> None:
        """Begin nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _do(self, name: str, job: Callable[[], None]) -> None:
        try:
            job()
        finally:
            with self._changed:
                self._busy.discard(name)
                self._changed.notify_all()
