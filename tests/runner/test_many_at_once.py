"""Several connectors run at the same time in one process, and each does what it does alone."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from threading import Event, Lock
from typing import Any

import pytest

from edusync.app.runner.endings import Ended
from edusync.app.runner.runner import Runner
from edusync.app.runner.workers import Threads
from edusync.engine.collector import collector_at_rest
from edusync.registry import Registry
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.serve import serving
from edusync.state.slots import SlotRow, slots_of
from edusync.target.client import EdusignClient
from tests.conftest import DAY
from tests.runner.conftest import Town
from tests.runner.test_work import slot_at

SCHOOLS = [f"school-{number}" for number in range(8)]


class Crowd:
    """Schools with an Edusign each and one ERP, which counts how many ask it at the same time."""

    def __init__(self, town: Town, registry: Registry, stack: ExitStack) -> None:
        self.town, self.lock = town, Lock()
        self.ended: list[tuple[str, str]] = []
        simulation: Any = registry.simulators["ypareo"].thing.start(DAY)
        erp = stack.enter_context(serving(simulation.wsgi))
        self.books = {}
        for name in SCHOOLS:
            book = self.books[name] = Book(clock=town.clock)
            edusign = stack.enter_context(serving(create_app(book, per_minute=1_000_000)))
            town.write(name, erp, edusign)

    def run(self, at_once: int) -> None:
        Runner(self.town.store, self.town.fleet(), self.town.clock, at_once, self).once()

    def slot(self, row: SlotRow, ended: Ended, seconds: float) -> None:
        with self.lock:
            self.ended.append((row.connector, ended.status if seconds else "did nothing"))

    def taken_over(self, rows: Any) -> None:
        raise AssertionError(rows)

    def round(self) -> None:
        pass

    def trouble(self, error: Exception) -> None:
        raise error


@pytest.fixture
def crowd(town: Town, registry: Registry) -> Iterator[Crowd]:
    with ExitStack() as stack:
        yield Crowd(town, registry, stack)


def test_each_does_what_it_does_alone(crowd: Crowd) -> None:
    crowd.town.clock.at("2026-03-16T12:45")
    crowd.run(at_once=6)
    assert sorted(crowd.ended) == [(name, "success") for name in SCHOOLS]
    sheets = {
        name: sorted(row["API_ID"] for row in crowd.books[name].all("courses")) for name in SCHOOLS
    }
    assert len({tuple(ids) for ids in sheets.values()}) == 1
    assert len(sheets["school-0"]) > 1
    states = {slots_of(crowd.town.store, name, "down")[0].state for name in SCHOOLS}
    assert states == {"done"}


def test_no_more_are_taken_than_have_room() -> None:
    go, done = Event(), list[str]()

    def do(row: SlotRow) -> None:
        assert go.wait(60)
        done.append(row.connector)

    threads = Threads(2, do, lambda: None)
    for name in ("hugo", "zola"):
        threads.take(slot_at(0)._replace(connector=name))
    during = threads.room()
    go.set()
    assert threads.idle(60)
    assert (during, threads.room(), sorted(done)) == (0, 2, ["hugo", "zola"])


def test_a_connector_that_is_under_way_is_not_taken_twice() -> None:
    go, done = Event(), list[str]()

    def do(row: SlotRow) -> None:
        assert go.wait(60)
        done.append(row.connector)

    threads = Threads(2, do, lambda: None)
    threads.take(slot_at(0))
    threads.take(slot_at(1))
    go.set()
    assert threads.idle(60)
    assert done == ["hugo"]


def test_the_collector_is_put_back_when_the_last_run_ends() -> None:
    before = gc.get_threshold()
    first, second = collector_at_rest(), collector_at_rest()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    during = gc.get_threshold()
    second.__exit__(None, None, None)
    assert (during[0], gc.get_threshold()) == (100_000, before)


@pytest.mark.promise("P12")
def test_runs_with_one_key_share_its_limit() -> None:
    def client(key: str) -> EdusignClient:
        return EdusignClient("https://e.example", key, per_minute=480, sleep=lambda _: None)

    one, same, other = client("a"), client("a"), client("b")
    limiters = [each.exchange.limiter for each in (one, same, other)]
    for each in (one, same, other):
        each.close()
    assert (limiters[0] is limiters[1], limiters[0] is limiters[2]) == (True, False)
