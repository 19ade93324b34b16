"""Machines whose clocks differ share a store, or one clock is put right in between: a write in
doubt is waited for all the same, and what has begun meanwhile is left alone (P2, P8, F24).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select, update
from werkzeug.wrappers import Response

from edusync.app.runs.moment import Moment
from edusync.engine.grace import Grace
from edusync.engine.read.source import Tools
from edusync.errors import EdusyncError
from edusync.sandbox.edusign.faults import Fault
from edusync.state import tables
from edusync.state.open import open_store
from tests.conftest import NOW, World
from tests.reliability.test_kill import assert_set, held, undisturbed

__all__ = ["undisturbed"]
pytestmark = pytest.mark.slow
AHEAD = (timedelta(minutes=10), timedelta(hours=2), timedelta(hours=23), timedelta(hours=-2))
"""By how much the clock of who finds out is ahead of that of who sent."""
GRACE = 70


def move(world: World, column: Any, by: timedelta) -> int:
    """Let the clock of who wrote moments into the store have been another one."""
    store = open_store(str(world.state))
    with store.engine.begin() as connection:
        moments = connection.execute(select(column).distinct()).scalars().all()
        for moment in moments:
            connection.execute(
                update(column.table).where(column == moment).values({column.name: moment - by})
            )
    store.close()
    return len(moments)


@pytest.mark.fault("F4", "F24")
@pytest.mark.promise("P2")
@pytest.mark.walk(every=3)
@pytest.mark.parametrize("ahead", AHEAD, ids=str)
@pytest.mark.parametrize("path", ["/professor", "/student", "/group", "/course"])
def test_write_that_lands_late_is_waited_for_whatever_the_clocks_say(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[Any]],
    path: str,
    ahead: timedelta,
) -> None:
    world, waiting, landed = make_world(grace=f"{GRACE}s"), Event(), Event()
    world.faults.active.append(Fault("late", verb="POST", path=path))
    world.faults.sleep = lambda _seconds: assert_set(waiting)

    def gone(verb: str, where: str) -> None:
        if verb == "POST" and where.endswith(path):
            world.faults.active.append(Fault("drop_before", times=10_000))

    world.faults.before = gone
    with suppress(EdusyncError):
        world.sync()
    world.faults.before = lambda _verb, _path: None
    world.faults.active.clear()
    assert move(world, tables.intent.c.intended_at, ahead)

    def wait_out(seconds: float) -> None:
        if seconds > GRACE - 30:
            world.faults.after = lambda _verb, _path: landed.set()
            waiting.set()
            assert_set(landed)

    world.sleep = wait_out
    world.sync()
    waiting.set()
    assert landed.is_set()
    assert held(world) == undisturbed


@pytest.mark.fault("F24")
@pytest.mark.promise("P2")
@pytest.mark.parametrize("ahead", AHEAD, ids=str)
def test_attendance_in_doubt_is_waited_for_whatever_the_clocks_say(
    make_world: Callable[..., World], ahead: timedelta
) -> None:
    world = make_world(grace=f"{GRACE}s")
    world.sync()
    world.to_evening()
    world.play("7712001")
    left = [1]

    def lost(_verb: str, _path: str) -> Response | None:
        left[0] -= 1
        return Response("Gateway Timeout", 504) if left[0] == 0 else None

    world.erp.after = lost
    world.sleep = lambda _seconds: 1 / 0  # type: ignore[assignment]  # the run breaks off as it waits
    with suppress(ZeroDivisionError):
        world.write_back()
    world.sleep = world.slept.append
    world.slept.clear()
    assert move(world, tables.step.c.at, ahead)
    world.write_back()
    assert GRACE - 30 < max(world.slept, default=0) <= GRACE


def test_grace_begins_with_the_run_and_with_each_doubt() -> None:
    clock, slept, now = [100.0], list[float](), datetime.now(UTC)
    grace = Grace(70, lambda: clock[0], slept.append)
    grace.wait_out([], now)
    grace.wait_out([now - timedelta(days=2)], now)  # no clock is off by more than a day
    clock[0] += 30
    grace.wait_out([now - timedelta(days=2), now - timedelta(hours=5)], now)
    grace.begin_anew()
    clock[0] += 1
    grace.wait_out([now + timedelta(days=400)], now)
    clock[0] += 70
    grace.wait_out([now], now)
    assert slept == [40, 69]


@pytest.mark.fault("F24")
@pytest.mark.promise("P8", "P9")
@pytest.mark.parametrize("ticked", [0, 600])
@pytest.mark.parametrize("jumped", [-7200, 0, 10_800])
def test_a_run_knows_what_time_it_is_after_its_machine_slept(
    monkeypatch: pytest.MonkeyPatch, ticked: int, jumped: int
) -> None:
    """The clock that only ticks stands still while a machine sleeps; that of the wall may jump."""
    ticks, wall = [0.0], [time.time()]
    monkeypatch.setattr("edusync.app.runs.moment.time.time", lambda: wall[0])
    moment = Moment(NOW, Tools(lambda: ticks[0], time.sleep))
    ticks[0] += ticked
    wall[0] += ticked + jumped
    assert moment.current() == NOW + timedelta(seconds=ticked + max(jumped, 0))
