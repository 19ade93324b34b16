"""What validated once goes on to validate, and does the same: the specs of each release, as they
stood then, and the golden files that the cases of today are held against.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from edusync.diagnostics import Severity
from edusync.registry import Registry
from edusync.spec import load_spec
from edusync.testing.cases import Case, find_cases
from edusync.testing.golden import difference, written

ROOT = Path(__file__).parents[2]
CONNECTORS = ROOT / "tests" / "connectors"
EARLIER = {
    f"{file.parent.name}-{file.stem}": file
    for release in sorted(Path(__file__).parent.iterdir())
    for file in sorted(release.glob("*.yaml"))
}
LATER = frozenset(f"1.0-hyperplanning-up-{case}" for case in ("already-there", "refused", "states"))
"""Cases that show what their spec did not say in that release: Hyperplanning's looks each time
whether a late stands already, so that an old copy of the store doubles none.
"""
CASES = {
    name: replace(case, spec=spec)
    for spec in EARLIER.values()
    for case in find_cases(CONNECTORS / spec.stem, (ROOT / "specs" / "examples",))
    if (name := f"{spec.parent.name}-{case.name}") not in LATER
}


@pytest.mark.parametrize("spec", EARLIER.values(), ids=EARLIER)
def test_earlier_spec_still_validates(spec: Path, registry: Registry) -> None:
    built, document = load_spec(spec.read_text(encoding="utf-8"), spec.name, registry.functions)
    errors = [str(one) for one in document.findings if one.severity is Severity.ERROR]
    assert errors == []
    assert built is not None


@pytest.mark.fault("F28")
@pytest.mark.walk(every=9)
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_earlier_spec_still_does_what_its_golden_files_say(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    assert difference(case, written(case)) == []


def test_every_earlier_spec_has_cases() -> None:
    told = {case.spec for case in CASES.values()}
    assert told == {*EARLIER.values()}
