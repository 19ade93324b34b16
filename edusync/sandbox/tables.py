"""What a simulator of an ERP holds, as tables that the admin door can change."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, is_dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping, MutableSequence
    from pathlib import Path

    Row = dict[str, Any]


class Table(Protocol):
    """What a simulator holds of one kind."""

    def rows(self) -> list[Row]:
        """Return every row, by the names of its columns."""

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row; KeyError, TypeError or ValueError for one that does not fit."""

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Change some columns of a row; return how many rows were meant."""

    def remove(self, key: str) -> int:
        """Take a row away; return how many rows were meant."""


@dataclass(frozen=True)
class Rows:
    """A table that is a list of rows, or a mapping from their key; `key` names the column."""

    collection: Callable[[], MutableSequence[Any] | MutableMapping[Any, Any]]
    key: str
    make: Callable[..., Any] = dict

    def rows(self) -> list[Row]:
        """Return every row."""
        return [_shown(one) for one in self._all()]

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row like those that are there."""
        record, collection = self.make(**row), self.collection()
        if isinstance(collection, list):
            collection.append(record)
        else:
            collection[_column(record, self.key)] = record

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Change the rows of a key; a column that no row has is refused."""
        matching = [one for one in self._all() if str(_column(one, self.key)) == key]
        for one in matching:
            unknown = values.keys() - _shown(one).keys()
            if unknown:
                raise KeyError(min(unknown))
            if is_dataclass(one):
                for name, value in values.items():
                    setattr(one, name, _like(getattr(one, name), value))
            else:
                one.update(values)
        return len(matching)

    def remove(self, key: str) -> int:
        """Take the rows of a key away."""
        collection, gone = self.collection(), 0
        if isinstance(collection, list):
            left = [one for one in collection if str(_column(one, self.key)) != key]
            gone, collection[:] = len(collection) - len(left), left
            return gone
        for name in [name for name in collection if str(name) == key]:
            del collection[name]
            gone += 1
        return gone

    def _all(self) -> Iterable[Any]:
        collection = self.collection()
        return list(collection) if isinstance(collection, list) else list(collection.values())  # type: ignore[union-attr]  # a mapping


@dataclass(frozen=True)
class Names:
    """A table of names by their keys, with the columns `cle` and `nom`."""

    names: MutableMapping[int, str]

    def rows(self) -> list[Row]:
        """Return every row."""
        return [{"cle": key, "nom": name} for key, name in self.names.items()]

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a name."""
        self.names[int(row["cle"])] = str(row["nom"])

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Give a key another name."""
        if int(key) not in self.names:
            return 0
        self.names[int(key)] = str(values["nom"])
        return 1

    def remove(self, key: str) -> int:
        """Take a name away."""
        return int(self.names.pop(int(key), None) is not None)


_BROKEN = "__broken"
"""What follows the name of a table that is out of order."""
_FAILS = "abs(-9223372036854775808) > 0"
"""What SQLite can only answer with an error: the smallest number has no opposite."""


@dataclass(frozen=True)
class SqlBreaker:
    """Puts tables of an SQLite file out of order: what reads or writes them fails."""

    file: Path

    def put_out_of_order(self, text: str, *, is_gone: bool) -> None:
        """Break the tables whose names hold a text; `is_gone` says that they are not there.

        ValueError when no table is called so, or one is out of order already.
        """
        with closing(sqlite3.connect(self.file)) as connection:
            names = [name for name in _tables(connection) if text in name]
            if not names or any(name.endswith(_BROKEN) for name in names):
                message = f"no table is called '{text}', or it is out of order already"
                raise ValueError(message)
            for name in names:
                renamed = f"{name}{_BROKEN}"
                connection.execute(f"alter table {name} rename to {renamed}")
                if not is_gone:
                    view = f"create view {name} as select * from {renamed} where {_FAILS}"  # noqa: S608
                    connection.execute(view)
            connection.commit()

    def mend(self) -> None:
        """Put every table in order again."""
        with closing(sqlite3.connect(self.file)) as connection:
            for renamed in _tables(connection):
                if renamed.endswith(_BROKEN):
                    name = renamed.removesuffix(_BROKEN)
                    connection.execute(f"drop view if exists {name}")
                    connection.execute(f"alter table {renamed} rename to {name}")
            connection.commit()


def _tables(connection: sqlite3.Connection) -> list[str]:
    query = "select name from sqlite_master where type = 'table' order by name"
    return [str(name) for (name,) in connection.execute(query)]


@dataclass(frozen=True)
class SqlTable:
    """A table of an SQLite file; `key` are the columns of its key, joined by a hyphen."""

    file: Path
    name: str
    key: tuple[str, ...]

    def rows(self) -> list[Row]:
        """Return every row."""
        with closing(sqlite3.connect(self.file)) as connection:
            connection.row_factory = sqlite3.Row
            stored_name = self._stored_name(connection)
            return [dict(row) for row in connection.execute(f"select * from {stored_name}")]  # noqa: S608 - the simulator's own names

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row."""
        columns = ", ".join(self._known(row))
        marks = ", ".join("?" * len(row))
        self._run(f"insert into {{table}} ({columns}) values ({marks})", [*row.values()])  # noqa: S608

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Change some columns of a row."""
        columns = ", ".join(f"{column} = ?" for column in self._known(values))
        statement = f"update {{table}} set {columns} where {self._is_key()}"  # noqa: S608
        return self._run(statement, [*values.values(), *key.split("-")])

    def remove(self, key: str) -> int:
        """Take a row away."""
        return self._run(f"delete from {{table}} where {self._is_key()}", key.split("-"))  # noqa: S608

    def _stored_name(self, connection: sqlite3.Connection) -> str:
        """Return the name under which its rows are kept, also while it is out of order."""
        renamed = f"{self.name}{_BROKEN}"
        return renamed if renamed in _tables(connection) else self.name

    def _is_key(self) -> str:
        return " and ".join(f"{column} = ?" for column in self.key)

    def _known(self, values: Mapping[str, Any]) -> list[str]:
        with closing(sqlite3.connect(self.file)) as connection:
            stored_name = self._stored_name(connection)
            columns = connection.execute(f"select * from {stored_name} limit 0").description  # noqa: S608
        unknown = values.keys() - {column[0] for column in columns}
        if unknown or not values:
            raise KeyError(min(unknown, default="nothing"))
        return [*values]

    def _run(self, statement: str, values: list[Any]) -> int:
        with closing(sqlite3.connect(self.file)) as connection:
            filled = statement.format(table=self._stored_name(connection))
            count = connection.execute(filled, values).rowcount
            connection.commit()
        return count


def _column(one: Any, name: str) -> Any:
    return getattr(one, name) if is_dataclass(one) else one[name]


def _shown(one: Any) -> Row:
    return asdict(one) if is_dataclass(one) and not isinstance(one, type) else dict(one)


def _like(before: Any, value: Any) -> Any:
    """Return a value of JSON as the kind of what stood there."""
    if isinstance(before, datetime):
        return datetime.fromisoformat(value)
    if isinstance(before, date):
        return date.fromisoformat(value)
    if isinstance(before, list) and before and is_dataclass(before[0]):
        first = before[0]
        return [
            replace(first, **{name: _like(getattr(first, name), one[name]) for name in one})  # type: ignore[type-var]  # an instance
            for one in value
        ]
    return value
