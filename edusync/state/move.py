"""Copy a whole store into an empty one, and compare both by count and digest."""

from __future__ import annotations

import json
from contextlib import ExitStack
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, insert, select

from edusync.errors import StateError, UsageProblem
from edusync.state.lock import exclusive, is_alive
from edusync.state.secret_keys import keys_at_hand
from edusync.state.secrets import check_readable
from edusync.state.tables import event, lease, metadata, setting, slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Table

    from edusync.state.store import Store

_AT_ONCE = 1000
_KEY_CHECK = "key_check"


class Content(NamedTuple):
    """What a table holds: how many rows, and a digest that does not depend on their order."""

    rows: int
    digest: str


def move(source: Store, target: Store) -> dict[str, int]:
    """Copy every table; return the number of rows of each. The source stays as it is.

    Both are compared before the copy is kept, so there is all of it or nothing. UsageProblem for a
    target that holds something, StateError when the keys differ, when those of the target do not
    read the secrets, or when the copy is not the same, Guarded with RUN_BUSY while a connector
    runs.
    """
    if source.key != target.key:
        raise StateError(
            "CONF_STATE_KEY",
            "the stores have different keys: digests of one say nothing in the other",
            'set EDUSYNC_STATE_KEY to "hex:" and the text of the key file beside the old store',
        )
    with ExitStack() as stack:
        for name in _connectors(source):
            stack.enter_context(exclusive(source, name))
        _check_rest(source)
        check_readable(source, keys_at_hand(target))
        reading = stack.enter_context(source.reading())
        if source.engine.dialect.name == "postgresql":
            reading = reading.execution_options(isolation_level="REPEATABLE READ")
        writing = stack.enter_context(target.writing())
        _check_empty(writing)
        return {table.name: _copy(reading, writing, table) for table in metadata.sorted_tables}


def _connectors(source: Store) -> list[str]:
    query = select(lease.c.connector).union(select(slot.c.connector))
    with source.reading() as connection:
        return sorted(connection.execute(query).scalars())


def _check_rest(source: Store) -> None:
    """UsageProblem while a runner has the store: it would go on writing into it."""
    with source.reading() as connection:
        owners = connection.execute(
            select(slot.c.owner).where(slot.c.owner.is_not(None)).distinct()
        )
        names = set(map(str, owners.scalars()))
    if source.lock_folder is not None:
        names |= {file.stem for file in (source.lock_folder / "runners").glob("*.lock")}
    if any(is_alive(source, name) for name in names):
        raise UsageProblem(
            "RUN_USAGE",
            "a runner has the store that is to be moved",
            "stop `edusync serve` and the workers first",
        )


def _check_empty(writing: Connection) -> None:
    for table in metadata.sorted_tables:
        query = select(func.count()).select_from(table)
        if table is setting:
            query = query.where(setting.c.name != _KEY_CHECK)
        if writing.execute(query).scalar():
            raise UsageProblem(
                "RUN_USAGE",
                f"the store that is moved to is not empty: its table '{table.name}' has rows",
                "name a new database, or a file that is not there",
            )


def _copy(reading: Connection, writing: Connection, table: Table) -> int:
    for rows in _rows(reading, table):
        fresh = [row for row in rows if table is not setting or row["name"] != _KEY_CHECK]
        if fresh:
            writing.execute(insert(table), fresh)
    if table is event and writing.dialect.name == "postgresql":  # new events come after these
        last = select(func.max(event.c.id)).scalar_subquery()
        sequence = func.pg_get_serial_sequence("event", "id")
        writing.execute(select(func.setval(sequence, func.coalesce(last, 1))))
    before, after = content(reading, table), content(writing, table)
    if before != after:
        raise StateError(
            "RUN_STATE_UNUSABLE",
            f"the copy of '{table.name}' is not the same: {after.rows} rows of {before.rows}",
            "nothing was kept of the copy, and the old store is as it was",
        )
    return after.rows


def content(connection: Connection, table: Table) -> Content:
    """Return how many rows a table has, and a digest of all of them."""
    count = total = 0
    for rows in _rows(connection, table):
        for row in rows:
            written = json.dumps(dict(row), sort_keys=True, default=_plain).encode()
            total += int.from_bytes(blake2b(written, digest_size=16).digest(), "big")
            count += 1
    return Content(count, f"{total % 2**128:032x}")


def _rows(connection: Connection, table: Table) -> Iterator[list[Mapping[str, Any]]]:
    query = select(table).execution_options(yield_per=_AT_ONCE)
    for part in connection.execute(query).mappings().partitions():
        yield [dict(row) for row in part]


def _plain(value: Any) -> str:
    return str(value.isoformat())
