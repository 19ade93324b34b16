"""Under five per cent of small mistakes in a shipped spec stay unnoticed. Asked for by name, as CI
does.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from edusync.registry import Registry
from edusync.testing.cases import find_cases
from edusync.testing.mutation import judge, mistakes

ROOT = Path(__file__).parents[2]


@pytest.mark.mutation
@pytest.mark.parametrize(
    "file", sorted((ROOT / "specs").glob("*.yaml")), ids=lambda file: file.stem
)
def test_few_mistakes_stay_unnoticed(
    file: Path, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")
    planted = mistakes(file)
    unnoticed = [
        f"{verdict.mistake.line}:{verdict.mistake.column} {verdict.mistake.before} -> "
        f"{verdict.mistake.after}"
        for verdict in judge(
            file,
            list(find_cases(ROOT / "tests/connectors" / file.stem)),
            registry.functions,
            planted,
        )
        if verdict.noticed_by is None
    ]
    assert len(planted) > 60
    assert len(unnoticed) < 0.05 * len(planted), unnoticed


@pytest.mark.parametrize(
    "file", sorted((ROOT / "specs").glob("*.yaml")), ids=lambda file: file.stem
)
def test_mistakes_of_every_kind_are_planted_one_at_a_time(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    planted = mistakes(file)
    assert {"path", "swap", "condition", "key"} <= {mistake.kind for mistake in planted}
    for mistake in planted:
        changed = [
            (before, after)
            for before, after in zip(text.splitlines(), mistake.text.splitlines(), strict=True)
            if before != after
        ]
        assert len(changed) == 1, mistake
