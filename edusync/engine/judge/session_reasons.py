"""What is noted of a session: why it stays away or waits, and without whom it comes down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location
    from edusync.model import Course


MISSING = "DOWN_REFERENCE_MISSING"
"""Noted of a sheet that comes down without somebody; no reason to stay away."""
_NAMED = 10  # ids that an event names


class SessionReasons:
    """Say what is noted of sessions; `place` returns where a field of theirs stands in the spec."""

    def __init__(self, place: Callable[[str], Location | None]) -> None:
        self.place = place

    def missing(
        self, course: Course, field: str, kind: str, refs: list[str]
    ) -> tuple[Outcome, ...]:
        """Return what is noted of whom no list of the ERP holds: the sheet is without them."""
        if not refs:
            return ()
        more = f" and {len(refs) - _NAMED} more" if len(refs) > _NAMED else ""
        detail = f"the ERP has no {kind} {', '.join(refs[:_NAMED])}{more}"
        return (self.reason(MISSING, course, field, detail),)

    def wait(
        self, course: Course, field: str, unsure: list[str], reasons: Mapping[str, Outcome]
    ) -> tuple[Outcome, ...]:
        """Return what is noted of a session that waits: nobody can say whether some items count."""
        detail = "nobody can say whether one of them comes down"
        return (*(reasons[ref] for ref in unsure), self.held(course, field, detail))

    def held(self, course: Course, field: str, detail: str) -> Outcome:
        """Return the reason of a session that waits for what could not be read."""
        return self.reason("DOWN_COURSE_HELD_DEPENDENCY", course, field, detail)

    def reason(self, code: str, course: Course, field: str, detail: str) -> Outcome:
        """Return one reason, at the place of the field that it is about."""
        return Outcome(
            code,
            "course",
            course.source_id,
            field=field,
            place=self.place(field),
            detail=detail,
        )
