"""`writeback --plan` shows what is sent: the bodies of a plan are those of the golden file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from edusync.app.runs.writeback import Result, plan_writeback
from edusync.testing import case_up
from edusync.testing.cases import Case

HERE = Path(__file__).parent
CASES = (
    *("aimaira/up-states", "aimaira/up-options-off", "aimaira/up-planning-not-completed"),
    *("ammon/up-late-and-left", "ammon/up-states", "fca/up-states", "fca/up-options-off"),
    *("fca/up-default-reason", "ypareo/up-states", "ypareo/up-reason-unknown"),
)


@pytest.fixture(autouse=True)
def invented_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")


@pytest.mark.parametrize("name", CASES)
def test_plan_shows_the_bodies_that_are_sent(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planned = plans(monkeypatch)
    case = Case(HERE / name, (HERE.parents[1] / "specs/examples",))
    case.run()
    golden = YAML(typ="safe").load(case.golden.read_text(encoding="utf-8"))
    sent = [body for one in golden["attendance"]["sent"] for body in one.values()]
    would = [one for account in planned[0].accounts for one in account.would]
    assert [one.note for one in would] == [None] * len(would)
    bodies = json.loads(json.dumps([one.body for one in would], default=str))
    assert bodies
    assert [body or "" for body in bodies] == [body or "" for body in sent[-len(bodies) :]]
    assert "canary" not in json.dumps(planned[0].as_dict(), default=str)


def plans(monkeypatch: pytest.MonkeyPatch) -> list[Result]:
    """Let cases plan in place of sending; return what is planned."""
    planned: list[Result] = []

    def plan(*given: Any) -> Result:
        planned.append(plan_writeback(*given))
        return planned[-1]

    monkeypatch.setattr(case_up, "write_back", plan)
    return planned


def test_statements_are_shown_with_their_values(monkeypatch: pytest.MonkeyPatch) -> None:
    planned = plans(monkeypatch)
    Case(HERE / "scform/up-states").run()
    would = [one for account in planned[0].accounts for one in account.would]
    assert len(would) == 11
    assert all(one.body["sql"].startswith(("delete from", "insert into")) for one in would)
    assert {one.body["values"].get("type", "A") for one in would} <= set("ARED")


def test_file_is_shown_line_by_line(monkeypatch: pytest.MonkeyPatch) -> None:
    planned = plans(monkeypatch)
    case = Case(HERE / "adesoft/up-states")
    case.run()
    golden = YAML(typ="safe").load(case.golden.read_text(encoding="utf-8"))
    would = [one for account in planned[0].accounts for one in account.would]
    files = golden["attendance"]["files"]
    assert {one.call.removeprefix("FILE "): one.body for one in would} == files
