"""The command line keeps its contract: names, flags, exit codes, JSON with a schema, nothing heavy
at start, no secret anywhere.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from edusync.resources import bundled
from edusync.sandbox.edusign.faults import Fault
from tests.conftest import World
from tests.support.commands import edusync, edusync_process

CANARY = "canary-secret"


def run(world: World, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return edusync(command, str(world.file), *arguments, *of(world))


def run_process(world: World, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return edusync_process(command, str(world.file), *arguments, *of(world))


def of(world: World) -> tuple[str, ...]:
    return "--state", str(world.state), "--at", world.now.isoformat()


def checked(name: str, text: str) -> Any:
    data = json.loads(text)
    jsonschema.validate(
        data,
        json.loads((bundled("schemas") / f"{name}.v1.schema.json").read_text(encoding="utf-8")),
    )
    return data


@pytest.mark.source("S107")
def test_day_goes_by_as_the_contract_says(world: World) -> None:
    plan = run_process(world, "plan", "--format", "json", "--out", str(world.folder / "plan.json"))
    data = checked("plan", plan.stdout)
    assert (plan.returncode, data["accounts"][0]["changes"][0]["action"], world.writes()) == (
        0,
        "create",
        [],
    )
    assert oct((world.folder / "plan.json").stat().st_mode & 0o777) == "0o600"
    done = run_process(world, "sync", "--plan", str(world.folder / "plan.json"), "--format", "json")
    assert (done.returncode, checked("sync", done.stdout)["status"]) == (0, "success"), done.stderr
    again = run_process(world, "sync")
    assert (again.returncode, "nothing to do" in again.stdout) == (0, True)
    events = run_process(world, "events", "--format", "json", "--kind", "course", "--id", "7712005")
    assert [event["code"] for event in checked("events", events.stdout)] == [
        "DOWN_COURSE_NO_PROFESSOR"
    ]
    stale = run_process(world, "sync", "--plan", str(world.folder / "plan.json"))
    assert (stale.returncode, "RUN_PLAN_MOVED" in stale.stderr) == (4, True)


@pytest.mark.parametrize(
    ("at", "acted"),
    [
        ("2026-03-16T11:30", "2026-03-16 10:30 UTC"),
        ("2026-03-16T11:30-04:00", "2026-03-16 15:30 UTC"),
        ("2026-07-16T11:30", "2026-07-16 09:30 UTC"),
    ],
)
@pytest.mark.parametrize("direction", ["sync", "writeback"])
def test_run_bears_the_moment_that_it_acts_at(
    world: World, direction: str, at: str, acted: str
) -> None:
    edusync_process(direction, str(world.file), "--state", str(world.state), "--at", at)
    listed, last = run_process(world, "events", "--runs"), run_process(world, "events")
    assert (acted in listed.stdout, acted in last.stdout) == (True, True), listed.stdout


@pytest.mark.promise("P24")
@pytest.mark.parametrize(
    ("kind", "source_id", "expected"),
    [
        ("course", "7712005", "DOWN_COURSE_NO_PROFESSOR"),
        ("course", "7712013", "DOWN_COURSE_SAME_DAY"),
        ("course", "7712001", "DOWN_COURSE_NOT_RUN_YET"),
        ("course", "1", "did not send it"),
        ("student", "90214", "DOWN_STUDENT_FIELD_MISSING"),
        ("professor", "45", "DOWN_PROFESSOR_FIELD_MISSING"),
        ("professor", "46", "DOWN_PROFESSOR_EMAIL_DUPLICATE"),
        ("group", "1201", "DOWN_COURSE_NOT_RUN_YET"),
    ],
)
def test_explain_names_the_reason_and_the_line(
    world: World, kind: str, source_id: str, expected: str
) -> None:
    answer = run_explain(world, kind, source_id)
    assert (
        answer.returncode,
        expected in answer.stdout,
        "specs/ypareo.yaml:" in answer.stdout or "NOT_RUN" in expected,
    ) == (0, True, True), answer.stdout
    assert world.writes() == []


def run_explain(world: World, kind: str, source_id: str) -> subprocess.CompletedProcess[str]:
    return edusync("explain", str(world.file), kind, source_id, *of(world))


@pytest.mark.promise("P24")
def test_explain_tells_people_without_a_session_from_blocked_ones(world: World) -> None:
    world.simulation.seed.staff[50] = world.simulation.seed._staff(50)
    assert "DOWN_PERSON_NO_SESSION" in run_explain(world, "professor", "50").stdout
    for course in world.simulation.seed.courses.values():
        course["codesPersonnel"] = []
    assert "DOWN_PERSON_COURSES_BLOCKED" in run_explain(world, "student", "90211").stdout


def test_explain_says_what_stands_on_edusign(world: World) -> None:
    world.sync()
    assert "it was created by edusync" in run_explain(world, "course", "7712001").stdout


def test_check_says_what_works(world: World) -> None:
    good = run(world, "check")
    assert (
        good.returncode,
        good.stdout.count("bad"),
        "signed in to the school 'Sandbox'" in good.stdout,
        world.writes(),
    ) == (0, 0, True, [])
    world.simulation.closed = {"/salles"}
    assert run(world, "check").returncode == 0
    world.simulation.closed = {"/utilisateur/personnels"}
    bad = run(world, "check")
    assert (bad.returncode, "CONN_ERP_ACCESS_NOT_OPENED" in bad.stdout) == (5, True)


@pytest.mark.fault("F36")
@pytest.mark.parametrize(
    ("break_it", "code"),
    [
        (
            lambda world: world.write(
                connection={"url": world.erp_url + "/index.php", "apiKey": CANARY}
            ),
            5,
        ),
        (lambda world: world.write(connection={"url": "http://127.0.0.1:9", "apiKey": CANARY}), 5),
        (lambda world: world.write(connection={"url": "no-scheme", "apiKey": CANARY}), 2),
        (
            lambda world: world.write(
                connection={"url": world.erp_url, "apiKey": "${env:NOT_THERE}"}
            ),
            2,
        ),
        (lambda world: world.write(connection={"url": world.erp_url}), 2),
        (lambda world: world.write(options={"importTutor": True}), 2),
        (lambda world: world.write(options={"importTutors": "yes"}), 2),
        (lambda world: world.write(filters={"siteCode": [36]}), 2),
        (lambda world: world.write(filters={"siteCodes": [99]}), 2),
        (lambda world: world.write(spec="ypareoo"), 2),
        (
            lambda world: world.write(
                accounts=[{"name": "a", "edusign": {"base_url": world.edusign, "api_key": CANARY}}]
            ),
            5,
        ),
        (lambda world: world.write(accounts=[{"name": "a"}, {"name": "a"}]), 2),
        (lambda world: world.file.unlink(), 2),
        (
            lambda world: world.faults.active.append(
                Fault("array_message", verb="POST", path="/student")
            ),
            1,
        ),
        (lambda world: world.faults.active.append(Fault("502", times=9, path="/school")), 5),
        (
            lambda world: world.simulation.wsgi.view_functions.update(students=lambda: ("no", 500)),
            4,
        ),
    ],
    ids=[
        "key",
        "refused",
        "scheme",
        "env",
        "missing",
        "option",
        "type",
        "filter",
        "filter-id",
        "spec",
        "edusign-key",
        "twice",
        "no-file",
        "rejected",
        "edusign-down",
        "incomplete",
    ],
)
def test_each_trouble_has_its_exit_code_and_no_traceback(
    world: World, break_it: Callable[[World], Any], code: int
) -> None:
    break_it(world)
    ended = run(world, "sync")
    assert ended.returncode == code, ended.stdout + ended.stderr
    said = ended.stdout + ended.stderr
    assert ("Traceback" in said, CANARY in said, bool(said.strip())) == (False, False, True)
    stored = b"".join(file.read_bytes() for file in world.folder.glob("state.db*"))
    assert CANARY.encode() not in stored


def test_connector_file_mistakes_have_a_place_and_a_hint(world: World) -> None:
    world.file.write_text(
        "edusync: 1\nconnector: x\nspec: ypareo\nconnection:\n  url: nowhere\n  apiKei: "
        "a\naccounts:\n  - name: main\n    edusign: {api_key: plain}\n    filters: "
        "{siteCode: [1]}\n",
        encoding="utf-8",
    )
    found = checked("validate", edusync("validate", str(world.file), "--format", "json").stdout)[
        "findings"
    ]
    assert {(finding["code"], finding["line"], finding["column"]) for finding in found} == {
        ("CONF_FIELD_MISSING", 4, 1),
        ("CONF_URL_INVALID", 5, 8),
        ("CONF_UNKNOWN_KEY", 6, 3),
        ("CONF_SECRET_PLAIN", 9, 24),
        ("CONF_UNKNOWN_KEY", 10, 15),
    }
    assert all(finding["hint"] for finding in found)


def test_same_filter_id_on_two_accounts_is_a_warning(world: World) -> None:
    world.write(
        accounts=[
            {"name": "a", "filters": {"siteCodes": [36]}},
            {"name": "b", "filters": {"siteCodes": [36, 37]}},
        ]
    )
    ended = edusync("validate", str(world.file))
    assert (ended.returncode, "CONF_SCOPE_OVERLAP" in ended.stdout) == (0, True)


def test_validate_says_what_it_cannot_check(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "zero.yaml").symlink_to("/dev/zero")
    for name in ("pipe.yaml", "zero.yaml"):
        result = edusync("validate", str(tmp_path / name))
        assert (result.returncode, "neither a file nor a folder" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("text", "hint: did you mean 'key'?"),
        ("github", "::error file="),
        ("json", '"SPEC_UNKNOWN_KEY"'),
    ],
)
def test_validate_prints_for_people_and_machines(tmp_path: Path, form: str, expected: str) -> None:
    spec = (
        (bundled("specs") / "ypareo.yaml")
        .read_text(encoding="utf-8")
        .replace("key: codeSite", "kye: codeSite", 1)
    )
    (tmp_path / "mine.yaml").write_text(spec, encoding="utf-8")
    ended = edusync("validate", "mine.yaml", "--format", form, cwd=tmp_path)
    assert (ended.returncode, expected in ended.stdout) == (1, True), ended.stdout


@pytest.mark.parametrize(
    ("good", "bad", "count"),
    [
        ("key: id", "kye: id", "3 errors, 0 warnings"),
        ("resources:", "resources:\n  more: {get: /x, key: id}", "0 errors, 1 warning"),
    ],
)
@pytest.mark.parametrize(
    "files", [["own.yaml"], ["school.yaml"], ["own.yaml", "school.yaml"]], ids="+".join
)
def test_findings_of_a_spec_are_shown_once_whichever_file_is_named(
    tmp_path: Path, good: str, bad: str, count: str, files: list[str]
) -> None:
    spec = (bundled("specs") / "examples" / "cursus.yaml").read_text(encoding="utf-8")
    (tmp_path / "own.yaml").write_text(spec.replace(good, bad), encoding="utf-8")
    school = {
        "edusync": 1,
        "connector": "school",
        "spec": "own.yaml",
        "connection": {"url": "https://cursus.example", "key": "${file:key}"},
        "accounts": [{"name": "main", "edusign": {"api_key": "${file:key}"}}],
    }
    (tmp_path / "school.yaml").write_text(json.dumps(school), encoding="utf-8")
    (tmp_path / "key").write_text("k", encoding="utf-8")
    ended = edusync("validate", *files, cwd=tmp_path)
    assert ended.stdout.splitlines()[-1].split(": ")[1] == count


def test_installed_specs_are_valid() -> None:
    ended = edusync("validate")
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (
        0,
        "8 files checked: 0 errors, 0 warnings",
    )


def test_what_a_spec_takes_for_granted_is_shown_wherever_it_is_said() -> None:
    shown = edusync("connectors", "show", "aurion").stdout
    for words in (
        "the order of a date is that of imports",
        "the captions of the columns",
        "the words of a refused sign-in",
    ):
        assert words in shown


def test_connectors_are_listed_and_shown() -> None:
    listed = edusync("connectors")
    assert [
        "ammon" in listed.stdout,
        "ypareo" in listed.stdout,
        "edusync 0.1.0" in listed.stdout,
    ] == [True] * 3
    shown = edusync("connectors", "show", "ammon", "--lang", "fr")
    assert [
        "studentEmailType" in shown.stdout,
        "filterSessions" in shown.stdout,
        "Adresse e-mail utilisée" in shown.stdout,
        "taken for granted" in shown.stdout,
    ] == [True] * 4


def test_yaml_file_in_a_folder_is_a_connector(tmp_path: Path) -> None:
    spec = (
        (bundled("specs") / "ypareo.yaml")
        .read_text(encoding="utf-8")
        .replace("connector: ypareo", "connector: mine")
        .replace("label: Yparéo", "label: Mine")
    )
    (tmp_path / "mine.yaml").write_text(spec, encoding="utf-8")
    assert "mine" in edusync("connectors", "--spec-dir", str(tmp_path)).stdout
    assert "Mine" in edusync("connectors", "show", "mine", "--spec-dir", str(tmp_path)).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["plan"],
        ["plan", "nowhere.yaml"],
        ["sync", "--at", "yesterday", "x"],
        ["explain", "DOWN_NOTHING"],
        ["connectors", "show", "nobody"],
        ["demo", "--erp", "nobody"],
        ["sandbox", "nobody"],
        ["validate", "nowhere"],
    ],
)
def test_wrong_usage_ends_with_two_and_a_word(tmp_path: Path, arguments: list[str]) -> None:
    ended = edusync_process(*arguments, cwd=tmp_path)
    assert (ended.returncode, "Traceback" in ended.stderr, bool(ended.stderr.strip())) == (
        2,
        False,
        True,
    )


def test_code_is_explained() -> None:
    ended = edusync("explain", "DOWN_COURSE_NO_PROFESSOR")
    assert (ended.returncode, "What to do: Assign a professor" in ended.stdout) == (0, True)
    assert "For example: The class of Tuesday stands in the planning" in ended.stdout


@pytest.mark.parametrize(
    "erp",
    sorted(
        path.name.removesuffix(".yaml")
        for path in bundled("specs").iterdir()
        if path.name.endswith(".yaml")
    ),
)
def test_demo_plays_a_whole_day(tmp_path: Path, erp: str) -> None:
    ended = edusync("demo", "--erp", erp, cwd=tmp_path)
    assert ended.returncode == 0, ended.stderr
    for words in (
        "success: nothing was written",
        "deleted 1 course",
        "updated",
        "What to try next",
        "DOWN_COURSE_NO_PROFESSOR",
    ):
        assert words in ended.stdout
    assert (tmp_path / "edusync-demo" / f"{erp}.yaml").is_file()
    written = (tmp_path / "edusync-demo" / f"{erp}.yaml").read_text(encoding="utf-8")
    assert [secret for secret in ("sandbox-token", "sandbox-password") if secret in written] == []


def test_demo_can_be_played_again_in_its_folder(tmp_path: Path) -> None:
    played = [edusync("demo", "--erp", "ypareo", cwd=tmp_path) for _ in range(2)]
    assert [again.returncode for again in played] == [0, 0]


def test_demo_leaves_a_folder_with_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    ended = edusync("demo", "--folder", str(tmp_path))
    assert (ended.returncode, sorted(file.name for file in tmp_path.iterdir())) == (2, ["mine.txt"])


HEAVY = {
    "requests",
    "sqlalchemy",
    "rich",
    "jinja2",
    "jsonschema",
    "jsonschema_rs",
    "flask",
    "ruamel",
    "pluggy",
    "alembic",
    "orjson",
    "jmespath",
}


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_nothing_heavy_is_imported_at_start(argument: str) -> None:
    code = (
        f"import sys\nsys.argv = ['edusync', {argument!r}]\nfrom edusync.cli import main\ntry:\n "
        f"   main()\nfinally:\n    print(len(sys.modules), sorted(set(sys.modules) & {HEAVY!r}), "
        "file=sys.stderr)\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    count, _, heavy = ended.stderr.strip().partition(" ")
    assert (heavy, int(count) < 160) == ("[]", True), ended.stderr


NOT_FOR_SYNC = {
    *("alembic", "flask", "httpx", "icalendar", "jmespath", "jsonschema", "lxml", "openpyxl"),
    *("psycopg", "pymysql", "rich", "zeep", "edusync.engine.upward.steps", "edusync.lsp"),
    *("edusync.sandbox", "edusync.testing", "edusync.transport.files", "edusync.transport.soap"),
    *("edusync.app.authoring", "edusync.app.console", "edusync.app.explaining", "edusync.web"),
    *("edusync.app.runner", "edusync.app.setup", "edusync.app.runs.upward"),
}
"""What `sync` of an ERP over HTTP has no use for at its start: other ways to an ERP, other
databases, what explains mistakes, the way up, and what other commands do."""


def test_sync_imports_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    """The start that `benchmarks/run.py` measures, with a store that is opened."""
    spec, store = str(Path("specs/ypareo.yaml").resolve()), str(tmp_path / "state.db")
    code = (
        "import sys\nimport edusync.cli.sync\nfrom edusync.app.runs.sync import sync\n"
        "from edusync.plugins import load_registry\nfrom edusync.spec import load_spec\n"
        "from edusync.state.open import open_store\nload_registry()\n"
        f"text = open({spec!r}, encoding='utf-8').read()\nassert load_spec(text, 'y')[0]\n"
        f"open_store({store!r})\n"
        f"print(sorted(name for name in {NOT_FOR_SYNC!r} if name in sys.modules))"
    )
    _new_store, ended = [  # a store is made by alembic
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    ]
    assert ended.stdout.strip() == "[]"
    ours = [name for name in NOT_FOR_SYNC if name.startswith("edusync.")]
    assert [name for name in ours if find_spec(name) is None] == []


def test_help_stays_as_it_is(file_regression: Any) -> None:
    from edusync.cli import COMMANDS

    pages = [
        edusync_process("--help").stdout,
        *(edusync_process(name, "--help").stdout for name in sorted(COMMANDS)),
    ]
    file_regression.check("\n".join(pages), extension=".txt", basename="help")


def test_demo_of_a_console_that_is_not_installed_says_so_before_it_plays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edusync.cli.web.is_installed", lambda: False)
    ended = edusync("demo", "--web", "--folder", str(tmp_path / "town"))
    assert ended.returncode == 2
    assert "pip install 'edusync[web]'" in ended.stderr
    assert not (tmp_path / "town").exists()
