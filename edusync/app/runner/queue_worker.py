"""A worker: does the slots of the queue on this machine, until it is told to stop."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from edusync.app.runner.log import LOG
from edusync.app.runner.planning import let_go
from edusync.app.runner.queue import TASK, connected, in_words, prepare
from edusync.app.runner.runner import STOPS_WITHIN
from edusync.app.runner.work import Work
from edusync.app.runs.moment import Moment
from edusync.engine.interruption import start_workers, stop_workers
from edusync.errors import Guarded, StateError
from edusync.state.lock import alive
from edusync.state.slots import due_slot

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.runner import Watcher
    from edusync.state.slots import SlotRow
    from edusync.state.store import Store

_BEATS = 3
"""Heartbeats in the time after which a worker counts as lost."""
_LOOKS_EVERY = 1.0
"""Seconds between two looks into the queue; a notice of PostgreSQL wakes a worker sooner."""
_AGAIN_AFTER = 2.0
"""Seconds after which a worker that lost its connection tries to find the store again."""
_CLOSES_WITHIN = 3.0
"""Seconds in which runs that were stopped write what became of them."""
_ENDS_WITHIN = STOPS_WITHIN + 1.0


class QueueWorker:
    """Does slots with so many threads; `lost_after` as `Queue` has it."""

    def __init__(
        self,
        store: Store,
        fleet: Fleet,
        now: Callable[[], datetime],
        at_once: int,
        watch: Watcher,
        lost_after: float,
    ) -> None:
        self.store, self.fleet, self.now, self.watch = store, fleet, now, watch
        self.at_once, self.lost_after = at_once, lost_after
        self._wait = Event()
        self._turns: _Turns | None = None

    def serve(self) -> None:
        """Do slots until KeyboardInterrupt.

        Threads that only read are left: an ERP may take a minute to answer.
        """
        start_workers()
        try:
            while True:
                self._live()
        except KeyboardInterrupt:
            if self._turns is not None:
                self._turns.finish()

    def _live(self) -> None:
        """Do slots under a name of this life; it ends when the server forgets it."""
        name = uuid4().hex
        try:
            prepare(self.store)
            with alive(self.store, name) as check:
                self._turns = turns = _Turns(self, name)
                turns.start()
                try:
                    while not turns.over.is_set():
                        check()
                        self.watch.round()
                        turns.over.wait(self.lost_after / _BEATS)
                except KeyboardInterrupt:
                    turns.finish()
                    raise
                turns.ended()
        except (StateError, Guarded) as error:
            if self._turns is not None:
                self._turns.stop()  # what is under way ends by itself: it can write no more
            self.watch.trouble(error)
            self._wait.wait(_AGAIN_AFTER)


class _Turns:
    """The loop of Procrastinate in a thread: signals are for the main one."""

    def __init__(self, worker: QueueWorker, name: str) -> None:
        self.worker = worker
        self.work = Work(
            worker.store, worker.fleet, name, lambda: Moment(worker.now()), worker.watch.slot
        )
        self.thread = Thread(target=self._run, name=f"worker {name}", daemon=True)
        self.over = Event()
        """Set when the loop has ended; a join that a signal interrupts takes a thread for ended."""
        self._failed: BaseException | None = None
        self._left = Event()
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(_say)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to take slots."""
        self.thread.start()

    def ended(self) -> None:
        """StateError when the loop ended because of its connection."""
        if self._failed is not None:
            with in_words():
                raise self._failed

    def stop(self) -> None:
        """Take no further slot; what is under way goes on."""
        self._left.set()
        with suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._cancel)

    def finish(self) -> None:
        """Take no further slot, and finish the writes under way, those of earlier lives as well."""
        ends = monotonic() + _ENDS_WITHIN
        self.stop()
        stop_workers(STOPS_WITHIN)
        self.over.wait(min(_CLOSES_WITHIN, ends - monotonic()))

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _run(self) -> None:
        pool = ThreadPoolExecutor(self.worker.at_once, thread_name_prefix="run")
        self._loop.set_default_executor(pool)
        try:
            self._task = self._loop.create_task(self._serve())
            with suppress(asyncio.CancelledError):
                self._loop.run_until_complete(self._task)
        except Exception as error:  # noqa: BLE001 - handed on to the thread that waits
            self._failed = error
        finally:
            pool.shutdown(wait=False)
            self._loop.close()
            self.over.set()

    async def _serve(self) -> None:
        lost_after = self.worker.lost_after
        async with connected(self.worker.store).open_async() as app:
            app.task(name=TASK)(self._do)
            await app.run_worker_async(
                concurrency=self.worker.at_once,
                install_signal_handlers=False,
                delete_jobs="always",
                fetch_job_polling_interval=_LOOKS_EVERY,
                update_heartbeat_interval=lost_after / _BEATS,
                stalled_worker_timeout=lost_after,
            )

    def _do(self, connector: str, direction: str, day: str, slot: str) -> None:
        """Do a slot that a job names, if it is still to run."""
        worker = self.worker
        key = (connector, direction, date.fromisoformat(day), slot)
        row: SlotRow | None = None
        try:
            row = due_slot(worker.store, worker.now(), *key)
            if row is not None:
                worker.fleet.look(connector)
                self.work.do(row)
        except StateError as error:
            worker.watch.trouble(error)
            if row is not None:
                self._let_go(row)

    def _let_go(self, row: SlotRow) -> None:
        """Leave a slot to others as soon as the store can be used.

        When this life ends before, they see by themselves that nobody has it.
        """
        while not self._left.wait(_AGAIN_AFTER):
            with suppress(StateError):
                let_go(self.worker.store, row, self.work.runner, self.worker.now())
                return


def _say(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Say what broke in the loop: the note of a job that others took over, a lost connection."""
    error = context.get("exception")
    if error is not None:
        LOG.warning("the queue: %s", type(error).__name__)
