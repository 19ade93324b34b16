"""The files of a case are checked like a spec: line, column, and the nearest word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edusync.app.authoring.language_answers import EXCHANGES, case_keys
from edusync.app.files.exchanges import check_exchanges
from edusync.sandbox.edusign.play import STATES
from edusync.spec.schema_check import schema_text
from tests.support.commands import edusync

CASE = """\
shows: x
at: 2026-03-16T11:30
connector: {spec: horizon, connection: {}}
attendance:
  at: 2026-03-17T18:00
  sheets:
    - course: 1
      students:
        101: STATE
"""
AMISS = {
    "presnt": ("9:14", "did you mean 'present'?"),
    "vanished": ("9:14", "write present, absent or pending"),
    "late 12": ("9:14", "{late: 12}"),
    "late": ("9:14", "{late: 12}"),
    "{laet: 12}": ("9:15", "unknown key 'laet'"),
    "{late: soon}": ("9:21", "expected a whole number"),
    "{late: -1}": ("9:21", "outside what is allowed"),
    '{left: "25:00"}': ("9:21", "time of day"),
    "{}": ("9:14", "outside what is allowed"),
}
MISSPELT = {name: f"{name[:-1]}x{name[-1]}" for name in ("request", "answer", "path", "verb")}
MISSPELT |= {"query": "qurey", "body": "bdoy", "status": "staus", "json": "jsno", "text": "txet"}
MISSPELT |= {"headers": "hedaers", "sql": "sqll", "values": "valeus", "rows": "rwos"}
WHOLE = """\
- request: {verb: POST, path: /a, query: {b: 1}, body: {c: 2}}
  answer: {status: 201, headers: {X-D: e}, json: {f: 3}}
- request: {path: /g}
  answer: {text: h}
- request: {sql: "select :i", values: {i: 4}}
  answer: {rows: [{k: 5}]}
"""


def case_in(folder: Path, state: str = "present", exchanges: str = EXCHANGES) -> None:
    (folder / "case.yaml").write_text(CASE.replace("STATE", state), encoding="utf-8")
    (folder / "exchanges.yaml").write_text(exchanges, encoding="utf-8")


@pytest.mark.parametrize(("state", "found"), AMISS.items(), ids=AMISS)
def test_state_that_is_none_is_found_at_its_place(
    tmp_path: Path, state: str, found: tuple[str, str]
) -> None:
    case_in(tmp_path, state)
    for told in (edusync("validate", ".", cwd=tmp_path), edusync("test", ".", cwd=tmp_path)):
        assert (told.returncode, f"case.yaml:{found[0]}: error" in told.stdout) == (1, True), (
            told.stdout
        )
        assert found[1] in told.stdout


def test_states_of_a_case_are_those_of_the_sandbox(tmp_path: Path) -> None:
    schema: Any = json.loads(schema_text("case"))
    sheets = schema["properties"]["attendance"]["properties"]["sheets"]["items"]
    what = sheets["properties"]["students"]["additionalProperties"]
    assert what["else"]["properties"].keys() == set(STATES)
    assert tuple(what["then"]["enum"]) == STATES[:3]
    for state in ("present", "{late: 5, left: 30}", '{left: "11:15", comment: x}'):
        case_in(tmp_path, state)
        assert edusync("validate", ".", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize(("word", "misspelt"), MISSPELT.items(), ids=MISSPELT)
def test_every_key_of_exchanges_that_is_misspelt_is_found(
    tmp_path: Path, word: str, misspelt: str
) -> None:
    assert {name.rpartition(".")[2] for name in case_keys("exchanges")} == MISSPELT.keys()
    case_in(tmp_path, exchanges=WHOLE.replace(f"{word}:", f"{misspelt}:", 1))
    told = edusync("validate", ".", cwd=tmp_path)
    lines = WHOLE.splitlines()
    line = next(number for number, text in enumerate(lines, 1) if f"{word}:" in text)
    column = lines[line - 1].index(f"{word}:") + 1
    place = f"exchanges.yaml:{line}:{column}: error CONF_UNKNOWN_KEY: unknown key '{misspelt}'"
    assert (told.returncode, place in told.stdout) == (1, True), told.stdout
    assert f"did you mean '{word}'?" in told.stdout


@pytest.mark.parametrize("text", [EXCHANGES, WHOLE, "", "# nothing yet\n"])
def test_exchanges_that_are_right_are_taken(text: str) -> None:
    assert check_exchanges(text, "exchanges.yaml").findings == []


@pytest.mark.parametrize(
    "text", ["- [1", "a: 1", "- 7", "- request: 7\n  answer: {}", "- request: {}\n  answer: {}"]
)
def test_exchanges_that_are_none_are_named(tmp_path: Path, text: str) -> None:
    case_in(tmp_path, exchanges=text)
    told = edusync("validate", ".", cwd=tmp_path)
    assert (told.returncode, "exchanges.yaml:1:" in told.stdout) == (1, True), told.stdout


def test_help_has_the_keys_of_exchanges() -> None:
    told = edusync("help", "exchanges").stdout
    assert [name for name in case_keys("exchanges") if name not in told] == []
    assert "attendance.sheets.students.late" in edusync("help", "case").stdout
