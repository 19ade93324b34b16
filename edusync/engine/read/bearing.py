"""Which names the rows of a list bear. A name that no row bears is unknown, not empty.

A name that is rare may be missing from all rows of a run: rows of an earlier run or of a recorded
case had it while others lacked it. One that every row had before and none has now was renamed. As
long as a name is not met the rows wait: usually the first row has them all, and from there on
nothing is looked at any more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from edusync.model import UNKNOWN
from edusync.spec.due import still_due

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from edusync.spec.due import Due

    Row = dict[str, Any]


class Judge(Protocol):
    """Say of names that no row had which of them may be empty all the same, by path."""

    def __call__(self, missing: list[Due], *, some: bool) -> set[str]:
        """Return their paths; `some` says whether there are rows at all."""


def borne(
    rows: Iterator[Row],
    tree: Due,
    rare: Collection[str],
    learned: set[str],
    judge: Judge,
) -> Iterator[Row]:
    """Yield rows in which every name that nothing bears is UNKNOWN.

    Names that turned out to be rare are added to `learned`. `judge` gets those that were not met,
    and returns the paths of those that may be empty all the same.
    """
    left = still_due(tree, rare)
    if left.done():
        judge([], some=True)
        yield from rows
        return
    waiting: list[Row] = []
    for row in rows:
        waiting.append(row)
        look(left, row, learned)
        if left.done():
            judge([], some=True)
            break
    else:
        missing = list(_missing(left) if waiting else left.names())
        excused = judge(missing, some=bool(waiting))
        for row in waiting:
            _mark(left, row, excused)
    yield from waiting
    del waiting
    yield from rows


def look(due: Due, value: Any, learned: set[str]) -> None:
    """Strike off the names that a value bears, and note those that it lacks."""
    if isinstance(value, list):
        due.was_list = True
        for item in value:
            look(due, item, learned)
    elif isinstance(value, dict):
        due.was_object = True
        for name, below in list(due.below.items()):
            if name not in value:
                _lack(below)
                continue
            if below.was_lacked and not below.was_met:
                learned.add(below.path)
            below.was_met = True
            look(below, value[name], learned)
            if below.done():
                del due.below[name]
        if due.each is not None:
            for inner in value.values():
                look(due.each, inner, learned)
            if due.each.done():
                due.each = None
    else:
        for below in due.below.values():
            _lack(below)


def _lack(due: Due) -> None:
    due.was_lacked = True
    for below in due.below.values():
        _lack(below)


def _missing(due: Due) -> Iterator[Due]:
    """Yield the names that no row had although it could have had them."""
    for below in due.below.values():
        if not below.was_met and not below.is_rare:
            yield below
        elif below.was_object or (below.was_met and not below.was_list):
            yield from _missing(below)
    if due.each is not None:
        yield from _missing(due.each)


def _mark(due: Due, value: Any, excused: set[str]) -> None:
    """Put UNKNOWN where a name would stand that no row had."""
    if isinstance(value, list):
        for item in value:
            _mark(due, item, excused)
    elif isinstance(value, dict):
        for name, below in due.below.items():
            inner = value.get(name)
            if inner is not None:
                _mark(below, inner, excused)
            elif not (below.was_object or below.was_list or below.path in excused) and (
                below.was_met or not below.is_rare
            ):
                value[name] = UNKNOWN
        if due.each is not None:
            for inner in value.values():
                _mark(due.each, inner, excused)
