"""Every case with several writes under way at once: what happens, and what a run says of it in
which order, is what the golden file says; only the order of the writes within a kind is free.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from edusync.testing import Case
from edusync.testing.cases import find_cases

ROOT = Path(__file__).parents[2]
CASES = [
    case
    for case in find_cases(ROOT / "tests" / "connectors", (ROOT / "specs" / "examples",))
    if case.golden.is_file()
]


@pytest.fixture(autouse=True)
def invented_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")


def named(value: Any, names: dict[str, str]) -> Any:
    """Return what Edusign holds with the ids of the ERP in place of Edusign's, in no order."""
    if isinstance(value, dict):
        return {
            key: named(inner, names)
            for key, inner in value.items()
            if key not in ("ID", "USERNAME")
        }
    if isinstance(value, list):
        return sorted((named(inner, names) for inner in value), key=_text)
    return names.get(value, value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=str)


def told(found: dict[str, Any]) -> dict[str, Any]:
    """Return what a case gave, without what depends on who was first."""
    held = found.get("edusign") or {}
    names = {
        row["ID"]: f"{kind} {row.get('API_ID') or row.get('EMAIL') or row.get('NAME')}"
        for kind, rows in held.items()
        for row in rows
        if isinstance(row, dict) and "ID" in row
    }
    writes = Counter(
        re.sub(r"/(?=[a-z-]*\d)[\w-]+(?=/|\?|$)", "/:id", one.removeprefix("/v1"))
        for one in found.get("edusign_writes", ())
    )
    return {**found, "edusign": named(held, names), "edusign_writes": writes}


@pytest.mark.walk(every=4)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_ends_as_its_golden_file_says_with_four_writes_at_once(case: Case) -> None:
    golden = YAML(typ="safe").load(case.golden.read_text(encoding="utf-8"))
    assert told(case.run(at_once=4)) == told(golden)
