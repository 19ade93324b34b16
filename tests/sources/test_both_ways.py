"""Where the ERP's schedule says so, a run brings the planning down and sends attendance up."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from edusync.sandbox.edusign.faults import Fault
from tests.conftest import World
from tests.support.commands import edusync

FIRST = {"aimaira": "4100231", "fca": "70115", "ypareo": "7712001"}


def at(world: World) -> str:
    return f"{world.now:%Y-%m-%dT%H:%M}"


def with_a_played_class(make_world: Callable[..., World], erp: str) -> World:
    world = make_world(erp)
    answers = world.simulation.answers(world.erp_url)
    world.write(options=answers["options"], reasons=answers["reasons"])
    world.sync()
    world.to_evening()
    world.play(FIRST[erp])
    return world


def run(world: World, *more: str) -> tuple[int, bool]:
    """Run `edusync sync` an hour later; return its code, and whether attendance reached the ERP."""
    world.now += timedelta(hours=1)
    before = len(world.simulation.attendance())
    ended = edusync("sync", str(world.file), "--state", str(world.state), "--at", at(world), *more)
    return ended.returncode, len(world.simulation.attendance()) > before


@pytest.mark.source("S058", "S113", "S090", "S148")
@pytest.mark.parametrize(("erp", "goes_up"), [("aimaira", True), ("fca", True), ("ypareo", False)])
def test_sync_sends_attendance_up_where_both_go_together(
    make_world: Callable[..., World], erp: str, *, goes_up: bool
) -> None:
    world = with_a_played_class(make_world, erp)
    assert run(world)[1] is goes_up


@pytest.mark.source("S058", "S113")
def test_down_only_sends_nothing_up(make_world: Callable[..., World]) -> None:
    assert run(with_a_played_class(make_world, "aimaira"), "--down-only") == (0, False)


@pytest.mark.source("S058", "S113")
@pytest.mark.parametrize("erp", ["aimaira", "ypareo"])
def test_up_only_brings_nothing_down(make_world: Callable[..., World], erp: str) -> None:
    world = with_a_played_class(make_world, erp)
    world.simulation.story()[0][1]()
    before = len(world.writes())
    assert run(world, "--up-only")[1]
    assert world.writes()[before:] == []


def test_both_at_once_are_refused(make_world: Callable[..., World]) -> None:
    assert run(make_world("aimaira"), "--up-only", "--down-only") == (2, False)


def test_what_stops_the_planning_does_not_stop_the_attendance(
    make_world: Callable[..., World],
) -> None:
    world = with_a_played_class(make_world, "aimaira")
    world.faults.active.append(Fault("text500", verb="GET", path="/v1/professor", times=999))
    assert run(world) == (5, True)


def test_json_says_what_went_up(make_world: Callable[..., World]) -> None:
    world = with_a_played_class(make_world, "aimaira")
    ended = edusync(
        *("sync", str(world.file), "--state", str(world.state)),
        *("--at", at(world), "--format", "json"),
    )
    said = json.loads(ended.stdout)
    assert [sheet["source_id"] for sheet in said["up"]["accounts"][0]["sheets"]] == ["4100231"]
