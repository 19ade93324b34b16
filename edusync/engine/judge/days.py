"""Whether the day of a session lets it come down (R6 to R8, D1, D2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Container
    from datetime import datetime

    from edusync.diagnostics import Location
    from edusync.model import Window


class Days:
    """The days on which sessions come down. `known` holds what was brought down before."""

    def __init__(self, window: Window, known: Container[str], place: Location | None) -> None:
        self.window, self.known, self.place = window, known, place
        self.creates_from, self.ends_at = window.creates_from, window.ends_at

    def reason(self, source_id: str, starts_at: datetime) -> Outcome | None:
        """Return why the day keeps a session away, None when it does not."""
        if source_id in self.known or self.creates_from <= starts_at < self.ends_at:
            return None
        window, day = self.window, self.window.day_of(starts_at)
        if starts_at >= self.ends_at:
            code = "DOWN_COURSE_BEYOND_WINDOW"
            comes = day.toordinal() - (window.last - window.today).days
            detail = f"it comes down on {type(day).fromordinal(comes)}"
        else:
            code = "DOWN_COURSE_SAME_DAY" if day == window.today else "DOWN_COURSE_PAST"
            detail = f"it starts on {day}"
        return Outcome(
            code, "course", source_id, field="starts_at", place=self.place, detail=detail
        )
