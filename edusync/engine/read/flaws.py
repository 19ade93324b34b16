"""What of an answer could not be read, and which file its rows came in."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.engine.read.shape import steps_to_rows
from edusync.errors import CallFailed
from edusync.transport.envelope import more_word, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from edusync.engine.outcome import Report
    from edusync.engine.read.reading import Reading
    from edusync.engine.read.table import Status
    from edusync.spec.tree import Resource
    from edusync.transport.message import Flaw
    from edusync.transport.pages import Page

_MORE = "CONN_MORE_NOT_READ"
_COUNTED = re.compile(r"""[\w.@"$:-]+(\[\])?""")
"""Paths whose rows are all that stands in one place, so that a total is the total of them."""
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


def note_more(reading: Reading, page: Page) -> None:
    """Note, once a list, that an answer says that there are more rows, and nothing asks for them.

    What `paging` reads is its own business; that an answer is not finished is not.
    """
    resource, answer = reading.resource, page.answer
    if _MORE in reading.status.problems:
        return
    if (status := unfinished(answer)) is not None:
        detail = f"{answer.label} answered {status}, by which its rows need not be all"
        reading.note_problem(_MORE, detail)
    if resource.paging is not None or status is not None:
        return
    is_counted = resource.inner is None and _COUNTED.fullmatch(resource.items.source)
    rows = len(page.rows) if is_counted else None
    word = more_word(answer, steps_to_rows(resource), rows)
    if word is not None:
        detail = f"{answer.label} says by '{word}' that there is more, and the list has no `paging`"
        reading.note_problem(_MORE, detail)


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
