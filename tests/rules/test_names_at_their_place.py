"""Names of recorded rows count at their place: a word that stands elsewhere is no excuse."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from edusync.app.files.recordings import recorded
from edusync.engine.read.names_there import is_name
from edusync.registry import Registry
from edusync.spec import load_spec
from edusync.spec.due import names_due
from edusync.spec.recorded import Recorded

SPECS = Path(__file__).parents[2] / "specs"
FILES = sorted([*SPECS.glob("*.yaml"), *SPECS.glob("examples/*.yaml")])
CODE = "SPEC_PATH_NOT_RECORDED"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_name_that_rows_of_a_list_lack_is_found_at_its_place(
    file: Path, registry: Registry, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every word stands in the recordings, and each list has rows with other names."""
    answers, text = recorded(file), file.read_text(encoding="utf-8")
    assert answers is not None
    spec, _ = load_spec(text, file.name, registry.functions)
    assert spec is not None
    due = names_due(spec)
    expected = {
        (one.location.line, one.location.column)
        for name, tree in due.trees.items()
        for one in tree.names()
        if one.is_expected and one.location and one.path in answers.rows.get(name, ())
    }
    others = {
        name: [f"{above}another" for above in {path[: path.rfind(".") + 1] for path in paths}]
        for name, paths in answers.rows.items()
    }
    _, document = load_spec(text, file.name, registry.functions, Recorded(answers.text, others))
    found = {
        (finding.location.line, finding.location.column)
        for finding in document.findings
        if finding.code == CODE
    }
    with capsys.disabled():
        sys.stdout.write(f"\n{file.stem}: {len(expected)} names at their places\n")
    assert len(expected) > 5
    assert expected - found == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_names_of_rows_are_names_and_hold_nobody(file: Path) -> None:
    answers = recorded(file)
    assert answers is not None
    names = {path for paths in answers.rows.values() for path in paths}
    assert [name for name in names if not is_name(name)] == []


def test_name_that_only_another_list_has_is_found_with_the_nearest_one(registry: Registry) -> None:
    file = SPECS / "ypareo.yaml"
    text = file.read_text(encoding="utf-8").replace(
        "first_name: prenom\n", "first_name: prenomApprenant\n", 1
    )
    _, document = load_spec(text, file.name, registry.functions, recorded(file))
    (found,) = (one for one in document.findings if one.code == CODE)
    assert found.message == "no recorded row of 'formateurs' has 'prenomApprenant'"
    assert "prenom" in str(found.hint).split(", ")


@pytest.mark.parametrize("key", ["a@ecole.test", "4711", "2026-03-16", "x" * 81])
def test_keys_that_are_data_are_no_names(key: str) -> None:
    assert not is_name(key)
