"""Read rows from a school's database.

Values are bound, rows come through a server cursor, texts are trimmed and decoded as the spec says.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sqlalchemy import Date, bindparam, create_engine, event, text
from sqlalchemy.exc import (
    ArgumentError,
    DataError,
    DBAPIError,
    IntegrityError,
    NoSuchModuleError,
    SQLAlchemyError,
)
from sqlalchemy.types import NullType

from edusync.errors import CallFailed, ConfigurationProblem, EdusyncError, SourceError
from edusync.transport import patience
from edusync.transport.dialled import dial_judged
from edusync.transport.judging import Forbidden, RefusedWrite
from edusync.transport.select_list import columns_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sqlalchemy import Engine

_ROWS = 1000
_REFUSED = ("password", "access denied", "login failed", "authentication", "role ")
_CLOSED = (
    "permission denied",
    "readonly database",
    "denied to user",
    "no such table",
    "does not exist",
    "doesn't exist",
    "invalid object name",
)
_UNOPENED = ("unable to open database", "not a database", "unknown database", 'database "')
_DRIVERS = {"mssql": "mssql", "mysql": "mysql", "mariadb": "mysql", "postgresql": "postgres"}


class Database:
    """One database.

    `charset` decodes texts that the driver hands over as bytes; `trim` takes the padding off.
    It has `connect` seconds to let us in, and `read` seconds to answer each statement.
    """

    def __init__(
        self,
        url: str,
        *,
        connect: float,
        at_once: int,
        charset: str | None,
        trim: bool,
        read: float = 60,
    ) -> None:
        self.charset, self.trim, self.read = charset, trim, read
        self.engine = _engine(url, connect, read, at_once)
        patience.watch_over(self.engine, read)
        dial_judged(self.engine, connect)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "do_connect", lambda *_: _check_file(self.engine))
        if charset and self.engine.dialect.name == "sqlite":
            event.listen(
                self.engine,
                "connect",
                lambda connection, _record: setattr(
                    connection, "text_factory", lambda raw: raw.decode(charset)
                ),
            )

    def rows(
        self, statement: str, values: Mapping[str, Any], label: str
    ) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of a statement, some at a time; a list fills `in :name`.

        CallFailed or SourceError when it cannot be read.
        """
        clause = text(statement).bindparams(
            *(_bound(name, value) for name, value in values.items())
        )
        try:
            with self.engine.connect() as connection:
                result = connection.execution_options(stream_results=True, yield_per=_ROWS).execute(
                    clause
                )
                names = columns_of(list(result.keys()), statement, label)
                for some in result.partitions():
                    yield [dict(zip(names, map(self._plain, row), strict=True)) for row in some]
                    patience.ask_again(connection, self.read)
        except DBAPIError as error:
            raise self._failure(error, label) from None
        except SQLAlchemyError as error:
            raise CallFailed("CONN_CALL_FAILED", f"{label}: {str(error).splitlines()[0]}") from None
        except (ValueError, TypeError, OverflowError, NotImplementedError) as error:
            # a driver, about one value; psycopg reads intervals and moments in some styles only
            raise CallFailed("CONN_CALL_FAILED", f"{label}: {_about(error)}") from None

    def write(self, batches: list[tuple[str, list[dict[str, Any]]]], label: str) -> None:
        """Run statements, each for several sets of values, in one transaction.

        RefusedWrite when the database does not want a row, Forbidden when it is closed to us.
        """
        with self._writing(label), self.engine.begin() as connection:
            for statement, sets in batches:
                connection.execute(
                    text(statement).bindparams(*(_bound(name, None) for name in sets[0])), sets
                )

    def rehearse(self, statements: Sequence[str]) -> None:
        """Run statements without values, and take them back whatever they did.

        Forbidden when the database is closed to us.
        """
        for statement in statements:
            label = "SQL " + " ".join(statement.split())[:60]
            with self._writing(label), self.engine.connect() as connection:
                connection.execute(text(statement))
                connection.rollback()

    @contextmanager
    def _writing(self, label: str) -> Iterator[None]:
        """Say in our words what a database says about a write."""
        try:
            yield
        except (IntegrityError, DataError) as error:
            raise RefusedWrite(
                "CONN_CALL_FAILED", f"the database refused a row ({type(error.orig).__name__})"
            ) from None  # the words of a database repeat the values
        except DBAPIError as error:
            failed = self._failure(error, label)
            raise (
                Forbidden(failed.code, failed.message)
                if failed.code == "CONN_ERP_ACCESS_NOT_OPENED"
                else failed
            ) from None
        except (SQLAlchemyError, ValueError, TypeError, OverflowError) as error:
            raise CallFailed("CONN_CALL_FAILED", f"{label}: {_about(error)}") from None

    def _failure(self, error: DBAPIError, label: str) -> EdusyncError:
        """Say in our words what a database says about a statement."""
        if patience.is_over(str(error.orig).lower()):
            return CallFailed(
                "CONN_CALL_FAILED",
                f"{label}: no answer within {self.read:g} s",
                "`limits: {read: 5min}` of the transport lets the database take longer",
            )
        return _failure(error, label, embedded=self.engine.dialect.name == "sqlite")

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    def _plain(self, value: Any) -> Any:
        match value:
            case str():
                return value.rstrip() if self.trim else value
            case bytes():
                return self._plain(value.decode(self.charset)) if self.charset else value.hex()
            case datetime() | date() | time():
                return value.isoformat()
            case Decimal():
                return int(value) if value == value.to_integral_value() else float(value)
        return value


