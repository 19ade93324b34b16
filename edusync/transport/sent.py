"""How many requests go to each side of a run."""

from __future__ import annotations

from collections import Counter
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ERP, EDUSIGN = "erp", "edusign"


class Sent:
    """Counts requests, and statements of a database; several threads may send at once."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._lock = Lock()

    def noting(self, side: str) -> Callable[[], None]:
        """Return what a side calls before each request."""
        return partial(self._note, side)

    def since(self) -> Callable[[], dict[str, int]]:
        """Return what says later how many were sent from now on, by side."""
        before = self._now()
        return lambda: dict(self._now() - before)

    def _note(self, side: str) -> None:
        with self._lock:
            self._counts[side] += 1

    def _now(self) -> Counter[str]:
        with self._lock:
            return Counter(self._counts)
