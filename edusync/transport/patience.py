"""How long a database may take over a statement, in the way of each dialect.

PostgreSQL and SQL Server are told and end the statement by themselves, SQLite asks us while it
works, and with MySQL and MariaDB the wait for an answer ends. A statement that changes something
is taken back with its transaction.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING, Any

from sqlalchemy import event

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_ENDS = "edusync: the statement ends at"
_STEPS = 10_000
"""SQLite asks after so many steps of its machine."""
_OVER = (
    "statement timeout",  # PostgreSQL
    "interrupted",  # SQLite
    "timed out",  # PyMySQL
    "query timeout expired",  # ODBC
    "max_statement_time",  # MariaDB, where its own limit is lower
)


def arguments(dialect: str, read: float) -> dict[str, Any]:
    """Return what a driver is told when it connects, for so many seconds."""
    return {"read_timeout": read, "write_timeout": read} if dialect in {"mysql", "mariadb"} else {}


def watch_over(engine: Engine, read: float) -> None:
    """Let no statement of an engine take longer than so many seconds to answer."""
    match engine.dialect.name:
        case "postgresql":
            event.listen(engine, "connect", lambda raw, _record: _tell_postgresql(raw, read))
        case "mssql":
            event.listen(
                engine, "connect", lambda raw, _record: setattr(raw, "timeout", max(1, round(read)))
            )
        case "sqlite":
            _ask_sqlite(engine, read)


def ask_again(connection: Connection, read: float) -> None:
    """Count from now on: a statement began, or some of its rows were taken."""
    connection.info[_ENDS] = time.monotonic() + read


def is_over(message: str) -> bool:
    """Whether the words of an error, in small letters, say that a statement took too long."""
    return any(words in message for words in _OVER)


def _tell_postgresql(raw: Any, read: float) -> None:
    with raw.cursor() as cursor:
        cursor.execute(f"SET statement_timeout = {int(read * 1000)}")
        cursor.execute("SET datestyle = ISO")  # the driver reads no moment in another style
    raw.commit()


def _ask_sqlite(engine: Engine, read: float) -> None:
    def connected(raw: Any, record: Any) -> None:
        raw.set_progress_handler(
            lambda: time.monotonic() > record.info.get(_ENDS, math.inf), _STEPS
        )

    event.listen(engine, "connect", connected)
    event.listen(engine, "before_cursor_execute", lambda one, *_more: ask_again(one, read))
