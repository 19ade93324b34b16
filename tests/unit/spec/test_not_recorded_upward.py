"""What only the way up reads is not recorded where no case shows the way up: it says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.commands import edusync

SPEC = Path("specs/examples/horizon.yaml")
CASE = Path("tests/connectors/horizon/nominal")


@pytest.mark.parametrize("attendance", ["", "attendance: {at: 2026-03-19T20:30, sheets: []}\n"])
def test_spec_without_a_case_of_the_way_up_is_told_to_record_one(
    tmp_path: Path, attendance: str
) -> None:
    text = SPEC.read_text(encoding="utf-8").replace(
        "on: [lesson, learner]", "on: [lezzon, learner]"
    )
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/horizon.yaml").write_text(text, encoding="utf-8")
    case = tmp_path / "cases/horizon/nominal"
    case.mkdir(parents=True)
    told = (CASE / "case.yaml").read_text(encoding="utf-8") + attendance
    (case / "case.yaml").write_text(told, encoding="utf-8")
    (case / "exchanges.yaml").write_text("- {request: {path: /x}, answer: {json: {id: 1}}}\n")
    found = edusync("validate", "specs", cwd=tmp_path).stdout
    assert "SPEC_PATH_NOT_RECORDED: no recorded answer of the cases has 'lezzon'" in found
    assert ("edusync record FILE --case up --up" in found) is (not attendance)
