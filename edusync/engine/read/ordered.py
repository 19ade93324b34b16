"""Rows that are sorted, and rows of which several become one."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from edusync.engine.read.table import UNDECIDED, Dropped
from edusync.errors import ConfigurationProblem
from edusync.model import UNKNOWN
from edusync.model.ids import ids_of
from edusync.spec.compile.lookups import sortable
from edusync.spec.evaluate import Unreadable, is_unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from edusync.engine.read.stages import Stages
    from edusync.spec.compile.make import Make
    from edusync.spec.tree import Merge, OrderBy

    Row = dict[str, Any]

MERGED = "merged"
"""The column of a row that was merged: the keys of all the records."""


_COMPARED = 20
"""So many rows that would become one are compared with each other."""


def in_order(rows: list[Row], by: Sequence[OrderBy]) -> tuple[list[Row], bool]:
    """Return rows sorted by some paths, and whether what they are sorted by was read of each.

    Rows of which it is unknown come last, as they came.
    """
    known: list[Row] = []
    left: list[Row] = []
    for row in rows:
        found = [one.path.read(row) for one in by]
        (left if any(map(is_unknown, found)) else known).append(row)
    for one in reversed(by):  # sorting keeps the order of what is equal
        known.sort(key=lambda row, path=one.path: sortable(path.read(row)), reverse=one.descending)  # type: ignore[misc]  # mypy sees no default
    return known + left, not left


class Merger:
    """Make one row of all that have the same `by`; a row without it stays alone."""

    def __init__(self, stages: Stages, merge: Merge, make: Make) -> None:
        self.stages, self.merge, self.make = stages, merge, make

    def run(self, rows: Iterable[Row | Dropped]) -> Iterator[Row | Dropped]:
        """Yield the rows that are kept, where the first of each stood, and those dropped."""
        found: dict[Any, list[Row]] = {}
        for item in rows:
            if type(item) is Dropped:
                yield item
                continue
            row: Row = item  # type: ignore[assignment]  # dropped rows are gone
            common = self._common(row)
            found.setdefault(id(row) if common is None else common, []).append(row)
        for several in found.values():
            if self._are_two(several):
                yield from map(self.stages.whose.dropped, several)
                continue
            yield self._one(several if self.merge.keep == "first" else several[::-1])

    def _are_two(self, rows: Sequence[Row]) -> bool:
        """Whether some rows would become one, and are of different people."""
        pairs = combinations(rows[:_COMPARED], 2)
        return any(self.stages.whose.are_two(one, other, one_id=False) for one, other in pairs)

    def _common(self, row: Row) -> str | None:
        """Return what the records of one have in common, None for a row that stays alone."""
        resource, status = self.stages.resource, self.stages.status
        try:
            value = self.make(row, self.stages.names)
            ids = ids_of(value)
        except Unreadable as error:
            self.stages.unreadable(row, "merge", self.merge.place, str(error))
            value, ids = UNKNOWN, []
        if is_unknown(value):
            if UNDECIDED not in status.problems:
                status.problems.append(UNDECIDED)
                self.stages.say_undecided(f"merge: 'by' of a row of '{resource.name}' is unknown")
            return None
        return "\0".join(ids) or None

    def _one(self, rows: list[Row]) -> Row:
        """Return the first of some rows, with what is empty there taken from the next that has it.

        What is unknown is not filled.
        """
        kept, *others = rows
        if MERGED in kept:
            raise ConfigurationProblem(
                "SPEC_NAME_CLASH",
                f"a row of '{self.stages.resource.name}' owns the name '{MERGED}'",
                "rename the column with `columns`",
            )
        made = dict(kept)
        for other in others:
            for name, value in other.items():
                if _is_empty(made.get(name)) and not _is_empty(value):
                    made[name] = value
        made[MERGED] = [key for row in rows if (key := self.stages.key_of(row)) is not None]
        return made


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str | list | dict) and not value)


def aliases(rows: Iterable[Row], id_of: Make, names: Mapping[str, Any]) -> dict[str, str]:
    """Return the ids of records that were merged, each with the id of the row that is kept."""
    found: dict[str, str] = {}
    for row in rows:
        keys = row.get(MERGED) or []
        if len(keys) < 2:  # noqa: PLR2004 - one alone was not merged
            continue
        try:
            kept = ids_of(id_of(row, names))
        except Unreadable:
            continue
        if kept:
            found |= {key: kept[0] for key in keys if key != kept[0]}
    return found
