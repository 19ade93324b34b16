"""When a connector runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal

from edusync.spec.forms import TEXT, with_meaning
from edusync.spec.node import Node, source


@dataclass(frozen=True, slots=True)
class Slot(Node):
    """A part of a day in which a run takes place, in the zone of the school.

    One that ends when it begins is a time of day.
    """

    begin: time
    end: time

    def __str__(self) -> str:
        text = f"{self.begin:%H:%M}"
        return text if self.begin == self.end else f"{text}-{self.end:%H:%M}"

    def overlaps(self, other: Slot) -> bool:
        """Whether two slots share a moment; one may begin when another ends."""
        first, second = sorted((self, other), key=lambda slot: slot.begin)
        return second.begin < first.end or first.begin == second.begin


_CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]"
DOWN = (Slot(time(11, 30), time(13, 30)), Slot(time(18), time(21)))
UP = (Slot(time(10, 30), time(10, 30)), Slot(time(20, 30), time(20, 30)))


@dataclass(frozen=True, slots=True)
class Schedule(Node):
    """When the connector runs, in the zone of the school."""

    down: tuple[Slot, ...] = source(
        "Slots of the way down: ranges within one day that do not overlap, such as 11:00-13:00.",
        default=DOWN,
        schema={
            "type": "array",
            "minItems": 1,
            "items": with_meaning(
                "One slot: a range within one day, such as 11:00-13:00.",
                {**TEXT, "pattern": rf"^{_CLOCK}-{_CLOCK}$"},
            ),
            "default": [str(slot) for slot in DOWN],
        },
    )
    up: tuple[Slot, ...] | Literal["with_down"] = source(
        "When attendance goes up: times such as 20:30 or ranges such as 20:00-21:00, or with_down; "
        "at_once is as soon as Edusign says that a sheet was archived, and beside that when it "
        "would go up otherwise.",
        default=UP,
        schema={
            "type": ["array", "string"],
            "minItems": 1,
            "items": with_meaning(
                "One time, such as 20:30, or a range within one day, such as 20:00-21:00.",
                {**TEXT, "pattern": rf"^{_CLOCK}(-{_CLOCK})?$"},
            ),
            "default": [str(slot) for slot in UP],
            "if": TEXT,
            "then": {"enum": ["with_down", "at_once"]},
        },
    )
    window_days: int = source(
        "How many calendar days after today come down.", default=14, minimum=0, maximum=90
    )
    shadow: bool = source(
        "Beside another connector: in its slots both sides are read and compared, nothing is "
        "written and no attendance goes up.",
        default=False,
    )
    at_once: bool = False
    """Whether attendance also goes up when Edusign says that a sheet was archived."""

    @property
    def runs(self) -> str:
        """When planning comes down, in words."""
        return _listed(self.down)

    @property
    def goes_up(self) -> str:
        """When attendance goes up, in words."""
        slots = "in the same runs" if self.up == "with_down" else f"at {_listed(self.up)}"
        return f"at once, and {slots}" if self.at_once else slots


def _listed(slots: tuple[Slot, ...]) -> str:
    return ", ".join(map(str, slots))
