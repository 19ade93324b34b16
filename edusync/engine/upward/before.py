"""What earlier runs sent of a line, and of what it said before its sheet was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.upward.steps import Doubtful
from edusync.state.uploads import StepKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.sheet import Line, UpSheet
    from edusync.engine.upward.steps import StepSender
    from edusync.spec.tree import Step, Writeback


class StillDoubtful(Exception):
    """Nobody knows whether another line of the same person landed; `content` is its digest."""

    def __init__(self, doubt: Doubtful, content: str) -> None:
        super().__init__(str(doubt))
        self.doubt, self.content = doubt, content


def settle_before(
    writeback: Writeback, sender: StepSender, lists: Lists, sheet: UpSheet, line: Line
) -> None:
    """Note what stands of another line of the same person; StillDoubtful when nobody knows."""
    for key, found in sorted(sender.progress.items()):
        name, _, digest = key.step.partition(".")
        if (key.source_id, key.person) != (sheet.source_id, line.key) or digest == line.digest:
            continue
        step = writeback.for_person[int(name.removeprefix("person"))]
        try:
            is_standing = found.status == "done" or sender.may_stand(
                step, line.names, line.names, lists
            )
        except Doubtful as doubt:
            raise StillDoubtful(doubt, digest) from None
        if is_standing:
            sheet.standing_digests[line.key] = digest
        elif sheet.standing_digests.get(line.key) == digest:
            del sheet.standing_digests[line.key]


def ask_first(sender: StepSender, step: Step, keys: Sequence[StepKey], name: str) -> None:
    """Doubtful when a person is to say what became of a sheet's step with other lines."""
    sheets = {key.source_id for key in keys}
    for key, found in sender.progress.items():
        is_other = key not in keys and key.source_id in sheets
        if is_other and found.status == "intended" and key.step.partition(".")[0] == name:
            sender.ask(step)


def last_begun(writeback: Writeback, sender: StepSender, sheet: UpSheet, line: Line) -> int:
    """Return the last step of a person that an earlier run began."""
    return max(
        (
            index
            for index in range(len(writeback.for_person))
            if StepKey(sheet.source_id, line.key, f"person{index}.{line.digest}") in sender.progress
        ),
        default=0,
    )
