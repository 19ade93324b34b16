"""Write sheets: create, patch, move students one by one, complete a hand-made one, delete (D2 to D4, D11)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.digest import Facts
from edusync.engine.outcome import Outcome
from edusync.engine.sheets import ROSTER, barred, differing
from edusync.target import wire
from edusync.target.records import Sheet

if TYPE_CHECKING:
    from edusync.engine.apply import Applier
    from edusync.engine.plan import Change
    from edusync.target.records import GroupRecord, Person


class SheetWriter:
    """Write the sheets of one account."""

    def __init__(self, applier: Applier) -> None:
        self.applier, self.client, self.store = applier, applier.client, applier.store

    def apply(self, change: Change) -> None:
        """Apply one change of a sheet."""
        match change.action:
            case "create":
                self.create(change)
            case "delete":
                self.delete(change)
            case "complete":
                self.complete(change)
            case _:
                self.update(change)

    def create(self, change: Change) -> None:
        """Create a sheet with everybody who could be written."""
        placed = self.placed(change)
        if placed is None:
            return
        roster = self.applier.wanted.courses[change.source_id].students
        students = tuple(
            self.applier.ids[key]
            for ref in sorted(placed.values.get(ROSTER, roster))
            if (key := ("student", ref)) in self.applier.ids
        )
        intent = self.applier.intend(change)
        body = self.body(
            placed,
            students,
            wire.identity(change.source_id, self.applier.context.spec.connector),
            former_professors=0,
        )
        self.applier.record(change, self.client.create("course", body), placed, done=intent)

    def update(self, change: Change) -> None:
        """Bring a sheet in step, as far as it may still be touched. It is read again: the world may have moved."""
        sheet = self.client.sheet(change.edusign_id or "")
        if sheet is None:
            self.applier.ids.pop(change.key, None)
            self.create(replace(change, action="create"))
            return
        placed = self.placed(change)
        if placed is None:
            return
        fields = differing(placed, sheet, self.applier.ids)
        code = barred(sheet, fields, self.applier.context.window.now) if fields else None
        if code is not None and not (code == "DOWN_COURSE_SIGNED" and ROSTER in fields):
            self.applier.report.skip(
                Outcome(code, "course", change.source_id, sheet.edusign_id, field=", ".join(fields))
            )
            self.applier.failed.add(change.key)
            if change.action == "adopt":
                self.applier.record(change, sheet.edusign_id, _standing(sheet), done=None)
            return
        if (fields == (ROSTER,) and not change.replaces) or code is not None:
            self.move_students(change, sheet, placed)
        elif fields or change.replaces:
            intent = self.applier.intend(change)
            identity = wire.existing(sheet.edusign_id) | (
                wire.identity(change.source_id, self.applier.context.spec.connector)
                if change.replaces
                else {}
            )
            self.client.update(
                "course",
                self.body(
                    placed,
                    self.full_roster(placed, sheet),
                    identity,
                    former_professors=len(sheet.professors),
                ),
            )
            self.store.done(intent)
        if code is not None:
            placed = _standing(sheet, students=placed.values.get(ROSTER, ()))
        self.applier.record(change, sheet.edusign_id, placed, done=None)

    def move_students(self, change: Change, sheet: Sheet, placed: Facts) -> None:
        """Add and remove students by the calls for one student, which leave signatures alone."""
        ids = self.applier.ids
        wanted = [ids["student", ref] for ref in sorted(placed.values.get(ROSTER, ()))]
        for student in wanted:
            if student not in sheet.students:
                intent = self.applier.intend(change)
                self.client.add_student(sheet.edusign_id, student)
                self.store.done(intent)
        for student in sheet.students:
            if ("student", student) in ids.refs and student not in wanted:
                intent = self.applier.intend(change)
                self.client.remove_student(sheet.edusign_id, student)
                self.store.done(intent)

    def complete(self, change: Change) -> None:
        """Give a hand-made sheet its professors by a patch and its students one by one (D3)."""
        sheet = self.client.sheet(change.edusign_id or "")
        placed = self.placed(change)
        if sheet is None or placed is None:
            return
        if sheet.locked or sheet.signed:
            self.applier.fail(
                change, "DOWN_COURSE_ARCHIVED" if sheet.locked else "DOWN_COURSE_SIGNED", None
            )
            return
        professors = [self.applier.ids["professor", ref] for ref in placed.values["professors"]]
        intent = self.applier.intend(change)
        self.client.update(
            "course",
            wire.course_body(
                wire.existing(sheet.edusign_id),
                name=sheet.name,
                starts_at=sheet.starts_at,
                ends_at=sheet.ends_at,
                professors=professors,
                students=sheet.students,
                groups=None,
                classroom=None,
                description=None,
                former_professors=len(sheet.professors),
            ),
        )
        self.store.done(intent)
        self.move_students(change, sheet, placed)
        self.applier.record(change, sheet.edusign_id, placed, done=None, created=False, manual=True)

    def delete(self, change: Change) -> None:
        """Delete a sheet, unless it was signed, archived or begun since the plan was made (D4)."""
        sheet = self.client.sheet(change.edusign_id or "")
        if sheet is not None and (
            sheet.locked or sheet.signed or sheet.starts_at <= self.applier.context.window.now
        ):
            self.applier.fail(
                change,
                "DOWN_COURSE_VANISHED",
                "its sheet was kept: it was signed, archived or begun meanwhile",
            )
            return
        intent = self.applier.intend(change)
        if sheet is not None:
            self.client.delete_sheet(sheet.edusign_id)
        self.store.drop_link(
            self.applier.context.connector, self.applier.context.account, *change.key, done=intent
        )

    def take_over_unwanted(self, change: Change, record: Person | GroupRecord | Sheet) -> None:
        """Link what an old write in doubt left behind, so that the next run decides about it."""
        known = Facts({"starts_at": record.starts_at} if isinstance(record, Sheet) else {})
        self.applier.record(change, record.edusign_id, known, done=None)

    def placed(self, change: Change) -> Facts | None:
        """Return the facts with only those who could be written; None, with the event, when no professor could."""
        facts = change.facts or Facts({})
        ids = self.applier.ids
        missing = [
            ref for ref in facts.values.get("professors", ()) if ("professor", ref) not in ids
        ]
        if missing:
            self.applier.fail(
                change,
                "DOWN_COURSE_HELD_DEPENDENCY",
                f"professor {', '.join(missing)} could not be written",
            )
            return None
        values = dict(facts.values)
        for field, kind in ((ROSTER, "student"), ("groups", "group")):
            if field in values:
                values[field] = tuple(ref for ref in values[field] if (kind, ref) in ids)
        return Facts(values)

    def full_roster(self, placed: Facts, sheet: Sheet) -> tuple[str, ...]:
        """Return everybody who should be on a sheet after a patch: ours, and those whom people put there."""
        ids = self.applier.ids
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
                        if ("student", student) not in ids.refs
                    ),
                ]
            )
        )

    def body(
        self,
        placed: Facts,
        students: tuple[str, ...],
        identity: dict[str, str],
        *,
        former_professors: int,
    ) -> dict[str, object]:
        """Return the body of a sheet; the students are Edusign ids."""
        values, ids = placed.values, self.applier.ids
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


def _standing(sheet: Sheet, **values: object) -> Facts:
    """Return what stands on a sheet that may not be changed, so that later runs still see the difference."""
    return Facts(
        {"name": sheet.name, "starts_at": sheet.starts_at, "ends_at": sheet.ends_at, **values}
    )
