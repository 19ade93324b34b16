"""Each recipe of the documents is run: its list, its YAML on top of the spec of the page."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from edusync.model import PARIS
from edusync.testing import Case
from tests.support.commands import edusync

PAGE = (Path(__file__).parents[2] / "docs/how-to/recipes.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (.+)\n((?:(?!^## ).*\n)+)", PAGE, re.MULTILINE))
COMMON = SECTIONS.pop("The spec of this page")
FILE = re.compile(r"^`([\w.]+)`:\n\n```\w*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def block(text: str, before: str) -> str:
    found = re.search(before + r"```(?:yaml)?\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert found is not None, before
    return found[1]


def laid_over(base: Any, more: Any) -> Any:
    """Return a spec with a recipe on top; what says where a list comes from replaces what was."""
    found = {**base}
    for key, value in more.items():
        deep = isinstance(value, dict) and isinstance(base.get(key), dict)
        inside = key in {"formats", "resources", "entities", "lessons", "course", "student"}
        found[key] = laid_over(base[key], value) if deep and inside else value
    return found


@pytest.mark.parametrize("name", SECTIONS)
def test_recipe_gives_what_the_page_says(name: str, tmp_path: Path) -> None:
    recipe, yaml = SECTIONS[name], YAML(typ="safe")
    files = dict(FILE.findall(COMMON)) | dict(FILE.findall(recipe))
    spec = laid_over(yaml.load(files.pop("spec.yaml")), yaml.load(block(recipe, r"^```\n\n")))
    (tmp_path / "school.yaml").write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")
    told = edusync("validate", "school.yaml", cwd=tmp_path).stdout
    findings = [line for line in told.splitlines() if line.startswith("school.yaml:")]
    assert [line for line in findings if "SPEC_FORMAT_UNUSED" not in line] == []
    case = tmp_path / "cases/school/recipe"
    (case / "files").mkdir(parents=True)
    for file, text in files.items():
        (case / "files" / file).write_text(text, encoding="utf-8")
    connector = {"spec": "school", "connection": {"folder": "CASE_FOLDER"}}
    told_case = {"shows": name, "at": "2026-03-16T11:30", "connector": connector}
    (case / "case.yaml").write_text(json.dumps(told_case), encoding="utf-8")
    run = Case(case, (tmp_path,)).run()
    assert [line for line in run["events"] if not line.startswith("info")] == []
    assert sheets(run["edusign"]) == block(recipe, "Gives:\n\n").splitlines()


def sheets(held: dict[str, Any]) -> list[str]:
    ids = {row["ID"]: row["API_ID"] for row in held["students"]}
    return sorted(
        f"{local(row['START']):%Y-%m-%d %H:%M}-{local(row['END']):%H:%M} {row['NAME']}: "
        + " ".join(sorted(ids[who] for who in row["STUDENTS"]))
        for row in held["courses"]
    )


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(PARIS)
