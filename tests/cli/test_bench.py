"""The integrator's bench: validate with its outputs and its ignores, schemas, and cases without
pytest.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import commands

ROOT = Path(__file__).parents[2]
WARNED = """\
edusync: 1
connector: demo
label: Demo
transport: {kind: http, base_url: "{{ connection.url }}"}
formats:
  day: {kind: date, pattern: iso}  # edusync: ignore[SPEC_FORMAT_UNUSED] the next version needs it
resources:
  people: {get: /people, as: {from: iso, to: iso}, key: id}
  # edusync: ignore[SPEC_LIST_UNUSED] read by hand for now
  rooms: {get: /rooms}
entities:
  professor: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  course: {from: people, source_id: id, name: title, starts_at: from, ends_at: to,
      professors: teacher}
connection: {url: {type: url, label: URL}}
"""


def edusync(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return commands.edusync(*arguments, cwd=folder)


def test_comment_silences_a_warning_on_its_line_or_the_next(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text(WARNED, encoding="utf-8")
    checked = edusync(tmp_path, "validate", "demo.yaml", "--strict")
    assert (checked.returncode, checked.stdout) == (0, "1 file checked: 0 errors, 0 warnings\n")


@pytest.mark.parametrize(
    ("good", "bad", "line", "words"),
    [
        (
            "ignore[SPEC_FORMAT_UNUSED] the",
            "ignore[SPEC_LIST_UNUSED] the",
            6,
            "nothing here has it",
        ),
        ("[SPEC_LIST_UNUSED] read by hand for now", "[SPEC_LIST_UNUSED]", 9, "says no reason"),
        (
            "label: Demo",
            "label: Demo  # edusync: ignore[SPEC_VERSION] why not",
            3,
            "nothing here has it",
        ),
    ],
)
def test_comment_that_silences_nothing_or_gives_no_reason_is_reported(
    tmp_path: Path, good: str, bad: str, line: int, words: str
) -> None:
    (tmp_path / "demo.yaml").write_text(WARNED.replace(good, bad), encoding="utf-8")
    found = json.loads(edusync(tmp_path, "validate", "demo.yaml", "--format", "json").stdout)[
        "findings"
    ]
    assert [
        (one["line"], words in one["message"])
        for one in found
        if one["code"] == "SPEC_IGNORE_UNUSED"
    ] == [(line, True)]


def test_errors_cannot_be_silenced(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text(
        WARNED.replace("edusync: 1", "edusync: 2  # edusync: ignore[SPEC_VERSION] soon", 1),
        encoding="utf-8",
    )
    checked = edusync(tmp_path, "validate", "demo.yaml")
    assert (
        checked.returncode,
        "SPEC_VERSION" in checked.stdout,
        "errors cannot be ignored" in checked.stdout,
    ) == (1, True, True)


def test_strict_turns_warnings_into_findings(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text(
        WARNED.replace("  # edusync: ignore[SPEC_FORMAT_UNUSED] the next version needs it", ""),
        encoding="utf-8",
    )
    assert [
        edusync(tmp_path, "validate", "demo.yaml", *more).returncode for more in ((), ("--strict",))
    ] == [0, 1]


def test_sarif_names_rule_file_and_place(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text(
        WARNED.replace("label: Demo", "labl: Demo"), encoding="utf-8"
    )
    run = json.loads(edusync(tmp_path, "validate", "demo.yaml", "--format", "sarif").stdout)[
        "runs"
    ][0]
    found = next(result for result in run["results"] if result["ruleId"] == "SPEC_UNKNOWN_KEY")
    place = found["locations"][0]["physicalLocation"]
    assert (found["level"], place["artifactLocation"]["uri"], place["region"]) == (
        "error",
        "demo.yaml",
        {"startLine": 3, "startColumn": 1},
    )
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {
        result["ruleId"] for result in run["results"]
    }


@pytest.mark.parametrize("kind", ["spec", "connector", "case", "exchanges"])
def test_schema_is_printed_as_it_is_shipped(tmp_path: Path, kind: str) -> None:
    assert edusync(tmp_path, "schema", kind).stdout == (
        ROOT / "schemas" / f"{kind}.v1.schema.json"
    ).read_text(encoding="utf-8")


def test_case_file_is_checked_like_a_spec(tmp_path: Path) -> None:
    (tmp_path / "case.yaml").write_text(
        "shows: x\nat: 2026-03-16T11:30\nconector: {spec: ypareo, connection: {}}\n",
        encoding="utf-8",
    )
    checked = edusync(tmp_path, "validate", ".")
    assert (
        checked.returncode,
        "case.yaml:3:1" in checked.stdout,
        "did you mean 'connector'" in checked.stdout,
    ) == (1, True, True)


def test_cases_run_without_pytest_and_are_updated_on_demand(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests" / "connectors" / "horizon", tmp_path / "cases" / "horizon")
    (tmp_path / "specs").mkdir()
    shutil.copy(ROOT / "specs" / "examples" / "horizon.yaml", tmp_path / "specs" / "horizon.yaml")
    shutil.copytree(ROOT / "specs" / "examples" / "recorded", tmp_path / "specs" / "recorded")
    good = edusync(tmp_path, "test")
    count = len(list((tmp_path / "cases/horizon").glob("*/case.yaml")))
    assert (good.returncode, f"{count} cases: {count} as expected" in good.stdout) == (0, True), (
        good.stdout + good.stderr
    )
    golden = tmp_path / "cases" / "horizon" / "nominal" / "expected.yml"
    golden.write_text(
        golden.read_text(encoding="utf-8").replace("exit: 0", "exit: 1"), encoding="utf-8"
    )
    bad = edusync(tmp_path, "test", "cases/horizon/nominal")
    assert (bad.returncode, "-exit: 1" in bad.stdout, "+exit: 0" in bad.stdout) == (
        1,
        True,
        True,
    ), bad.stdout
    assert [
        edusync(tmp_path, "test", "cases/horizon/nominal", *more).returncode
        for more in (("--update",), ())
    ] == [0, 0]


def test_rare_names_of_the_cases_are_compared_and_written_beside_the_spec(tmp_path: Path) -> None:
    spec, rare = tmp_path / "specs/horizon.yaml", tmp_path / "specs/recorded/horizon.json"
    spec.parent.mkdir()
    shutil.copy(ROOT / "specs/examples/horizon.yaml", spec)
    home = tmp_path / "cases/horizon"
    for name in ("nominal", "empty"):
        shutil.copytree(ROOT / "tests/connectors/horizon" / name, home / name)
    shutil.copy(ROOT / "tests/connectors/horizon/exchanges.yaml", home)
    shipped = json.loads((ROOT / "specs/examples/recorded/horizon.json").read_text("utf-8"))

    one = edusync(tmp_path, "test", "cases/horizon/nominal")
    assert (one.returncode, "horizon.json" in one.stdout) == (0, False)
    missing = edusync(tmp_path, "test", "specs/horizon.yaml")
    assert (missing.returncode, "differs specs/recorded/horizon.json" in missing.stdout) == (
        1,
        True,
    )
    assert edusync(tmp_path, "test", "--update").returncode == 0
    assert json.loads(rare.read_text("utf-8")).items() <= shipped.items()
    assert edusync(tmp_path, "test").returncode == 0

    rare.write_text('{"people": ["family_name"]}', encoding="utf-8")
    (home / "exchanges.yaml").write_text("[]", encoding="utf-8")
    broken = edusync(tmp_path, "test", "--update")
    assert (broken.returncode, "people" in json.loads(rare.read_text("utf-8"))) == (1, True)


def test_spec_without_cases_says_so(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text(WARNED, encoding="utf-8")
    told = edusync(tmp_path, "test", "demo.yaml")
    assert (told.returncode, "there are no cases here" in told.stderr) == (2, True)


def test_try_shows_rows_as_sent_kept_and_dropped_and_the_line_of_each_value() -> None:
    shown = edusync(
        ROOT, "try", "specs/aimaira.yaml", "--resource", "evenements", "--limit", "20", "--no-color"
    )
    assert shown.returncode == 0, shown.stderr
    spec = (ROOT / "specs" / "aimaira.yaml").read_text(encoding="utf-8").splitlines()
    line = next(
        number for number, text in enumerate(spec, start=1) if "DOWN_COURSE_CANCELLED" in text
    )
    start = next(
        number for number, text in enumerate(spec, start=1) if text.strip() == "starts_at: Debut"
    )
    assert "evenements  13 sent, 11 kept, 2 dropped\n" in shown.stdout, shown.stdout
    assert f"DOWN_COURSE_CANCELLED  [specs/aimaira.yaml:{line}]" in shown.stdout
    assert f"[specs/aimaira.yaml:{start}]" in shown.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("specs/aimaira.yaml", "--resource", "evenement"), "did you mean 'evenements'"),
        (("specs/aimaira.yaml", "--case", "nominl"), "no case 'nominl'"),
    ],
)
def test_try_says_what_is_not_there(arguments: tuple[str, ...], words: str) -> None:
    told = edusync(ROOT, "try", *arguments)
    assert (told.returncode, words in told.stderr) == (2, True), told.stderr


@pytest.mark.parametrize(
    "erp", ["adesoft", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo"]
)
def test_try_reads_every_shipped_spec_from_its_recording(erp: str) -> None:
    shown = edusync(ROOT, "try", f"specs/{erp}.yaml", "--limit", "1")
    assert (shown.returncode, "\ncourse  " in shown.stdout) == (0, True), (
        shown.stderr + shown.stdout[-500:]
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_the_shell(tmp_path: Path, shell: str) -> None:
    printed = edusync(tmp_path, "completion", shell)
    assert (printed.returncode, f"_EDUSYNC_COMPLETE={shell}_complete" in printed.stdout) == (
        0,
        True,
    )


def test_commands_and_options_are_completed(tmp_path: Path) -> None:
    def completed(words: str, position: int) -> list[str]:
        env = {
            **os.environ,
            "_EDUSYNC_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(position),
        }
        command = [
            sys.executable,
            "-c",
            "from edusync.cli import main; import sys; sys.argv = ['edusync']; main()",
        ]
        told = subprocess.run(
            command, capture_output=True, text=True, timeout=60, cwd=tmp_path, env=env, check=False
        ).stdout
        return [line.partition(",")[2] for line in told.splitlines()]

    assert completed("edusync wri", 1) == ["writeback"]
    assert "--resend" in completed("edusync writeback --re", 2)
