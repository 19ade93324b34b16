"""Which names the rows of a list bear. A name that no row bears is unknown, not empty.

A name that is rare may be missing from all rows of a run: rows of an earlier run or of a recorded
case had it while others lacked it. One that every row had before and none has now was renamed. As
long as a name is not met the rows wait: usually the first row has them all, and from there on
nothing is looked at any more.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.engine.read.names_there import names_there
from edusync.model import UNKNOWN
from edusync.model.marked import Marked
from edusync.spec.due import names_due, still_due
from edusync.spec.tree import FileCall, HttpCall
from edusync.transport.tables import KINDS as TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from edusync.engine.outcome import Report
    from edusync.spec.due import Due, NamesDue
    from edusync.spec.tree import Resource, Spec

    Row = dict[str, Any]


class Bearing:
    """Watch which names the rows of lists bear. `read` reads another list to its end."""

    def __init__(
        self, spec: Spec, report: Report, rare: dict[str, set[str]], read: Callable[[str], object]
    ) -> None:
        self.spec, self.report, self.read = spec, report, read
        self.rare = rare
        """The names that not every row had in earlier runs, by list; this run adds its own."""
        self.unmet: dict[str, set[str]] = {}
        """The names that no row of this run had, by list that was read."""

    @cached_property
    def due(self) -> NamesDue:
        """The names that the spec reads of the rows of each list."""
        return names_due(self.spec)

    def watched(self, resource: Resource, rows: Iterator[Row]) -> Iterator[Row]:
        """Yield rows in which every name that nothing bears is UNKNOWN."""
        name = resource.name
        tree = self.due.trees.get(name)
        left = still_due(tree, self._rare(name)) if tree is not None else None
        if left is None or left.done():
            self.unmet[name] = set()
            yield from rows
            return
        learned = self.rare.setdefault(name, set())
        waiting: list[Row] = []
        for row in rows:
            waiting.append(row)
            look(left, row, learned)
            if left.done():
                self.unmet[name] = set()
                break
        else:
            self._settle(resource, left, waiting)
        yield from waiting
        del waiting
        yield from rows

    def _settle(self, resource: Resource, left: Due, rows: list[Row]) -> None:
        """Make unknown what no row had, and say so once."""
        name = resource.name
        missing = list(missing_names(left) if rows else left.names())
        self.unmet[name] = {due.path for due in missing}
        if not rows:
            return
        excused = {due.path for due in missing if self._stands_elsewhere(name, due.path)}
        self.rare[name] |= excused
        for due in missing:
            if due.path not in excused:
                self.report.add(
                    Outcome(
                        "SPEC_PATH_NEVER_SEEN",
                        field=due.path,
                        place=due.location or resource.place,
                        detail=self._missed(resource, due.path, rows),
                    )
                )
        for row in rows:
            _mark(left, row, excused)

    def _missed(self, resource: Resource, path: str, rows: list[Row]) -> str:
        """Return that no row has a name, and which names rows have in its place.

        Of a table none of whose columns the spec knows nothing is said: its first line may be of
        somebody, and no header.
        """
        words = f"no row of '{resource.name}' has it"
        tree = self.due.trees[resource.name]
        steps = next((found for found in _ways(tree) if found[-1].path == path), None)
        if steps is None or (_is_table(resource) and not tree.below.keys() & rows[0].keys()):
            return words
        names = [_name_in(*pair) for pair in pairwise([tree, *steps])]
        there = names_there(rows, names, {"parent", *self.spec.resources})
        if not there:
            return words
        return f"no row of '{resource.name}' has it; what rows have: {there}"

    def _stands_elsewhere(self, name: str, path: str) -> bool:
        """Whether rows that end in the same list bear a name in the stead of these."""
        for other, there in self.due.elsewhere(name, path):
            if other not in self.unmet:
                self.read(other)
            if there not in self.unmet.get(other, {there}) and there not in self._rare(other):
                return True
        return False

    def _rare(self, name: str) -> set[str]:
        return {*self.rare.get(name, ()), *self.spec.rare.get(name, ())}


def _ways(due: Due) -> Iterator[list[Due]]:
    """Yield the way to each name; what is below keys that are data has none."""
    for below in due.below.values():
        yield [below]
        yield from ([below, *rest] for rest in _ways(below))


def _name_in(due: Due, below: Due) -> str:
    return next(name for name, one in due.below.items() if one is below)


def _is_table(resource: Resource) -> bool:
    """Whether the names of rows are read of a line that may be another one."""
    call = resource.call
    if isinstance(call, FileCall):
        return call.answer.kind not in {"json", "xml"}
    return isinstance(call, HttpCall) and call.answer.kind in TABLES


def look(due: Due, value: Any, learned: set[str]) -> None:
    """Strike off the names that a value bears, and note those that it lacks."""
    value = value.members if isinstance(value, Marked) else value
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


def missing_names(due: Due) -> Iterator[Due]:
    """Yield the names that no row had although it could have had them."""
    for below in due.below.values():
        if not below.was_met and not below.is_rare:
            yield below
        elif below.was_object or (below.was_met and not below.was_list):
            yield from missing_names(below)
    if due.each is not None:
        yield from missing_names(due.each)


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
