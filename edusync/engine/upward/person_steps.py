"""The steps for each person, in their order, until one of them fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.upward.before import StillDoubtful, last_begun, settle_before
from edusync.engine.upward.steps import Doubtful, Refusal
from edusync.engine.verdicts import Undecided, holds
from edusync.state.uploads import StepKey

if TYPE_CHECKING:
    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.endings import Endings, Placed
    from edusync.engine.upward.sheet import Line, UpSheet
    from edusync.engine.upward.steps import StepSender
    from edusync.spec.tree import Writeback


class PersonSteps:
    """Run `for_person` of a spec."""

    def __init__(
        self, writeback: Writeback, sender: StepSender, lists: Lists, endings: Endings
    ) -> None:
        self.writeback, self.sender, self.lists, self.endings = writeback, sender, lists, endings

    def run(self, sheet: UpSheet) -> list[Placed]:
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
            self.endings.doubt(sheet, line, still.doubt, still.content)
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
                self.endings.wait([(sheet, line)], step, undecided)
                return False
            except Refusal as refusal:
                if not self.endings.goes_again([(sheet, line)], refusal):
                    self.endings.refuse(sheet, line, refusal.code, refusal.message)
                return False
            except Doubtful as doubt:
                self.endings.doubt(sheet, line, doubt)
                return False
            names["got"] = {**names.get("got", {}), **done.got}
            self.endings.note_written(step, [(sheet, line)])
        return True
