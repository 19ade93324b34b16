"""Wait for what other processes write into PostgreSQL, which says so itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import psycopg

from edusync.state.store import Store

Found = TypeVar("Found")
_TRIGGER = """
CREATE OR REPLACE FUNCTION said_written() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN NOTIFY written; RETURN NULL; END $$;
CREATE OR REPLACE TRIGGER said_written AFTER INSERT OR UPDATE OR DELETE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION said_written();
LISTEN written
"""


def once_written(store: Store, table: str, find: Callable[[], Found], seconds: float = 60) -> Found:
    """Return what is found as soon as it is anything, looked for after each write into a table.

    A test fails when nothing is found within so many seconds.
    """
    url = store.engine.url.set(drivername="postgresql")
    ends = time.monotonic() + seconds
    with psycopg.connect(url.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(_TRIGGER.format(table=table).encode())
        while not (found := find()):
            left = ends - time.monotonic()
            assert left > 0, f"what was waited for was not written into {table}"
            list(connection.notifies(timeout=left, stop_after=1))
    return found
