"""What of an answer could not be read, and which file its rows came in."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.errors import CallFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.engine.outcome import Report
    from edusync.engine.read.table import Status
    from edusync.spec.tree import Resource
    from edusync.transport.message import Flaw
    from edusync.transport.pages import Page

_TOLD = 10
"""So many flaws of an answer are told one by one."""


def note_flaws(report: Report, resource: Resource, status: Status, flaws: Sequence[Flaw]) -> None:
    """Note what could not be read of an answer.

    Flaws of columns that the list leaves out do not count. CallFailed when a column that it reads
    stands twice: nobody knows which of them is meant.
    """
    read = set(resource.columns.values())
    counted = [flaw for flaw in flaws if not (flaw.column and read) or flaw.column in read]
    for flaw in counted:
        if flaw.kind == "column":
            raise CallFailed("CONN_UNREADABLE", str(flaw))
        if flaw.kind == "rows":
            status.problems.append("CONN_UNREADABLE")
    details = [str(flaw) for flaw in counted[:_TOLD]]
    if len(counted) > _TOLD:
        details.append(f"and {len(counted) - _TOLD} more places like these")
    for detail in details:
        report.add(
            Outcome("CONN_UNREADABLE", field=resource.name, place=resource.place, detail=detail)
        )


def rows_by_file(page: Page, status: Status) -> Iterator[dict[str, Any]]:
    """Yield the rows of a page; while one is looked at, the status says which file it came in."""
    if page.answer.type != "files":
        yield from page.rows
        return
    status.patterns.add(page.answer.url)
    rows = iter(page.rows)
    for name, count in page.answer.files:
        if count is None:
            status.unread.add(name)
            continue
        status.reads(name, count)
        yield from islice(rows, count)
    status.reads(None)
