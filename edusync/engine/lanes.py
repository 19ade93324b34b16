"""Do several things at once: one lane at a time acts, the others wait for answers.

A lane is a thread. Whoever has the turn reads and changes what all of them share (ids, the report,
the store); it is given away only while a request is under way, by `apart`. What is out of the
ordinary is given back (`only_alone`) and done by the caller's own thread once no lane is left.
docs/explanation/several-at-once.md says what may go together and why.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Generic, TypeVar

from edusync.engine.interruption import hear, start_workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from edusync.engine.outcome import Outcome, Report

Item = TypeVar("Item")
Got = TypeVar("Got")


class GoesAlone(Exception):
    """Raised in a lane: this is done again when nothing else is under way."""


class Lanes:
    """So many lanes as `most`, which write into one report.

    What is noted of each item stands in the report in the order of the items, whichever was
    through first.
    """

    def __init__(self, most: int, report: Report) -> None:
        self.most, self.report = most, report
        self._turn = Lock()
        self._threads: set[Thread] = set()
        self._stopping = False

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Let other lanes act while the one that calls waits; only the waiting is inside."""
        if current_thread() not in self._threads:
            yield
            return
        page = self.report.outcomes
        self._turn.release()
        try:
            yield
        finally:
            self._turn.acquire()
            self.report.outcomes = page

    def only_alone(self) -> None:
        """Give an item back that is out of the ordinary: GoesAlone in a lane, nothing elsewhere."""
        if current_thread() in self._threads:
            raise GoesAlone

    def hear(self) -> None:
        """Hear a wish to stop, where nothing is under way: KeyboardInterrupt."""
        if self._stopping and current_thread() in self._threads:
            raise KeyboardInterrupt
        hear()

    def run(self, items: Sequence[Item], work: Callable[[Item], Got]) -> list[Got]:
        """Do some work for each item, several at once, and return what came of it in their order.

        Items are begun in their order. When one raises, no other is begun, those under way are
        finished, and the error of the first of them goes on. So it is with a wish to stop; a
        second one is heard at once.

        Args:
            items: What does not depend on each other, and touches nothing that another touches.
            work: What is done; what raises GoesAlone is done again, alone, after all the others.

        """
        count = min(self.most, len(items))
        if count < 2:  # noqa: PLR2004 - one goes by itself
            return [work(item) for item in items]
        if current_thread() is main_thread():
            start_workers()  # no runner of this process has stopped them
        round_ = _Round(items, work, self)
        before = self.report.outcomes
        self._stopping = False
        self._threads = {Thread(target=round_.lane, daemon=True) for _ in range(count)}
        try:
            try:
                for thread in self._threads:
                    thread.start()
                self._join()
            except BaseException:
                self._stopping = True
                self._join()
                raise
            round_.raise_first()
            round_.do_alone()
        finally:
            before.extend(outcome for page in round_.pages for outcome in page)
            self.report.outcomes = before
        return [round_.got[index] for index in range(len(items))]

    def _join(self) -> None:
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()

    @property
    def is_stopping(self) -> bool:
        """Whether nothing further is begun."""
        return self._stopping

    @contextmanager
    def acting(self) -> Iterator[None]:
        """Have the turn."""
        with self._turn:
            yield


@dataclass(slots=True)
class _Round(Generic[Item, Got]):
    """What becomes of some items."""

    items: Sequence[Item]
    work: Callable[[Item], Got]
    lanes: Lanes
    got: dict[int, Got] = field(default_factory=dict)
    errors: dict[int, BaseException] = field(default_factory=dict)
    alone: list[int] = field(default_factory=list)
    pages: list[list[Outcome]] = field(default_factory=list)
    begun: int = 0

    def lane(self) -> None:
        """Do one item after the other until none is left, or nothing further is to be begun."""
        with self.lanes.acting():
            while self.begun < len(self.items) and not (self.errors or self.lanes.is_stopping):
                index = self.begun
                self.begun += 1
                self._one(index)

    def _one(self, index: int) -> None:
        page: list[Outcome] = []
        self.pages.append(page)  # they are begun in their order
        self.lanes.report.outcomes = page
        try:
            self.got[index] = self.work(self.items[index])
        except GoesAlone:
            self.alone.append(index)
        except BaseException as error:  # noqa: BLE001 - it goes on in the thread of the caller
            self.errors[index] = error

    def raise_first(self) -> None:
        """Raise what the first of the items raised that could not be done."""
        if self.errors:
            raise self.errors[min(self.errors)]

    def do_alone(self) -> None:
        """Do what was given back, in its order, while nothing else is under way."""
        for index in sorted(self.alone):
            self.lanes.report.outcomes = self.pages[index]
            self.got[index] = self.work(self.items[index])
