"""Slots in a queue of PostgreSQL, which workers on any machine take them from.

The rows of slots are the truth. A job names a slot and says nothing else; whether the slot is still
to run, its row decides. So the queue may be emptied at any time: the next round fills it again.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from procrastinate import App, PsycopgConnector, __version__
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Status
from procrastinate.schema import SchemaManager
from psycopg_pool import PoolTimeout
from sqlalchemy import text

from edusync.state.connected import unusable
from edusync.state.lock import is_alive
from edusync.state.sessions import APPLICATION, KEEPALIVE, cut_off
from edusync.state.slots import running_slots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.state.slots import SlotRow
    from edusync.state.store import Store

TASK = "slot"
_MOST = 2000
"""Slots that stand in the queue at most; what is due beyond that follows when there is room."""
_BUILDS = 6_213_847_501
"""The advisory lock of whoever makes the tables."""


class Queue:
    """Workers behind a queue: jobs of Procrastinate in the database of the store.

    `lost_after` are the seconds without a heartbeat after which a worker counts as lost.
    """

    failed: Exception | None = None

    def __init__(self, store: Store, lost_after: float) -> None:
        self.store, self.lost_after = store, lost_after
        self.app = connected(store)
        self._queued: set[str] = set()

    def open(self) -> None:
        """Make the tables where they are missing, and connect; StateError when that fails."""
        prepare(self.store)
        with in_words():
            self.app.open()

    def close(self) -> None:
        """Let go of the connections."""
        self.app.close()

    def end_dead(self) -> None:
        """Take away the jobs of workers that died or are frozen; end the sessions of the latter.

        Their slots are due again once their locks are free: `take_over`.
        """
        prepare(self.store)
        with in_words():
            asyncio.run(self._end_dead())

    async def _end_dead(self) -> None:
        owners = {_name(row): row.owner or "" for row in running_slots(self.store)}
        async with connected(self.store).open_async() as app:
            jobs = app.job_manager
            silent = await jobs.get_stalled_jobs(seconds_since_heartbeat=self.lost_after)
            for owner in {owners.get(str(job.queueing_lock)) for job in silent} - {None}:
                cut_off(self.store, str(owner))
            gone = {job.id for job in silent}
            lives = {owner: is_alive(self.store, owner) for owner in set(owners.values())}
            for job in await jobs.list_jobs_async(status="doing"):
                if job.id in gone or not lives.get(owners.get(str(job.queueing_lock), ""), True):
                    with suppress(ConnectorException):  # it ended meanwhile
                        await jobs.finish_job_by_id_async(
                            int(job.id or 0), Status.FAILED, delete_job=True
                        )

    def room(self) -> int:
        """Return how many slots may stand in the queue, those that do already included."""
        with in_words():
            self._queued = {
                str(job.queueing_lock) for job in self.app.job_manager.list_jobs(status="todo")
            }
        return _MOST

    def take(self, row: SlotRow) -> None:
        """Put a slot into the queue, unless it stands there."""
        name = _name(row)
        if name in self._queued:
            return
        job = self.app.configure_task(TASK, lock=row.connector, queueing_lock=name)
        try:
            with in_words():
                job.defer(
                    connector=row.connector,
                    direction=row.direction,
                    day=row.day.isoformat(),
                    slot=row.slot,
                )
        except AlreadyEnqueued:  # by another scheduler
            return

    def holds(self, row: SlotRow) -> bool:
        """Return false: workers claim slots under names of their own."""
        del row
        return False

    def stop(self, seconds: float) -> bool:
        """Do nothing: workers go on."""
        del seconds
        return True


def connected(store: Store) -> App:
    """Return Procrastinate with the tables of this store; it is not connected yet."""
    url = store.engine.url.set(drivername="postgresql")
    settings = {"search_path": schema_of(), **KEEPALIVE}
    more = {
        "application_name": APPLICATION,
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
    }
    conninfo = url.render_as_string(hide_password=False)
    return App(connector=PsycopgConnector(conninfo=conninfo, kwargs=more, min_size=1))


def schema_of() -> str:
    """Return where the tables of the queue are: those of another version are left alone."""
    return f"edusync_queue_{__version__.replace('.', '_')}"


def prepare(store: Store) -> None:
    """Make the tables of the queue where they are missing, and drop those of other versions."""
    schemas = text("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'edusync\\_queue\\_%'")
    with store.reading() as connection:
        if list(connection.execute(schemas).scalars()) == [schema_of()]:
            return
    with store.writing() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _BUILDS})
        known = set(connection.execute(schemas).scalars())
        for other in known - {schema_of()}:
            connection.execute(text(f'DROP SCHEMA "{other}" CASCADE'))
        if schema_of() not in known:
            connection.execute(text(f'CREATE SCHEMA "{schema_of()}"'))
            connection.execute(text(f'SET LOCAL search_path = "{schema_of()}"'))
            connection.exec_driver_sql(SchemaManager.get_schema().replace("%", "%%"))


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what Procrastinate says of its connection into StateError."""
    try:
        yield
    except AlreadyEnqueued:
        raise
    except (ConnectorException, PoolTimeout) as error:
        raise unusable("read", error) from None


def _name(row: SlotRow) -> str:
    return f"{row.connector}/{row.direction}/{row.day}/{row.slot}"
