"""Rows that a spec says itself: of an option, of a filter, or written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.read.shape import row_of
from edusync.engine.read.table import UNDECIDED
from edusync.model import UNKNOWN
from edusync.spec.compile.payloads import render
from edusync.spec.evaluate import Unreadable
from edusync.spec.tree import Expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.read.reading import Reading


def own_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the rows; the list is not whole where what makes them is unknown."""
    declared = reading.resource.rows
    assert declared is not None  # noqa: S101 - only a list that says its rows comes here
    try:
        found = (
            declared.run(None, reading.names)
            if isinstance(declared, Expression)
            else render(declared, None, reading.names)
        )
    except Unreadable as error:
        reading.note_problem(UNDECIDED, f"its rows: {error}")
        return
    if found is UNKNOWN:
        reading.note_problem(UNDECIDED, "its rows could not be read")
        return
    several = found if isinstance(found, list | tuple) else [] if found in (None, "") else [found]
    for row in several:
        if row is UNKNOWN:
            if UNDECIDED not in reading.status.problems:
                reading.note_problem(UNDECIDED, "one of its rows could not be read")
        elif row not in (None, ""):
            yield dict(row_of(row))
