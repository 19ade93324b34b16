"""One run of a connector at a time.

The kernel, or the database, frees the lock when its owner dies (P4).
"""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager, suppress
from hashlib import blake2b
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

from edusync.errors import Guarded, StateError
from edusync.state.connected import unusable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from edusync.state.store import Store


@contextmanager
def locked(store: Store, connector: str) -> Iterator[int]:
    """Hold a connector; yield its fence. Guarded with RUN_BUSY when another run holds it."""
    with _lock(store, connector):
        yield store.take_lease(connector, process())


@contextmanager
def exclusive(store: Store, connector: str) -> Iterator[None]:
    """Keep runs of a connector away, without taking it over. Guarded as `locked`."""
    with _lock(store, connector):
        yield


@contextmanager
def alive(store: Store, runner: str) -> Iterator[Callable[[], None]]:
    """Show as long as the context lasts that a runner lives. No two runners have one name.

    Yield a check: StateError when it is not shown any more, because a server lost the connection.
    """
    with _lock(store, life_of(runner)) as check:
        yield check
        _drop_file(store, runner)


def is_alive(store: Store, runner: str) -> bool:
    """Whether a runner lives: a process that died holds nothing."""
    try:
        with _lock(store, life_of(runner)):
            _drop_file(store, runner)
            return False
    except Guarded:
        return True


def life_of(runner: str) -> str:
    """Return the name of the lock that a runner holds as long as it lives."""
    return f"runners/{runner}"


def lock_number(name: str) -> int:
    """Return the number, of 64 bits with a sign, by which a database server knows a lock."""
    digest = blake2b(f"edusync/{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _drop_file(store: Store, runner: str) -> None:
    """Delete the lock file of a runner that is no more; a file that is still open is left."""
    if store.lock_folder is not None:
        with suppress(OSError):
            (store.lock_folder / "runners" / f"{runner}.lock").unlink()


def process() -> str:
    """Return this process in words."""
    return f"process {os.getpid()} on {socket.gethostname()}"


def _lock(store: Store, name: str) -> AbstractContextManager[Callable[[], None]]:
    if store.lock_folder is not None:
        return _file_lock(store.lock_folder, name, store)
    return _server_lock(store, name)


@contextmanager
def _file_lock(folder: Path, connector: str, store: Store) -> Iterator[Callable[[], None]]:
    from filelock import FileLock, Timeout

    file = folder / f"{connector}.lock"
    lock = FileLock(file, timeout=0)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        acquired = lock.acquire()
    except Timeout:
        raise _busy(store, connector) from None
    except OSError as error:
        raise StateError(
            "RUN_STATE_UNUSABLE",
            f"the store cannot be locked: {error}",
            "check the path, the disk and the rights; nothing was sent",
        ) from None
    with acquired:
        yield lambda: None  # the kernel keeps it as long as the process is there


@contextmanager
def _server_lock(store: Store, connector: str) -> Iterator[Callable[[], None]]:
    from sqlalchemy import select, text

    mine = {"number": lock_number(connector)}
    with store.reading() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.execute(text("SELECT pg_try_advisory_lock(:number)"), mine).scalar():
            raise _busy(store, connector)

        def check() -> None:
            try:
                connection.execute(select(1))
            except SQLAlchemyError as error:
                raise unusable("read", error) from None

        try:
            yield check
        finally:
            with suppress(SQLAlchemyError):  # a session that has ended holds nothing
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), mine)


def _busy(store: Store, connector: str) -> Guarded:
    owner = store.owner(connector) or "another process"
    return Guarded(
        "RUN_BUSY", f"another run of '{connector}' is under way ({owner})", "wait for it to end"
    )
