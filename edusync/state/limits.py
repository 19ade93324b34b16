"""Limits of requests that hold over all processes: counted in the database of the store.

The tables lie in a schema of their own and say how often which key was used lately, by a keyed
digest; they may be dropped while nothing runs.
"""

from __future__ import annotations

from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from pyrate_limiter import Limiter
from pyrate_limiter.buckets import PostgresBucket
from pyrate_limiter.limiter import SingleBucketFactory
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from edusync.state.connected import unusable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyrate_limiter import Rate

    from edusync.state.store import Store

_SCHEMA = "edusync_limits"
_BUILDS = 6_213_847_502
"""The advisory lock of whoever makes the schema."""
_LEAKS_EVERY = 100
"""Requests of a process after which it takes away what is too old to count."""


class SharedLimits:
    """Makes the limiters of a store."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.connections = _Connections(store)
        with store.writing() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _BUILDS})
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {_SCHEMA}"))

    def __call__(self, name: str, rate: Rate) -> Limiter:
        """Return the limiter of a name: the same counts for everybody with this store."""
        table = blake2b(name.encode(), key=self.store.key, digest_size=12).hexdigest()
        return _Shared(PostgresBucket(self.connections, table, [rate]))  # type: ignore[arg-type]  # it asks a pool for nothing but connections


class _Shared(Limiter):
    def __init__(self, bucket: PostgresBucket) -> None:
        # no thread that takes away what is old: it would outlive the store
        super().__init__(SingleBucketFactory(bucket, schedule_leak=False))
        self.bucket, self.count = bucket, 0

    def try_acquire(self, *args: Any, **kwargs: Any) -> Any:
        """Wait for a turn; StateError when the store cannot be used."""
        from psycopg import Error

        try:
            self.count += 1
            if self.count % _LEAKS_EVERY == 0:
                now: Any = self.bucket.now()  # type: ignore[no-untyped-call]  # untyped there
                self.bucket.leak(now)
            return super().try_acquire(*args, **kwargs)
        except (Error, SQLAlchemyError) as error:
            raise unusable("written", error) from None


class _Connections:
    """The connections of a store, in the form of a pool of psycopg."""

    closed = False

    def __init__(self, store: Store) -> None:
        self.store = store

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """Yield a connection in a transaction, which is kept when nothing fails."""
        with self.store.engine.connect() as opened:
            connection: Any = opened.connection.driver_connection
            connection.execute(f"SET LOCAL search_path = {_SCHEMA}; SET LOCAL timezone = 'UTC'")
            yield connection
            connection.commit()
