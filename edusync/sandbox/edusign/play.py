"""Play a class: who was there, who came late, who left, who was missing and why.

Then the sheet is archived. Cases and `POST /_sandbox/attendance` tell it by the ids of the ERP.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from edusync.diagnostics import did_you_mean
from edusync.sandbox.edusign.book import PARIS, parse, stamp
from edusync.sandbox.edusign.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.sandbox.edusign.book import Record
    from edusync.sandbox.edusign.courses import Courses

    Outcome = str | Mapping[str, Any]

EVERYTHING: tuple[Outcome, ...] = (
    "present",
    {"late": 12},
    {"justified": "sick leave"},
    "absent",
    {"left": 45},
    {"excluded": 60},
)
"""One of each: minutes late, minutes before the end, minutes after the beginning."""

_TIME = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
STATES = ("present", "absent", "pending", "late", "left", "excluded", "justified", "comment")
"""What may be said of a student."""
_KEYS = ("course", "students", "professors", "archive")


def play_sheet(courses: Courses, sheet: Mapping[str, Any]) -> dict[str, Any]:
    """Play one class as a case tells it, by the ids of the ERP.

    `sheet` holds `course`, `students`, and `professors` and `archive` where they are not true, such
    as `{"course": 7, "students": {"12": "present", "13": {"late": 12}}}`.

    Returns: how many students were named, and whether the sheet is archived.
    Raises: Refusal where there is no such sheet or student, or a state or key is not known.
    """
    for key in sheet:
        if key not in _KEYS:
            raise Refusal(f"unknown key '{key}': {did_you_mean(str(key), list(_KEYS))}")
    if not isinstance(sheet.get("students"), dict):
        raise Refusal('no \'students\': say what became of each, such as {"12": "present"}')
    row = _sheet(courses, sheet.get("course"))
    ids = {
        str(student["API_ID"]): student["ID"]
        for item in row["STUDENTS"]
        if (student := courses.book.get("students", item["studentId"])) and student["API_ID"]
    }
    outcomes = {
        ids.get(str(student), str(student)): what for student, what in sheet["students"].items()
    }
    archive = bool(sheet.get("archive", True))
    play(
        courses,
        row["ID"],
        outcomes,
        professors=bool(sheet.get("professors", True)),
        archive=archive,
    )
    return {"played": len(outcomes), "archived": archive}


def _sheet(courses: Courses, api_id: object) -> Record:
    """Return the sheet of a session of the ERP; Refusal that names those that there are."""
    known = {str(row["API_ID"]): row for row in courses.book.all("courses") if row["API_ID"]}
    row = known.get(str(api_id))
    if row is None:
        raise Refusal(f"no sheet '{api_id}' came down: {did_you_mean(str(api_id), [*known])}")
    return row


def play(
    courses: Courses,
    course_id: str,
    outcomes: Mapping[str, Outcome],
    *,
    professors: bool = True,
    archive: bool = True,
) -> None:
    """Play one class.

    `outcomes` maps students, by their id on Edusign, to what became of them; whoever is not named
    is absent.

    `present`, `absent`, `pending`, or one of `late` (minutes), `left` and `excluded` (minutes, or a
    time of day), `justified` (the name of a reason, or nothing), `comment` (beside another).
    """
    row = courses.unlocked(course_id)
    for student, what in outcomes.items():
        if student not in {item["studentId"] for item in row["STUDENTS"]}:
            raise Refusal(f"student '{student}' is not on the sheet")
        _check(what)
    for student, what in outcomes.items():
        _one(courses, row, student, {what: None} if isinstance(what, str) else what)
    for number in range(1, 10) if professors else ():
        if row.get("PROFESSOR" if number == 1 else f"PROFESSOR_{number}"):
            row["PROFESSOR_SIGNATURE" if number == 1 else f"PROFESSOR_SIGNATURE_{number}"] = (
                "https://sandbox/signatures/professor.png"
            )
    if archive:
        courses.archive(row)
    else:
        row.update({"LOCKED": 0, "DATE_UPDATED": courses.book.now()})


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


def _check(what: Outcome) -> None:
    """Refuse what cannot have become of a student."""
    alone, kinds = STATES[:3], [what] if isinstance(what, str) else what
    for kind in kinds:
        if kind not in STATES:
            raise Refusal(f"unknown state '{kind}': {did_you_mean(str(kind), list(STATES))}")
    if isinstance(what, str) and what not in alone:
        raise Refusal(f"'{what}' says more, such as {{\"{what}\": 12}}")
    for kind, value in {} if isinstance(what, str) else what.items():
        is_minutes = isinstance(value, int) and not isinstance(value, bool)
        is_time = kind in {"left", "excluded"} and _TIME.fullmatch(str(value))
        if kind in {"late", "left", "excluded"} and not is_minutes and not is_time:
            raise Refusal(f"'{kind}' takes minutes, not '{value}'")


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
