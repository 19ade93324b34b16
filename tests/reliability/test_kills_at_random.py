"""Killed with SIGKILL at a random moment, and often again while it recovers, down and up: the next
run ends as if nothing had happened (F2, F3). `just kills 1000` tries a thousand.
"""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random
from threading import Event
from typing import Any

import pytest

from tests.conftest import World
from tests.reliability import test_kill as down
from tests.reliability import test_kill_upward as up
from tests.support.batched import NO_MAILS, add_rooms
from tests.support.kills import KILLED

pytestmark = pytest.mark.slow
Make = Callable[[], World]
_KNOWN: dict[str, tuple[Any, float]] = {}
"""What each way ends with when nobody disturbs it, and the seconds from its first request on."""


@dataclass(frozen=True)
class Way:
    """One way to go: a world before its run, the process of the run, and what stands afterwards."""

    name: str
    make: Make
    start: Callable[[World], subprocess.Popen[bytes]]
    held: Callable[[World], Any]

    def undisturbed(self) -> tuple[Any, float]:
        """Return what stands after a run that nobody disturbs, and how long it took."""
        if self.name not in _KNOWN:
            world, begun = self.make(), Event()
            world.faults.before = lambda _verb, _path: begun.set()
            process = self.start(world)
            assert begun.wait(60)
            began = time.monotonic()
            said, _ = process.communicate(timeout=60)
            assert process.returncode == 0, said.decode()
            _KNOWN[self.name] = self.held(world), time.monotonic() - began
        return _KNOWN[self.name]

    def kill(self, world: World, after: float) -> bool:
        """Kill a run some seconds after its first request; return whether it was still there."""
        begun = Event()
        world.faults.before = lambda _verb, _path: begun.set()
        process = self.start(world)
        assert begun.wait(60)
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate(timeout=60)
        world.faults.before = lambda _verb, _path: None
        world.settle()
        return process.returncode == -signal.SIGKILL


def first_run(
    make_world: Callable[..., World], folders: pytest.TempPathFactory, at_once: int
) -> World:
    """Return a school before its first run, written in batches where `at_once` is 0."""
    batched = {"v3": NO_MAILS} if not at_once else {}
    world = make_world(grace="50ms", at_once=at_once or 4, **batched)
    if batched:
        add_rooms(world.book, ("Salle B102", "Atelier"))
    world.state = folders.mktemp("fresh") / "state.db"
    return world


def after_changes(
    make_world: Callable[..., World], folders: pytest.TempPathFactory, at_once: int
) -> World:
    world = first_run(make_world, folders, at_once)
    world.sync()
    for _, happen in world.simulation.story():
        happen()
    return world


def ways(
    make_world: Callable[..., World], folders: pytest.TempPathFactory
) -> tuple[list[Way], ...]:
    """Return the ways down, one write after the other, several at once, in batches; those up."""
    return (
        [
            Way(
                f"down, {make.__name__}, {at_once}",
                partial(make, make_world, folders, at_once),
                down.start,
                down.held,
            )
            for make in (first_run, after_changes)
            for at_once in (1, 4, 0)
        ],
        [
            Way(f"up, {erp}", partial(up.day, make_world, erp, folders), up.start, up.held)
            for erp in up.SHEETS
        ],
    )


def end(world: World, *, upward: bool) -> None:
    """Make the run that nobody kills; the next one has nothing to do."""
    if upward:
        assert world.write_back(real_sleep=True).status == "success"
        told = {outcome.code for outcome in world.write_back().outcomes}
        assert told <= {"UP_COURSE_ALREADY_SENT"}
    else:
        assert world.sync(real_sleep=True).status == "success"
        assert world.sync().plan.is_empty


@pytest.mark.promise("P1")
@pytest.mark.fault("F2", "F3")
def test_killed_at_a_random_moment_nothing_is_doubled_and_nothing_lost(
    make_world: Callable[..., World],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    kill_seed: int,
) -> None:
    random, upward = Random(kill_seed), bool(kill_seed % 2)  # noqa: S311 - the same kill every time
    way = random.choice(ways(make_world, tmp_path_factory)[upward])
    expected, took = way.undisturbed()
    world = way.make()
    met = [way.kill(world, random.random() * took) for _ in range(random.randint(1, 3))]
    request.node.user_properties.append((KILLED, sum(met)))
    end(world, upward=upward)
    assert way.held(world) == expected
