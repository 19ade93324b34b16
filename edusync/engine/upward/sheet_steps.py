"""The steps for sheets, over all their lines, and over fewer of them when the ERP refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.read.sql_source import SqlSource
from edusync.engine.upward.before import ask_first
from edusync.engine.upward.content import digest_of, file_of
from edusync.engine.upward.sheet import is_of_sheet
from edusync.engine.upward.statements import groups_of, statements_due
from edusync.engine.upward.steps import Doubtful, Refusal
from edusync.engine.upward.taken import note_lines, taken_before
from edusync.engine.upward.whose import say_unnamed, unnamed
from edusync.engine.verdicts import Undecided, holds
from edusync.spec.tree import Statement
from edusync.state.uploads import StepKey

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.endings import Endings, Placed
    from edusync.engine.upward.sheet import Line
    from edusync.engine.upward.statements import Statements
    from edusync.engine.upward.step_reads import Done
    from edusync.engine.upward.steps import StepSender
    from edusync.spec.tree import Step, Writeback
    from edusync.transport.message import Answer


class SheetSteps:
    """Run `for_sheet` of a spec."""

    def __init__(
        self, writeback: Writeback, sender: StepSender, lists: Lists, endings: Endings
    ) -> None:
        self.writeback, self.sender, self.lists, self.endings = writeback, sender, lists, endings
        self.got: dict[tuple[str, str], Mapping[str, Any]] = {}
        """What the steps read for each line, by sheet and key."""

    def run(self, placed: list[Placed]) -> list[Placed]:
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
        if step.writes and (taken := taken_before(self.sender, step, name, mine)):
            return self._behind(group, name, placed, taken)
        nobodys = self._nobodys(step, mine)
        if nobodys:
            self.endings.wait(nobodys, step, say_unnamed(len(nobodys)))
            return self._grouped(group, name, [item for item in placed if item not in nobodys])
        sheets = {sheet.source_id for sheet, _ in mine}
        if len(sheets) > 1 and not _tells_apart(step, mine):
            return self._one_by_one(group, name, placed, mine)
        return self._together(group, name, placed, mine)

    def _behind(
        self, group: list[Step], name: str, placed: list[Placed], taken: list[tuple[Placed, Done]]
    ) -> list[Placed]:
        """Send a step for the lines for which an earlier run did not; return what the ERP has."""
        for (sheet, line), done in taken:
            self.got[sheet.source_id, line.key] = {**self._got([(sheet, line)]), **done.got}
        has = [item for item, _ in taken]
        self.endings.note_written(group[0], has)
        return has + self._grouped(group, name, [item for item in placed if item not in has])

    def _together(
        self, group: list[Step], name: str, placed: list[Placed], mine: list[Placed]
    ) -> list[Placed]:
        """Send a step once over some of the lines; return the lines that the ERP has."""
        step = group[0]
        sheets = list({sheet.source_id: sheet for sheet, _ in mine}.values())
        names = {
            **(sheets[0].names if len(sheets) == 1 else self.lists.names),
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
            self.endings.wait(mine, step, undecided)
            return [item for item in placed if item not in mine]
        except Refusal as refusal:
            if self.endings.goes_again(mine, refusal):
                return [item for item in placed if item not in mine]
            return self._refused(group, name, placed, mine, refusal)
        except Doubtful as doubt:
            for sheet, line in mine:
                self.endings.doubt(sheet, line, doubt)
            return [item for item in placed if item not in mine]
        self.endings.note_written(step, mine)
        for sheet, line in mine:
            self.got[sheet.source_id, line.key] = {**names["got"], **done.got}
        gone = [item for item in mine if _called(step, item[1]) in done.refused]
        for sheet, line in gone:
            self.endings.refuse(sheet, line, "UP_ERP_REJECTED", done.refused[_called(step, line)])
        if step.writes and group[-1] is not self.writeback.for_sheet[-1]:
            note_lines(self.sender, keys, [item for item in mine if item not in gone])
        return [item for item in placed if item not in gone]

    def _one_by_one(
        self, group: list[Step], name: str, placed: list[Placed], mine: list[Placed]
    ) -> list[Placed]:
        """Run one step for each sheet by itself, since a refusal would not say of which it is."""
        left = [item for item in placed if item not in mine]
        for source_id in dict.fromkeys(sheet.source_id for sheet, _ in mine):
            its = [item for item in mine if item[0].source_id == source_id]
            left += self._grouped(group, name, its)
        return left

    def _nobodys(self, step: Step, mine: list[Placed]) -> list[Placed]:
        """Return the lines that do not say whose they are."""
        found: set[Line] = set()
        for sheet in {sheet.source_id: sheet for sheet, _ in mine}.values():
            its = [line for other, line in mine if other is sheet]
            found |= unnamed(self.writeback, step, its)
        return [item for item in mine if item[1] in found]

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
        named = [item for item in mine if _called(step, item[1]) in refusal.named]
        others = [item for item in placed if item not in mine]
        rest = [item for item in mine if item not in named]
        for sheet, line in named:
            self.endings.refuse(sheet, line, refusal.code, refusal.named[_called(step, line)])
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
            self.endings.refuse_all(mine, refusal)
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
            content = file_of(step, [line.content for _, line in mine], names)
            return lambda: source.write(step.call, {**names, "content": content})
        return None


def _tells_apart(step: Step, placed: list[Placed]) -> bool:
    """Whether what a refusal is matched by tells lines apart; so it does where none is matched."""
    if step.refused is None or step.refused.line_key is None:
        return True
    called = [_called(step, line) for _, line in placed]
    return len({*called}) == len(called)


def _called(step: Step, line: Line) -> str:
    return (
        str(line.content.get(step.refused.line_key))
        if step.refused and step.refused.line_key
        else ""
    )
