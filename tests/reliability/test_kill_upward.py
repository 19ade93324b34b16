"""Killed with SIGKILL at any write into the ERP, before or after it took effect, the next run
neither loses nor doubles a line (U5).
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable

import pytest
from werkzeug.wrappers import Response

from tests.conftest import World
from tests.support.killing import kill_at
from tests.support.killing import start as start_edusync

pytestmark = pytest.mark.slow
SHEETS = {
    "ypareo": ("7712001", "7712002"),
    "aimaira": ("4100231", "4100232"),
    "fca": ("70115", "70116"),
    "aurion": ("880412", "880413"),
}
WRITES = {"ypareo": 8, "aimaira": 10, "fca": 4, "aurion": 1}
"""One request a person that cannot be repeated; one a person and one a sheet; two a sheet with
partial answers; one for all sheets."""
POINTS = [
    (erp, number, moment)
    for erp, writes in WRITES.items()
    for number in range(1, writes + 1)
    for moment in ("before", "after")
]


def day(
    make_world: Callable[..., World], erp: str, tmp_path_factory: pytest.TempPathFactory
) -> World:
    """Return a school in the evening of a day that was played, with a store of its own."""
    world = make_world(erp)
    world.state = tmp_path_factory.mktemp("fresh") / "state.db"
    answers = world.simulation.answers(world.erp_url)
    world.write(grace="50ms", options=dict(answers["options"]), reasons=dict(answers["reasons"]))
    world.sync()
    world.play(*SHEETS[erp])
    world.to_evening()
    world.erp.seen.clear()
    return world


def is_write(world: World, path: str) -> bool:
    """Whether a request changes the ERP: one of them reads by POST too, so only what comes after
    its reading counts.
    """
    return "authentification" not in path and not (
        world.spec == "aurion"
        and len([seen for seen in world.erp.seen if seen.startswith("POST")]) < 2
    )


def start(world: World) -> subprocess.Popen[bytes]:
    """Start a writeback of a school in a process of its own."""
    return start_edusync(*_writeback_of(world))


def _writeback_of(world: World) -> list[str]:
    at = ["--state", str(world.state), "--at", world.now.isoformat()]
    return ["writeback", str(world.file), *at]


def kill_writeback_at(world: World, number: int, moment: str) -> int:
    """Run a writeback in a process of its own and kill it at a write into the ERP."""
    arguments = _writeback_of(world)
    return kill_at(
        world.erp, number, moment, *arguments, counts=lambda _verb, path: is_write(world, path)
    )


def held(world: World) -> list[str]:
    """Return what the ERP holds, without numbers that it gives itself, so that two runs can be
    compared.
    """
    return sorted(
        str({name: value for name, value in row.items() if name != "codeAbsence"})
        for row in world.simulation.attendance()
    )


@pytest.fixture(scope="module")
def undisturbed() -> dict[str, list[str]]:
    return {}


def expected(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[str]],
    erp: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[str]:
    if erp not in undisturbed:
        world = day(make_world, erp, tmp_path_factory)
        world.write_back()
        undisturbed[erp] = held(world)
    return undisturbed[erp]


def test_enough_points_are_killed() -> None:
    assert len(POINTS) >= 25


@pytest.mark.fault("F1")
@pytest.mark.promise("P1")
@pytest.mark.walk(every=9)
@pytest.mark.parametrize(("erp", "number", "moment"), POINTS)
def test_killed_at_a_write_the_next_run_ends_as_if_nothing_had_happened(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[str]],
    tmp_path_factory: pytest.TempPathFactory,
    erp: str,
    number: int,
    moment: str,
) -> None:
    wanted = expected(make_world, undisturbed, erp, tmp_path_factory)
    world = day(make_world, erp, tmp_path_factory)
    assert kill_writeback_at(world, number, moment) == -signal.SIGKILL
    world.settle()
    assert (world.write_back(real_sleep=True).status, held(world)) == ("success", wanted)
    assert {outcome.code for outcome in world.write_back().outcomes} <= {"UP_COURSE_ALREADY_SENT"}
    assert held(world) == wanted


@pytest.mark.fault("F5")
@pytest.mark.promise("P2")
@pytest.mark.walk(every=9)
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("erp", ["ypareo", "aimaira", "fca"])
@pytest.mark.parametrize("skip", [0, 1, 3])
def test_write_whose_answer_is_lost_is_found_out_about_in_the_same_run(
    make_world: Callable[..., World],
    undisturbed: dict[str, list[str]],
    tmp_path_factory: pytest.TempPathFactory,
    erp: str,
    skip: int,
    when: str,
) -> None:
    wanted = expected(make_world, undisturbed, erp, tmp_path_factory)
    world = day(make_world, erp, tmp_path_factory)
    left = [skip]

    def lost(_verb: str, _path: str) -> Response | None:
        left[0] -= 1
        return Response("Gateway Timeout", 504) if left[0] == -1 else None

    setattr(world.erp, when, lost)
    result = world.write_back(real_sleep=True)
    assert (result.status, held(world)) == ("success", wanted)
