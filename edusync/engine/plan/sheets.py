"""Compare a sheet on Edusign with the wanted one: what may still be done to it (D2, D11)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
                    student for student in sheet.students if ("student", student) in ids.refs
                }
            case "groups":
                differs = set(of("group", value)) != set(sheet.groups)
            case _:
                differs = value != getattr(sheet, name)
        if differs:
            found.append(name)
    return tuple(sorted(found))


def barred(sheet: Sheet, fields: tuple[str, ...], now: datetime) -> str | None:
    """Return the code of what bars a change of these fields, None when it may be made."""
    code = barred_by_lock(sheet)
    if code is not None:
        return code
    if sheet.starts_at <= now:
        return "DOWN_COURSE_STARTED"
    if sheet.signed and any(name != ROSTER for name in fields):
        return "DOWN_COURSE_SIGNED"
    return None


def barred_by_lock(sheet: Sheet) -> str | None:
    """Return the code of an archived sheet, or of one that may be; None when it is known open."""
    if sheet.locked is None:
        return "EDU_LOCK_UNKNOWN"
    return "DOWN_COURSE_ARCHIVED" if sheet.locked else None
