"""Signals and a store that fails: nothing is written after the error, what is in flight is
finished, the next run ends as if nothing had happened (P22, F6, F9, F26).
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from edusync.errors import Guarded, StateError
from edusync.state.open import open_store
from tests.conftest import World
from tests.reliability.test_kill import finish, held, several, start, undisturbed

__all__ = ["undisturbed"]
pytestmark = pytest.mark.slow


def at_write(world: World, number: int, act: Callable[[], None]) -> None:
    """Do something at a write to Edusign, before it takes effect."""
    seen = 0

    def hook(verb: str, _path: str) -> None:
        nonlocal seen
        seen += verb != "GET"
        if seen == number and verb != "GET":
            act()

    world.faults.before = hook


@pytest.mark.fault("F26")
@pytest.mark.promise("P22")
@pytest.mark.walk(every=4)
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("number", [1, 7, 16])
def test_wish_to_stop_is_heard_after_the_record_in_flight(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[Any]],
    sent: signal.Signals,
    number: int,
) -> None:
    world = make_world(grace="50ms")
    process: dict[str, subprocess.Popen[bytes]] = {}
    at_write(world, number, lambda: os.kill(process["it"].pid, sent))
    process["it"] = start(world)
    out, _ = process["it"].communicate(timeout=30)
    world.faults.before = lambda _verb, _path: None
    assert process["it"].returncode == 130, out.decode()
    assert len(world.writes()) == number
    store = open_store(str(world.state))
    assert (
        store.in_doubt("school"),
        len(store.links("school", "main")),
        store.runs("school")[0]["status"],
    ) == ([], number, "crashed")
    store.close()
    finish(world)
    assert held(world) == undisturbed


@pytest.mark.fault("F26")
def test_second_wish_is_heard_at_once(
    make_world: Callable[..., World], undisturbed: dict[str, list[Any]]
) -> None:
    world = make_world(grace="50ms")
    process: dict[str, subprocess.Popen[bytes]] = {}

    def twice() -> None:
        for _ in range(2):
            os.kill(process["it"].pid, signal.SIGTERM)
            signal_seen(process["it"].pid)

    at_write(world, 5, twice)
    process["it"] = start(world)
    process["it"].communicate(timeout=30)
    world.faults.before = lambda _verb, _path: None
    assert process["it"].returncode == 130
    finish(world)
    assert held(world) == undisturbed


def signal_seen(pid: int) -> None:
    """Wait until no signal is pending in a process, so that two of them are not taken for one."""
    for _ in range(100_000):
        text = (
            Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            if Path(f"/proc/{pid}/status").exists()
            else ""
        )
        pending = [line.split()[1] for line in text.splitlines() if line.startswith("ShdPnd")]
        if not pending or int(pending[0], 16) == 0:
            return


@pytest.mark.fault("F8", "F9")
def test_run_that_is_frozen_keeps_its_connector_and_goes_on(
    make_world: Callable[..., World], undisturbed: dict[str, list[Any]]
) -> None:
    world = make_world(grace="50ms")
    process: dict[str, subprocess.Popen[bytes]] = {}
    second: list[int] = []

    def freeze() -> None:
        os.kill(process["it"].pid, signal.SIGSTOP)
        other = start(world)
        other.communicate(timeout=30)
        second.append(other.returncode)
        os.kill(process["it"].pid, signal.SIGCONT)

    at_write(world, 6, freeze)
    process["it"] = start(world)
    process["it"].communicate(timeout=60)
    world.faults.before = lambda _verb, _path: None
    assert (process["it"].returncode, second, held(world)) == (0, [4], undisturbed)


def lock(connection: Connection, others: list[sqlite3.Connection]) -> None:
    """Let another process have the store, as soon as this one lets go of it."""
    _driver(connection).execute("PRAGMA busy_timeout = 0")
    if not others:
        state = connection.engine.url.database or ""
        other = sqlite3.connect(state, timeout=0, check_same_thread=False)
        others.append(other)
        with suppress(sqlite3.OperationalError):  # this one has it
            other.execute("BEGIN IMMEDIATE")
            return
        others.remove(other)
        other.close()


def fill_the_disk(connection: Connection, _others: object) -> None:
    """Let the file grow no further."""
    _driver(connection).execute("PRAGMA max_page_count = 1")  # as many as there are, at least


def refuse_writes(connection: Connection, _others: object) -> None:
    """Let what is written be refused, as on a disk that was mounted anew for reading."""
    _driver(connection).execute("PRAGMA query_only = ON")


def break_the_disk(_connection: Connection, _others: object) -> None:
    raise OperationalError("a statement", None, sqlite3.OperationalError("disk I/O error"))


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


ILLS = (lock, fill_the_disk, refuse_writes, break_the_disk)


@contextmanager
def failing_store(world: World, number: int, ill: Callable[..., Any]) -> Iterator[list[int]]:
    """Let the store be ill from its nth statement on; yield the count of writes before it said so
    first.
    """
    seen, others = 0, list[sqlite3.Connection]()
    writes: list[int] = []

    def hook(connection: Any, *_more: Any) -> None:
        nonlocal seen
        if str(world.state) not in str(connection.engine.url):
            return
        seen += 1
        if seen < number:
            return
        try:
            ill(connection, others)
        except OperationalError:
            writes.append(len(world.writes()))
            raise

    def said(context: Any) -> None:
        if str(world.state) in str(context.engine.url):
            writes.append(len(world.writes()))

    event.listen(Engine, "before_cursor_execute", hook)
    event.listen(Engine, "handle_error", said)
    try:
        yield writes
    finally:
        event.remove(Engine, "before_cursor_execute", hook)
        event.remove(Engine, "handle_error", said)
        for other in others:
            other.close()


@pytest.mark.fault("F6", "F7")
@pytest.mark.promise("P21")
@pytest.mark.walk(every=19)
@several
@pytest.mark.parametrize("ill", ILLS)
@pytest.mark.parametrize("number", [*range(1, 30, 4), *range(30, 130, 5)])
def test_store_that_fails_at_any_statement_stops_every_write(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[Any]],
    number: int,
    ill: Callable[..., Any],
    at_once: int,
) -> None:
    world = make_world(grace="10ms", at_once=at_once)
    with failing_store(world, number, ill) as writes, suppress(StateError, Guarded):
        world.sync(real_sleep=True)
    if writes:  # what was under way beside it had arrived, or was about to
        assert writes[0] <= len(world.writes()) < writes[0] + at_once
    world.sync(real_sleep=True)
    assert held(world) == undisturbed
    assert world.sync().plan.is_empty
