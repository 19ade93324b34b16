"""Write some sheets (U6, U7).

The steps for each person, then those for the sheet, then those after it.

A line that is refused does not stop the others; a step of a person that failed stops the steps of
the sheet, so that no roll call is closed over a hole.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.engine.read.sql_source import SqlSource
from edusync.engine.read.table import UNDECIDED
from edusync.engine.upward.before import StillDoubtful, ask_first, last_begun, settle_before
from edusync.engine.upward.content import cell, csv_of, digest_of
from edusync.engine.upward.sheet import SETTLED, THEN, Line, UpSheet, is_of_sheet
from edusync.engine.upward.statements import groups_of, statements_due
from edusync.engine.upward.steps import Doubtful, Refusal, StepSender
from edusync.engine.verdicts import Undecided, decided, holds, why
from edusync.model import UNKNOWN
from edusync.spec.tree import Statement
from edusync.state.uploads import StepKey, Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.statements import Statements
    from edusync.spec.tree import Step, Writeback
    from edusync.transport.message import Answer

    Placed = tuple[UpSheet, Line]


class SheetsWriter:
    """Write sheets of one account over lists that were read for them."""

    def __init__(
        self,
        writeback: Writeback,
        sender: StepSender,
        lists: Lists,
        report: Report,
        *,
        final: bool,
        reads_again: bool = False,
    ) -> None:
        """Write over lists that were read.

        `final` says that what is in doubt stays so, `reads_again` that a sheet whose ERP moved on
        is sent once more.
        """
        self.writeback, self.sender, self.lists, self.report, self.names, self.final = (
            writeback,
            sender,
            lists,
            report,
            lists.names,
            final,
        )
        self.reads_again = reads_again
        self.written: set[tuple[str, str]] = set()
        """Lines of which a step wrote something, by sheet and key."""
        self.got: dict[tuple[str, str], Mapping[str, Any]] = {}
        """What the steps of sheets read for each line, by sheet and key."""

    def write(self, sheets: Sequence[UpSheet]) -> None:
        """Write sheets together, and keep what became of each line."""
        going: dict[str, list[Placed]] = {
            sheet.source_id: self._for_people(sheet) for sheet in sheets
        }
        together = [
            placed for sheet in sheets if not sheet.in_doubt for placed in going[sheet.source_id]
        ]
        stored = together if not self.writeback.for_sheet else []
        if self.writeback.for_sheet and self.writeback.at_once > 1:
            stored = self._for_sheets(together)
        elif self.writeback.for_sheet:
            stored = [
                placed
                for sheet in sheets
                if not sheet.in_doubt
                for placed in self._for_sheets(going[sheet.source_id])
            ]
        for sheet, line in stored:
            self._settle(sheet, line)
        for sheet in sheets:
            self._name_left(sheet)
            self._after(sheet)
            self.sender.uploads.save(
                [Upload(sheet.source_id, sheet.edusign_id, sheet.status(), sheet.records)],
                keep_steps=sheet.in_doubt,
            )
            self._tell(sheet)

    # people

    def _for_people(self, sheet: UpSheet) -> list[Placed]:
        """Run the steps of each person; return the lines that went through."""
        return [
            (sheet, line)
            for line in sheet.lines
            if self._knows_before(sheet, line) and (line.skip or self._person(sheet, line))
        ]

    def _knows_before(self, sheet: UpSheet, line: Line) -> bool:
        """Settle what was sent of somebody before; False when the line waits for a person."""
        try:
            settle_before(self.writeback, self.sender, self.lists, sheet, line)
        except StillDoubtful as still:
            self._doubt(sheet, line, still.doubt, still.content)
            return False
        return True

    def _person(self, sheet: UpSheet, line: Line) -> bool:
        names = dict(line.names)
        begun = last_begun(self.writeback, self.sender, sheet, line)
        for index, step in enumerate(self.writeback.for_person):
            if (
                index < begun
                and StepKey(sheet.source_id, line.key, f"person{index}.{line.digest}")
                not in self.sender.progress
                and step.writes
            ):
                # it was not due when a later step was sent; what that one did must not make it due
                continue
            try:
                if line.state not in step.states or not holds(step.when, names):
                    continue
                done = self.sender.run(
                    step,
                    [StepKey(sheet.source_id, line.key, f"person{index}.{line.digest}")],
                    names,
                    line.names,
                    self.lists,
                )
            except Undecided as undecided:
                self._wait([(sheet, line)], step, undecided)
                return False
            except Refusal as refusal:
                if not self._goes_again([(sheet, line)], refusal):
                    self._refuse(sheet, line, refusal.code, refusal.message)
                return False
            except Doubtful as doubt:
                self._doubt(sheet, line, doubt)
                return False
            names["got"] = {**names.get("got", {}), **done.got}
            self._note_written(step, [(sheet, line)])
        return True

    # sheets

    def _for_sheets(self, placed: list[Placed]) -> list[Placed]:
        """Run the steps of sheets over their lines; return the lines that the ERP has."""
        waiting = [item for item in placed if not item[1].skip]
        if not waiting:
            return placed
        of_database = isinstance(self.sender.source, SqlSource)
        for index, group in enumerate(groups_of(self.writeback.for_sheet, of_database=of_database)):
            waiting = [
                item
                for part in self._read_alike(waiting)
                for item in self._grouped(group, f"sheet{index}", part)
            ]
        return [item for item in placed if item[1].skip] + waiting

    def _read_alike(self, placed: list[Placed]) -> list[list[Placed]]:
        """Return lines apart for which the steps before read different things.

        A line for which nothing was read goes with the first ones.
        """
        parts: list[list[Placed]] = []
        for item in placed:
            got = self._got([item])
            same = (part for part in parts if not got or self._got(part) in ({}, got))
            part = next(same, None)
            if part is None:
                parts.append([item])
            else:
                part.append(item)
        return parts

    def _got(self, placed: list[Placed]) -> Mapping[str, Any]:
        """Return what the steps of the sheet read for some lines."""
        found = (self.got.get((sheet.source_id, line.key)) for sheet, line in placed)
        return next((got for got in found if got), {})

    def _grouped(self, group: list[Step], name: str, placed: list[Placed]) -> list[Placed]:
        """Run one step over lines, and over fewer of them when the ERP refuses.

        Return those that it has.
        """
        step = group[0]
        mine = [item for item in placed if any(item[1].state in other.states for other in group)]
        if not mine:
            return placed
        sheets = list({sheet.source_id: sheet for sheet, _ in mine}.values())
        names = {
            **(sheets[0].names if len(sheets) == 1 else self.names),
            "lines": [line.content for _, line in mine],
            "got": self._got(mine),
        }
        keys = [StepKey(sheet.source_id, "", f"{name}.{digest_of(mine)}") for sheet in sheets]
        try:
            work = self._statements(group, mine, names)
            if not work if work is not None else not holds(step.when, names):
                return placed
            ask_first(self.sender, step, keys, name)
            done = self.sender.run(
                step,
                keys,
                names,
                {"course": sheets[0].course()},
                self.lists,
                self._sending(step, work, mine, names),
            )
        except Undecided as undecided:
            self._wait(mine, step, undecided)
            return [item for item in placed if item not in mine]
        except Refusal as refusal:
            if self._goes_again(mine, refusal):
                return [item for item in placed if item not in mine]
            return self._refused(group, name, placed, mine, refusal)
        except Doubtful as doubt:
            for sheet, line in mine:
                self._doubt(sheet, line, doubt)
            return [item for item in placed if item not in mine]
        self._note_written(step, mine)
        for sheet, line in mine:
            self.got[sheet.source_id, line.key] = {**names["got"], **done.got}
        gone = [item for item in mine if self._called(step, item[1]) in done.refused]
        for sheet, line in gone:
            self._refuse(sheet, line, "UP_ERP_REJECTED", done.refused[self._called(step, line)])
        return [item for item in placed if item not in gone]

    def _refused(
        self,
        group: list[Step],
        name: str,
        placed: list[Placed],
        mine: list[Placed],
        refusal: Refusal,
    ) -> list[Placed]:
        """Name the lines that were refused.

        Where the others were lost with them, send those again.
        """
        step = group[0]
        named = [item for item in mine if self._called(step, item[1]) in refusal.named]
        others = [item for item in placed if item not in mine]
        rest = [item for item in mine if item not in named]
        for sheet, line in named:
            self._refuse(sheet, line, refusal.code, refusal.named[self._called(step, line)])
        if named:
            return others + (self._grouped(group, name, rest) if rest else [])
        sheets = list(dict.fromkeys(sheet.source_id for sheet, _ in mine))
        about_sheet = is_of_sheet(refusal.code)
        if len(sheets) > 1:
            half = set(sheets[: len(sheets) // 2])
            parts = [
                [item for item in mine if item[0].source_id in half],
                [item for item in mine if item[0].source_id not in half],
            ]
        elif (
            len(mine) > 1
            and not about_sheet
            and (
                isinstance(step.call, Statement)
                or (step.refused is not None and step.refused.rest == "lost")
            )
        ):
            parts = [mine[: len(mine) // 2], mine[len(mine) // 2 :]]
        else:
            self._refuse_all(mine, refusal)
            return others
        return others + [item for part in parts for item in self._grouped(group, name, part)]

    def _statements(
        self, group: list[Step], mine: list[Placed], names: Mapping[str, Any]
    ) -> Statements | None:
        """Return the statements that are due, each with the lines that it is run for.

        None where nothing is written into a database.
        """
        if not isinstance(self.sender.source, SqlSource) or not group[0].writes:
            return None
        return statements_due(group, [line for _, line in mine], names)

    def _sending(
        self, step: Step, work: Statements | None, mine: list[Placed], names: Mapping[str, Any]
    ) -> Callable[[], Answer] | None:
        """Return what sends a step in place of a plain call.

        A transaction of statements, or a file.
        """
        source = self.sender.source
        if isinstance(source, SqlSource) and work is not None:
            return lambda: source.write_all(work)
        if step.csv is not None:
            content = csv_of(
                {
                    name: [cell(name, column, {**names, "line": line.content}) for _, line in mine]
                    for name, column in step.csv.members.items()
                }
            )
            return lambda: source.write(step.call, {**names, "content": content})
        return None

    # after the sheet

    def _after(self, sheet: UpSheet) -> None:
        """Run the steps after a sheet whose attendance stands in the ERP as a whole (U7)."""
        if (
            not self.writeback.then
            or sheet.in_doubt
            or sheet.read_again
            or any(
                record["status"] not in SETTLED
                for key, record in sheet.records.items()
                if key != THEN
            )
        ):
            return
        status = sheet.records.get(THEN, {}).get("status")
        if status == "sent" or (status == "given_up" and not sheet.was_sent):
            return
        if status == "given_up":
            del sheet.records[THEN]  # the ERP has more of the sheet now than when it refused
        names = {**sheet.names, "lines": [line.content for line in sheet.lines]}
        for index, step in enumerate(self.writeback.then):
            try:
                if not holds(step.when, names):
                    continue
                done = self.sender.run(
                    step,
                    [StepKey(sheet.source_id, "", f"then{index}")],
                    names,
                    {"course": sheet.course()},
                    self.lists,
                )
            except Undecided as undecided:
                sheet.hold(THEN, "UP_COURSE_UNREADABLE", "held")
                self._say_unsure(sheet, step, undecided)
                return
            except Refusal as refusal:
                sheet.refused(THEN, "UP_COURSE_STEP_FAILED", self.writeback.tries)
                self.report.add(
                    Outcome(
                        "UP_COURSE_STEP_FAILED",
                        "course",
                        sheet.source_id,
                        sheet.edusign_id,
                        place=step.place,
                        detail=refusal.message,
                    )
                )
                return
            except Doubtful as doubt:
                sheet.in_doubt = True
                if self.final or doubt.person:
                    self.report.add(
                        Outcome(
                            "UP_IN_DOUBT",
                            "course",
                            sheet.source_id,
                            sheet.edusign_id,
                            place=step.place,
                            detail=str(doubt),
                        )
                    )
                return
            names["got"] = {**names.get("got", {}), **done.got}
        sheet.records[THEN] = {"content": "", "status": "sent"}
        sheet.moved = True

    # what became of it

    def _note_written(self, step: Step, placed: Sequence[Placed]) -> None:
        if step.writes:
            self.written |= {(sheet.source_id, line.key) for sheet, line in placed}

    def _goes_again(self, placed: Sequence[Placed], refusal: Refusal) -> bool:
        """Whether the ERP moved on, and is read and written to again in this run."""
        if not (refusal.again and self.reads_again):
            return False
        for sheet, _ in placed:
            sheet.read_again = True
        return True

    def _settle(self, sheet: UpSheet, line: Line) -> None:
        """Note that a line stands in the ERP, or that nothing could be written to correct it."""
        is_written = (sheet.source_id, line.key) in self.written
        if not is_written and sheet.stands.get(line.key, line.digest) != line.digest:
            self._stays(sheet, line.key, line.role, line.source_id, line.digest)
            return
        sheet.records[line.key] = {"content": line.digest, "status": "sent"}
        if line.skip or not is_written:
            sheet.was_skipped += 1
        else:
            sheet.was_sent += 1
        sheet.moved = True

    def _name_left(self, sheet: UpSheet) -> None:
        """Name who was sent before and is not on the sheet any more."""
        left = {key for key, one in sheet.records.items() if one["status"] in {"doubt", "refused"}}
        here = {line.key for line in sheet.lines} | (sheet.records.keys() - left)
        for key in sorted(sheet.stands.keys() - here):
            role, _, source_id = key.partition(":")
            self._stays(sheet, key, role, source_id, "")

    def _stays(self, sheet: UpSheet, key: str, role: str, source_id: str, content: str) -> None:
        """Note that the ERP holds what was sent before, and has no way to change it."""
        code = "UP_CORRECTION_IMPOSSIBLE"
        sheet.hold(key, code, "held", content=content)
        self.report.add(Outcome(code, role, source_id, sheet.edusign_id, field=sheet.source_id))

    def _tell(self, sheet: UpSheet) -> None:
        if not sheet.moved or sheet.read_again:
            return
        if all(record["status"] in SETTLED for record in sheet.records.values()):
            self.report.add(
                Outcome(
                    "UP_SENT",
                    "course",
                    sheet.source_id,
                    sheet.edusign_id,
                    detail=_told(sheet),
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

    def _wait(self, placed: Sequence[Placed], step: Step, undecided: Undecided) -> None:
        """Hold lines of which nobody can say whether, or with what, a step is due."""
        for sheet, line in placed:
            sheet.hold(line.key, "UP_COURSE_UNREADABLE", "held", content=line.digest)
        for sheet in {sheet.source_id: sheet for sheet, _ in placed}.values():
            self._say_unsure(sheet, step, undecided)

    def _say_unsure(self, sheet: UpSheet, step: Step, undecided: Undecided) -> None:
        self.report.once(
            Outcome(
                "UP_COURSE_UNREADABLE",
                "course",
                sheet.source_id,
                sheet.edusign_id,
                place=step.place,
                detail=f"a step could not be made: {undecided}",
            )
        )

    def _refuse(self, sheet: UpSheet, line: Line, code: str, message: str) -> None:
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

    def _refuse_all(self, placed: list[Placed], refusal: Refusal) -> None:
        """Name every line of what was refused as a whole; a code of the sheet is said once."""
        if not is_of_sheet(refusal.code):
            for sheet, line in placed:
                self._refuse(sheet, line, refusal.code, refusal.message)
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

    def _doubt(self, sheet: UpSheet, line: Line, doubt: Doubtful, content: str = "") -> None:
        """Note that nobody knows whether a line landed; `content` is what was sent of it."""
        sheet.in_doubt = True
        sheet.records[line.key] = {
            **sheet.records.get(line.key, {}),
            **sheet.wish(line.key),
            "content": content or line.digest,
            "status": "doubt",
        }
        if self.final or doubt.person:
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

    def _called(self, step: Step, line: Line) -> str:
        return (
            str(line.content.get(step.refused.line_key))
            if step.refused and step.refused.line_key
            else ""
        )


def _told(sheet: UpSheet) -> str:
    """Return how many lines were sent, and of how many nothing had to be written."""
    sent = f"{sheet.was_sent} line{'' if sheet.was_sent == 1 else 's'}"
    return f"{sent}, nothing to write for {sheet.was_skipped}" if sheet.was_skipped else sent
