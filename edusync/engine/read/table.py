"""A list that is kept: its rows, those that were dropped and why, and whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.model.ids import ids_of
from edusync.model.window import day_of
from edusync.spec.evaluate import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from zoneinfo import ZoneInfo

    from edusync.diagnostics import Location

    Row = dict[str, Any]
    Days = tuple[date, date]


UNDECIDED = "DOWN_UNDECIDED"
TWO_PEOPLE = "two records that count as one are of different people"
"""What is said of rows that would become one."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that does not count, with the code and the line that decided so.

    With the code DOWN_UNDECIDED nobody can say whether it counts: what it means is held.
    """

    row: dict[str, Any]
    code: str
    place: Location
    detail: str | None = None

    @property
    def undecided(self) -> bool:
        """Whether nobody can say if the row counts."""
        return self.code == UNDECIDED


@dataclass(slots=True)
class Status:
    """How the reading of a list went.

    `problems` are codes; `sent` counts the rows before any of them was ignored.
    """

    problems: list[str] = field(default_factory=list)
    gaps: list[dict[str, Any]] = field(default_factory=list)
    """What the rows of calls that failed and were skipped would stand under."""
    filter_values: dict[str, set[str]] = field(default_factory=dict)
    """What the rows have for each filter that has no list of choices, so that a misspelt value can
    be told from one that nothing has at the moment."""
    sent: int = 0
    again: int = 0
    """Rows that came before, by their key: left out, or put together with the first one."""
    switched_off: bool = False
    may_have_shifted: bool = False
    """Whether it came on several pages, and rows may have gone from one to another meanwhile."""
    asked: bool = False
    """Whether a call was made for any of what a list is asked with."""
    file: str | None = None
    """The file that the rows of the moment came in."""
    files: dict[str, Days | None] = field(default_factory=dict)
    """The files that a pattern found, and the first and last day in the rows of each."""
    origins: dict[int, str] = field(default_factory=dict)
    """The file that each row of a list that is kept came in, by the identity of the row."""
    rows_of: dict[str, int] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    """The files that are there and cannot be read."""
    patterns: set[str] = field(default_factory=set)
    unknown_days: list[Days] = field(default_factory=list)
    """The days of files that are gone: what the list lacks there is not gone from the ERP."""

    @property
    def whole(self) -> bool:
        """Whether every row was read."""
        return not self.problems

    def reads(self, file: str | None, rows: int = 0) -> None:
        """Note which file the next rows come in."""
        self.file = file
        if file is not None:
            self.files.setdefault(file, None)
            self.rows_of[file] = rows

    def note_days(self, values: Iterable[Any], zone: ZoneInfo) -> None:
        """Note the days among the values of a row of a file."""
        assert self.file is not None  # noqa: S101 - only asked while a file is read
        found = self.files[self.file]
        for value in values:
            if isinstance(value, date):
                day = day_of(value, zone) if isinstance(value, datetime) else value
                found = (min(day, found[0]), max(day, found[1])) if found else (day, day)
        self.files[self.file] = found


@dataclass(slots=True)
class Table:
    """Rows in the order of the ERP, with an index for each way that they are looked up."""

    name: str
    rows: list[dict[str, Any]]
    dropped: list[Dropped]
    whole: bool
    gaps: list[Row] = field(default_factory=list)
    """What all the missing rows would stand under, and the undecided rows; else nothing."""
    indexes: dict[int, dict[str, list[Row]]] = field(default_factory=dict)
    unknown: dict[int, set[str] | None] = field(default_factory=dict)
    blurred: dict[int, str] = field(default_factory=dict)
    """Ways of looking up by which some row cannot be found, and why."""

    def find(
        self,
        key: str,
        on: Callable[[Any, Mapping[str, Any]], Any],
        names: Mapping[str, Any],
        identity: int,
        fold: Callable[[str], str],
    ) -> list[Row]:
        """Return the rows whose `on` is the key; `identity` tells the ways of looking up apart."""
        index = self.indexes.get(identity)
        if index is None:
            index = self.indexes[identity] = {}
            for row in self.rows:
                try:
                    found = on(row, names)
                    ids = ids_of(found)
                except Unreadable as error:
                    self.blurred[identity] = str(error)
                    continue
                if found is UNKNOWN:
                    self.blurred.setdefault(identity, "it could not be read")
                for value in ids:
                    index.setdefault(fold(value), []).append(row)
        return index.get(fold(key), [])

    def knows(
        self,
        keys: list[str],
        on: Callable[[Any, Mapping[str, Any]], Any],
        names: Mapping[str, Any],
        identity: int,
        fold: Callable[[str], str],
        heads: frozenset[str],
    ) -> bool:
        """Whether nothing with these keys can be missing.

        The table is whole, or what is missing has other keys.

        `heads` are the first names of what `on` reads, nothing when it is no plain path: only what
        stands above a missing row is known of it.
        """
        if identity in self.blurred:
            return False
        if self.whole and not self.gaps:
            return True
        if identity not in self.unknown:
            above = bool(heads) and all(heads <= gap.keys() for gap in self.gaps)
            missing = [self._ids(on, gap, names) for gap in self.gaps] if above else []
            self.unknown[identity] = (
                {fold(key) for found in missing for key in found}
                if missing and all(missing)
                else None
            )
        unknown = self.unknown[identity]
        return unknown is not None and not any(fold(key) in unknown for key in keys)

    def _ids(
        self, on: Callable[[Any, Mapping[str, Any]], Any], row: Row, names: Mapping[str, Any]
    ) -> list[str]:
        try:
            return ids_of(on(row, names))
        except Unreadable:
            return []
