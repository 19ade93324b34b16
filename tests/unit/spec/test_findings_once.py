"""One mistake is one finding, and hides no other."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

from edusync.registry import Registry
from edusync.spec.load import load_spec
from tests.little import SPEC


def codes(registry: Registry, **lessons: Any) -> list[str]:
    """Return the findings of a spec whose list of lessons says something more."""
    spec = deepcopy(SPEC)
    spec["resources"]["lessons"] |= lessons
    found = load_spec(json.dumps(spec), "little.yaml", registry.functions)[1].findings
    return sorted(f"{finding.code} {finding.message}" for finding in found)


def test_misspelt_name_is_not_also_called_unused(registry: Registry) -> None:
    names = ("id", "title", "on", "from", "to", "teacher", "learners")
    parsed = {**SPEC["resources"]["lessons"]["as"], "titel": "day"}
    found = codes(registry, columns={name: name for name in names}, **{"as": parsed})
    assert found == ["SPEC_UNKNOWN_NAME no row has 'titel': the spec writes its names out"]


def test_misspelt_filter_hides_no_unknown_variable(registry: Registry) -> None:
    found = codes(registry, query={"a": "{{ windw.first | dya | uppr }}"})
    assert [text.partition(" ")[0] for text in found] == [
        "SPEC_UNKNOWN_FORMAT",
        "SPEC_UNKNOWN_FORMAT",
        "SPEC_UNKNOWN_VARIABLE",
    ]
