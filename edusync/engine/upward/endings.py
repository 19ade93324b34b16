"""What becomes of lines: sent, skipped, held, refused, in doubt, each with its event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from edusync.engine.outcome import Outcome
from edusync.engine.read.table import UNDECIDED
from edusync.engine.upward.sheet import SETTLED, Line, UpSheet, is_of_sheet
from edusync.engine.verdicts import decided, why
from edusync.model import UNKNOWN
from edusync.spec.needs import looked_up
from edusync.spec.tree import LookFirst

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from edusync.engine.outcome import Report
    from edusync.engine.upward.steps import Doubtful, Refusal
    from edusync.engine.verdicts import Undecided
    from edusync.spec.tree import Step, Writeback

_STAYS = "UP_CORRECTION_IMPOSSIBLE"
Placed = tuple[UpSheet, Line]
"""A line, and the sheet that it is of."""


class Endings:
    """Keep and say what becomes of each line.

    `final` says that what is in doubt stays so, `reads_again` that a sheet whose ERP moved on is
    sent once more in this run.
    """

    def __init__(
        self, writeback: Writeback, report: Report, *, final: bool, reads_again: bool
    ) -> None:
        self.writeback, self.report = writeback, report
        self.final, self.reads_again = final, reads_again
        self.written: set[tuple[str, str]] = set()
        """Lines of which a step wrote something, by sheet and key."""

        self.to_be_read: set[tuple[str, datetime]] = set()
        """Lists that are known to have a row of a moment, since a step wrote it."""
        self.taken_away: dict[tuple[str, str], datetime] = {}
        """Lines of which steps wrote something that may have taken a row of a moment away."""

    def note_written(self, step: Step, placed: Sequence[Placed]) -> None:
        """Note of which lines a step wrote something, and which lists have it from now on."""
        names = set(looked_up(step.in_doubt)) if isinstance(step.in_doubt, LookFirst) else set()
        for sheet, line in placed if step.writes else ():
            key, moment = (sheet.source_id, line.key), sheet.archived.sheet.starts_at
            if names:
                self.to_be_read |= {(name, moment) for name in names}
                self.taken_away.pop(key, None)
            elif key not in self.written:
                self.taken_away[key] = moment
            self.written.add(key)

    def goes_again(self, placed: Sequence[Placed], refusal: Refusal) -> bool:
        """Whether the ERP moved on, and is read and written to again in this run."""
        if not (refusal.again and self.reads_again):
            return False
        for sheet, _ in placed:
            sheet.read_again = True
        return True

    def settle(self, sheet: UpSheet, line: Line) -> None:
        """Note that a line stands in the ERP, or that nothing could be written to correct it."""
        is_written = (sheet.source_id, line.key) in self.written
        if not is_written and sheet.standing_digests.get(line.key, line.digest) != line.digest:
            self._stays(sheet, line.key, line.role, line.source_id, line.digest)
            return
        sheet.records[line.key] = {"content": line.digest, "status": "sent"}
        sheet.settled[line.key] = line
        if line.skip or not is_written:
            sheet.was_skipped += 1
        else:
            sheet.was_sent += 1
        sheet.moved = True

    def name_left(self, sheet: UpSheet) -> None:
        """Name who was sent before and is not on the sheet any more."""
        left = {key for key, one in sheet.records.items() if one["status"] in {"doubt", "refused"}}
        here = {line.key for line in sheet.lines} | (sheet.records.keys() - left)
        for key in sorted(sheet.standing_digests.keys() - here):
            role, _, source_id = key.partition(":")
            self._stays(sheet, key, role, source_id, "")

    def _stays(self, sheet: UpSheet, key: str, role: str, source_id: str, content: str) -> None:
        """Note that the ERP holds what was sent before, and has no way to change it."""
        sheet.hold(key, _STAYS, "held", content=content)
        self.report.add(Outcome(_STAYS, role, source_id, sheet.edusign_id, field=sheet.source_id))

    def tell(self, sheet: UpSheet) -> None:
        """Say of a sheet that it went up, and what the spec reports of it."""
        if not sheet.moved or sheet.read_again:
            return
        if all(record["status"] in SETTLED for record in sheet.records.values()):
            self.report.add(
                Outcome(
                    "UP_SENT",
                    "course",
                    sheet.source_id,
                    sheet.edusign_id,
                    detail=_counts(sheet),
                )
            )
        for rule in self.writeback.report:
            names = {**sheet.names, "lines": [line.content for line in sheet.lines]}
            verdict = decided(rule.test, None, names)
            who = sheet.source_id, sheet.edusign_id
            event = Outcome(rule.code, "course", *who, place=rule.place)
            if verdict is UNKNOWN:
                detail = f"report {rule.code}: {why(rule.test, None, names)}"
                self.report.add(replace(event, code=UNDECIDED, detail=detail))
            elif verdict:
                self.report.add(event)

    def wait(self, placed: Sequence[Placed], step: Step, undecided: Undecided) -> None:
        """Hold lines of which nobody can say whether, or with what, a step is due."""
        for sheet, line in placed:
            sheet.hold(line.key, "UP_COURSE_UNREADABLE", "held", content=line.digest)
        for sheet in {sheet.source_id: sheet for sheet, _ in placed}.values():
            self.say_unsure(sheet, step, undecided)

    def say_unsure(self, sheet: UpSheet, step: Step, undecided: Undecided) -> None:
        """Say, once for a sheet, that a step of it could not be made."""
        code, detail = "UP_COURSE_UNREADABLE", f"a step could not be made: {undecided}"
        who = sheet.source_id, sheet.edusign_id
        self.report.once(Outcome(code, "course", *who, place=step.place, detail=detail))

    def say(self, sheet: UpSheet, step: Step, code: str, detail: str) -> None:
        """Say of a sheet what became of a step of it."""
        who = sheet.source_id, sheet.edusign_id
        self.report.add(Outcome(code, "course", *who, place=step.place, detail=detail))

    def refuse(self, sheet: UpSheet, line: Line, code: str, message: str) -> None:
        """Note that the ERP refused a line, with its own words.

        One that cannot be corrected is held: it is looked at again until somebody corrects it.
        """
        if code == _STAYS:
            self._stays(sheet, line.key, line.role, line.source_id, line.digest)
            return
        sheet.refused(line.key, code, self.writeback.tries, content=line.digest)
        self.report.add(
            Outcome(
                code,
                line.role,
                line.source_id,
                sheet.edusign_id,
                field=sheet.source_id,
                detail=message,
            )
        )

    def refuse_all(self, placed: list[Placed], refusal: Refusal) -> None:
        """Name every line of what was refused as a whole; a code of the sheet is said once."""
        if not is_of_sheet(refusal.code):
            for sheet, line in placed:
                self.refuse(sheet, line, refusal.code, refusal.message)
            return
        for sheet in {sheet.source_id: sheet for sheet, _ in placed}.values():
            self.report.add(
                Outcome(
                    refusal.code,
                    "course",
                    sheet.source_id,
                    sheet.edusign_id,
                    detail=refusal.message,
                )
            )
        for sheet, line in placed:
            sheet.refused(line.key, refusal.code, self.writeback.tries, content=line.digest)

    def is_final(self, doubt: Doubtful) -> bool:
        """Whether a doubt stays after this run."""
        return self.final or doubt.person

    def doubt(self, sheet: UpSheet, line: Line, doubt: Doubtful, content: str = "") -> None:
        """Note that nobody knows whether a line landed; `content` is what was sent of it."""
        sheet.in_doubt = True
        sheet.records[line.key] = {
            **sheet.records.get(line.key, {}),
            **sheet.wish(line.key),
            "content": content or line.digest,
            "status": "doubt",
        }
        if self.is_final(doubt):
            self.report.add(
                Outcome(
                    "UP_IN_DOUBT",
                    line.role,
                    line.source_id,
                    sheet.edusign_id,
                    field=sheet.source_id,
                    detail=str(doubt),
                )
            )


def _counts(sheet: UpSheet) -> str:
    """Return how many lines were sent, and of how many nothing had to be written."""
    sent = f"{sheet.was_sent} line{'' if sheet.was_sent == 1 else 's'}"
    return f"{sent}, nothing to write for {sheet.was_skipped}" if sheet.was_skipped else sent
