"""What a run took away by mistake is made again from what the ERP says by then."""

from __future__ import annotations

import re
import shutil
import signal
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.undo import plan_undo, run_named, undo
from edusync.engine.plan.plan import Plan
from edusync.errors import Guarded, UsageProblem
from edusync.state.open import open_store
from edusync.state.taken import taken_away
from tests.conftest import World, actions
from tests.reliability.test_kill import held
from tests.support.commands import edusync
from tests.support.killing import kill_at

ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")


class Kept:
    """What the ERP held at some moment, to go back to."""

    def __init__(self, world: World) -> None:
        self.world = world
        if world.spec == "scform":
            self.copy = Path(f"{world.simulation.file}.kept")
            shutil.copy(world.simulation.file, self.copy)
        else:
            self.state = deepcopy(vars(world.simulation.seed))

    def put_back(self) -> None:
        if self.world.spec == "scform":
            shutil.copy(self.copy, self.world.simulation.file)
            return
        seed = self.world.simulation.seed
        for name, value in self.state.items():
            now = getattr(seed, name)
            if isinstance(now, dict):
                now.clear()
                now.update(value)
            elif isinstance(now, list):
                now[:] = value


def to_undo(world: World, asked: str = "last") -> Plan:
    store = open_store(str(world.state))
    try:
        run = run_named(store, "school", asked)
        instance = load_instance(world.file, world.registry)
        return plan_undo(instance, store, world.registry, world.moment(), run["id"])
    finally:
        store.close()


def undone(world: World, plan_id: str, asked: str = "last") -> Any:
    store = open_store(str(world.state))
    try:
        run = run_named(store, "school", asked)
        instance = load_instance(world.file, world.registry)
        return undo(instance, store, world.registry, world.moment(), run["id"], plan_id)
    finally:
        store.close()


def lose(world: World, ids: list[int]) -> None:
    """Take sessions out of the planning of the Yparéo simulator."""
    for number in ids:
        del world.simulation.seed.courses[number]


def api_ids(world: World) -> list[str]:
    return sorted(row["API_ID"] for row in world.book.all("courses"))


def gone(world: World, before: dict[str, list[Any]]) -> set[str]:
    return {row["API_ID"] for row in before["courses"]} - set(api_ids(world))


@pytest.mark.parametrize("erp", ERPS)
def test_deleted_sheet_is_made_again(make_world: Callable[..., World], erp: str) -> None:
    world = make_world(erp)
    answers = world.simulation.answers(world.erp_url)
    world.write(options=dict(answers["options"]), filters=dict(answers["filters"]))
    world.sync()
    before, kept = held(world), Kept(world)
    _, take_away = world.simulation.story()[3 if erp == "adesoft" else 2]
    take_away()
    result = world.sync()
    if result.plan.guards:
        world.sync(approve=result.plan_id)
    (lost,) = gone(world, before)
    kept.put_back()
    plan = to_undo(world)
    assert [one for one in actions(plan) if one[1] == "course"] == [("create", "course", lost)]
    assert undone(world, plan.plan_id).status == "success"
    assert held(world)["courses"] == before["courses"]
    assert actions(to_undo(world)) == []
    assert [one for one in actions(world.plan()) if one[1] == "course"] == []


# a day, with its people


@pytest.fixture
def lost_day(world: World) -> tuple[World, dict[str, list[Any]]]:
    """Return a school whose sheets of the 17th were deleted, in the morning of that day."""
    world.sync()
    world.now = world.now.replace(day=17, hour=7, minute=0)
    world.sync()
    before, kept = held(world), Kept(world)
    lose(world, [7712001, 7712002])
    result = world.sync()
    if result.plan.guards:
        world.sync(approve=result.plan_id)
    assert gone(world, before) == {"7712001", "7712002"}
    kept.put_back()
    return world, before


def test_deleted_day_is_made_again_though_it_is_today(
    lost_day: tuple[World, dict[str, list[Any]]],
) -> None:
    world, before = lost_day
    assert ("create", "course", "7712001") not in actions(world.plan())  # a sync comes too late
    plan = to_undo(world)
    assert actions(plan) == [("create", "course", "7712001"), ("create", "course", "7712002")]
    assert world.writes()[-1].startswith("DELETE")  # the plan writes nothing
    assert undone(world, plan.plan_id).status == "success"
    assert held(world)["courses"] == before["courses"]


def test_class_that_has_begun_gets_no_sheet(lost_day: tuple[World, dict[str, list[Any]]]) -> None:
    world, _ = lost_day
    world.later(hours=2)
    plan = to_undo(world)
    assert actions(plan) == [("create", "course", "7712002")]
    told = {(one.code, one.source_id, one.detail) for one in plan.accounts[0].outcomes}
    assert ("DOWN_COURSE_NOT_REMADE", "7712001", "it has begun") in told


