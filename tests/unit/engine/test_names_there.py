"""Where a name is missing, the names that rows do have are told: keys alone, the nearest first."""

from __future__ import annotations

from typing import Any

import pytest

from edusync.engine.read.names_there import NAMED, is_name, names_there

ROWS = [{"mail": "a@ecole.test", "nom": "Roy", "codePersonnel": 42}] * 2


@pytest.mark.parametrize(
    ("rows", "steps", "said"),
    [
        (ROWS, ["email"], "mail, nom, codePersonnel"),
        ([{"who": {"nom": "Roy"}}, {"who": None}], ["who", "name"], "nom"),
        ([{"who": [{"nom": "Roy"}]}], ["who", "name"], "nom"),
        ([{"who": "Roy"}], ["who", "name"], ""),
        ([{"parent": {}, "lists": {}, "nom": "Roy"}], ["name"], "nom"),
        ([{"name.of": 1}, {"name.of": 2}], ["name.off"], "name.of"),
        ([{"who": {"a@ecole.test": 1, "7": 2}}], ["who", "name"], ""),
        ([{"by": {"Roy": 1}}, {"by": {"Petit": 1}}, {"by": {"Blanc": 2}}], ["by", "name"], ""),
    ],
)
def test_names_beside_the_missing_one(rows: list[Any], steps: list[str], said: str) -> None:
    assert names_there(rows, steps, {"parent", "lists"}) == said


def test_many_names_are_counted() -> None:
    row = {f"column{letter}": 1 for letter in "abcdefgh"}
    said = names_there([row], ["column"], ())
    assert said.count("column") == NAMED
    assert said.endswith(f" and {len(row) - NAMED} more")


@pytest.mark.parametrize("key", ["a@ecole.test", "90211", "x" * 81])
def test_what_is_data_is_no_name(key: str) -> None:
    assert not is_name(key)
    assert names_there([{key: 1, "nom": 2}], ["name"], ()) == "nom"
