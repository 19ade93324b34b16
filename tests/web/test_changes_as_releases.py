"""What a page changes of a connector that is deployed: a release with who made it, taken back by
one command, exported, and not lost by the next `edusync deploy`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from edusync.app.files.checkout import Checkout
from edusync.app.files.edits import Edits
from edusync.app.files.project import find_project
from edusync.app.files.secrets import stored_in
from edusync.app.runner.fleet import Fleet
from edusync.app.setup.draft import Drafts
from edusync.app.setup.pasted import in_text
from edusync.app.setup.setup import Setup
from edusync.errors import FilesInvalid, UsageProblem
from edusync.registry import Registry
from edusync.state.releases import Release, releases, texts
from edusync.state.secrets import kept_secrets
from edusync.web.app import create_console
from edusync.web.console import Console
from tests.support.commands import edusync
from tests.web.conftest import ADDRESS, Visit
from tests.web.test_actions import Live
from tests.web.test_setup import ASKED, filled, opened_with, school_of

PLAIN = "edusync: 1\n"
DEPLOYED = "edusync: 1\ndeployed: true\nstore: {store}\n"


class Released(Live):
    """A console of a machine that has the connector files from the store alone.

    The folder of before is where an operator works.
    """

    def __init__(self, folder: Path, registry: Registry, stack: ExitStack) -> None:
        super().__init__(folder, registry, stack)
        for name in ("hugo", "sand"):
            file = self.file(name)
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("${file:..", f"${{file:{folder}"), encoding="utf-8")
        machine = folder / "machine"
        machine.mkdir()
        text = DEPLOYED.format(store=folder / "state.db")
        (machine / "edusync.yaml").write_text(text, encoding="utf-8")
        self.machine = machine
        self.deploy("--yes")
        project = find_project(machine)
        assert project is not None
        checkout = Checkout(self.store, project)
        self.fleet = Fleet(checkout.newest()[1], registry, checkout)
        self.fleet.calendars()
        self.console = Console(self.store, self.fleet, self.clock, ADDRESS)
        self.app = create_console(self.console)

    def file(self, name: str) -> Path:
        return self.folder / "connectors" / f"{name}.yaml"

    def deploy(self, *more: str) -> CompletedProcess[str]:
        return edusync("deploy", str(self.folder), *more)

    def run(self, *words: str) -> CompletedProcess[str]:
        return edusync(*words, cwd=self.machine)

    def newest(self) -> Release:
        return releases(self.store)[0]

    def says(self, name: str) -> Any:
        """Return what the connector file of the release in force says."""
        digest = self.newest().connectors[name].file
        return json.loads(json.dumps(_yaml(texts(self.store, [digest])[digest])))


def _yaml(text: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe").load(text)


@pytest.fixture
def site(tmp_path: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch) -> Iterator[Released]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with ExitStack() as stack:
        site = Released(tmp_path, registry, stack)
        stack.callback(site.store.close)
        stack.enter_context(stored_in(lambda: site.store))
        yield site
        site.console.jobs.wait(60)
        site.console.jobs.close()


@pytest.fixture
def school(site: Released) -> Visit:
    return site.visit("school", "hugo")


def choose(site: Released, school: Visit, number: int = 0) -> tuple[str, str]:
    """Choose a reason on the page; return Edusign's and the ERP's."""
    school.get("/connectors/hugo/reasons")
    site.settle()
    known = site.console.reasons["hugo"]
    theirs, ours = known.open[0], known.known[number]
    school.post("/connectors/hugo/reasons", theirs=theirs, ours=ours)
    return theirs, ours


def test_a_reason_that_is_chosen_is_a_release_with_who_chose_it(
    site: Released, school: Visit
) -> None:
    theirs, ours = choose(site, school)
    made = site.newest()
    assert (made.id, made.who, made.note) == (2, "school", "hugo: a reason was chosen")
    assert site.says("hugo")["reasons"] == {theirs: ours}
    assert (made.connectors["hugo"].edited, made.connectors["sand"].edited) == (2, None)
    assert site.fleet.instance("hugo").reasons == {theirs: ours}  # runs have it at once
    assert site.acts()[0][:2] == ("reason", "school")
    listed = site.run("release", "list").stdout.splitlines()
    assert listed[0].endswith("hugo: a reason was chosen  by school")


def test_going_back_undoes_it(site: Released, school: Visit) -> None:
    choose(site, school)
    done = site.run("release", "back", "--yes")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "release 3 is in force")
    assert "reasons" not in site.says("hugo")
    assert site.newest().connectors["hugo"].edited is None
    assert site.deploy("--yes").returncode == 0


def test_the_next_deploy_names_it_and_takes_nothing_back(site: Released, school: Visit) -> None:
    theirs, ours = choose(site, school)
    sand = site.file("sand")
    sand.write_text(sand.read_text(encoding="utf-8").replace('"1s"', '"2s"'), encoding="utf-8")
    shown = site.deploy()
    assert shown.returncode == 4
    assert "held RUN_EDIT_HELD: the files do not have what was changed" in shown.stderr
    assert "UTC, by school: hugo: a reason was chosen" in shown.stderr
    assert ours in shown.stderr
    assert "hint: `edusync release export FOLDER` writes what is in force" in shown.stderr
    assert [line for line in shown.stdout.splitlines() if line.startswith("hugo")] == []
    done = site.deploy("--yes")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (4, "release 3 is in force")
    assert (site.says("hugo")["reasons"], site.says("sand")["grace"]) == ({theirs: ours}, "2s")
    again = site.deploy("--yes")
    assert (again.returncode, again.stdout) == (4, "nothing to do: release 3 is the same\n")


def test_what_is_exported_into_the_files_is_deployed_as_any_other(
    site: Released, school: Visit
) -> None:
    theirs, ours = choose(site, school)
    exported = site.run("release", "export", str(site.folder / "out"))
    assert exported.returncode == 0
    text = (site.folder / "out" / "connectors" / "hugo.yaml").read_text(encoding="utf-8")
    assert _yaml(text)["reasons"] == {theirs: ours}
    site.file("hugo").write_text(text, encoding="utf-8")
    done = site.deploy("--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "hugo: the change of release 2 stands in its file by now" in done.stdout
    site.file("hugo").write_text(text.replace("1s", "2s"), encoding="utf-8")
    assert site.deploy("--yes").returncode == 0
    assert site.says("hugo")["grace"] == "2s"


def test_it_is_taken_back_when_that_is_said(site: Released, school: Visit) -> None:
    choose(site, school)
    done = site.deploy("--overwrite", "--yes")
    assert (done.returncode, "hugo: another file" in done.stdout) == (0, True)
    assert "reasons" not in site.says("hugo")


def test_a_selection_without_it_holds_nothing(site: Released, school: Visit) -> None:
    choose(site, school)
    assert site.deploy("--select", "sand").returncode == 0
    assert site.deploy("--select", "hugo").returncode == 4


def test_a_new_password_goes_into_the_store_and_the_file_names_it(
    site: Released, school: Visit
) -> None:
    (site.folder / "key").write_text("wrong", encoding="utf-8")
    school.post("/connectors/hugo/password", place="main/edusign", secret="sandbox-key")
    site.settle()
    assert site.says("hugo")["accounts"][0]["edusign"]["api_key"] == "${store:hugo/main-edusign}"
    assert (site.newest().who, site.newest().note) == ("school", "hugo: new password")
    assert [(what, status) for what, _, status, _ in site.acts()[:2]] == [
        ("run", "success"),
        ("password", "success"),
    ]
    before = site.newest().id
    school.post("/connectors/hugo/password", place="main/edusign", secret="sandbox-key")
    site.settle()
    assert site.newest().id == before  # the next one takes its place: the file says the same
    exported = site.run("release", "export", str(site.folder / "out"))
    text = (site.folder / "out" / "connectors" / "hugo.yaml").read_text(encoding="utf-8")
    assert (exported.returncode, "sandbox-key" in text) == (0, False)
    store = ("--state", str(site.folder / "state.db"))
    refused = edusync("secret", "remove", "hugo/main-edusign", *store)
    assert (refused.returncode, "a release that is kept names" in refused.stderr) == (2, True)


def test_a_school_that_is_set_up_on_the_page_is_kept_by_a_deploy_that_does_not_know_it(
    site: Released, registry: Registry
) -> None:
    operator = site.visit("operator")
    with ExitStack() as stack:
        school = school_of("ypareo", registry, stack)
        here = operator.post("/setup", name="zola", erp="ypareo").location
        while not here.endswith("/schedule"):
            stage = here.rpartition("/")[2]
            form = {} if stage == "plan" else filled(site, school, stage)
            if stage == "reasons":
                form = {"asked": ASKED.findall(operator.get(here).text)}
            here = operator.post(here, **form).location.partition("#")[0]
        saved = operator.post(here, **filled(site, school, "schedule"), do="save")
    assert saved.location == "/connectors/zola/"
    made = site.newest()
    assert (made.who, made.note) == ("operator", "zola: setup")
    assert made.connectors["zola"].edited == made.id
    assert [(one.name, one.who) for one in kept_secrets(site.store)] == [
        ("zola/apiKey", "operator"),
        ("zola/main-api_key", "operator"),
    ]
    assert not (site.machine / "secrets").exists()
    assert site.fleet.instance("zola").accounts[0].api_key == "sandbox-key"
    assert Drafts(site.fleet.project).names() == []
    shown = site.deploy("--yes")
    assert (shown.returncode, "zola: taken away" in shown.stderr) == (4, True)
    assert "zola" in site.newest().connectors


def test_answers_of_a_connector_are_changed_by_a_release(site: Released) -> None:
    operator = site.visit("operator")
    assert "Change the answers" in operator.get("/connectors/hugo/").text
    assert operator.post("/connectors/hugo/setup").status_code == 302
    setup = Setup.open(opened_with(site), "hugo")
    questions = next(one.questions for one in setup.groups() if one.name == "schedule")
    form: dict[str, Any] = {one.key: in_text(one.value) for one in questions}
    form |= {"asked": [one.key for one in questions], "schedule.window_days": "9"}
    before = site.newest().connectors["hugo"]
    saved = operator.post("/setup/hugo/schedule", **form, do="save")
    assert saved.location == "/connectors/hugo/"
    after = site.newest()
    assert (after.note, after.who) == ("hugo: setup", "operator")
    assert after.connectors["hugo"].spec == before.spec
    assert site.says("hugo")["schedule"]["window_days"] == 9


def test_the_terminal_writes_a_release_too(site: Released) -> None:
    """`edusync setup` would have written into the copy of a release, which is nobody's."""
    setup = Setup.open(opened_with(site), "hugo")
    questions = (one for group in setup.groups() for one in group.questions)
    setup.answer(next(one for one in questions if one.key == "schedule.window_days"), "9")
    file = setup.save()
    assert "window_days" not in file.read_text(encoding="utf-8")
    assert (site.newest().note, site.newest().who) == ("hugo: setup", None)
    assert site.says("hugo")["schedule"] == {"window_days": 9}


