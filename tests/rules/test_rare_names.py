"""Names that only some rows have: the files beside the specs know them, and may miss from all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from edusync.app.files.specs import names_in, rare_file
from edusync.engine.read.bearing import Bearing
from edusync.spec.tree import Resource
from edusync.testing.cases import find_cases
from edusync.testing.rare_names import rare_names

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "specs/examples"
SPECS = sorted([*EXAMPLES.glob("*.yaml"), *(ROOT / "specs").glob("*.yaml")])


def rare_in(file: Path) -> dict[str, list[str]]:
    """Return the names that the file beside a spec says are rare, by list."""
    found = names_in(rare_file(file).read_text(encoding="utf-8"))
    return {name: kinds["rare"] for name, kinds in found.items() if kinds["rare"]}


RARE = [file for file in SPECS if rare_in(file)]


def without(value: Any, path: list[str]) -> None:
    """Take a name out of a row, wherever the rows of its lists hold it."""
    if isinstance(value, list):
        for item in value:
            without(item, path)
    elif isinstance(value, dict):
        if len(path) == 1:
            value.pop(path[0], None)
        else:
            without(value.get(path[0]), path[1:])


@pytest.mark.parametrize("file", RARE, ids=lambda file: file.stem)
def test_rare_names_may_be_missing_from_every_row(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rare = rare_in(file)
    watched = Bearing.watched

    def stripped(bearing: Bearing, resource: Resource, rows: Iterator[Any]) -> Iterator[Any]:
        def less() -> Iterator[Any]:
            for row in rows:
                for path in rare.get(resource.name, ()):
                    without(row, path.split("."))
                yield row

        return watched(bearing, resource, less())

    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    monkeypatch.setattr(Bearing, "watched", stripped)
    folder = ROOT / "tests/connectors" / file.stem / "nominal"
    (case,) = find_cases(folder, (EXAMPLES,))
    try:
        events = case.run().get("events", [])
    except AssertionError:  # what hangs on the name is not asked for any more
        events = []
    assert not [line for line in events if "NEVER_SEEN" in line or "UNDECIDED" in line]


@pytest.mark.walk(every=11)
@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_file_of_rare_names_says_what_the_cases_show(file: Path) -> None:
    cases = find_cases(ROOT / "tests/connectors" / file.stem, (EXAMPLES,))
    assert json.loads(rare_file(file).read_text(encoding="utf-8")) == rare_names(cases)
