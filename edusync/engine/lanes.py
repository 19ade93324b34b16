"""Do several things at once: one lane at a time acts, the others wait for answers.

A lane is a thread. Whoever has the turn reads and changes what all of them share (ids, the report,
the store); it is given away only while a request is under way, by `apart`. What is out of the
ordinary is given back (`only_alone`) and done by the caller's own thread once no lane is left.
docs/explanation/several-at-once.md says what may go together and why.
"""

from __future__ import annotations

from collections import deque
from contextlib import contextmanager
from contextvars import copy_context
from dataclasses import dataclass, field
from threading import Condition, Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Generic, TypeVar

from edusync.engine.interruption import hear, start_workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from edusync.engine.outcome import Outcome, Report

_LOOKS_WITHIN = 1.0
"""How many seconds a lane waits for others to end before it looks whether it is to stop."""
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
        self._turn = Condition()
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

    def run(
        self,
        items: Sequence[Item],
        work: Callable[[Item], Got],
        touched: Callable[[Item], AbstractSet[str]] = lambda _item: frozenset(),
    ) -> list[Got]:
        """Do some work for each item, several at once, and return what came of it in their order.

        Items are begun in their order. When one raises, no other is begun, those under way are
        finished, and the error of the first of them goes on. So it is with a wish to stop; a
        second one is heard at once.

        Args:
            items: What does not depend on each other.
            work: What is done; what raises GoesAlone is done again, alone, after all the others.
            touched: What an item touches. Of two that touch the same, the second waits.

        """
        count = min(self.most, len(items))
        if count < 2:  # noqa: PLR2004 - one goes by itself
            return [work(item) for item in items]
        if current_thread() is main_thread():
            start_workers()  # no runner of this process has stopped them
        round_ = _Round(items, work, touched, self)
        before = self.report.outcomes
        self._stopping = False
        self._threads = {
            Thread(target=copy_context().run, args=(round_.lane,), daemon=True)
            for _ in range(count)
        }
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

    @property
    def turn(self) -> Condition:
        """Who acts has it; it is waited for when something ends."""
        return self._turn


@dataclass(slots=True)
class _Round(Generic[Item, Got]):
    """What becomes of some items."""

    items: Sequence[Item]
    work: Callable[[Item], Got]
    touched: Callable[[Item], AbstractSet[str]]
    lanes: Lanes
    got: dict[int, Got] = field(default_factory=dict)
    errors: dict[int, BaseException] = field(default_factory=dict)
    alone: list[int] = field(default_factory=list)
    under_way: dict[int, AbstractSet[str]] = field(default_factory=dict)
    left: deque[int] = field(init=False)
    pages: list[list[Outcome]] = field(init=False)

    def __post_init__(self) -> None:
        """Begin with nothing done."""
        self.left = deque(range(len(self.items)))
        self.pages = [[] for _ in self.items]

    def lane(self) -> None:
        """Do one item after the other until none is left, or nothing further is to be begun."""
        turn = self.lanes.turn
        with turn:
            while self.left and not (self.errors or self.lanes.is_stopping):
                index = self._next()
                if index is None:
                    turn.wait(_LOOKS_WITHIN)
                    continue
                self.left.remove(index)
                self._one(index)
                turn.notify_all()

    def _next(self) -> int | None:
        """Return the first item that touches nothing of those under way, nor of those before it."""
        taken: set[str] = set().union(*self.under_way.values())
        for index in self.left:
            mine = self.touched(self.items[index])
            if taken.isdisjoint(mine):
                return index
            taken |= mine
        return None

    def _one(self, index: int) -> None:
        self.under_way[index] = self.touched(self.items[index])
        self.lanes.report.outcomes = self.pages[index]
        try:
            self.got[index] = self.work(self.items[index])
        except GoesAlone:
            self.alone.append(index)
        except BaseException as error:  # noqa: BLE001 - it goes on in the thread of the caller
            self.errors[index] = error
        del self.under_way[index]

    def raise_first(self) -> None:
        """Raise what the first of the items raised that could not be done."""
        if self.errors:
            raise self.errors[min(self.errors)]

    def do_alone(self) -> None:
        """Do what was given back, in its order, while nothing else is under way."""
        for index in sorted(self.alone):
            self.lanes.report.outcomes = self.pages[index]
            self.got[index] = self.work(self.items[index])