def test_a_change_that_came_in_between_is_not_lost(site: Released, school: Visit) -> None:
    file = site.fleet.files()["hugo"]
    before = file.read_text(encoding="utf-8")
    choose(site, school)
    late = Edits(site.fleet.project, site.registry, site.store)
    with pytest.raises(UsageProblem, match="was changed in the meantime"):
        late.save("hugo", file, before, before.replace("1s", "9s"), "late")
    assert site.newest().id == 2
    sand = site.fleet.files()["sand"].read_text(encoding="utf-8")
    late.save("sand", file, sand, sand.replace("1s", "9s"), "another one's file")
    assert site.says("sand")["grace"] == "9s"
    nearby = sand.replace(str(site.folder / "sand.key"), "sand.key")
    with pytest.raises(FilesInvalid):
        late.save("sand", file, sand.replace("1s", "9s"), nearby, "a file beside it")


def test_facts_are_not_written_into_files_of_a_release(site: Released) -> None:
    done = site.run("check", "hugo", "--assumptions", "--at", "2026-03-16T12:45")
    assert "not kept, since the connector file is one of a release" in " ".join(
        done.stdout.split()
    ), done.stdout + done.stderr
    assert "looked_at" not in site.fleet.files()["hugo"].read_text(encoding="utf-8")
