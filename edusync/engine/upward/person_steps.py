"""The steps for each person, in their order, until one of them fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.upward.before import StillDoubtful, last_begun, settle_before
from edusync.engine.upward.steps import Doubtful, Refusal
from edusync.engine.upward.whose import say_unnamed, unnamed
from edusync.engine.verdicts import Undecided, holds
from edusync.spec.tree import LookFirst
from edusync.state.uploads import StepKey

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.endings import Endings, Placed
    from edusync.engine.upward.sheet import Line, UpSheet
    from edusync.engine.upward.steps import StepSender
    from edusync.spec.tree import Step, Writeback


class PersonSteps:
    """Run `for_person` of a spec."""

    def __init__(
        self,
        writeback: Writeback,
        sender: StepSender,
        lists: Lists,
        endings: Endings,
        hear: Callable[[], None],
    ) -> None:
        self.writeback, self.sender, self.lists, self.endings = writeback, sender, lists, endings
        self.hear = hear

    def run(self, sheet: UpSheet) -> list[Placed]:
        """Run the steps of each person; return the lines that went through."""
        going: list[Placed] = []
        for line in sheet.lines:
            self.hear()
            if self._knows_before(sheet, line) and (line.skip or self._person(sheet, line)):
                going.append((sheet, line))
        return going

    def _knows_before(self, sheet: UpSheet, line: Line) -> bool:
        """Settle what was sent of somebody before; False when the line waits for a person."""
        try:
            settle_before(self.writeback, self.sender, self.lists, sheet, line)
        except StillDoubtful as still:
            self.endings.doubt(sheet, line, still.doubt, still.content)
            return False
        return True

    def _look_at_others(self, sheet: UpSheet, line: Line, index: int, step: Step) -> None:
        """Doubtful when a list says nothing of a line in doubt, since it lacks what surely stands.

        What the same step wrote of others on the sheet, before the list was read, is not there.
        """
        key = StepKey(sheet.source_id, line.key, f"person{index}.{line.digest}")
        if not (self.sender.is_in_doubt(key) and isinstance(step.in_doubt, LookFirst)):
            return
        for other in (*sheet.lines, *sheet.settled.values()):
            others = key._replace(person=other.key, step=f"person{index}.{other.digest}")
            if others in self.sender.stood and not self.sender.may_stand(
                step, other.names, other.names, self.lists
            ):
                raise Doubtful("the ERP was read back, and lacks what was sent of others")

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
                if line in unnamed(self.writeback, step, sheet.lines):
                    raise say_unnamed(1)
                self._look_at_others(sheet, line, index, step)
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
