"""Write a row, whether or not there is one with the same primary key."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy import Connection, Table
    from sqlalchemy.dialects.postgresql import Insert


def upsert(connection: Connection, table: Table, values: Mapping[str, Any]) -> None:
    """Insert a row, or update the one with the same primary key, in one statement.

    The databases that hold a store, SQLite and PostgreSQL, write it alike.
    """
    keys = [column.name for column in table.primary_key]
    row = insert_of(connection)(table).values(**values)
    rest = {name: row.excluded[name] for name in values if name not in keys}
    connection.execute(row.on_conflict_do_update(index_elements=keys, set_=rest))


def insert_of(connection: Connection) -> Callable[[Table], Insert]:
    """Return how the database of a connection inserts: both write `ON CONFLICT` alike."""
    # imported here, since that of a database which is not used takes long
    dialect = import_module(f"sqlalchemy.dialects.{connection.dialect.name}")
    insert: Callable[[Table], Insert] = dialect.insert
    return insert
