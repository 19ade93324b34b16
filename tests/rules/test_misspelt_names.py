"""Every name at every place of the shipped specs misspelt, one at a time: none does harm."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from edusync.plugins import load_registry
from edusync.testing.cases import find_cases
from edusync.testing.misspelt import fates, misspelt_names
from tests.support.walks import Sample

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "specs/examples"
SPECS = sorted([*(ROOT / "specs").glob("*.yaml"), *EXAMPLES.glob("*.yaml")])


@pytest.mark.walk(every=500)
@pytest.mark.parametrize("file", SPECS, ids=lambda file: file.stem)
def test_misspelt_name_is_found_or_does_no_harm(
    file: Path, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    registry = load_registry((EXAMPLES,))
    cases = list(find_cases(ROOT / "tests/connectors" / file.stem, (EXAMPLES,)))
    misspelt = sample(misspelt_names(file, registry.functions))
    ends = list(fates(file, cases, registry.functions, misspelt))
    counts = Counter(fate.ends for fate in ends)
    print(file.stem, len(ends), dict(counts))  # noqa: T201 - shown with -rP
    harmful = [(one.misspelt.line, one.misspelt.name) for one in ends if one.ends == "harmful"]
    assert harmful == []
