"""The attendance of archived sheets and the reasons of absences, by Edusign's field names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.target.records import ArchivedSheet, Attendance
from edusync.target.wire import flag, listed, moment_of, read_sheet, record_id

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_archived(data: Mapping[str, Any]) -> ArchivedSheet:
    """Read a sheet with its attendance."""
    sheet = read_sheet(data)
    students = tuple(read_attendance(row) for row in listed(data, "STUDENTS"))
    professors = tuple(
        Attendance(
            "professor",
            professor,
            ("present",)
            if data.get("PROFESSOR_SIGNATURE" if number == 1 else f"PROFESSOR_SIGNATURE_{number}")
            else ("absent",),
        )
        for number, professor in enumerate(sheet.professors, start=1)
    )
    return ArchivedSheet(sheet, (*students, *professors))


def read_attendance(row: Mapping[str, Any]) -> Attendance:
    """Read one attendance row of a locked sheet (docs/reference/rules.md#how-attendance-is-read).

    A student who was asked to sign by e-mail cannot sign a locked sheet any more: `state` decides,
    and `pending` says so. Someone may be late and leave early: both states hold, and the first that
    may be sent is. Where `state` says neither, no state is known.
    """
    minutes, left, excluded = (
        int(row.get("delay") or 0),
        moment_of(row.get("earlyDeparture")),
        moment_of(row.get("excluded")),
    )
    present = flag(row.get("state"))
    states: tuple[str, ...]
    if present is None:
        states = ()
    elif present and excluded:
        states = ("excluded",)
    elif present:
        states = (
            *(("early_departure",) if left else ()),
            *(("late",) if minutes > 0 else ()),
            "present",
        )
    else:
        states = ("absent_justified",) if row.get("absenceId") else ("absent",)
    return Attendance(
        "student",
        str(row["studentId"]),
        states,
        minutes,
        left,
        excluded,
        moment_of(row.get("timestamp")),
        None if present else str(row.get("absenceId") or "") or None,
        bool(row.get("signatureEmail") and not row.get("signature")),
        str(row.get("comment") or "").strip() or None,
    )


def read_reason(data: Mapping[str, Any]) -> tuple[str, str]:
    """Read a reason of absences: its id and its name."""
    return str(data["ID"]), str(data["NAME"])


UNNAMED_REASONS = frozenset("01234567")


"""The reasons that Edusign has itself; the list of reasons need not name them."""


def read_absence(data: Mapping[str, Any]) -> tuple[str, str]:
    """Read a justified absence: its id and that of its reason, empty when it says none."""
    reason = data.get("TYPE")
    return record_id(data), "" if reason is None else str(reason)
