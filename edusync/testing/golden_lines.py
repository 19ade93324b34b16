"""What a golden file holds of a run: events, writes, and what Edusign holds afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.outcome import Outcome
    from edusync.sandbox.edusign import Book

_NOISE = {
    "DATE_CREATED",
    "DATE_UPDATED",
    "id",
    "SCHOOL_ID",
    "ATTENDANCE_LIST_GENERATED",
    "CREATOR_ID",
}


def writes(book: Book) -> list[str]:
    """Return what was written to Edusign, as verb and path."""
    return [
        f"{request['verb']} {request['path']}"
        for request in book.requests
        if request["verb"] != "GET" or "/restore/" in request["path"]
    ]


def event_line(outcome: Outcome) -> str:
    """Return an event as a golden file holds it."""
    what = " ".join(filter(None, (outcome.kind, outcome.source_id)))
    words = ", ".join(filter(None, (outcome.field, outcome.detail)))
    account = f"{outcome.account}: " if outcome.account not in {None, "main"} else ""
    return (
        f"{account}{outcome.severity} {outcome.code}"
        + (f" {what}" if what else "")
        + (f" ({words})" if words else "")
    )


def held_by(book: Book) -> dict[str, Any]:
    """Return what Edusign holds, as a golden file does."""
    rows_by_kind = {
        kind: [_slim(row) for row in rows] for kind, rows in book.dump().items() if rows
    }
    for course in rows_by_kind.get("courses", []):
        course["STUDENTS"] = [item["studentId"] for item in course.get("STUDENTS", ())]
    return rows_by_kind


def _slim(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in row.items()
        if name not in _NOISE and value not in ("", None, [], 0)
    }
