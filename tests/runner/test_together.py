"""A folder of connector files is checked as a whole; each mistake is named at its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edusync.app.authoring.validate import validate

BASE = {"base_url": "https://ext.edusign.example"}


def write(folder: Path, file: str, name: str, key: str, **more: Any) -> None:
    """Write a connector file, one key a line."""
    (folder / f"{key}.key").write_text(key)
    url = f"https://{more.pop('erp', 'erp')}.example"
    data = {
        "edusync": 1,
        "connector": name,
        "spec": "ypareo",
        "connection": {"url": url, "apiKey": "${file:e.key}"},
        "accounts": [
            {"name": "main", "edusign": {**BASE, "api_key": f"${{file:{key}.key}}"}, **more}
        ],
    }
    (folder / "e.key").write_text("x")
    (folder / file).write_text(json.dumps(data, indent=1), encoding="utf-8")


def found(folder: Path) -> list[tuple[str, str, int, str]]:
    _, findings = validate([folder], ())
    return [(f.code, Path(f.location.file).name, f.location.line, f.message) for f in findings]


def test_files_that_go_together_are_quiet(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "a", "one", filters={"siteCodes": ["1"]})
    write(tmp_path, "b.yaml", "b", "two", filters={"siteCodes": ["2"]})
    write(tmp_path, "c.yaml", "c", "three", erp="other")
    assert found(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "key", "more", "code", "line"),
    [
        ("a", "two", {"erp": "other"}, "CONF_CONNECTOR_TWICE", 3),
        ("b", "one", {"erp": "other"}, "CONF_KEY_SHARED", 14),
        ("b", "two", {"filters": {"siteCodes": ["1"]}}, "CONF_SCOPE_OVERLAP", 16),
        ("b", "two", {}, "CONF_SCOPE_OVERLAP", 10),
    ],
)
def test_what_two_files_share_is_named_at_the_second(
    name: str, key: str, more: dict[str, Any], code: str, line: int, tmp_path: Path
) -> None:
    write(tmp_path, "a.yaml", "a", "one", filters={"siteCodes": ["1"]})
    write(tmp_path, "b.yaml", name, key, **more)
    assert [one[:3] for one in found(tmp_path)] == [(code, "b.yaml", line)]


def test_the_file_of_a_project_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "connectors").mkdir()
    (tmp_path / "edusync.yaml").write_text("edusync: 1\nstor: x\n", encoding="utf-8")
    assert [one[:3] for one in found(tmp_path)] == [("CONF_UNKNOWN_KEY", "edusync.yaml", 2)]