def test_what_the_erp_cancelled_stays_away_and_is_named(
    lost_day: tuple[World, dict[str, list[Any]]],
) -> None:
    world, _ = lost_day
    lose(world, [7712002])
    plan = to_undo(world)
    assert actions(plan) == [("create", "course", "7712001")]
    told = {(one.code, one.source_id, one.detail) for one in plan.accounts[0].outcomes}
    assert ("DOWN_COURSE_NOT_REMADE", "7712002", "gone from the ERP") in told
    result = undone(world, plan.plan_id)
    assert "DOWN_COURSE_NOT_REMADE" in {one.code for one in result.outcomes}
    assert "7712002" not in api_ids(world)


def test_plan_that_moved_is_refused(lost_day: tuple[World, dict[str, list[Any]]]) -> None:
    world, _ = lost_day
    plan = to_undo(world)
    lose(world, [7712002])
    with pytest.raises(Guarded, match="the plan is now"):
        undone(world, plan.plan_id)


@pytest.mark.fault("F1")
@pytest.mark.parametrize("number", [1, 2])
@pytest.mark.parametrize("moment", ["before", "after"])
def test_killed_at_a_write_nothing_is_doubled(
    lost_day: tuple[World, dict[str, list[Any]]], number: int, moment: str
) -> None:
    world, before = lost_day
    plan = to_undo(world)
    at = ["--state", str(world.state), "--at", world.now.isoformat(), "--apply", plan.plan_id]
    code = kill_at(world.faults, number, moment, "undo", str(world.file), "last", *at)
    assert code == -signal.SIGKILL
    world.settle()
    world.sleep = time.sleep
    assert undone(world, to_undo(world).plan_id).status == "success"
    assert held(world)["courses"] == before["courses"]


# seats


def on_sheet(world: World, api_id: str) -> list[str]:
    return sorted(world.names(world.course(api_id)))


@pytest.fixture
def lost_seats(world: World) -> tuple[World, list[str]]:
    """Return a school in which a run took two students off a sheet, and who was on it."""
    world.sync()
    before = on_sheet(world, "7712001")
    kept = Kept(world)
    world.simulation.seed.courses[7712001]["codesApprenant"] = [90211, 90212]
    result = world.sync()
    if result.plan.guards:
        world.sync(approve=result.plan_id)
    assert on_sheet(world, "7712001") == ["90211", "90212"]
    kept.put_back()
    return world, before


def test_seats_are_put_back(lost_seats: tuple[World, list[str]]) -> None:
    world, before = lost_seats
    plan = to_undo(world)
    assert actions(plan) == [("update", "course", "7712001")]
    assert undone(world, plan.plan_id).status == "success"
    assert on_sheet(world, "7712001") == before


def test_student_whom_the_erp_has_there_no_more_is_named(
    lost_seats: tuple[World, list[str]],
) -> None:
    world, before = lost_seats
    world.simulation.seed.courses[7712001]["codesApprenant"].remove(90215)
    plan = to_undo(world)
    told = [one for one in plan.accounts[0].outcomes if one.code == "DOWN_SEAT_NOT_RESTORED"]
    assert [(one.source_id, one.detail) for one in told] == [
        ("7712001", "90215: the ERP has them there no more")
    ]
    undone(world, plan.plan_id)
    assert on_sheet(world, "7712001") == [one for one in before if one != "90215"]


# the command


def test_command_shows_first_and_then_does(lost_day: tuple[World, dict[str, list[Any]]]) -> None:
    world, before = lost_day
    at = ["--at", world.now.isoformat(), "--state", str(world.state), "--no-color"]
    shown = edusync("undo", str(world.file), "last", *at)
    found = re.search(r"plan (\w+)", shown.stdout)
    assert (shown.returncode, bool(found)) == (0, True), shown.stdout + shown.stderr
    assert len(held(world)["courses"]) == len(before["courses"]) - 2
    done = edusync("undo", str(world.file), "last", "--apply", str(found and found[1]), *at)
    assert done.returncode == 0, done.stdout + done.stderr
    assert held(world)["courses"] == before["courses"]


def test_run_that_took_nothing_away_is_no_last_one(world: World) -> None:
    world.sync()
    with pytest.raises(UsageProblem, match="deleted a sheet"):
        to_undo(world)
    with pytest.raises(UsageProblem, match="0 runs"):
        to_undo(world, "nothing-like-it")


def test_who_is_forgotten_has_no_seat_noted(lost_seats: tuple[World, list[str]]) -> None:
    world, _ = lost_seats
    arguments = ["--kind", "student", "--state", str(world.state)]
    assert edusync("forget", str(world.file), "90215", *arguments).returncode == 0
    store = open_store(str(world.state))
    run = run_named(store, "school", "last")
    taken = {one.source_id for one in taken_away(store, "school", run["id"])}
    store.close()
    assert taken == {"90213"}
