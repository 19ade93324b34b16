"""`edusync writeback` and `edusync explain … attendance` keep their contract."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from edusync.resources import bundled
from tests.conftest import World
from tests.support import commands


def edusync(world: World, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    at = ("--state", str(world.state), "--at", world.now.isoformat())
    return commands.edusync(command, str(world.file), *arguments, *at)


def checked(text: str) -> Any:
    data = json.loads(text)
    jsonschema.validate(
        data,
        json.loads((bundled("schemas") / "writeback.v1.schema.json").read_text(encoding="utf-8")),
    )
    return data


@pytest.fixture
def school(make_world: Callable[..., World]) -> World:
    world = make_world("ammon", reasons={"sick leave": "Maladie"})
    world.sync()
    world.to_evening()
    world.play("55120")
    return world


def test_evening_goes_by_as_the_contract_says(school: World) -> None:
    planned = edusync(school, "writeback", "--plan", "--format", "json")
    data = checked(planned.stdout)
    assert (
        planned.returncode,
        data["status"],
        [line["state"] for line in data["accounts"][0]["lines"]],
        school.simulation.presences,
    ) == (0, "planned", ["present", "late", "absent_justified", "absent"], {})
    done = edusync(school, "writeback", "--format", "json")
    assert (
        done.returncode,
        checked(done.stdout)["accounts"][0]["sheets"][0]["status"],
        len(school.simulation.presences[55120]),
    ) == (0, "sent", 4), done.stderr
    again = edusync(school, "writeback")
    assert (
        again.returncode,
        "nothing to send" in again.stdout,
        "UP_COURSE_ALREADY_SENT" in again.stdout,
    ) == (0, True, True)
    assert edusync(school, "events", "--runs").stdout.count(" up ") == 2
    forced = edusync(school, "writeback", "--resend", "55120")
    assert (forced.returncode, "sent 55120: 4 lines" in forced.stdout) == (0, True)


def test_refused_line_is_a_failure_with_the_words_of_the_erp(school: World) -> None:
    school.simulation.seed.classes[0]["stagiaires"] = [9001, 9003, 9004]
    done = edusync(school, "writeback")
    assert (
        done.returncode,
        "UP_ERP_REJECTED student 9002: 55120, stagiaire absent de la séance" in done.stdout,
    ) == (1, True), done.stdout
    told = edusync(school, "explain", "attendance", "55120").stdout
    assert (
        "3 of 4 lines stand in the ERP (partial)" in told,
        "student 9002: tried 1 times" in told,
    ) == (True, True), told


@pytest.mark.parametrize(
    ("source_id", "expected"),
    [
        ("55121", "UP_COURSE_NOT_ARCHIVED"),
        ("1", "no sheet of this session"),
        ("55120", "the next run sends 1 present, 1 late, 1 absent_justified, 1 absent"),
    ],
)
@pytest.mark.source("S093", "S151")
def test_explain_says_why_attendance_is_not_there(
    school: World, source_id: str, expected: str
) -> None:
    told = edusync(school, "explain", "attendance", source_id)
    assert (told.returncode, expected in told.stdout) == (0, True), told.stdout + told.stderr


def test_attendance_that_is_switched_off_is_said_clearly(make_world: Callable[..., World]) -> None:
    world = make_world("fca")
    world.sync()
    told = edusync(world, "writeback")
    assert (told.returncode, "UP_OFF" in told.stdout) == (0, True), told.stdout
    assert (
        "needs sendAttendance: Send the attendance to FCA"
        in edusync(world, "writeback", "-v").stdout
    )


def test_read_only_user_is_named_and_nothing_is_lost(school: World) -> None:
    school.simulation.may_write = False
    refused = edusync(school, "writeback")
    assert (refused.returncode, "UP_NO_WRITE_PERMISSION" in refused.stdout) == (1, True)
    school.simulation.may_write = True
    assert edusync(school, "writeback").returncode == 0


def test_plan_shows_each_line_and_each_request_as_it_would_be_sent(school: World) -> None:
    told = edusync(school, "writeback", "--plan", "-v")
    assert told.returncode == 0, told.stderr
    data = checked(edusync(school, "writeback", "--plan", "--format", "json").stdout)
    account = data["accounts"][0]
    assert all(line["content"] for line in account["lines"])
    assert school.simulation.presences == {}
    (would,) = [step for step in account["steps"] if step["call"].startswith("PUT")]
    assert would["courses"] == ["55120"]
    assert would["call"] in told.stdout
    edusync(school, "writeback")
    sent = school.simulation.presences[55120]
    assert len(sent) == len(account["lines"]) == 4
    assert "what would be sent" in told.stdout
    assert edusync(school, "writeback", "--plan").stdout.count("would send") == 0
