"""What is assumed is tried on the real systems, kept in the connector file, and sent back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from werkzeug.wrappers import Response

from edusync.app.explaining.assumptions import (
    AS_ASSUMED,
    Assumption,
    SandboxAccount,
    assumptions,
)
from edusync.app.files.connector_file import load_instance
from edusync.errors import UsageProblem
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.serve import serving
from edusync.state.open import open_store
from edusync.target.facts import READ
from edusync.target.trials import WRITTEN
from tests.conftest import World
from tests.support.commands import edusync

SPECS = Path(__file__).parents[2] / "specs"
ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")


def loaded(text: str) -> Any:
    return YAML(typ="safe").load(text)


def dumped(data: Any) -> str:
    out = StringIO()
    YAML(typ="safe").dump(data, out)
    return out.getvalue()


class Trial:
    """An account on which no school works."""

    def __init__(self, stack: ExitStack) -> None:
        self.book = Book()
        self.book.habits.school = "school-for-trials"
        self.app = create_app(self.book, api_key="trial-key", per_minute=1_000_000)
        self.courses = self.app.extensions["edusync"]["courses"]
        self.faults = self.app.extensions["edusync"]["faults"]
        self.account = SandboxAccount(stack.enter_context(serving(self.app)), "trial-key")

    def stands(self) -> tuple[list[str], list[str]]:
        """Return the sheets, and the people who are not archived."""
        people = [*self.book.all("students"), *self.book.all("professors")]
        there = [row["API_ID"] for row in people if not row["HIDDEN"]]
        return [row["API_ID"] for row in self.book.all("courses")], there


@pytest.fixture
def trial() -> Iterator[Trial]:
    with ExitStack() as stack:
        yield Trial(stack)


def tried(world: World, account: SandboxAccount | None = None) -> dict[str, Assumption]:
    store = open_store(str(world.state))
    try:
        instance = load_instance(world.file, world.registry)
        found = assumptions(instance, store, world.registry, world.moment(), account)
        return {one.name: one for one in found}
    finally:
        store.close()


def different(found: dict[str, Assumption]) -> set[str]:
    return {name for name, one in found.items() if one.is_different}


@pytest.mark.parametrize("erp", ERPS)
def test_simulators_are_as_assumed(
    make_world: Callable[..., World], trial: Trial, erp: str
) -> None:
    world = make_world(erp)
    answers = world.simulation.answers(world.erp_url)
    world.write(options=dict(answers["options"]))
    world.sync()
    world.book.requests.clear()
    found = tried(world, trial.account)
    assert different(found) == set()
    assert [found[fact.name].observed for fact in WRITTEN] == [fact.assumed for fact in WRITTEN]
    assert {fact.name for fact in (*READ, *WRITTEN)} <= found.keys()
    spec = load_instance(world.file, world.registry).spec
    of_erp = [one for one in found.values() if one.side == "erp"]
    assert of_erp
    assert (
        len(of_erp)
        >= len(spec.assumed) - sum(1 for one in spec.connection.values() if one.assumed) - 3
    )
    assert all(one.place for one in of_erp)
    assert world.writes() == []


def test_assumed_attendance_is_left_to_reconcile(
    make_world: Callable[..., World], trial: Trial, tmp_path: Path
) -> None:
    world, own = make_world("aimaira"), tmp_path / "own.yaml"
    text = (SPECS / "aimaira.yaml").read_text(encoding="utf-8")
    began = "  attendance:\n    from: appels\n"
    assert began in text
    assumed = f"{began}    assumed: An absence stands there on the day itself.\n"
    own.write_text(text.replace(began, assumed), encoding="utf-8")
    world.write(spec=str(own))
    found = tried(world, trial.account)["entities.attendance"]
    assert (found.observed, found.why) == (None, "edusync reconcile reads it")


def test_what_was_made_is_taken_away(world: World, trial: Trial) -> None:
    tried(world, trial.account)
    assert trial.stands() == ([], [])
    tried(world, trial.account)
    assert trial.stands() == ([], [])
    assert len(trial.book.all("students")) == 2


def test_what_a_killed_try_left_is_taken_away_by_the_next(world: World, trial: Trial) -> None:
    store = open_store(str(world.state))
    instance = load_instance(world.file, world.registry)
    found = assumptions(instance, store, world.registry, world.moment(), trial.account)
    for one in found:
        if one.name == WRITTEN[2].name:
            break
    trial.courses.course(trial.book.all("courses")[0]["ID"])["LOCKED"] = 1
    store.close()
    assert len(trial.stands()[0]) == 2
    del found  # as if it never came back
    tried(world, trial.account)
    assert trial.stands() == ([], [])


def test_sandbox_that_plays_otherwise_is_found_out(world: World, trial: Trial) -> None:
    world.sync()
    world.book.habits.page, world.book.habits.not_found = 2, "Introuvable : cours"
    trial.courses.erase_signatures = True
    trial.book.habits.email_needed = True
    found = tried(world, trial.account)
    expected = {"page_size.course", "patch_keeps_signatures", "student.without_email"}
    expected |= {name for name in found if name.startswith("not_found.")}
    assert different(found) == expected
    assert found["page_size.course"].observed == 2
    assert found["not_found.course"].observed == "introuvable : cours"


def test_erp_that_answers_otherwise_is_named_with_its_line(world: World) -> None:
    def rename(_verb: str, path: str) -> Any:
        if not path.endswith("/salles"):
            return None
        rows = [{"code": 310, "libelle": "Salle B102"}]
        return Response(json.dumps(rows), content_type="application/json")

    world.erp.before_reading = rename
    found = tried(world)
    assert different(found) == {"resources.salles"}
    one = found["resources.salles"]
    assert (one.observed, str(one.place).partition(":")[0]) == (
        "SPEC_PATH_NEVER_SEEN",
        "specs/ypareo.yaml",
    )
    line = Path(str(one.place).partition(":")[0]).read_text().splitlines()
    assert "salles" in line[int(str(one.place).split(":")[1]) - 1]


def test_account_of_a_school_is_no_sandbox(world: World, trial: Trial) -> None:
    same = SandboxAccount(world.edusign, "sandbox-key")
    with pytest.raises(UsageProblem, match="is the account 'main'"):
        tried(world, same)
    trial.book.habits.school = world.book.habits.school
    with pytest.raises(UsageProblem, match="of the school of the account 'main'"):
        tried(world, trial.account)
    assert (trial.book.all("students"), world.writes()) == ([], [])


# commands


def test_facts_are_kept_with_the_comments_of_the_file(world: World, trial: Trial) -> None:
    world.sync()
    data = json.loads(world.file.read_text())
    world.file.write_text("# our school\n" + dumped(data))
    (world.folder / "trial").write_text("trial-key")
    trial.courses.erase_signatures = True
    at = ["--at", world.now.isoformat(), "--state", str(world.state), "--no-color"]
    account = ["--sandbox", trial.account.base_url, "--sandbox-key", "${file:trial}"]
    result = edusync("check", str(world.file), "--assumptions", *account, *at)
    assert result.returncode == 1, result.stderr
    assert "!!  edusign patch_keeps_signatures" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    text = world.file.read_text()
    kept = loaded(text)["facts"]
    assert text.startswith("# our school")
    assert (kept["looked_at"], kept["edusign"]["patch_keeps_signatures"]) == ("2026-03-16", False)
    assert kept["erp"]["resources.salles"] == AS_ASSUMED
    assert world.sync().status == "success"  # the file is still one


def test_export_has_no_personal_value(world: World) -> None:
    world.sync()
    at = ["--at", world.now.isoformat(), "--state", str(world.state)]
    edusync("check", str(world.file), "--assumptions", *at)
    data = loaded(world.file.read_text())
    data["facts"]["edusign"] |= {"zone": "Camille DUPONT", "not_found.group": "c@ecole.test 12"}
    data["facts"]["erp"] |= {"resources.salles": "Camille", "Camille": "as assumed"}
    world.file.write_text(dumped(data))
    result = edusync("facts", str(world.file), "--export")
    assert result.returncode == 0, result.stderr
    said = loaded(result.stdout)
    assert (said["spec"], said["looked_at"]) == ("ypareo", "2026-03-16")
    assert said["edusign"]["time_zone"] == {"found": True, "assumed": True}
    assert "not_found.group" not in said["edusign"]
    for word in ("Camille", "ecole.test", "school", world.erp_url):
        assert word not in result.stdout


def test_nothing_kept_is_said(world: World) -> None:
    result = edusync("facts", str(world.file))
    assert (result.returncode, "RUN_USAGE" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--sandbox", "http://127.0.0.1:1"],
        ["--assumptions", "--sandbox", "http://127.0.0.1:1"],
        ["--assumptions", "--sandbox-key", "${env:X}"],
        ["--assumptions", "--sandbox", "http://127.0.0.1:1", "--sandbox-key", "${file:none}"],
    ],
)
def test_half_an_account_is_refused(world: World, arguments: list[str]) -> None:
    result = edusync("check", str(world.file), *arguments, "--state", str(world.state))
    assert (result.returncode, "RUN_USAGE" in result.stderr) == (2, True)


def test_facts_are_each_named_once() -> None:
    names = [fact.name for fact in (*READ, *WRITTEN)]
    assert len(names) == len(set(names))
