"""Connector files in the store: deployed, rolled out to some, compared, taken back, exported."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from edusync.app.files.checkout import Checkout
from edusync.app.files.deploy import draft_release
from edusync.app.files.project import find_project
from edusync.app.runner.fleet import Fleet
from edusync.errors import Guarded
from edusync.plugins import load_registry
from edusync.registry import Registry
from edusync.resources import bundled
from edusync.state.open import open_store
from edusync.state.releases import Deployed, releases
from tests.conftest import World
from tests.support.commands import edusync

AT = ["--at", "2026-03-16T12:45"]


class Fleets:
    """A folder in which an operator works, and one of a machine that runs what was deployed."""

    def __init__(self, folder: Path, world: World) -> None:
        self.world = world
        self.work, self.machine = folder / "work", folder / "machine"
        self.state = folder / "shared.db"
        for place in (self.work, self.machine):
            place.mkdir()
            (place / "edusync.yaml").write_text(
                f"edusync: 1\ndeployed: true\nstore: {self.state}\n", encoding="utf-8"
            )
        (self.work / "connectors").mkdir()
        (self.work / "specs").mkdir()
        (folder / "key").write_text("sandbox-key", encoding="utf-8")
        self.key = f"${{file:{folder / 'key'}}}"
        self.spec = self.work / "specs" / "own.yaml"
        self.spec.write_text((bundled("specs") / "ypareo.yaml").read_text(encoding="utf-8"))
        for name in ("hugo", "zola"):
            self.write(name)

    def write(self, name: str, *, key: str | None = None, **more: Any) -> None:
        answers = self.world.simulation.answers(self.world.erp_url)
        (self.work.parent / "erp.key").write_text(str(answers["connection"]["apiKey"]))
        edusign = {"base_url": self.world.edusign, "api_key": key or self.key}
        erp_key = f"${{file:{self.work.parent / 'erp.key'}}}"
        data = {
            "edusync": 1,
            "connector": name,
            "spec": "../specs/own.yaml",
            "connection": {**answers["connection"], "apiKey": erp_key},
            "accounts": [{"name": "main", "edusign": edusign}],
            **more,
        }
        file = self.work / "connectors" / f"{name}.yaml"
        file.write_text(json.dumps(data), encoding="utf-8")

    def change_spec(self) -> None:
        """Let the spec call courses otherwise."""
        text = self.spec.read_text(encoding="utf-8")
        before = "  course:\n    from: planning\n    source_id: codeSeance\n    name: "
        assert before + "nomMatiere" in text
        self.spec.write_text(text.replace(before + "nomMatiere", before + "heureDebut"))

    def deploy(self, *more: str) -> CompletedProcess[str]:
        return edusync("deploy", str(self.work), *more, cwd=self.machine)

    def run(self, *arguments: str) -> CompletedProcess[str]:
        return edusync(*arguments, *AT, cwd=self.machine)

    def releases(self) -> list[dict[str, Deployed]]:
        with closing(open_store(str(self.state))) as store:
            return [dict(one.connectors) for one in releases(store)]


@pytest.fixture
def fleets(
    tmp_path: Path, make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> Fleets:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Fleets(tmp_path, make_world())


def test_a_difference_is_shown_and_nothing_done_until_it_is_said(fleets: Fleets) -> None:
    first = fleets.deploy()
    assert (first.returncode, first.stdout.splitlines()[:2]) == (0, ["hugo: added", "zola: added"])
    assert fleets.releases() == []
    done = fleets.deploy("--yes", "--note", "the first")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "release 1 is in force")
    again = fleets.deploy("--yes")
    assert again.stdout == "nothing to do: release 1 is the same\n"
    listed = fleets.run("release", "list").stdout
    assert "2 connectors, 1 specs  the first" in listed


def test_a_machine_runs_what_was_deployed_and_not_its_folder(fleets: Fleets) -> None:
    fleets.deploy("--yes")
    shutil.rmtree(fleets.work)
    done = fleets.run("sync", "hugo")
    assert (done.returncode, "success" in done.stdout) == (0, True), done.stdout + done.stderr
    names = [line.split()[0] for line in fleets.run("status").stdout.splitlines()[:2]]
    assert names == ["hugo", "zola"]


def test_some_schools_first_then_back_by_one_command(fleets: Fleets) -> None:
    fleets.deploy("--yes")
    fleets.change_spec()
    shown = fleets.deploy("--select", "hugo")
    assert "hugo: another spec" in shown.stdout
    assert "zola" not in shown.stdout
    fleets.deploy("--select", "hugo", "--yes")
    new, old = fleets.releases()
    assert (new["hugo"] != old["hugo"], new["zola"] == old["zola"]) == (True, True)
    plans = {name: fleets.run("plan", name).stdout for name in ("hugo", "zola")}
    assert plans["hugo"] != plans["zola"]
    fleets.run("sync", "hugo")
    assert {row["NAME"][2] for row in fleets.world.book.all("courses")} == {":"}
    back = edusync("release", "back", "--yes", cwd=fleets.machine)
    assert back.stdout.splitlines()[-1] == "release 3 is in force"
    assert fleets.releases()[0] == old


def test_every_school_is_compared_with_another_version_before(fleets: Fleets) -> None:
    fleets.deploy("--yes")
    fleets.change_spec()
    fleets.deploy("--select", "hugo", "--yes")
    compared = fleets.run("plan", "--all", "--against", "1")
    hugo, _, zola = compared.stdout.partition("connector zola\n")
    assert compared.returncode == 1
    assert "create, with another name" in hugo
    assert zola == "  no difference\n"
    courses = fleets.world.book.all("courses")
    assert courses == []  # nothing is written


def test_a_file_or_a_folder_is_another_version_too(fleets: Fleets) -> None:
    fleets.deploy("--yes")
    fleets.change_spec()
    by_file = fleets.run("plan", "zola", "--against", str(fleets.spec))
    by_folder = fleets.run("plan", "zola", "--against", str(fleets.spec.parent))
    no_other = fleets.run("plan", "zola", "--against", str(fleets.machine))
    nothing = fleets.run("plan", "zola", "--against", "yesterday")
    assert (by_file.returncode, by_folder.returncode) == (1, 1)
    assert no_other.stdout == "  there is no other version of it\n"
    assert (nothing.returncode, "is no version" in nothing.stderr) == (2, True)


def test_a_connector_keeps_its_spec_when_edusync_brings_another(
    fleets: Fleets, monkeypatch: pytest.MonkeyPatch
) -> None:
    fleets.write("hugo", spec="ypareo")
    fleets.deploy("--yes")
    before = fleets.run("plan", "hugo").stdout
    fleets.change_spec()
    monkeypatch.setattr(
        "edusync.app.files.specs.spec_text",
        lambda _: (fleets.spec.read_text(encoding="utf-8"), "specs/ypareo.yaml"),
    )
    assert fleets.run("plan", "hugo").stdout == before
    assert "hugo: another spec" in fleets.deploy().stdout


def test_what_is_exported_can_be_deployed_again(fleets: Fleets, tmp_path: Path) -> None:
    fleets.deploy("--yes")
    fleets.change_spec()
    fleets.deploy("--select", "hugo", "--yes")
    out = tmp_path / "out"
    said = edusync("release", "export", str(out), cwd=fleets.machine)
    assert "the spec that 'zola' is pinned to" in said.stdout
    shutil.copy(fleets.machine / "edusync.yaml", out)
    again = edusync("deploy", str(out), "--select", "hugo", cwd=fleets.machine)
    assert again.stdout == "nothing to do: release 2 is the same\n"
    twice = edusync("release", "export", str(out), cwd=fleets.machine)
    assert (twice.returncode, "already" in twice.stderr) == (2, True)


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("in-clear", "CONF_SECRET_PLAIN"),
        ("${file:../../key}", "CONF_SECRET_NEARBY"),
    ],
)
def test_a_secret_that_cannot_go_along_is_refused(fleets: Fleets, key: str, code: str) -> None:
    fleets.write("hugo", key=key)
    said = fleets.deploy("--yes")
    assert (said.returncode, code in said.stdout + said.stderr) == (2, True)
    assert fleets.releases() == []


def test_a_secret_need_not_be_where_a_release_is_made(fleets: Fleets) -> None:
    fleets.write("hugo", key="${env:ONLY_ON_THE_WORKERS}")
    assert fleets.deploy("--yes").returncode == 0
    run = fleets.run("plan", "hugo")
    assert (run.returncode, "CONF_SECRET_MISSING" in run.stdout + run.stderr) == (2, True)


def test_a_release_on_another_one_than_was_looked_at_is_refused(
    fleets: Fleets, registry: Registry
) -> None:
    project = find_project(fleets.work)
    assert project is not None
    with closing(open_store(str(fleets.state))) as store:
        one = draft_release(store, project, registry, ())
        other = draft_release(store, project, registry, ())
        other.save(store, "")
        with pytest.raises(Guarded):
            one.save(store, "")


def test_a_process_that_stays_follows_releases(fleets: Fleets) -> None:
    fleets.deploy("--yes")
    project = find_project(fleets.machine)
    assert project is not None
    with closing(open_store(str(fleets.state))) as store:
        checkout = Checkout(store, project)
        fleet = Fleet(checkout.newest()[1], load_registry(), checkout)
        assert sorted(fleet.calendars()) == ["hugo", "zola"]
        read = dict(fleet._stamped)
        fleets.write("hugo", schedule={"down": ["06:00-07:00"]})
        (fleets.work / "connectors" / "zola.yaml").unlink()
        fleets.write("sand")
        fleets.deploy("--yes")
        fleet.look("sand")
        slots = fleet.calendars()["hugo"]["down"].slots
        assert sorted(fleet.calendars()) == ["hugo", "sand"]
        assert [str(slot) for slot in slots] == ["06:00-07:00"]
        assert fleet.files().keys() == {"hugo", "sand"}
        assert not read.keys() & fleet._stamped.keys()
