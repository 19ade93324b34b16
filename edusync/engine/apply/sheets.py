"""Write sheets (D2 to D4, D11).

Create, patch, move students one by one, complete a hand-made one, delete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.apply.gone import still_there
from edusync.engine.apply.sheet_bodies import as_found, body_of, full_roster, new_roster, placed
from edusync.engine.digest import Facts
from edusync.engine.outcome import Outcome
from edusync.engine.plan.plan import KEPT, Change
from edusync.engine.plan.sheets import ROSTER, barred, barred_by_lock, differing, start_before_hands
from edusync.target import wire
from edusync.target.failures import Rejected
from edusync.target.records import Sheet

if TYPE_CHECKING:
    from edusync.engine.apply.ledger import Keeper, Ledger
    from edusync.target.records import GroupRecord, Person


class SheetGone(Exception):
    """The sheet that was to be changed is not on Edusign any more."""


class SheetWriter:
    """Write the sheets of one account."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger, self.client, self.store = ledger, ledger.client, ledger.store

    def apply(self, change: Change) -> bool:
        """Apply one change of a sheet; return whether anything was sent.

        What Edusign refuses because a professor is archived there waits, or goes once more after
        they were restored (D8, R32).
        """
        try:
            return self._write(change)
        except Rejected:
            self.ledger.lanes.only_alone()
            archived = self._archived(change)
            if not archived:
                raise
        self.ledger.settle(change)
        if self.ledger.context.restore_archived:
            self._restore(archived)
            return self._write(change)
        for professor in archived:
            code = "DOWN_PERSON_ARCHIVED"
            self.ledger.report.skip(Outcome(code, *professor.key, professor.edusign_id))
        names = ", ".join(professor.source_id for professor in archived)
        detail = f"professor {names} is archived on Edusign"
        self.ledger.fail(change, "DOWN_COURSE_HELD_DEPENDENCY", detail)
        return False

    def _archived(self, change: Change) -> list[Change]:
        """Return what would restore the professors of a sheet who are archived on Edusign."""
        values = change.facts.values if change.facts else {}
        found = []
        for ref in values.get("professors", ()):
            edusign_id = self.ledger.ids.get(("professor", ref), "")
            person = self.client.person("professor", edusign_id)
            if person is not None and person.archived:
                found.append(Change("professor", "update", ref, edusign_id, ("archived",)))
        return found

    def _restore(self, archived: list[Change]) -> None:
        """Bring archived professors back."""
        for change in archived:
            intent = self.ledger.intend(change)
            self.client.restore(change.kind, change.edusign_id or "")
            self.store.done(intent)
            code = "DOWN_UPDATED"
            outcome = Outcome(code, *change.key, change.edusign_id, field="archived")
            self.ledger.report.add(outcome)

    def _write(self, change: Change) -> bool:
        match change.action:
            case "create":
                return self.create(change)
            case "delete":
                return self.delete(change)
            case "complete":
                return self.complete(change)
        return self.update(change)

    def create(self, change: Change) -> bool:
        """Create a sheet with everybody who could be written, unless it has begun meanwhile."""
        ledger = self.ledger
        facts = placed(change, self.ledger)
        if facts is None:
            return False
        if facts.values["starts_at"] <= ledger.context.now():
            ledger.fail(change, "DOWN_COURSE_STARTED", "it began before its sheet could be made")
            return False
        students = new_roster(change, facts, ledger.ids)
        identity = wire.identity(change.source_id, ledger.context.spec.connector)
        body = body_of(facts, students, identity, self.ledger.ids, former_professors=0)
        intent = ledger.intend(change)
        edusign_id = ledger.made(change, self.client.create("course", body))
        ledger.record(change, edusign_id, facts, done=intent)
        return True

    def update(self, change: Change) -> bool:
        """Bring a sheet in step, as far as it may still be touched.

        It is read again, and the clock too: the world may have moved since the plan.
        """
        ledger = self.ledger
        sheet = self.client.sheet(change.edusign_id or "")
        if sheet is None:
            ledger.ids.pop(change.key, None)
            raise SheetGone
        facts = placed(change, self.ledger)
        if facts is None:
            return False
        fields = differing(facts, sheet, ledger.ids)
        renames = "identity" in change.fields
        asked = (*fields, "identity") if renames else fields
        digests, _ = self.store.details(
            ledger.context.connector, ledger.context.account, *change.key
        )
        back = start_before_hands(facts, sheet, digests, self.store.key)
        now = ledger.context.now()
        code = barred(sheet, asked, now, goes_back_to=back) if asked else None
        if code is not None and not fields:
            ledger.record(change, sheet.edusign_id, facts, done=None)
            return False  # it is linked anew, and may not be touched (D11)
        if code is not None and not (code == "DOWN_COURSE_SIGNED" and ROSTER in fields):
            self._bar(change, code, sheet, fields)
            return False
        sent = True
        if (fields == (ROSTER,) and not renames) or code is not None:
            if not self.move_students(change, sheet, facts):
                return False
        elif fields or renames:
            self._patch(change, sheet, facts)
        else:
            sent = False
        if code is not None:
            facts = as_found(sheet, students=facts.values.get(ROSTER, ()))
        ledger.record(change, sheet.edusign_id, facts, done=None)
        return sent

    def _patch(self, change: Change, sheet: Sheet, facts: Facts) -> None:
        """Patch a sheet as a whole, with the id of its session when that is new to it."""
        ledger = self.ledger
        identity = wire.existing(sheet.edusign_id)
        if "identity" in change.fields:
            identity |= wire.identity(change.source_id, ledger.context.spec.connector)
        roster = full_roster(facts, sheet, self.ledger.ids)
        ledger.note_seats(change, [one for one in sheet.students if one not in roster])
        try:
            self._send_whole(change, sheet, facts, roster, identity)
        except Rejected:
            ledger.lanes.only_alone()
            foreign = [one for one in roster if ("student", one) not in ledger.ids.refs]
            dead = set(foreign).difference(still_there(self.client, foreign))
            if not dead:
                raise
            ledger.settle(change)
            alive = tuple(one for one in roster if one not in dead)
            self._send_whole(change, sheet, facts, alive, identity)

    def _send_whole(
        self,
        change: Change,
        sheet: Sheet,
        facts: Facts,
        roster: tuple[str, ...],
        identity: dict[str, str],
    ) -> None:
        body = body_of(
            facts, roster, identity, self.ledger.ids, former_professors=len(sheet.professors)
        )
        intent = self.ledger.intend(change)
        self.client.update("course", body)
        self.store.done(intent)

    def _bar(self, change: Change, code: str, sheet: Sheet, fields: tuple[str, ...]) -> None:
        """Note that a sheet may not be touched any more; an adopted one is linked as it stands."""
        ledger = self.ledger
        outcome = Outcome(code, *change.key, sheet.edusign_id, field=", ".join(fields))
        ledger.report.skip(outcome)
        ledger.failed.add(change.key)
        if change.action == "adopt":
            ledger.record(change, sheet.edusign_id, as_found(sheet), done=None)

    def move_students(self, change: Change, sheet: Sheet, facts: Facts) -> bool:
        """Add and remove students by the calls for one student, which leave signatures alone.

        False, with the event, when the class began before all of them were moved.
        """
        ids = self.ledger.ids
        wanted = [ids["student", ref] for ref in sorted(facts.values.get(ROSTER, ()))]
        coming = [student for student in wanted if student not in sheet.students]
        going = [
            student
            for student in sheet.students
            if ids.is_of_ours(sheet.edusign_id, student) and student not in wanted
        ]
        self.ledger.note_seats(change, going)
        moves = [(self.client.add_student, student) for student in coming]
        moves += [(self.client.remove_student, student) for student in going]
        for move, student in moves:
            if change.action != "complete" and sheet.starts_at <= self.ledger.context.now():
                self._bar(change, "DOWN_COURSE_STARTED", sheet, (ROSTER,))
                return False
            intent = self.ledger.intend(change)
            move(sheet.edusign_id, student)
            self.store.done(intent)
        return True

    def complete(self, change: Change) -> bool:
        """Give a hand-made sheet its professors by a patch and its students one by one (D3)."""
        ledger = self.ledger
        sheet = self.client.sheet(change.edusign_id or "")
        facts = placed(change, self.ledger)
        if sheet is None or facts is None:
            return False
        if sheet.locked is not False or sheet.signed:
            ledger.fail(change, barred_by_lock(sheet) or "DOWN_COURSE_SIGNED")
            return False
        intent = ledger.intend(change)
        self.client.update(
            "course",
            wire.course_body(
                wire.existing(sheet.edusign_id),
                name=sheet.name,
                starts_at=sheet.starts_at,
                ends_at=sheet.ends_at,
                professors=[ledger.ids["professor", ref] for ref in facts.values["professors"]],
                students=sheet.students,
                groups=None,
                classroom=None,
                description=None,
                former_professors=len(sheet.professors),
            ),
        )
        self.store.done(intent)
        self.move_students(change, sheet, facts)
        ledger.record(change, sheet.edusign_id, facts, done=None, manual=True)
        return True

    def delete(self, change: Change) -> bool:
        """Delete a sheet, unless it was signed, archived or begun since the plan was made (D4)."""
        ledger = self.ledger
        sheet = self.client.sheet(change.edusign_id or "")
        if sheet is not None and (
            sheet.locked is not False or sheet.signed or sheet.starts_at <= ledger.context.now()
        ):
            kept = f"{change.detail}; {KEPT}it was signed, archived or begun meanwhile"
            ledger.fail(change, "DOWN_COURSE_VANISHED", kept)
            return False
        context = ledger.context
        keeper = context.keeper(change) if sheet is not None else None
        if sheet is not None and keeper is not None:
            self._leave(change, sheet, keeper)
            self.store.drop_link(context.connector, context.account, *change.key)
            kept = f"{change.detail}; {KEPT}{keeper.words}"
            ledger.report.add(
                Outcome("DOWN_COURSE_VANISHED", *change.key, change.edusign_id, detail=kept)
            )
            return False
        if sheet is not None:
            ledger.note_deleted(change)
        intent = ledger.intend(change)
        if sheet is not None:
            self.client.delete_sheet(sheet.edusign_id)
        self.store.drop_link(context.connector, context.account, *change.key, done=intent)
        return sheet is not None

    def _leave(self, change: Change, sheet: Sheet, keeper: Keeper) -> None:
        """Take our students off a sheet with which somebody else goes on, but for theirs."""
        if keeper.students is None:
            return
        for student in sheet.students:
            if ("student", student) in self.ledger.ids.refs and student not in keeper.students:
                intent = self.ledger.intend(change)
                self.client.remove_student(sheet.edusign_id, student)
                self.store.done(intent)

    def take_over_unwanted(self, change: Change, record: Person | GroupRecord | Sheet) -> None:
        """Link what an old write in doubt left behind, so that the next run decides about it."""
        known = Facts({"starts_at": record.starts_at} if isinstance(record, Sheet) else {})
        self.ledger.record(change, record.edusign_id, known, done=None)
