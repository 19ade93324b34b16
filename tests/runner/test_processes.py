"""Real runners as processes, against real servers: told to stop, killed, and what goes on then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from queue import Queue
from threading import Event, Thread, Timer
from typing import Any

import pytest

from edusync.state.open import open_store
from edusync.state.slots import SlotRow, slots_of
from edusync.state.store import Store
from tests.conftest import World
from tests.runner.conftest import Town
from tests.state.test_store import store
from tests.support.commands import edusync

__all__ = ["store"]  # a fixture: the one with both databases

AT = "2026-03-16T12:45"
DAY = "2026-03-16"


class Fleet:
    """A project with one connector, against the servers of a world."""

    def __init__(self, town: Town, world: World) -> None:
        self.town, self.world = town, world
        self.folder = town.folder
        town.write("hugo", world.erp_url, world.edusign)

    @contextmanager
    def serving(self, *more: str, command: str = "serve") -> Iterator[subprocess.Popen[str]]:
        """Run a runner until the test ends."""
        start = [sys.executable, "-u", "-m", "edusync", command, "--at", AT, "--log", "json"]
        with subprocess.Popen(
            [*start, *more], stderr=subprocess.PIPE, text=True, cwd=self.folder, env=os.environ
        ) as process:
            watchdog = Timer(60, process.kill)  # a test that waits for words fails then
            watchdog.start()
            try:
                yield process
            finally:
                watchdog.cancel()
                if process.poll() is None:
                    process.kill()

    def slots(self, direction: str = "down") -> list[SlotRow]:
        with closing(open_store(str(self.folder / "state.db"))) as store:
            return slots_of(store, "hugo", direction)

    def runs(self) -> list[tuple[str, str]]:
        with closing(open_store(str(self.folder / "state.db"))) as store:
            return [(run["direction"], run["status"]) for run in store.runs("hugo")]

    def halt_at_a_write(self) -> tuple[Event, Event]:
        """Hold the first course that is created at Edusign; return (it came, let it go)."""
        came, go = Event(), Event()
        inner = self.world.sides[0].application

        def held(environ: dict[str, Any], start_response: Any) -> Any:
            is_write = environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == "/v1/course"
            if is_write and not came.is_set():
                came.set()
                assert go.wait(60)
            return inner(environ, start_response)

        self.world.sides[0].application = held
        return came, go


def lines(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert process.stderr is not None
    for line in process.stderr:
        yield json.loads(line)


def until(process: subprocess.Popen[str], words: str, times: int = 1) -> list[dict[str, Any]]:
    """Read what a runner says until it has said something some times."""
    said = []
    for line in lines(process):
        said.append(line)
        times -= line["words"] == words
        if times == 0:
            return said
    pytest.fail(f"the runner ended after {said}")


def until_either(processes: Sequence[subprocess.Popen[str]], words: str) -> None:
    """Read what runners say until one of them has said something."""
    said: Queue[str | None] = Queue()

    def read(process: subprocess.Popen[str]) -> None:
        for line in lines(process):
            said.put(line["words"])
        said.put(None)

    for process in processes:
        Thread(target=read, args=(process,), daemon=True).start()
    running, heard = len(processes), list[str | None]()
    while running:
        heard.append(said.get(timeout=60))
        if heard[-1] == words:
            return
        running -= heard[-1] is None
    pytest.fail(f"the runners ended after {heard}")


@pytest.fixture
def fleet(town: Town, make_world: Callable[..., World]) -> Fleet:
    return Fleet(town, make_world())


def test_serve_runs_each_slot_that_is_due_once(fleet: Fleet) -> None:
    with fleet.serving() as process:
        said = until(process, "success")
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    told = [(line["direction"], line["slot"]) for line in said if "slot" in line]
    assert told == [("down", f"{DAY} 11:30-13:30")]
    assert [row.state for row in fleet.slots()] == ["done", *["due"] * 4]


def test_lines_of_a_runner_name_connector_run_and_slot(fleet: Fleet) -> None:
    with fleet.serving() as process:
        line = until(process, "success")[-1]
        process.send_signal(signal.SIGTERM)
        process.wait(15)
    assert (line["connector"], line["slot"], line["level"]) == (
        "hugo",
        f"{DAY} 11:30-13:30",
        "info",
    )
    assert len(line["run"]) == 32


@pytest.mark.fault("F26")
@pytest.mark.promise("P22")
def test_a_runner_that_is_told_to_stop_finishes_the_write_under_way(fleet: Fleet) -> None:
    came, go = fleet.halt_at_a_write()
    with fleet.serving() as process:
        assert came.wait(60)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        go.set()
        assert process.wait(15) == 0
        took = time.monotonic() - began
    row = fleet.slots()[0]
    assert (row.state, took < 10) == ("due", True)
    assert 1 <= len(fleet.world.book.tables["courses"]) <= 4  # so many are made at once
    with fleet.serving() as process:  # and goes on
        until(process, "success")
    assert fleet.slots()[0].state == "done"
    assert doubles(fleet.world) == []


@pytest.mark.fault("F26")
def test_a_write_that_does_not_end_is_left_after_ten_seconds(fleet: Fleet) -> None:
    came, go = fleet.halt_at_a_write()
    with fleet.serving() as process:
        assert came.wait(60)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(15) == 0
        took = time.monotonic() - began
        go.set()
    assert took < 10


def test_a_timer_that_is_told_to_stop_leaves_its_slot_for_the_next_time(fleet: Fleet) -> None:
    came, go = fleet.halt_at_a_write()
    with fleet.serving("--due", command="run") as process:
        assert came.wait(60)
        process.send_signal(signal.SIGTERM)
        go.set()
        assert process.wait(15) == 130
    assert fleet.slots()[0].state == "due"


@pytest.mark.fault("F11")
@pytest.mark.promise("P1")
def test_a_runner_that_is_killed_is_gone_on_after_at_once(fleet: Fleet) -> None:
    came, go = fleet.halt_at_a_write()
    with fleet.serving() as process:
        assert came.wait(60)
        process.kill()
        process.wait(15)
    row = fleet.slots()[0]
    assert row.state == "running"
    go.set()
    fleet.world.settle()
    with fleet.serving() as process:
        said = until(process, "success")
    assert [line["words"] for line in said if "taken over" in line["words"]] == [
        "taken over from a runner that left it"
    ]
    assert fleet.slots()[0].state == "done"
    assert doubles(fleet.world) == []


def doubles(world: World) -> list[str]:
    ids = [row["API_ID"] for row in world.book.all("courses")]
    return [one for one in ids if ids.count(one) > 1]


@pytest.mark.fault("F8")
@pytest.mark.promise("P4")
def test_two_runners_share_the_slots(fleet: Fleet) -> None:
    with fleet.serving() as one, fleet.serving() as other:
        until_either((one, other), "success")
        one.send_signal(signal.SIGTERM)
        other.send_signal(signal.SIGTERM)
        assert (one.wait(15), other.wait(15)) == (0, 0)
    assert [direction for direction, _ in fleet.runs()].count("down") == 1


@pytest.mark.fault("F11")
@pytest.mark.parametrize("store", ["postgres"], indirect=True)
def test_on_postgresql_another_runner_takes_over_from_one_that_was_killed(
    fleet: Fleet, store: Store
) -> None:
    url = store.engine.url.render_as_string(hide_password=False)
    came, go = fleet.halt_at_a_write()
    with fleet.serving("--state", url) as one, fleet.serving("--state", url) as other:
        assert came.wait(60)
        holds = str(store.owner("hugo"))
        first, second = (one, other) if f"process {one.pid} " in holds else (other, one)
        first.kill()
        first.wait(15)
        go.set()
        fleet.world.settle()
        said = until(second, "success")
    assert [line["words"] for line in said if "taken over" in line["words"]] != []
    assert next(row.state for row in slots_of(store, "hugo", "down")) == "done"
    assert doubles(fleet.world) == []


def test_run_due_does_what_is_due_and_ends(fleet: Fleet) -> None:
    first = edusync("run", "--due", "--at", AT, cwd=fleet.folder)
    again = edusync("run", "--due", "--at", "2026-03-16T12:50", cwd=fleet.folder)
    assert (first.returncode, again.returncode) == (0, 0)
    assert [status for _, status in fleet.runs()] == ["success"]


def test_run_by_name_runs_both_ways_now(fleet: Fleet) -> None:
    done = edusync("run", "hugo", "--at", "2026-03-16T15:00", cwd=fleet.folder)
    assert (done.returncode, done.stdout) == (0, "hugo down: success\nhugo up: success\n")


def test_store_of_the_project_is_used(fleet: Fleet) -> None:
    edusync("sync", "hugo", "--at", AT, cwd=fleet.folder)
    assert fleet.runs() == [("down", "success")]
    assert Path(fleet.folder / "state.db").is_file()
