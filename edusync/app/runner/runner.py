"""One runner: rounds and workers in this process, until nothing is due or somebody says stop."""

from __future__ import annotations

from contextlib import suppress
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from edusync.app.runner.rounds import EVERY, Rounds
from edusync.app.runner.work import Work
from edusync.app.runner.workers import Threads, Workers
from edusync.app.runs.moment import Moment
from edusync.errors import Guarded, StateError
from edusync.state.lock import alive

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from edusync.app.runner.endings import Ended
    from edusync.app.runner.fleet import Fleet
    from edusync.errors import EdusyncError
    from edusync.state.slots import SlotRow
    from edusync.state.store import Store

STOPS_WITHIN = 8.0
"""Seconds in which writes under way are finished (P22)."""
_LOOKS_EVERY = 1.0
"""Seconds after which a runner looks for what has become due."""


class Watcher(Protocol):
    """Who is told what a runner does."""

    def slot(self, row: SlotRow, ended: Ended, seconds: float) -> None:
        """Take note of a slot that ended; called in the thread of its worker."""

    def taken_over(self, rows: Sequence[SlotRow]) -> None:
        """Take note of slots of runners that died."""

    def round(self) -> None:
        """Take note of a round that went well."""

    def trouble(self, error: EdusyncError) -> None:
        """Take note of a store that cannot be used now."""


class Runner:
    """Does what is due of a fleet with so many threads, or hands it to a queue.

    `now` is its clock.
    """

    def __init__(
        self,
        store: Store,
        fleet: Fleet,
        now: Callable[[], datetime],
        at_once: int,
        watch: Watcher,
        queue: Workers | None = None,
    ) -> None:
        self.store, self.watch = store, watch
        self.name = uuid4().hex
        self.wake = Event()
        self.work = Work(store, fleet, self.name, lambda: Moment(now()), watch.slot)
        self.threads = Threads(at_once, self.work.do, self.wake.set)
        self.workers = queue or self.threads
        self.rounds = Rounds(store, fleet, self.workers, self.name, now)

    def once(self) -> None:
        """Do what is due, and end when nothing is; StateError when the store cannot be used."""
        with alive(self.store, self.name):
            self._round()
            try:
                while self.rounds.hand_out() or not self.threads.idle(0):
                    self.wake.wait(_LOOKS_EVERY)
                    self.wake.clear()
            except KeyboardInterrupt:
                self.threads.stop(STOPS_WITHIN)
                raise
        if self.threads.failed is not None:
            raise self.threads.failed

    def serve(self) -> None:
        """Do what becomes due, until KeyboardInterrupt: SIGTERM or Ctrl-C."""
        with suppress(KeyboardInterrupt):
            while True:
                self._live()

    def _live(self) -> None:
        """Do rounds as long as it is shown that this runner lives."""
        try:
            with alive(self.store, self.name) as check:
                try:
                    while True:
                        self._try_round(check)
                except KeyboardInterrupt:
                    self.workers.stop(STOPS_WITHIN)
                    raise
        except (StateError, Guarded) as error:  # Guarded: the session of before still ends
            self.watch.trouble(error)
            self.wake.wait(_LOOKS_EVERY)

    def _try_round(self, check: Callable[[], None]) -> None:
        """Do a round, and hand out what becomes due before the next one.

        StateError when nobody can see any more that this runner lives.
        """
        ends = monotonic() + EVERY
        try:
            self._round()
            while monotonic() < ends:
                self.rounds.hand_out()
                self.wake.wait(_LOOKS_EVERY)
                self.wake.clear()
                failed, self.workers.failed = self.workers.failed, None
                if failed is not None:
                    raise failed
        except StateError as error:  # a disk that is full, a database that restarts: it may pass
            self.watch.trouble(error)
            check()
            self.wake.wait(max(0.0, ends - monotonic()))

    def _round(self) -> None:
        taken = self.rounds.plan()
        if taken:
            self.watch.taken_over(taken)
        self.watch.round()
