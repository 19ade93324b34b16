"""The questions of the FAQ in their order, and which of them a code answers."""

from __future__ import annotations

from typing import Literal

Step = Literal["run", "reach", "day", "filter", "professor", "student", "person", "sheet", "up"]
STEPS: tuple[Step, ...] = (
    "run",
    "reach",
    "day",
    "filter",
    "professor",
    "student",
    "person",
    "sheet",
    "up",
)
OF_KIND: dict[str, tuple[Step, ...]] = {
    "course": ("run", "reach", "day", "filter", "professor", "student", "sheet", "up"),
    "student": ("run", "reach", "filter", "person"),
    "professor": ("run", "reach", "filter", "person"),
    "external": ("run", "reach", "filter", "person"),
    "group": ("run", "reach", "filter", "person"),
}
"""Which questions are asked about a kind of item."""
_DAY = (
    "COURSE_PAST",
    "COURSE_SAME_DAY",
    "COURSE_BEYOND_WINDOW",
    "COURSE_MOVED",
    "COURSE_STARTED",
    "COURSE_FIELD_MISSING",
    "VALUE_UNREADABLE",
)
_FILTER = (
    "COURSE_STRUCTURE",
    "COURSE_ACTION",
    "COURSE_LABEL",
    "COURSE_FAMILY",
    "COURSE_RESOURCE",
    "COURSE_STATUS",
    "COURSE_INDIVIDUAL",
    "COURSE_COMMON_EVENT_OFF",
    "COURSE_CANCELLED",
    "COURSE_VANISHED",
    "STUDENT_FILTERED",
    "STUDENT_UNCONFIRMED",
    "TUTOR_OFF",
    "GROUP_OFF",
    "UNDECIDED",
    "KEY_",
)
_PROFESSOR = (
    "COURSE_NO_PROFESSOR",
    "COURSE_PROFESSOR",
    "COURSE_DEFAULT_PROFESSOR",
    "COURSE_COMMON_EVENT_NO_DEFAULT",
    "COURSE_HELD_DEPENDENCY",
)
_STUDENT = ("COURSE_NO_STUDENT", "COURSE_NO_VALID_STUDENT")
_PERSON = ("PERSON", "STUDENT", "PROFESSOR", "TUTOR", "GROUP", "CREDENTIALS", "REFERENCE")
_DOWN: tuple[tuple[Step, tuple[str, ...]], ...] = (
    ("run", ("COURSE_NOT_RUN_YET",)),
    ("day", _DAY),
    ("filter", _FILTER),
    ("professor", _PROFESSOR),
    ("student", _STUDENT),
    ("person", _PERSON),
)


def step_of(code: str) -> Step:
    """Return the question that a code answers."""
    family, _, rest = code.partition("_")
    if family == "X":
        return "filter"
    if family == "DOWN":
        return next((step for step, begins in _DOWN if rest.startswith(begins)), "sheet")
    if family == "UP":
        return "up"
    return "run" if family == "RUN" else "reach"
