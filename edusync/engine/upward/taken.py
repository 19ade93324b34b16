"""Which lines a step of a sheet wrote in an earlier run, so that it is not sent for them again.

A step is one call about all lines of a sheet. When a later step refuses some of them, the next run
has only these, and their call would be another one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.upward.endings import Placed
    from edusync.engine.upward.sheet import Line
    from edusync.engine.upward.step_reads import Done
    from edusync.engine.upward.steps import StepSender
    from edusync.spec.tree import Step
    from edusync.state.uploads import Progress, StepKey

_LINES = "lines"
"""What the store keeps of a step beside what it read: what each line said that it was sent for."""


def note_lines(sender: StepSender, keys: Sequence[StepKey], placed: Sequence[Placed]) -> None:
    """Keep with a step that was done which lines of each sheet it was sent for.

    What the same step wrote of them before is not in the ERP any more.
    """
    for key in keys:
        lines = {
            line.key: _content(line) for sheet, line in placed if sheet.source_id == key.source_id
        }
        for other, found in _done(sender, key.source_id, _name(key)):
            before = found.got.get(_LINES, {})
            now = {one: content for one, content in before.items() if one not in lines}
            if other == key:
                now |= lines
            if now != before:
                kept = {**found.got, _LINES: now}
                sender.uploads.done([other], kept)
                sender.progress[other] = found._replace(got=kept)


def taken_before(
    sender: StepSender, step: Step, name: str, placed: Sequence[Placed]
) -> list[tuple[Placed, Done]]:
    """Return the lines that a step was done for, as they are now, and what it read then.

    None of a sheet of which such a step is in doubt.
    """
    taken = []
    for sheet, line in placed:
        for key, found in _done(sender, sheet.source_id, name):
            if found.got.get(_LINES, {}).get(line.key) == _content(line):
                sender.ran.add(key)  # it is remembered as long as a line of it is left
                taken.append(((sheet, line), sender.reads.stored(step, found.got)))
    return taken


def _done(sender: StepSender, source_id: str, name: str) -> list[tuple[StepKey, Progress]]:
    """Return how far a step of a sheet came, with other lines as well; nothing when in doubt."""
    mine = [
        (key, found)
        for key, found in sender.progress.items()
        if (key.source_id, key.person, _name(key)) == (source_id, "", name)
    ]
    return mine if all(found.status == "done" for _, found in mine) else []


def _name(key: StepKey) -> str:
    return key.step.partition(".")[0]


def _content(line: Line) -> str:
    return f"{line.state}.{line.digest}"
