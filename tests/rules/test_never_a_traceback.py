"""Whatever stands at a place of a spec, what comes out is findings: another kind of data, nothing
at all, another key.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from edusync.app.files.recordings import recorded
from edusync.spec import load_spec
from edusync.spec.document import read_document
from tests.support.walks import Sample

if TYPE_CHECKING:
    from edusync.diagnostics import Route
    from edusync.registry import Registry

ROOT = Path(__file__).parents[2]
SPECS = sorted((*(ROOT / "specs").glob("*.yaml"), *(ROOT / "specs" / "examples").glob("*.yaml")))
INSTEAD: tuple[Any, ...] = ("nope9", 7, None, ["nope9", {"a": "b"}], {"nope9": "x", "b": {"c": 1}})
WAYS = (*range(len(INSTEAD)), "nothing", "another key")


@pytest.mark.walk(every=134)
@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_anything_at_any_place_is_findings(file: Path, registry: Registry, sample: Sample) -> None:
    text = file.read_text(encoding="utf-8")
    document, answers = read_document(text, file.name), recorded(file)
    places = sorted({*document.keys, *document.values} - {()}, key=str)
    for route, way in sample(product(places, WAYS)):
        # JSON is YAML in one line, and written twenty times as fast
        planted = json.dumps(_with_mistake(read_document(text, file.name).data, route, way))
        spec, found = load_spec(planted, file.name, registry.functions, answers)
        assert (spec is None) == found.has_errors, (route, way, found.findings)
        assert all(finding.message and finding.hint for finding in found.findings), (route, way)


def _with_mistake(data: Any, route: Route, way: int | str) -> Any:
    above = data
    for step in route[:-1]:
        above = above[step]
    if isinstance(way, int):
        above[route[-1]] = INSTEAD[way]
    elif way == "nothing" or isinstance(above, list):
        del above[route[-1]]
    else:
        above[f"{route[-1]}q"] = above.pop(route[-1])
    return data
