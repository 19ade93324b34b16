"""Edusign slows down instead of refusing.

Above 480 requests a minute each further one takes 100 ms longer; so do heavy ones above 24.
"""

from __future__ import annotations

import time
from collections import deque
from threading import Lock

PER_MINUTE = 480
HEAVY = 20
"""How many ordinary requests a heavy one counts as: 24 of them a minute."""
STEP = 0.1
LONGEST = 10.0


class SlowDown:
    """Count the requests of the last minute."""

    def __init__(self, per_minute: int = PER_MINUTE) -> None:
        self.per_minute = per_minute
        self.times: deque[float] = deque()
        self.lock = Lock()

    def delay(self) -> float:
        """Return for how many seconds the present request has to wait."""
        now = time.monotonic()
        with self.lock:
            while self.times and self.times[0] < now - 60:
                self.times.popleft()
            self.times.append(now)
            return min(max(len(self.times) - self.per_minute, 0) * STEP, LONGEST)
