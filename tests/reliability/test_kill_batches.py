"""Killed at any write of a run that writes in batches, before, amid or after it took effect, or
left without an answer, the next run makes no double and loses nothing (P1, P2).
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from edusync.sandbox.edusign.faults import Fault
from edusync.state.open import open_store
from edusync.target import wire_v3
from tests.conftest import World
from tests.reliability.test_kill import (
    assert_set,
    finish,
    held,
    kill_sync_at,
    several,
    start,
    undisturbed,
)
from tests.reliability.test_several_at_once import left_by
from tests.support.batched import NO_MAILS, add_rooms

__all__ = ["undisturbed"]
pytestmark = pytest.mark.slow
Held = dict[str, list[Any]]
WRITES = 7
"""Of the first sync of the simulated school: the look whether there is v3, the batches of
professors, students and sheets, and a request for each of 3 groups."""
WHAT_IS_DONE = {"lost": "drop_before", "amid": "cut_batch", "before": None, "after": None}
"""What becomes of the request at which a run is killed: it is lost, half of it takes effect, or all
of it, after or before the kill."""


def batched(make_world: Callable[..., World], undisturbed: Held, **more: Any) -> World:
    world = make_world(**{"grace": "50ms", "v3": NO_MAILS, **more})
    add_rooms(world.book, (row["CLASSROOM"] for row in undisturbed["courses"]))
    return world


def test_what_is_made_in_batches_is_what_is_made_one_by_one(
    make_world: Callable[..., World], undisturbed: Held
) -> None:
    world = batched(make_world, undisturbed)
    assert world.sync().status == "success"
    assert held(world) == undisturbed
    assert world.writes() == [
        "POST /v3/students/batch-upsert",
        "POST /v3/professors/batch-upsert",
        "POST /v3/students/batch-upsert",
        *["POST /v1/group"] * 3,
        "POST /v3/courses/batch-upsert",
    ]
    assert world.sync().plan.is_empty


@pytest.mark.fault("F1")
@pytest.mark.promise("P1")
@pytest.mark.walk(every=9)
@several
@pytest.mark.parametrize("moment", WHAT_IS_DONE)
@pytest.mark.parametrize("number", range(1, WRITES + 1))
def test_killed_at_a_batch_the_next_run_ends_as_if_nothing_had_happened(
    make_world: Callable[..., World],
    undisturbed: Held,
    number: int,
    moment: str,
    at_once: int,
) -> None:
    world = batched(make_world, undisturbed, at_once=at_once)
    fault = WHAT_IS_DONE[moment]
    if fault is not None:
        world.faults.active.append(Fault(fault, verb="POST", skip=number - 1))
    kill = "before" if moment in {"before", "lost"} else "after"
    assert kill_sync_at(world, number, kill) == -signal.SIGKILL
    world.settle()
    world.faults.active.clear()
    finish(world)
    assert held(world) == undisturbed
    assert world.sync().plan.is_empty


@pytest.mark.fault("F5")
@pytest.mark.promise("P2")
@pytest.mark.walk(every=5)
@several
@pytest.mark.parametrize(
    "kind", ["drop_after", "drop_before", "text500", "truncated", "cut_batch", "null", "502"]
)
@pytest.mark.parametrize("path", ["professors", "students", "courses"])
def test_batch_whose_answer_is_lost_is_looked_up_and_not_doubled(
    make_world: Callable[..., World], undisturbed: Held, path: str, kind: str, at_once: int
) -> None:
    world = batched(make_world, undisturbed, at_once=at_once, grace="10ms")
    is_check = path == "students"  # the first of these asks whether there is v3
    world.faults.active.append(Fault(kind, path=f"/v3/{path}", skip=int(is_check)))
    result = world.sync(real_sleep=True)
    assert (result.status, held(world)) == ("success", undisturbed)
    assert world.sync().plan.is_empty


@pytest.mark.fault("F4")
@pytest.mark.promise("P2")
@pytest.mark.parametrize(("path", "skip"), [("students", 1), ("courses", 0)])
def test_batch_that_lands_late_is_waited_for_and_not_doubled(
    make_world: Callable[..., World], undisturbed: Held, path: str, skip: int
) -> None:
    world, waiting, landed = batched(make_world, undisturbed, grace="70s"), Event(), Event()
    world.faults.active.append(Fault("late", path=f"/v3/{path}", skip=skip))
    world.faults.sleep = lambda _seconds: assert_set(waiting)

    def wait_out(seconds: float) -> None:
        if seconds > 60:
            world.faults.after = lambda _verb, _path: landed.set()
            waiting.set()
            assert_set(landed)

    world.sleep = wait_out
    world.sync()
    assert landed.is_set()
    assert held(world) == undisturbed
    assert world.sync().plan.is_empty


@pytest.mark.fault("F1", "F3")
@pytest.mark.promise("P1")
@several
def test_killed_while_a_school_goes_on_in_batches(
    make_world: Callable[..., World], undisturbed: Held, at_once: int
) -> None:
    world = batched(make_world, undisturbed, at_once=at_once)
    world.sync()
    for _, happen in world.simulation.story():
        happen()
    for number in (1, 2, 2):
        assert kill_sync_at(world, number, "after") == -signal.SIGKILL
    finish(world)
    assert world.course("7712001")["START"] == "2026-03-17T08:30:00.000Z"
    for kind in ("students", "courses"):
        rows = world.book.all(kind)
        assert len({row["API_ID"] for row in rows}) == len(rows)
    assert world.sync().plan.is_empty


@pytest.mark.fault("F26")
@pytest.mark.promise("P22")
def test_wish_to_stop_is_heard_when_the_batch_under_way_is_settled(
    make_world: Callable[..., World], undisturbed: Held
) -> None:
    world = batched(make_world, undisturbed)
    process: list[subprocess.Popen[bytes]] = []
    seen: list[str] = []

    def hook(verb: str, path: str) -> None:
        seen.append(f"{verb} {path}")
        if seen.count("POST /v3/students/batch-upsert") == 2:  # the first asks whether there is v3
            os.kill(process[0].pid, signal.SIGTERM)

    world.faults.before = hook
    process.append(start(world))
    out, _ = process[0].communicate(timeout=60)
    world.faults.before = lambda _verb, _path: None
    assert process[0].returncode == 130, out.decode()
    links = len(undisturbed["professors"]) + len(undisturbed["students"])
    assert left_by(world) == ([], links, "crashed")
    finish(world)
    assert held(world) == undisturbed


@pytest.mark.promise("P1")
def test_every_item_of_a_batch_is_intended_before_it_is_sent(
    make_world: Callable[..., World], undisturbed: Held
) -> None:
    world = batched(make_world, undisturbed)
    intended: list[int] = []

    def look(verb: str, path: str) -> None:
        if verb == "POST" and path.startswith("/v3"):
            store = open_store(str(world.state))
            intended.append(len(store.in_doubt("school")))
            store.close()

    world.faults.before = look
    world.sync()
    assert intended == [
        0,
        *(len(undisturbed[one]) for one in ("professors", "students", "courses")),
    ]


CODES = [*sorted(wire_v3.REFUSALS), "CREATE_FAILED", "A_CODE_OF_TOMORROW"]


@pytest.mark.promise("P2")
@pytest.mark.walk(every=6)
@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", ["professors", "students", "courses"])
def test_refused_items_of_a_batch_are_made_one_by_one(
    make_world: Callable[..., World], undisturbed: Held, path: str, code: str
) -> None:
    world = batched(make_world, undisturbed, grace="10ms")
    world.faults.active.append(
        Fault("refused_items", path=f"/v3/{path}", skip=int(path == "students"), message=code)
    )
    result = world.sync(real_sleep=True)
    assert (result.status, held(world)) == ("success", undisturbed)
    told = [one.detail for one in result.outcomes if one.code == "EDU_BATCH_REFUSED"]
    many = len(undisturbed[path])
    refused = (many + 1) // 2
    known = code in wire_v3.REFUSALS
    assert told == ([f"{refused} of {many} refused: {code} ({refused})"] if known else [])
    made = [one.source_id for one in result.outcomes if one.code == "DOWN_CREATED"]
    assert len(made) == len(set(made)) == sum(map(len, undisturbed.values()))


@pytest.mark.fault("F19")
@pytest.mark.promise("P12")
def test_batch_that_comes_too_soon_is_sent_again_when_edusign_says(
    make_world: Callable[..., World], undisturbed: Held
) -> None:
    world = batched(make_world, undisturbed)
    world.faults.active.append(Fault("429", path="/v3/courses", times=2, seconds=17))
    assert world.sync().status == "success"
    assert world.slept == [17, 17]
    assert held(world) == undisturbed
    assert world.writes()[-3:] == ["POST /v3/courses/batch-upsert"] * 3
