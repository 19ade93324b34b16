"""Every case of every connector against its golden file; and what the cases show of each spec."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from edusync.registry import Registry
from edusync.testing import Case
from edusync.testing.cases import find_cases
from edusync.testing.coverage import Coverage, outline, run_shown

if TYPE_CHECKING:
    from pytest_regressions.data_regression import DataRegressionFixture

ROOT = Path(__file__).parents[2]
SPECS = {
    file.stem: file
    for folder in ("specs", "specs/examples")
    for file in sorted((ROOT / folder).glob("*.yaml"))
}


@pytest.fixture(autouse=True)
def invented_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")


@pytest.fixture(scope="module")
def coverages(registry: Registry) -> dict[str, Coverage]:
    return {name: outline(file, registry.functions) for name, file in SPECS.items()}


@pytest.mark.fault("F28")
def test_case_ends_as_its_golden_file_says(
    edusync_case: Case, coverages: dict[str, Coverage], data_regression: DataRegressionFixture
) -> None:
    found = run_shown(edusync_case, coverages[edusync_case.folder.parent.name])
    data_regression.check(found, fullpath=edusync_case.golden)


@pytest.mark.parametrize("name", SPECS)
def test_cases_show_every_line_or_the_spec_says_why(
    name: str, coverages: dict[str, Coverage]
) -> None:
    coverage = coverages[name]
    for case in find_cases(ROOT / "tests" / "connectors" / name, (ROOT / "specs" / "examples",)):
        if case.name not in coverage.cases:  # when only some tests were asked for
            run_shown(case, coverage)
    lines = coverage.text.splitlines()
    assert [
        (point.line, sorted(coverage.missing(point)), lines[point.line - 1].strip())
        for point in coverage.gaps
    ] == []
    assert coverage.needless == []
    assert coverage.percent == 100.0
    assert len(coverage.points) > 30
