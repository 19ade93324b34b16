"""The sessions of this process at a database server, and ending those of one that is frozen."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING
from uuid import uuid4

from sqlalchemy import text

from edusync.state.lock import life_of, lock_number

if TYPE_CHECKING:
    from edusync.state.store import Store

APPLICATION = f"edusync {socket.gethostname()[:30]} {os.getpid()} {uuid4().hex[:8]}"
"""The name of every session of this process, and of no other one; a server cuts it at 63 bytes."""
KEEPALIVE = {"tcp_keepalives_idle": 10, "tcp_keepalives_interval": 5, "tcp_keepalives_count": 3}
"""After 25 seconds without a sign of a machine, the server ends its sessions: locks are free."""

_CUT_OFF = text("""
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND application_name IN (
    SELECT holder.application_name FROM pg_stat_activity holder JOIN pg_locks held USING (pid)
    WHERE held.locktype = 'advisory' AND held.objsubid = 1
      AND held.classid = CAST(CAST(:high AS bigint) AS oid)
      AND held.objid = CAST(CAST(:low AS bigint) AS oid)
)
""")


def cut_off(store: Store, runner: str) -> int:
    """End all sessions of the process that shows that a runner lives; return how many.

    So the locks of a process that is frozen become free, and when it wakes up, it has to connect
    anew and finds out.
    """
    number = lock_number(life_of(runner)) & (2**64 - 1)
    halves = {"high": number >> 32, "low": number & (2**32 - 1)}
    with store.writing() as connection:
        return len(connection.execute(_CUT_OFF, halves).all())
