"""The schema says what the classes of the tree declare."""

from __future__ import annotations

import json
from pathlib import Path

from edusync.app.authoring.reference import spec_page, spec_schema_file
from edusync.spec.language.filters import BUILT_IN

ROOT = Path(__file__).parents[3]


def test_schema_that_is_shipped_is_what_the_classes_declare() -> None:
    shipped = (ROOT / "schemas" / "spec.v1.schema.json").read_text(encoding="utf-8")
    assert shipped == spec_schema_file(), "run: just reference"


def test_every_key_that_is_declared_says_what_it_means() -> None:
    paging = json.loads(spec_schema_file())["$defs"]["paging"]
    for branch in paging["allOf"]:
        for name, key in branch["then"]["properties"].items():
            assert name == "kind" or "$ref" in key or key["description"]


def test_every_filter_stands_in_the_reference_with_what_it_does() -> None:
    section = spec_page().partition("## Filters")[2]
    for name, function in BUILT_IN.items():
        assert f"| `{name}" in section
        assert function.__doc__
