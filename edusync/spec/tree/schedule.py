"""When a connector runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal

from edusync.spec.node import Node


@dataclass(frozen=True, slots=True)
class Slot(Node):
    """A part of a day in which a run takes place, in Paris time.

    One that ends when it begins is a time of day.
    """

    begin: time
    end: time

    def __str__(self) -> str:
        said = f"{self.begin:%H:%M}"
        return said if self.begin == self.end else f"{said}-{self.end:%H:%M}"

    def overlaps(self, other: Slot) -> bool:
        """Whether two slots share a moment; one may begin when another ends."""
        first, second = sorted((self, other), key=lambda slot: slot.begin)
        return second.begin < first.end or first.begin == second.begin


@dataclass(frozen=True, slots=True)
class Schedule(Node):
    """When a connector runs, in Paris time, and how many days it looks ahead."""

    down: tuple[Slot, ...] = (Slot(time(11, 30), time(13, 30)), Slot(time(18), time(21)))
    up: tuple[Slot, ...] | Literal["with_down"] = (
        Slot(time(10, 30), time(10, 30)),
        Slot(time(20, 30), time(20, 30)),
    )
    window_days: int = 14

    @property
    def runs(self) -> str:
        """When planning comes down, in words."""
        return ", ".join(map(str, self.down))

    @property
    def goes_up(self) -> str:
        """When attendance goes up, in words."""
        return (
            "in the same runs" if self.up == "with_down" else f"at {', '.join(map(str, self.up))}"
        )
