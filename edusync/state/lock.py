"""One run of a connector at a time.

The kernel, or the database, frees the lock when its owner dies (P4).
"""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from hashlib import blake2b
from typing import TYPE_CHECKING

from edusync.errors import Guarded, StateError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from edusync.state.store import Store


@contextmanager
def locked(store: Store, connector: str) -> Iterator[int]:
    """Hold a connector; yield its fence. Guarded with RUN_BUSY when another run holds it."""
    with (
        _file_lock(store.lock_folder, connector, store)
        if store.lock_folder
        else _server_lock(store, connector)
    ):
        yield store.take_lease(connector, f"process {os.getpid()} on {socket.gethostname()}")


@contextmanager
def _file_lock(folder: Path, connector: str, store: Store) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(folder / f"{connector}.lock", timeout=0)
    try:
        folder.mkdir(parents=True, exist_ok=True)
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
        yield


@contextmanager
def _server_lock(store: Store, connector: str) -> Iterator[None]:
    from sqlalchemy import text

    number = int.from_bytes(
        blake2b(f"edusync/{connector}".encode(), digest_size=8).digest(), "big", signed=True
    )
    with store.reading() as opened:
        connection = opened.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.execute(
            text("SELECT pg_try_advisory_lock(:number)"), {"number": number}
        ).scalar():
            raise _busy(store, connector)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})


def _busy(store: Store, connector: str) -> Guarded:
    owner = store.owner(connector) or "another process"
    return Guarded(
        "RUN_BUSY", f"another run of '{connector}' is under way ({owner})", "wait for it to end"
    )
