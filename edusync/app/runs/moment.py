"""When a run begins, and the tools that it uses."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from edusync.engine.read.source import Tools


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run begins, and the tools that it uses."""

    now: datetime
    tools: Tools = field(default_factory=lambda: Tools(time.monotonic, time.sleep))
    began: float = field(init=False)
    began_at: float = field(init=False)

    def __post_init__(self) -> None:
        """Note where the tools' clock stood, and that of the machine."""
        object.__setattr__(self, "began", self.tools.clock())
        object.__setattr__(self, "began_at", time.time())

    def current(self) -> datetime:
        """Return what time it is by now: the beginning, and what has passed since.

        By the clock that says more: the tools' stands still while a machine sleeps, that of the
        machine may be put back.
        """
        passed = max(self.tools.clock() - self.began, time.time() - self.began_at)
        return self.now + timedelta(seconds=passed)
