"""Write some sheets (U6, U7).

The steps for each person, then those for the sheet, then those after it.

A line that is refused does not stop the others; a step of a person that failed stops the steps of
the sheet, so that no roll call is closed over a hole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.upward.after_steps import AfterSteps
from edusync.engine.upward.endings import Endings
from edusync.engine.upward.person_steps import PersonSteps
from edusync.engine.upward.sheet_steps import SheetSteps
from edusync.engine.upward.unfinished import steps_to_keep
from edusync.state.uploads import Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.endings import Placed
    from edusync.engine.upward.sheet import UpSheet
    from edusync.engine.upward.steps import StepSender
    from edusync.spec.tree import Writeback


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
        hear: Callable[[], None] = lambda: None,
    ) -> None:
        """Write over lists that were read.

        `final` says that what is in doubt stays so, `reads_again` that a sheet whose ERP moved on
        is sent once more; `hear` is called between two people, and raises when the run is to stop.
        """
        self.writeback, self.sender = writeback, sender
        self.endings = Endings(writeback, report, final=final, reads_again=reads_again)
        of_both = writeback, sender, lists, self.endings
        self.people, self.sheets, self.after = (
            PersonSteps(*of_both, hear),
            SheetSteps(*of_both),
            AfterSteps(*of_both),
        )

    def write(self, sheets: Sequence[UpSheet]) -> None:
        """Write sheets together, and keep what became of each line."""
        going: dict[str, list[Placed]] = {
            sheet.source_id: self.people.run(sheet) for sheet in sheets
        }
        together = [
            placed for sheet in sheets if not sheet.in_doubt for placed in going[sheet.source_id]
        ]
        stored = together if not self.writeback.for_sheet else []
        if self.writeback.for_sheet and self.writeback.at_once > 1:
            stored = self.sheets.run(together)
        elif self.writeback.for_sheet:
            stored = [
                placed
                for sheet in sheets
                if not sheet.in_doubt
                for placed in self.sheets.run(going[sheet.source_id])
            ]
        for sheet, line in stored:
            self.endings.settle(sheet, line)
        for sheet in sheets:
            self.endings.name_left(sheet)
            self.after.run(sheet)
            self.sender.uploads.save(
                [Upload(sheet.source_id, sheet.edusign_id, sheet.status(), sheet.records)],
                keep=steps_to_keep(sheet, self.sender.progress, self.sender.ran),
            )
            self.endings.tell(sheet)
