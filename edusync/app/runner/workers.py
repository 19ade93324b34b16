"""Who does the slots: one small interface, and threads of this process behind it."""

from __future__ import annotations

from threading import Condition, Thread
from typing import TYPE_CHECKING, Protocol

from edusync.engine.interruption import start_workers, stop_workers

if TYPE_CHECKING:
    from collections.abc import Callable

    from edusync.state.slots import SlotRow

_CLOSES_WITHIN = 1.0
"""Seconds in which a run that was stopped writes what became of it."""


class Workers(Protocol):
    """What a round hands slots to."""

    failed: Exception | None
    """What a worker met that is no matter of its slot: the store cannot be used."""

    def end_dead(self) -> None:
        """Let go of what workers hold that are gone, or do not move any more."""

    def room(self) -> int:
        """Return how many slots can be taken now."""

    def take(self, row: SlotRow) -> None:
        """Do a slot some time soon; one that is taken already is not done twice."""

    def holds(self, row: SlotRow) -> bool:
        """Return whether a slot that this runner claimed is still under way."""

    def stop(self, seconds: float) -> bool:
        """Take nothing more, finish the writes under way; whether that was done in time."""


class Threads:
    """At most so many threads, each with one slot. `done` is called in them after each slot."""

    def __init__(
        self, at_once: int, do: Callable[[SlotRow], object], done: Callable[[], None]
    ) -> None:
        self.at_once, self.do, self.done = at_once, do, done
        self.failed: Exception | None = None
        self._busy: set[str] = set()
        self._changed = Condition()
        start_workers()

    def end_dead(self) -> None:
        """Do nothing: threads end with their process."""

    def room(self) -> int:
        """Return how many threads are free."""
        with self._changed:
            return self.at_once - len(self._busy)

    def take(self, row: SlotRow) -> None:
        """Do a slot in a thread of its own, unless its connector is under way here."""
        with self._changed:
            if row.connector in self._busy:
                return
            self._busy.add(row.connector)
        # a thread that only reads is left behind when the process ends: nothing of it is lost
        Thread(target=self._do, args=(row,), name=f"run {row.connector}", daemon=True).start()

    def holds(self, row: SlotRow) -> bool:
        """Return whether the connector of a slot is under way in a thread."""
        with self._changed:
            return row.connector in self._busy

    def _do(self, row: SlotRow) -> None:
        try:
            self.do(row)
        except Exception as error:  # noqa: BLE001 - handed on to the thread that waits
            self.failed = error
        finally:
            with self._changed:
                self._busy.discard(row.connector)
                self._changed.notify_all()
            self.done()

    def idle(self, seconds: float | None = None) -> bool:
        """Wait until every slot that was taken is done; whether that is so in time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._busy, seconds)

    def stop(self, seconds: float) -> bool:
        """Finish the writes under way; whether that was done in time.

        Who writes closes the run and the slot then; who only reads is not waited for.
        """
        return stop_workers(seconds) and self.idle(_CLOSES_WITHIN)
