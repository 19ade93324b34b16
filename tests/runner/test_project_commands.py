"""A project as one works with it: names in place of files, many at once, what needs a person."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from edusync.app.files.connector_file import load_instance
from edusync.app.runner.fleet import answers_digest
from edusync.app.runner.needs import COMMANDS
from edusync.cli import COMMANDS as ALL
from edusync.codes import all_codes
from edusync.resources import bundled
from edusync.sandbox.edusign.faults import Fault
from edusync.state.holds import Quarantine, save_quarantine
from tests.conftest import World
from tests.runner.conftest import START, Town
from tests.support.commands import edusync

AT = ("--at", "2026-03-16T12:45")


@pytest.fixture
def folder(town: Town, make_world: Callable[..., World]) -> Path:
    """A project with a connector that works, and one whose ERP is nowhere."""
    world = make_world()
    town.write("hugo", world.erp_url, world.edusign, labels=["pilot"])
    town.write("zola", edusign=world.edusign)
    return town.folder


def test_init_makes_a_project_that_is_valid(tmp_path: Path) -> None:
    made = edusync("init", "fleet", cwd=tmp_path)
    checked = edusync("validate", ".", cwd=tmp_path / "fleet")
    listed = edusync("status", cwd=tmp_path / "fleet")
    assert (made.returncode, checked.returncode, listed.returncode) == (0, 0, 0), checked.stdout
    assert "the project has no connector" in listed.stdout


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    edusync("init", "fleet", cwd=tmp_path)
    again = edusync("init", "fleet", cwd=tmp_path)
    assert (again.returncode, "exists already" in again.stderr) == (2, True)


def test_a_name_stands_for_its_file(folder: Path) -> None:
    done = edusync("sync", "hugo", *AT, cwd=folder / "connectors")
    events = edusync("events", "hugo", *AT, cwd=folder)
    assert (done.returncode, events.returncode) == (0, 0), done.stderr


def test_a_name_that_is_not_there_is_said_with_the_nearest(folder: Path) -> None:
    done = edusync("plan", "hugoo", cwd=folder)
    assert done.returncode == 2
    assert "did you mean 'hugo'?" in done.stderr


def test_all_goes_on_after_one_that_fails(folder: Path) -> None:
    done = edusync("sync", "--all", *AT, cwd=folder)
    assert (done.returncode, done.stdout.count("connector ")) == (5, 2)
    assert "CONN_NETWORK_BLOCKED" in done.stderr
    assert "success" in done.stdout


def test_select_takes_those_with_a_label(folder: Path) -> None:
    done = edusync("plan", "--select", "label=pilot", *AT, cwd=folder)
    assert (done.returncode, "connector zola" in done.stdout) == (0, False)


@pytest.mark.parametrize(
    "arguments", [("plan",), ("plan", "hugo", "--all"), ("plan", "--all", "--out", "x.json")]
)
def test_one_or_many_is_said_once(arguments: tuple[str, ...], folder: Path) -> None:
    assert edusync(*arguments, cwd=folder).returncode == 2


def test_outside_of_a_project_a_command_says_how_to_make_one(tmp_path: Path) -> None:
    done = edusync("status", cwd=tmp_path)
    assert (done.returncode, "edusync init FOLDER" in done.stderr) == (2, True)


def test_status_lists_runs_and_what_to_settle_with_a_command(folder: Path) -> None:
    (folder / "key").write_text("wrong")
    edusync("run", "--due", *AT, cwd=folder)
    done = edusync("status", *AT, cwd=folder)
    assert done.returncode == 1
    assert "EDU_AUTH_FAILED: failed 1 times in a row (down: EDU_AUTH_FAILED)" in done.stdout
    assert "      edusync run hugo\n" in done.stdout


def test_status_as_json_is_what_its_schema_says(folder: Path) -> None:
    edusync("run", "--due", *AT, cwd=folder)
    data = json.loads(edusync("status", "--format", "json", *AT, cwd=folder).stdout)
    schema = (bundled("schemas") / "status.v1.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(data, json.loads(schema))
    assert [one["down"]["status"] for one in data["connectors"]] == ["success", "failed"]


def test_a_file_that_cannot_be_read_needs_a_person(folder: Path) -> None:
    (folder / "connectors" / "broken.yaml").write_text("connector: [\n", encoding="utf-8")
    done = edusync("status", *AT, cwd=folder)
    assert done.returncode == 1
    assert "CONF_STRAY_FILE" in done.stdout
    assert "edusync validate connectors/broken.yaml" in done.stdout


def test_a_mistake_in_a_file_needs_a_person(folder: Path) -> None:
    edusync("run", "--due", "--at", "2026-03-16T09:00", cwd=folder)
    (folder / "connectors" / "hugo.yaml").write_text(
        "edusync: 1\nconnector: hugo\nspec: ypareo\n", encoding="utf-8"
    )
    edusync("run", "--due", *AT, cwd=folder)
    done = edusync("status", *AT, cwd=folder)
    assert "hugo  SPEC_INVALID: cannot run (down)" in done.stdout
    assert "edusync validate connectors/hugo.yaml" in done.stdout


def test_a_paused_connector_says_why_and_until_when(folder: Path) -> None:
    reason = ("--reason", "their ERP moves")
    paused = edusync("pause", "hugo", *reason, "--until", "2026-03-20", *AT, cwd=folder)
    during = edusync("status", *AT, cwd=folder)
    resumed = edusync("resume", "hugo", *AT, cwd=folder)
    assert (paused.returncode, resumed.stdout) == (0, "hugo: its pause ended\n")
    assert "paused until 2026-03-19 23:00: their ERP moves" in during.stdout


def test_a_pause_has_an_end_to_come(folder: Path) -> None:
    reason = ("--reason", "x")
    done = edusync("pause", "hugo", *reason, "--until", "2026-03-01", *AT, cwd=folder)
    assert (done.returncode, "before it begins" in done.stderr) == (2, True)


def test_a_connector_that_is_off_is_resumed_by_its_command(folder: Path, town: Town) -> None:
    from edusync.app.runner.ladder import NEVER

    instance = load_instance(folder / "connectors" / "hugo.yaml", town.registry)
    answers = answers_digest(instance, town.store.key)
    held = Quarantine("hugo", "down", "EDU_UNREACHABLE", 30, START, NEVER, answers)
    save_quarantine(town.store, held)
    off = edusync("status", "--select", "hugo", *AT, cwd=folder)
    resumed = edusync("resume", "hugo", *AT, cwd=folder)
    after = edusync("status", "--select", "hugo", *AT, cwd=folder)
    assert "RUN_QUARANTINED: is off since it failed 30 times" in off.stdout
    assert (resumed.stdout, after.returncode) == ("hugo: its quarantine ended\n", 0)


def test_run_by_name_ends_a_quarantine_when_it_succeeds(folder: Path) -> None:
    (folder / "key").write_text("wrong")
    edusync("run", "--due", *AT, cwd=folder)
    (folder / "key").write_text("sandbox-key")
    done = edusync("run", "hugo", *AT, cwd=folder)
    status = edusync("status", "--select", "hugo", *AT, cwd=folder)
    assert (done.returncode, status.returncode) == (0, 0), status.stdout


def test_deletions_that_are_held_are_let_through_by_the_command_of_the_list(
    town: Town, make_world: Callable[..., World]
) -> None:
    world = make_world()
    town.write("hugo", world.erp_url, world.edusign)
    edusync("run", "hugo", *AT, cwd=town.folder)
    town.write("hugo", world.erp_url, world.edusign, filters={"siteCodes": [36]})
    held = edusync("run", "hugo", *AT, cwd=town.folder)
    status = edusync("status", *AT, cwd=town.folder)
    command = re.findall(r"edusync (sync hugo --approve \w+)", status.stdout)[0]
    approved = edusync(*command.split(), *AT, cwd=town.folder)
    after = edusync("status", *AT, cwd=town.folder)
    assert (held.returncode, status.returncode, approved.returncode) == (0, 1, 0), approved.stderr
    assert "RUN_SCOPE_CHANGED" not in after.stdout


def test_what_settles_a_need_is_a_command_that_there_is() -> None:
    assert COMMANDS.keys() - all_codes().keys() == set()
    assert {command.split()[1] for command in COMMANDS.values()} - ALL.keys() == set()


def test_an_edusign_that_fails_makes_the_timer_fail(
    town: Town, make_world: Callable[..., World]
) -> None:
    world = make_world()
    town.write("hugo", world.erp_url, world.edusign)
    world.faults.active.append(Fault("502", times=10_000))
    assert edusync("run", "--due", *AT, cwd=town.folder).returncode == 1
