"""Killed with SIGKILL at any write, before or after it took effect, the next run makes no double
and loses nothing (P1, P2).
"""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from threading import Event
from typing import Any

import pytest

from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from tests.conftest import World
from tests.support.killing import kill_at
from tests.support.killing import start as start_edusync

pytestmark = pytest.mark.slow
# of the first sync of the simulated school: 3 professors, 2 tutors, 6 students, 3 groups, 6 sheets,
# less one
WRITES = 19


def start(world: World) -> subprocess.Popen[bytes]:
    """Start a sync of a school in a process of its own."""
    return start_edusync(*_sync_of(world))


def _sync_of(world: World) -> list[str]:
    return ["sync", str(world.file), "--state", str(world.state), "--at", world.now.isoformat()]


def finish(world: World) -> None:
    """Make the next run: it finds what the ended process left, and what that had sent."""
    world.settle()
    assert world.sync(real_sleep=True).status == "success"


def kill_sync_at(world: World, number: int, moment: str) -> int:
    """Run a sync in a process of its own and kill it at a write; return how it ended.

    What it writes at the same time is under way then: it goes on once the process is dead.
    """

    def gather() -> None:
        world.sides[0].gather(world.at_once)

    return kill_at(world.faults, number, moment, *_sync_of(world), gather=gather)


def held(world: World) -> dict[str, list[Any]]:
    """Return what Edusign holds, by ERP ids, so that two runs can be compared."""
    tables = world.book.tables
    names = {
        row["ID"]: f"{kind[0]}{row['API_ID']}"
        for kind in ("students", "professors", "groups", "externals")
        for row in tables[kind].values()
    }

    def plain(row: dict[str, Any]) -> dict[str, Any]:
        kept = {
            name: value
            for name, value in row.items()
            if name
            not in {
                "ID",
                "id",
                "DATE_CREATED",
                "DATE_UPDATED",
                "STUDENTS",
                "SCHOOL_GROUP",
                "STUDENT_FOLLOWER_ID",
                "PROFESSOR",
                "PROFESSOR_2",
            }
        }
        kept["students"] = sorted(
            names[item["studentId"] if isinstance(item, dict) else item]
            for item in row.get("STUDENTS", ())
        )
        kept["others"] = sorted(
            names[ref]
            for ref in (
                *row.get("SCHOOL_GROUP", ()),
                *row.get("STUDENT_FOLLOWER_ID", ()),
                *filter(None, [row.get("PROFESSOR"), row.get("PROFESSOR_2")]),
            )
        )
        return kept

    return {
        kind: sorted(
            (plain(row) for row in tables[kind].values()), key=lambda row: str(row["API_ID"])
        )
        for kind in ("professors", "externals", "students", "groups", "courses")
    }


@pytest.fixture(scope="module")
def undisturbed(
    registry: Registry, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Any]]:
    with ExitStack() as stack:
        world = World(tmp_path_factory.mktemp("undisturbed"), registry, "ypareo", stack)
        world.sync()
        return held(world)


several = pytest.mark.parametrize("at_once", [1, 4])
"""One write after the other, and several at once."""


@pytest.mark.fault("F1")
@pytest.mark.promise("P1")
@pytest.mark.walk(every=7)
@several
@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("number", range(1, WRITES + 1))
def test_killed_at_a_write_the_next_run_ends_as_if_nothing_had_happened(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[Any]],
    number: int,
    moment: str,
    at_once: int,
) -> None:
    world = make_world(grace="50ms", at_once=at_once)
    assert kill_sync_at(world, number, moment) == -signal.SIGKILL
    finish(world)
    assert held(world) == undisturbed


@pytest.mark.fault("F3")
@pytest.mark.promise("P1")
@several
def test_killed_again_during_recovery(
    make_world: Callable[..., World], undisturbed: dict[str, list[Any]], at_once: int
) -> None:
    world = make_world(grace="50ms", at_once=at_once)
    assert [kill_sync_at(world, number, "after") for number in (3, 4, 5)] == [-signal.SIGKILL] * 3
    finish(world)
    assert held(world) == undisturbed


def assert_set(event: Event) -> None:
    assert event.wait(timeout=60)


@pytest.mark.fault("F4")
@pytest.mark.promise("P2")
@pytest.mark.parametrize(
    ("path", "skip"), [("/student", 1), ("/course", 0), ("/professor", 2), ("/group", 0)]
)
def test_write_that_lands_late_is_waited_for_and_not_doubled(
    make_world: Callable[..., World], undisturbed: dict[str, list[Any]], path: str, skip: int
) -> None:
    world, waiting, landed = make_world(grace="70s"), Event(), Event()
    world.faults.active.append(Fault("late", verb="POST", path=path, skip=skip))
    world.faults.sleep = lambda _seconds: assert_set(waiting)

    def wait_out(seconds: float) -> None:
        """Let the write land while the run waits out the grace time."""
        if seconds > 60:
            world.faults.after = lambda _verb, _path: landed.set()
            waiting.set()
            assert_set(landed)

    world.sleep = wait_out
    world.sync()
    assert landed.is_set()
    assert held(world) == undisturbed
    assert world.sync().plan.is_empty


@pytest.mark.fault("F5")
@pytest.mark.promise("P2")
@pytest.mark.walk(every=3)
@several
@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "text500", "truncated"])
@pytest.mark.parametrize("skip", [0, 4, 9, 14])
def test_write_whose_answer_is_lost_is_looked_up_and_not_doubled(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[Any]],
    kind: str,
    skip: int,
    at_once: int,
) -> None:
    world = make_world(grace="10ms", at_once=at_once)
    world.faults.active.append(Fault(kind, verb="POST", skip=skip))
    result = world.sync(real_sleep=True)
    assert (result.status, held(world)) == ("success", undisturbed)


@pytest.mark.fault("F1", "F3")
@pytest.mark.promise("P1")
@several
def test_killed_while_changing_what_is_there(
    make_world: Callable[..., World], at_once: int
) -> None:
    world = make_world(grace="50ms", at_once=at_once)
    world.sync()
    for _, happen in world.simulation.story():
        happen()
    for number in (1, 1, 2):
        assert kill_sync_at(world, number, "after") == -signal.SIGKILL
    finish(world)
    assert world.course("7712001")["START"] == "2026-03-17T08:30:00.000Z"
    assert world.book.find("courses", API_ID="7712003") is None
    assert world.sync().plan.is_empty
    assert len({row["API_ID"] for row in world.book.all("students")}) == len(
        world.book.all("students")
    )


@pytest.mark.fault("F16")
@pytest.mark.parametrize("path", ["student", "professor", "group", "course"])
def test_what_can_be_no_id_is_not_kept(
    make_world: Callable[..., World], undisturbed: dict[str, list[Any]], path: str
) -> None:
    """With an id of 100,000 letters no request would come through ever after."""
    world = make_world(grace="1ms")
    honest = world.sides[0].application

    def lying(environ: dict[str, Any], start_response: Any) -> Any:
        said: list[Any] = []
        body = b"".join(honest(environ, lambda *told: said.append(told)))
        if (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", f"/v1/{path}"):
            answer = json.loads(body)
            answer["result"]["ID"] = "x" * 100_000
            body = json.dumps(answer).encode()
            headers = [one for one in said[0][1] if one[0].lower() != "content-length"]
            said[0] = (said[0][0], headers)
        start_response(*said[0])
        return [body]

    world.sides[0].application = lying
    world.sync()
    world.sides[0].application = honest
    world.sync()
    assert (held(world), world.sync().plan.is_empty) == (undisturbed, True)