def _engine(url: str, connect: float, read: float, at_once: int) -> Engine:
    try:
        dialect = url.partition(":")[0].partition("+")[0]
        timeout = {
            "postgresql": "connect_timeout",
            "mysql": "connect_timeout",
            "mariadb": "connect_timeout",
            "mssql": "timeout",
        }.get(dialect)
        pool: dict[str, Any] = (
            {} if url == "sqlite://" else {"pool_size": at_once, "max_overflow": 0}
        )
        connect_args = patience.arguments(dialect, read)
        if timeout:
            connect_args[timeout] = int(connect)
        return create_engine(_driven(url), connect_args=connect_args, **pool)
    except (NoSuchModuleError, ModuleNotFoundError):
        extra = _DRIVERS.get(dialect)
        raise ConfigurationProblem(
            "CONF_DRIVER_MISSING",
            f"there is no driver for '{dialect}' databases here",
            f"install it with: pip install 'edusync[{extra}]'"
            if extra
            else "the dialects are sqlite, postgresql, mysql, mariadb and mssql",
        ) from None
    except (ArgumentError, ValueError):
        raise ConfigurationProblem(
            "CONF_URL_INVALID",
            "the URL of the database is not one",
            "write it as dialect://user:password@host/database",
        ) from None


def _check_file(engine: Engine) -> None:
    """Raise SourceError when no file is where one of SQLite is to be: it would be made, empty."""
    path = engine.url.database or ""
    if path.startswith("file:"):
        path = unquote(path.removeprefix("file:").partition("?")[0])
    if path in {"", ":memory:"} or engine.url.query.get("mode") == "memory":
        return
    if not Path(path).is_file():
        raise SourceError(
            "CONN_ERP_ACCESS_NOT_OPENED",
            "the database cannot be opened",
            "check its path in the database URL: no file is there",
        )


def _driven(url: str) -> str:
    """Name the driver that we bring, where the URL names none."""
    scheme, colon, rest = url.partition(":")
    driver = {
        "postgresql": "postgresql+psycopg",
        "mysql": "mysql+pymysql",
        "mariadb": "mariadb+pymysql",
        "mssql": "mssql+pyodbc",
    }.get(scheme, scheme)
    return driver + colon + rest


def _bound(name: str, value: Any) -> Any:
    """Bind a value; ids are text, and the database makes of them what the column is."""
    if isinstance(value, list | tuple):
        return bindparam(name, list(value), type_=NullType(), expanding=True)
    if isinstance(value, date) and not isinstance(value, datetime):
        return bindparam(name, value, type_=Date())
    return bindparam(name, value, type_=NullType())


def _about(error: Exception) -> str:
    """Say what stopped a statement; the words of a driver repeat the values."""
    if isinstance(error, UnicodeDecodeError):
        return str(error).splitlines()[0]
    return f"a value does not fit ({type(error).__name__})"


def _failure(error: DBAPIError, label: str, *, embedded: bool) -> EdusyncError:
    words = (
        str(error.orig).strip().splitlines()[0]
        if str(error.orig).strip()
        else type(error.orig).__name__
    )
    message = str(error.orig).lower()
    if any(word in message for word in _UNOPENED):
        return SourceError(
            "CONN_ERP_ACCESS_NOT_OPENED",
            "the database cannot be opened",
            "check its name in the database URL, and ask the vendor to open it",
        )
    if any(word in message for word in _CLOSED):
        return CallFailed(
            "CONN_ERP_ACCESS_NOT_OPENED",
            f"{label}: {words}",
            "ask the vendor to open the views, and check the name of the database",
        )
    if any(word in message for word in _REFUSED):
        return SourceError(
            "CONN_AUTH_FAILED",
            "the database refused to sign us in",
            "check user and password of the database URL",
        )
    if error.connection_invalidated or (
        type(error).__name__ == "OperationalError" and not embedded
    ):
        return SourceError(
            "CONN_NETWORK_BLOCKED",
            f"the database cannot be reached ({type(error.orig).__name__})",
            "check host, port and network; an allow-list may be in the way",
        )
    return CallFailed("CONN_CALL_FAILED", f"{label}: {words}")
