"""The connection to a store: transactions, and errors that a person can act on."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from json import JSONDecodeError
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from edusync.errors import StateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Connection, Engine

_GARBLED = (JSONDecodeError, UnicodeDecodeError)
"""What a damaged file says of texts that it holds."""


def utc_now() -> datetime:
    """Return what time it is."""
    return datetime.now(UTC)


class Connected:
    """A store and its connections; `now` is the clock of what it records.

    `lock_folder` holds the lock files of an embedded store, None for a database server.
    """

    def __init__(
        self,
        engine: Engine,
        key: bytes,
        lock_folder: Path | None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.engine, self.key, self.lock_folder, self.now = engine, key, lock_folder, now

    def close(self) -> None:
        """Let go of the connections."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction; StateError when the store cannot be written."""
        try:
            with self.engine.execution_options(writes=True).begin() as connection:
                yield connection
        except (SQLAlchemyError, *_GARBLED) as error:
            raise unusable("written", error) from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection to read; StateError when the store cannot be read."""
        try:
            with self.engine.connect() as connection:
                yield connection
        except (SQLAlchemyError, ValueError) as error:  # or what stands there is no JSON, no moment
            raise unusable("read", error) from None


def unusable(how: str, error: Exception) -> StateError:
    """Return what is said of a store that cannot be `read` or `written`."""
    reason = str(error.__cause__ or error).split("\n")[0]
    return StateError(
        "RUN_STATE_UNUSABLE",
        f"the store cannot be {how}: {reason}",
        f"nothing further was sent; run again once it can be {how}",
    )
