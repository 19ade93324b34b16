"""What the steps of the way up would send, without sending it: for `writeback --plan`.

Steps that only read are asked; what a step that writes would answer is not known.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Report
from edusync.engine.read.folder_source import FolderSource, written_name
from edusync.engine.read.source import Source
from edusync.engine.read.sql_source import SqlSource, written
from edusync.engine.upward.content import file_of
from edusync.engine.upward.statements import groups_of, statements_due
from edusync.engine.upward.step_reads import StepReads, as_written
from edusync.engine.verdicts import Undecided, holds
from edusync.errors import CallFailed
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from edusync.engine.read.lists import Lists
    from edusync.engine.read.source import AnySource
    from edusync.engine.upward.sheet import Line, UpSheet
    from edusync.spec.tree import Call, Spec, Step, Writeback

HIDDEN = "(secret)"


@dataclass(frozen=True, slots=True)
class Would:
    """One request that would be sent.

    `person` is whom it is about, None when it is about sheets; `note` says why its body is not
    known, then `body` is None.
    """

    courses: tuple[str, ...]
    person: str | None
    call: str
    body: Any = None
    note: str | None = None


def rehearse(
    spec: Spec, source: AnySource, lists: Lists, sheets: Sequence[UpSheet]
) -> Iterator[Would]:
    """Yield what would be sent for some sheets, in the order in which it would be.

    Secrets of the connection and of the sign-in are masked.
    """
    writeback = spec.writeback
    assert writeback is not None  # noqa: S101 - asked only of a spec with a way up
    connection = {
        name: HIDDEN if spec.connection[name].type == "secret" else value
        for name, value in lists.names["connection"].items()
    }
    reads = StepReads(spec, deepcopy(lists.bearing.rare), Report(), None)
    rehearsal = _Rehearsal(source, connection, reads)
    most = writeback.at_once
    for some in (sheets[at : at + most] for at in range(0, len(sheets), most)):
        for sheet in some:
            for line in sheet.lines:
                if not line.skip:
                    yield from rehearsal.person(writeback, sheet, line)
        yield from rehearsal.sheets(writeback, some, lists)
        for sheet in some:
            names = {**sheet.names, "lines": [line.content for line in sheet.lines]}
            yield from rehearsal.steps(writeback.then, (sheet.source_id,), None, names)


class _Rehearsal:
    def __init__(self, source: AnySource, secrets: Mapping[str, Any], reads: StepReads) -> None:
        self.source, self.secrets, self.reads = source, secrets, reads

    def person(self, writeback: Writeback, sheet: UpSheet, line: Line) -> Iterator[Would]:
        steps = [step for step in writeback.for_person if line.state in step.states]
        yield from self.steps(steps, (sheet.source_id,), line.key, dict(line.names))

    def sheets(
        self, writeback: Writeback, sheets: Sequence[UpSheet], lists: Lists
    ) -> Iterator[Would]:
        of_database = isinstance(self.source, SqlSource)
        got: dict[str, Any] = {}
        for group in groups_of(writeback.for_sheet, of_database=of_database):
            mine = [
                (sheet, line)
                for sheet in sheets
                for line in sheet.lines
                if not line.skip and any(line.state in step.states for step in group)
            ]
            if not mine:
                continue
            about = tuple(dict.fromkeys(sheet.source_id for sheet, _ in mine))
            names: dict[str, Any] = {
                **(mine[0][0].names if len(about) == 1 else lists.names),
                "lines": [line.content for _, line in mine],
                "got": got,
            }
            if of_database and group[0].writes:
                yield from self._statements(group, mine, names)
                continue
            step = group[0]
            content = ""
            try:
                if not holds(step.when, names):
                    continue
                if step.csv is not None:
                    file = file_of(step, [line.content for _, line in mine], names)
                    content = file.decode(step.csv_as.charset)
            except Undecided as undecided:
                yield Would(about, None, as_written(step.call), note=str(undecided))
                continue
            yield from self._step(step, about, None, names, content)
            got = names["got"]

    def steps(
        self,
        steps: Sequence[Step],
        about: tuple[str, ...],
        person: str | None,
        names: dict[str, Any],
    ) -> Iterator[Would]:
        names.setdefault("got", {})
        for step in steps:
            try:
                if not holds(step.when, names):
                    continue
            except Undecided as undecided:
                yield Would(about, person, as_written(step.call), note=str(undecided))
                continue
            yield from self._step(step, about, person, names)

    def _step(
        self,
        step: Step,
        about: tuple[str, ...],
        person: str | None,
        names: dict[str, Any],
        content: str = "",
    ) -> Iterator[Would]:
        """Yield what one step would send, and add what it reads to the names."""
        if not step.writes:
            try:
                answer = self.source.call(step.call, names)
                read = self.reads.of(step, answer)
            except CallFailed as failed:
                yield Would(about, person, as_written(step.call), note=failed.message)
                read = dict.fromkeys(step.read, UNKNOWN)
            names["got"] = {**names["got"], **read}
            return
        try:
            label, sent = self._sent(step.call, names, content)
            yield Would(about, person, label, sent)
        except CallFailed as failed:
            yield Would(about, person, as_written(step.call), note=failed.message)
        names["got"] = {**names["got"], **dict.fromkeys(step.read, UNKNOWN)}

    def _statements(
        self, group: Sequence[Step], mine: list[tuple[UpSheet, Line]], names: Mapping[str, Any]
    ) -> Iterator[Would]:
        for sheet, line in mine:
            try:
                for call, sets in statements_due(group, [line], names):
                    for one in sets:
                        text, values = written(call, one, empty=True)
                        body = {"sql": text, "values": values}
                        yield Would((sheet.source_id,), line.key, as_written(call), body)
            except (Undecided, CallFailed) as error:
                yield Would(
                    (sheet.source_id,), line.key, as_written(group[0].call), note=str(error)
                )

    def _sent(self, call: Call, names: Mapping[str, Any], content: str) -> tuple[str, Any]:
        """Return what a call would send, secrets taken out."""
        shown = {**names, "connection": self.secrets}
        match self.source:
            case Source():
                signed = dict.fromkeys(self.source.sign_in.current(), HIDDEN)
                request = self.source.maker.request(call, shown, signed, None)
                body: Any = request.json
                for one in (request.form, request.xml, request.text):
                    body = one if body is None else body
                if body is None and request.raw is not None:
                    body = request.raw.decode("utf-8", "replace")
                query = dict(request.query)
                return request.label, {"query": query, "body": body} if query else body
            case SqlSource():
                text, values = written(call, shown, empty=True)
                return as_written(call), {"sql": text, "values": values}
            case FolderSource():
                return f"FILE {written_name(call, shown)}", content.splitlines()
        return as_written(call), None
