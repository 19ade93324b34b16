"""The way up of a recording: classes are played, reads are asked, writes are not sent.

Where somebody names the address of a test system, they are sent, and its answers kept.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, Any

from edusync.engine.read.folder_source import FolderSource
from edusync.model import PARIS
from edusync.sandbox.edusign.book import parse
from edusync.sandbox.edusign.play import play_sheet
from edusync.testing.cutting import CuttingSource
from edusync.testing.tape import Asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

    from edusync.sandbox.edusign import Book
    from edusync.spec.tree import Call, FilesTransport, Spec
    from edusync.testing.tape import Tape
    from edusync.transport.message import Answer

_STATES: tuple[str | dict[str, Any], ...] = (
    "present",
    {"late": 5},
    "absent",
    {"justified": "sick leave"},
    {"left": 10},
    {"excluded": 10},
)
"""One of each, in turn: minutes late, before the end, after the beginning."""


@dataclass(slots=True)
class WayUp:
    """Whether writes are sent, and the classes that were played, as a case tells them."""

    sends: bool = False
    at: datetime | None = None
    sheets: list[dict[str, Any]] = field(default_factory=list)

    def play(self, app: Flask, book: Book) -> datetime | None:
        """Let every class on a sandbox take place; return when all are over, None without any."""
        rows = sorted(book.all("courses"), key=lambda row: str(row["START"]))
        states = (state if isinstance(state, str) else dict(state) for state in cycle(_STATES))
        self.sheets = [
            {"course": row["API_ID"], "students": dict(zip(ids, states, strict=False))}
            for row in rows
            if (ids := _students(book, row))
        ]
        if not self.sheets:
            return None
        over = max(parse(row["END"]) for row in rows) + timedelta(hours=1)
        self.at = over.astimezone(PARIS).replace(second=0, microsecond=0)
        book.clock = lambda: over
        for sheet in self.sheets:
            play_sheet(app.extensions["edusync"]["courses"], sheet)
        return self.at


def _students(book: Book, row: Mapping[str, Any]) -> list[str]:
    """Return the ids in the ERP of those on a sheet."""
    found = (book.get("students", item["studentId"]) for item in row["STUDENTS"])
    return [str(student["API_ID"]) for student in found if student and student["API_ID"]]


class UpwardSource(CuttingSource):
    """An ERP whose lists stay whole; what would be written is noted, and sent where it may be."""

    def listen(self, tape: Tape, *, sends: bool) -> None:
        """Note on a tape what is asked and what is written."""
        self.cut(tape, 0)
        self.roots, self.sends = {}, sends

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Make a call that changes the ERP, or note what it would send."""
        with self.tape.asking(self.asked(call, names, is_withheld=not self.sends)):
            return super().write(call, names)

    def _document(self, url: str) -> bytes:
        """Fetch the description of the service, which is needed to know what would be sent."""
        with self.tape.asking(Asked()):
            return super()._document(url)


class WritesNowhere(FolderSource):
    """A folder into which attendance would go: nothing is written."""

    def __init__(self, spec: Spec, own: FilesTransport) -> None:
        self.trace, self.spec, self.at_once = None, spec, own.limits.at_once
        self.files = Nowhere()
        self.pool = ThreadPoolExecutor(self.at_once, thread_name_prefix="edusync-erp")


class Nowhere:
    """Files that are not there."""

    def names(self, _pattern: str) -> list[str]:
        """Return that there are none."""
        return []

    def size(self, _name: str) -> int:
        """Return that there is nothing."""
        return 0

    def read(self, _name: str) -> bytes:
        """Return nothing."""
        return b""

    def write(self, _name: str, _data: bytes) -> None:
        """Write nothing."""

    def may_write(self) -> bool | None:
        """Return that nobody knows."""
        return None

    def close(self) -> None:
        """Nothing is open."""


def unanswered(spec: Spec) -> Iterator[str]:
    """Say what a case does not know of the answers to writes that were not sent, and what to do."""
    writeback = spec.writeback
    if writeback is None or writeback.transport is not None:
        return
    if spec.transport.kind not in {"http", "soap"}:
        return
    yield "nothing was sent: the case answers each write with 204 and no body"
    for step in writeback.steps:
        if step.writes and (step.read or step.refused is not None or step.call.answers):
            place = step.call.place
            yield (
                f"{place.file}:{place.line} reads the answer: write it into exchanges.yaml, "
                "or record it of a test system with --send-to"
            )
