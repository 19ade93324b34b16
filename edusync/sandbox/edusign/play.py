"""Play a class: who was there, who came late, who left, who was missing and why.

Then the sheet is archived.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from edusync.sandbox.edusign.book import PARIS, parse, stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.sandbox.edusign.courses import Courses

    Said = str | Mapping[str, Any]

EVERYTHING: tuple[Said, ...] = (
    "present",
    {"late": 12},
    {"justified": "sick leave"},
    "absent",
    {"left": 45},
    {"excluded": 60},
)
"""One of each: minutes late, minutes before the end, minutes after the beginning."""


def play(
    courses: Courses,
    course_id: str,
    said: Mapping[str, Said],
    *,
    professors: bool = True,
    archive: bool = True,
) -> None:
    """Play one class.

    `said` maps students, by their id on Edusign, to what became of them; whoever is not named is
    absent.

    `present`, `absent`, `pending`, or one of `late` (minutes), `left` and `excluded` (minutes, or a
    time of day), `justified` (the name of a reason, or nothing), `comment` (beside another).
    """
    row = courses.unlocked(course_id)
    for student, what in said.items():
        _one(courses, row, student, {what: None} if isinstance(what, str) else what)
    for number in range(1, 10) if professors else ():
        if row.get("PROFESSOR" if number == 1 else f"PROFESSOR_{number}"):
            row["PROFESSOR_SIGNATURE" if number == 1 else f"PROFESSOR_SIGNATURE_{number}"] = (
                "https://sandbox/signatures/professor.png"
            )
    row.update({"LOCKED": 1 if archive else 0, "DATE_UPDATED": courses.book.now()})


def _one(courses: Courses, row: dict[str, Any], student: str, what: Mapping[str, Any]) -> None:
    for kind, value in what.items():
        match kind:
            case "present":
                courses.sign(row, student)
            case "late":
                courses.sign(row, student, delay=int(value))
            case "left":
                courses.sign(row, student, earlyDeparture=_at(row, value, "END"))
            case "excluded":
                courses.sign(row, student, excluded=_at(row, value, "START"))
            case "pending":
                courses.sign(
                    row,
                    student,
                    state=False,
                    signature=None,
                    timestamp=None,
                    signatureEmail={"requestId": "r1", "nbSent": 1},
                )
            case "justified":
                courses.justify(row, student, None if value is None else str(value))
            case "comment":
                courses.comment(row, student, str(value))
            case _:
                courses.sign(row, student, state=False, signature=None, timestamp=None)


def _at(row: Mapping[str, Any], value: Any, edge: str) -> str:
    """Return an instant of the class.

    A time of day in Paris, or minutes before its end or after its beginning.
    """
    moment = parse(row[edge])
    if isinstance(value, str):
        hour, minute = value.split(":")
        return stamp(moment.astimezone(PARIS).replace(hour=int(hour), minute=int(minute)))
    return stamp(
        moment - timedelta(minutes=value) if edge == "END" else moment + timedelta(minutes=value)
    )
