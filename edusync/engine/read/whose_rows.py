"""Rows of people that would become one, and whether they are of different people."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from edusync.engine.read.table import TWO_PEOPLE, UNDECIDED, Dropped
from edusync.model.same_person import Who, are_two
from edusync.spec.evaluate import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Location
    from edusync.spec.compile.make import Make

    Row = dict[str, Any]


class WhoseRows:
    """Tell the people apart that rows of one list are of; `fields` make who they are."""

    def __init__(
        self,
        fields: Mapping[str, Make],
        names: Mapping[str, Any],
        place: Location,
        *,
        is_watched: bool,
    ) -> None:
        self.fields, self.names, self.place = fields, names, place
        self.is_watched = is_watched
        self.firsts: dict[str, Who | Row] = {}
        """Who the first row of each key is of: three texts, where the row would be kept to the end
        of the run. Who watches sees each text that is made, so the row is kept for them until a
        second one has its key."""

    def note_first(self, key: str, row: Row) -> None:
        """Note the first row of a key."""
        if self.fields:
            self.firsts[key] = row if self.is_watched else self._who(row)

    def another(self, key: str, row: Row) -> Dropped | None:
        """Return a row that is of somebody else than the first of its key; None for any other."""
        first = self.firsts.get(key)
        if first is None:
            return None
        before = first if isinstance(first, Who) else self._who(first)
        return self.dropped(row) if are_two(before, self._who(row), one_id=True) else None

    def are_two(self, one: Row, other: Row, *, one_id: bool) -> bool:
        """Whether two rows are of different people."""
        return bool(self.fields) and are_two(self._who(one), self._who(other), one_id=one_id)

    def dropped(self, row: Row) -> Dropped:
        """Return a row of which nobody can say whose it is."""
        return Dropped(row, UNDECIDED, self.place, TWO_PEOPLE)

    def _who(self, row: Row) -> Who:
        fields = {}
        for field, make in self.fields.items():
            with suppress(Unreadable):
                fields[field] = make(row, self.names)
        return Who(**fields)
