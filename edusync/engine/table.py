"""A list that is kept: its rows, those that were dropped and why, and whether it is whole."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN, as_id

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location

    Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A row that does not count, with the code and the line that decided so."""

    row: dict[str, Any]
    code: str
    place: Location
    detail: str | None = None


@dataclass(slots=True)
class Status:
    """How the reading of a list went. `problems` are codes; `sent` counts the rows before any of them was ignored."""

    problems: list[str] = field(default_factory=list)
    sent: int = 0
    switched_off: bool = False

    @property
    def whole(self) -> bool:
        """Whether every row was read."""
        return not self.problems


@dataclass(slots=True)
class Table:
    """Rows in the order of the ERP, with an index for each way that they are looked up."""

    name: str
    rows: list[dict[str, Any]]
    dropped: list[Dropped]
    whole: bool
    indexes: dict[int, dict[str, list[Row]]] = field(default_factory=dict)

    def find(self, key: str, on: Callable[[Any, Mapping[str, Any]], Any], names: Mapping[str, Any], identity: int, fold: Callable[[str], str]) -> list[Row]:
        """Return the rows whose `on` is the key; `identity` tells the ways of looking up apart."""
        index = self.indexes.get(identity)
        if index is None:
            index = self.indexes[identity] = {}
            for row in self.rows:
                for value in ids_of(on(row, names)):
                    index.setdefault(fold(value), []).append(row)
        return index.get(fold(key), [])


def ids_of(value: object) -> list[str]:
    """Return the ids of a value or of a list of them, without empties."""
    if value is None or value is UNKNOWN:
        return []
    if isinstance(value, list | tuple):
        ids: list[str] = []
        for item in value:  # most are flat lists of numbers or texts, and there are many
            kind = type(item)
            if kind is int:
                ids.append(str(item))
            elif kind is str:
                if item:
                    ids.append(item)
            else:
                ids += ids_of(item)
        return ids
    found = as_id(value)
    return [] if found is None else [found]
