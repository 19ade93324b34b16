"""Limits of requests hold over all processes that share a store on PostgreSQL, at the servers."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from threading import Lock
from typing import Any

import pytest
from sqlalchemy import text

from edusync.errors import StateError
from edusync.sandbox.serve import serving
from edusync.state.limits import SharedLimits
from edusync.state.open import open_store
from edusync.state.store import Store
from edusync.transport.limits import limiter, share
from tests.state.test_store import store
from tests.support.own_postgres import own_postgres

__all__ = ["store"]  # a fixture: here the one with PostgreSQL

PROCESS = """
import sys
from contextlib import closing
from edusync.state.limits import SharedLimits
from edusync.state.open import open_store
from edusync.transport.limits import share
url, side, kind, times, limit = sys.argv[1:]
with closing(open_store(url)) as store:
    share(SharedLimits(store))
    if kind == "edusign":
        from edusync.target.exchange import Exchange
        exchange = Exchange(side, "key", per_minute=int(limit), sleep=lambda _: None)
        ask = lambda: exchange.read("x")
        close = exchange.close
    else:
        from edusync.transport.client import HttpClient
        from edusync.transport.exchange import Exchanger
        from edusync.transport.message import Request
        client = HttpClient(side, connect=5, read=5, most_bytes=1000, at_once=1)
        exchanger = Exchanger(client, None, tries=1, per_second=float(limit),
                              sleep=lambda _: None, verdicts=None)
        ask = lambda: (exchanger.pace(), client.send(Request("GET", "/x")))
        close = client.session.close
    for _ in range(int(times)):
        ask()
    close()
"""


class Side:
    """A server that notes when it was asked."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.lock = Lock()

    def __call__(self, _environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with self.lock:
            self.asked.append(time.monotonic())
        start_response("200 OK", [("Content-Type", "application/json")])
        return [b'{"status": "success", "result": []}']

    def most_in(self, seconds: float) -> int:
        times = sorted(self.asked)
        return max(
            sum(first <= other < first + seconds for other in times[at:])
            for at, first in enumerate(times)
        )


@pytest.fixture
def ask(store: Store) -> Callable[..., Side]:
    url = store.engine.url.render_as_string(hide_password=False)

    def run(kind: str, processes: int, times: int, limit: float) -> Side:
        side = Side()
        with serving(side) as address:
            command = [sys.executable, "-c", PROCESS, url, address, kind, str(times), str(limit)]
            running = [subprocess.Popen(command) for _ in range(processes)]
            assert [one.wait(200) for one in running] == [0] * processes
        return side

    return run


@pytest.mark.fault("F20")
@pytest.mark.promise("P12")
@pytest.mark.slow
@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_host_of_an_erp_is_asked_no_faster_by_three_processes(ask: Callable[..., Side]) -> None:
    side = ask("erp", processes=3, times=20, limit=20)
    assert len(side.asked) == 60
    assert side.most_in(1.0) <= 21  # a request that was on its way arrives in the next second
    assert max(side.asked) - min(side.asked) > 59 / 20 * 0.95


@pytest.mark.fault("F20")
@pytest.mark.promise("P12")
@pytest.mark.slow
@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_a_key_of_edusign_is_used_no_more_by_two_processes(ask: Callable[..., Side]) -> None:
    side = ask("edusign", processes=2, times=15, limit=20)
    assert len(side.asked) == 30
    assert side.most_in(59.0) <= 20


@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_what_is_counted_names_no_key(store: Store) -> None:
    limits = SharedLimits(store)
    share(limits)
    try:
        one = limiter("edusign https://e.example secret-key", 2, 60_000)
        taken = [one.try_acquire("edusign", blocking=False) for _ in range(3)]
        with store.reading() as connection:
            query = "SELECT table_name FROM information_schema.tables WHERE table_schema = :s"
            names = connection.execute(text(query), {"s": "edusync_limits"}).scalars().all()
    finally:
        share(None)
    assert taken == [True, True, False]
    assert (len(names), "secret" in str(names)) == (1, False)


def test_a_store_that_is_gone_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_STATE_KEY", "a key of the tests")
    with own_postgres() as server:
        store = open_store(server.url)
        share(SharedLimits(store))
        try:
            one = limiter("edusign", 2, 60_000)
            server.stop("immediate")
            with pytest.raises(StateError):
                one.try_acquire("edusign", blocking=False)
        finally:
            share(None)
            store.close()
            server.start()
