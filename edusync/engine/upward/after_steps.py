"""The steps after a sheet whose attendance stands in the ERP as a whole (U7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.upward.sheet import SETTLED, THEN
from edusync.engine.upward.steps import Doubtful, Refusal
from edusync.engine.verdicts import Undecided, holds
from edusync.state.uploads import StepKey

if TYPE_CHECKING:
    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.endings import Endings
    from edusync.engine.upward.sheet import UpSheet
    from edusync.engine.upward.steps import StepSender
    from edusync.spec.tree import Writeback


class AfterSteps:
    """Run `then` of a spec."""

    def __init__(
        self, writeback: Writeback, sender: StepSender, lists: Lists, endings: Endings
    ) -> None:
        self.writeback, self.sender, self.lists, self.endings = writeback, sender, lists, endings

    def run(self, sheet: UpSheet) -> None:
        """Run the steps after a sheet, when nothing of it is left."""
        if not self._is_due(sheet):
            return
        self.sender.forget_after(sheet.source_id)
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
                self.endings.say_unsure(sheet, step, undecided)
                return
            except Refusal as refusal:
                sheet.refused(THEN, "UP_COURSE_STEP_FAILED", self.writeback.tries)
                self.endings.say(sheet, step, "UP_COURSE_STEP_FAILED", refusal.message)
                return
            except Doubtful as doubt:
                sheet.in_doubt = True
                if self.endings.is_final(doubt):
                    self.endings.say(sheet, step, "UP_IN_DOUBT", str(doubt))
                return
            names["got"] = {**names.get("got", {}), **done.got}
        sheet.records[THEN] = {"content": "", "status": "sent"}
        sheet.moved = True

    def _is_due(self, sheet: UpSheet) -> bool:
        if not self.writeback.then or sheet.in_doubt or sheet.read_again:
            return False
        lines = (record for key, record in sheet.records.items() if key != THEN)
        if any(record["status"] not in SETTLED for record in lines):
            return False
        status = sheet.records.get(THEN, {}).get("status")
        if status == "given_up" and sheet.was_sent:
            del sheet.records[THEN]  # the ERP has more of the sheet now than when it refused
            return True
        return status not in {"sent", "given_up"}
