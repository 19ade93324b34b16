"""What is written of a sheet: its body, who should be on it, and what holds it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.digest import Facts
from edusync.engine.plan.sheets import ROSTER
from edusync.target import wire

if TYPE_CHECKING:
    from edusync.engine.apply.ledger import Ledger
    from edusync.engine.edusign_ids import EdusignIds
    from edusync.engine.plan.plan import Change
    from edusync.target.records import Sheet


def placed(change: Change, ledger: Ledger) -> Facts | None:
    """Return what can be sent of a sheet; None, with the event, when a professor is missing."""
    professors = change.facts.values.get("professors", ()) if change.facts else ()
    missing = [ref for ref in professors if ("professor", ref) not in ledger.ids]
    if missing:
        detail = f"professor {', '.join(missing)} could not be written"
        ledger.fail(change, "DOWN_COURSE_HELD_DEPENDENCY", detail)
        return None
    return ledger.sendable(change)


def new_roster(change: Change, placed: Facts, ids: EdusignIds) -> tuple[str, ...]:
    """Return everybody who is on a new sheet, by their ids on Edusign."""
    return tuple(
        ids[key]
        for ref in sorted(placed.values.get(ROSTER, change.roster))
        if (key := ("student", ref)) in ids
    )


def full_roster(placed: Facts, sheet: Sheet, ids: EdusignIds) -> tuple[str, ...]:
    """Return everybody who should be on a sheet after a patch.

    Ours, and those whom people put there.
    """
    if ROSTER not in placed.values:
        return sheet.students
    wanted = [ids["student", ref] for ref in sorted(placed.values[ROSTER])]
    return tuple(
        dict.fromkeys(
            [
                *wanted,
                *(
                    student
                    for student in sheet.students
                    if not ids.is_of_ours(sheet.edusign_id, student)
                ),
            ]
        )
    )


def body_of(
    placed: Facts,
    students: tuple[str, ...],
    identity: dict[str, str],
    ids: EdusignIds,
    *,
    former_professors: int,
) -> dict[str, object]:
    """Return the body of a sheet; the students are Edusign ids."""
    values = placed.values
    return wire.course_body(
        identity,
        name=str(values["name"]),
        starts_at=values["starts_at"],
        ends_at=values["ends_at"],
        professors=[ids["professor", ref] for ref in values["professors"]],
        students=students,
        groups=[ids["group", ref] for ref in sorted(values["groups"])]
        if "groups" in values
        else None,
        classroom=values.get("classroom"),
        description=values.get("description"),
        former_professors=former_professors,
    )


def as_found(sheet: Sheet, **values: object) -> Facts:
    """Return what a sheet that may not be changed holds: later runs still see the difference."""
    return Facts(
        {"name": sheet.name, "starts_at": sheet.starts_at, "ends_at": sheet.ends_at, **values}
    )
