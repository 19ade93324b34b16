"""What stands for an item whose row was dropped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.read.table import UNDECIDED

if TYPE_CHECKING:
    from datetime import datetime

    from edusync.diagnostics import Location


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item whose row was dropped.

    A course keeps its start, since the day is the first reason to name, and its name, by which
    somebody finds it who asks why it is not there. With the code
    DOWN_UNDECIDED nobody can say whether it is: it stays as it is.
    """

    kind: str
    source_id: str
    code: str
    place: Location
    detail: str | None
    starts_at: datetime | None
    name: object = None

    @property
    def undecided(self) -> bool:
        """Whether nobody can say if the item counts."""
        return self.code == UNDECIDED

    @property
    def outcome(self) -> Outcome:
        """Why the item does not come down."""
        return Outcome(self.code, self.kind, self.source_id, place=self.place, detail=self.detail)
