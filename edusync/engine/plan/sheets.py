"""Compare a sheet on Edusign with the wanted one: what may still be done to it (D2, D11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from edusync.engine.digest import Facts
    from edusync.engine.edusign_ids import EdusignIds
    from edusync.target.records import Sheet

ROSTER = "students"


def differing(wanted: Facts, sheet: Sheet, ids: EdusignIds) -> tuple[str, ...]:
    """Return the fields in which a sheet differs.

    Students on the sheet that this connector never brought down were put there by people and do not
    count (P8).
    """

    def of(kind: str, refs: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(ids.get((kind, ref), f"missing {ref}") for ref in refs)

    found = []
    for name, value in wanted.values.items():
        match name:
            case "professors":
                differs = of("professor", value) != sheet.professors
            case "students":
                differs = set(of("student", value)) != {
                    student
                    for student in sheet.students
                    if ids.is_of_ours(sheet.edusign_id, student)
                }
            case "groups":
                differs = set(of("group", value)) != set(sheet.groups)
            case _:
                differs = value != getattr(sheet, name)
        if differs:
            found.append(name)
    return tuple(sorted(found))


def barred(
    sheet: Sheet, fields: tuple[str, ...], now: datetime, *, goes_back_to: datetime | None = None
) -> str | None:
    """Return the code of what bars a change of these fields, None when it may be made.

    `goes_back_to` is when the class starts, of a sheet that people moved on Edusign: what was never
    signed has not begun there (R33).
    """
    code = barred_by_lock(sheet)
    if code is not None:
        return code
    moves_back = goes_back_to is not None and goes_back_to > now and not sheet.signed
    if sheet.starts_at <= now and not moves_back:
        return "DOWN_COURSE_STARTED"
    if sheet.signed and any(name != ROSTER for name in fields):
        return "DOWN_COURSE_SIGNED"
    return None


def start_before_hands(
    facts: Facts, sheet: Sheet, digests: Mapping[str, str], key: bytes
) -> datetime | None:
    """Return when a class starts whose sheet people moved; None when the ERP moved it, or nobody.

    `digests` are those of the fields that were written last.
    """
    starts_at: datetime = facts.values["starts_at"]
    if starts_at == sheet.starts_at or "starts_at" in facts.changed(digests, key):
        return None
    return starts_at


def barred_by_lock(sheet: Sheet) -> str | None:
    """Return the code of an archived sheet, or of one that may be; None when it is known open."""
    if sheet.locked is None:
        return "EDU_LOCK_UNKNOWN"
    return "DOWN_COURSE_ARCHIVED" if sheet.locked else None
