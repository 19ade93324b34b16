"""What a guard holds is shown: in the plan, by a sync, and to whoever asks why."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable

import pytest

from edusync.cli import command as edusync
from edusync.cli.errors import run
from tests.conftest import World

Shown = Callable[..., tuple[int, str]]


@pytest.fixture
def shown(
    world: World, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Shown:
    monkeypatch.setattr("edusync.engine.interruption.listen", lambda: None)

    def said(command: str, *arguments: str) -> tuple[int, str]:
        where = ("--state", str(world.state), "--at", world.now.isoformat())
        argv = ["edusync", command, str(world.file), *arguments, *where]
        monkeypatch.setattr(sys, "argv", argv)
        capfd.readouterr()
        code = run(edusync)
        return code, capfd.readouterr().out

    return said


def test_sheets_that_left_the_scope_are_shown_with_the_changed_key(
    world: World, shown: Shown
) -> None:
    world.sync()
    world.write(filters={"siteCodes": [36]})
    plan_id = world.plan().plan_id
    code, plan = shown("plan")
    assert code == 4
    assert "- delete   course    7712004  held back, changed: filters.siteCodes" in plan
    assert f"edusync sync FILE --approve {plan_id}" in plan
    code, told = shown("sync")
    assert (code, f"edusync sync FILE --approve {plan_id}" in told) == (4, True)
    why = "RUN_SCOPE_CHANGED: a guard holds its deletion back; changed: filters.siteCodes"
    assert why in shown("explain", "course", "7712004")[1]
    code, said = shown("sync", "--allow-deletions", plan_id, "--format", "json")
    data = json.loads(said)
    assert (code, data["plan_id"], data["guards"], data["done"]["deleted"]) == (0, plan_id, [], 1)


def test_students_who_would_leave_are_counted(world: World, shown: Shown) -> None:
    world.sync()
    for course in world.simulation.seed.courses.values():
        course["codesApprenant"] = course["codesApprenant"][1:2]
    code, plan = shown("plan")
    assert code == 4
    assert "7712007 (students)  held back, 1 student would leave" in plan
    assert "7712001 (students)  held back, 3 students would leave" in plan
    why = "RUN_REMOVALS_HELD: a guard holds back that students leave it: 3"
    assert why in shown("explain", "course", "7712001")[1]
