"""The columns of a table: by the names of its header, and by their place.

`E-mail#2` is the second column that is called E-mail, `#5` the fifth column.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from edusync.transport.charset import NotReadable
from edusync.transport.message import Flaw

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_PLACE = re.compile(r"(.*)#([1-9]\d*)", re.DOTALL)


class Columns(NamedTuple):
    """What a row holds: the place of each column and its name there."""

    read: tuple[tuple[int, str], ...]
    width: int
    """So many cells a row has to have."""
    flaws: tuple[Flaw, ...] = ()


def is_place(column: str) -> bool:
    """Whether a column is told by its place."""
    return _PLACE.fullmatch(column) is not None


def columns_of(header: Sequence[str], place: str, places: Collection[str]) -> Columns:
    """Return the columns of a header. A name that several columns have cannot be read by itself.

    NotReadable when no column has a name, and when a place is told that there is not.
    """
    names = list(header)
    if not any(names):
        raise NotReadable(f"{place}: no column has a name")
    while not names[-1]:
        names.pop()
    twice = [name for name in dict.fromkeys(names) if name and names.count(name) > 1]
    read = [(at, name) for at, name in enumerate(names) if name and name not in twice]
    read += [(_at(one, names), one) for one in sorted(places) if one not in names]
    missing = [one for at, one in read if at < 0]
    width = max(len(names), *(at + 1 for at, _ in read)) if read else len(names)
    flaws = [
        Flaw(
            "column",
            place,
            f"{names.count(name)} columns are called '{name}'; give each a name of its own, or "
            f"name them '{name}#1' and '{name}#2' in the spec",
            name,
        )
        for name in twice
    ]
    flaws += [Flaw("column", place, f"there is no column '{one}'", one) for one in missing]
    return Columns(tuple(one for one in read if one[0] >= 0), width, tuple(flaws))


def numbered(count: int, places: Collection[str]) -> Columns:
    """Return the columns of a table without a header: `#1`, `#2` and so on."""
    columns = tuple((at, f"#{at + 1}") for at in range(count))
    known = {name for _, name in columns}
    flaws = [
        Flaw("column", "the table", f"there is no column '{one}'", one)
        for one in sorted(places)
        if one not in known
    ]
    return Columns(columns, count, tuple(flaws))


def distinct_names(header: Sequence[str], places: Collection[str]) -> list[str]:
    """Return what a list calls each column of a header, all of them different.

    By its place where a list does so, or where its name alone does not tell it.
    """
    by_place = {_at(one, header): one for one in places if one not in header}
    return [
        by_place.get(at)
        or (name if name and header.count(name) == 1 else f"{name}#{_nth(header, at)}")
        for at, name in enumerate(header)
    ]


def _nth(header: Sequence[str], at: int) -> int:
    """Return which of the columns of its name a column is; of one without a name, which of all."""
    return header[: at + 1].count(header[at]) if header[at] else at + 1


def _at(column: str, names: Sequence[str]) -> int:
    """Return where a column stands that is told by its place, -1 for nowhere."""
    match = _PLACE.fullmatch(column)
    assert match is not None  # noqa: S101 - only places come here
    name, number = match[1], int(match[2])
    if not name:
        return number - 1
    alike = [at for at, one in enumerate(names) if one == name]
    return alike[number - 1] if number <= len(alike) else -1
