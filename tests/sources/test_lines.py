"""Every sentence of the sources is borne by a test, a case or a decision.

`lines.yaml` has the sentences. A test says `@pytest.mark.source("S017")` of those that it bears.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.support.markers import TESTS, marked

LINES: dict[str, dict[str, Any]] = YAML(typ="safe").load(
    Path(__file__).with_name("lines.yaml").read_text(encoding="utf-8")
)


BY_TEST = dict(marked("source"))
"""Each line that a marker of a test names, and a test that bears it."""


def bearer(number: str) -> str:
    """Return what bears a line."""
    line = LINES[number]
    if number in BY_TEST or "case" in line:
        return "test"
    return "decision" if "decision" in line else "open"


def test_there_are_204_lines() -> None:
    assert list(LINES) == [f"S{number:03}" for number in range(1, 205)]


def test_markers_name_lines_that_exist() -> None:
    assert BY_TEST.keys() - LINES.keys() == set()


def test_every_line_is_borne(capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counter(map(bearer, LINES))
    with capsys.disabled():
        said = ", ".join(f"{count} by {who}" for who, count in counts.most_common())
        sys.stdout.write(f"\nlines of the sources: {said}\n")
    assert [number for number in LINES if bearer(number) == "open"] == []


@pytest.mark.parametrize("number", [number for number in LINES if "case" in LINES[number]])
def test_case_shows_the_line(number: str) -> None:
    line = LINES[number]
    golden = (TESTS / "connectors" / line["case"] / "expected.yml").read_text(encoding="utf-8")
    text = " ".join(golden.split())
    assert line.get("shows", "") in text
    assert "lacks" not in line or line["lacks"] not in text


@pytest.mark.parametrize("number", [number for number in LINES if "decision" in LINES[number]])
def test_decision_is_recorded(number: str) -> None:
    page = TESTS.parent / "docs" / "explanation" / "decisions.md"
    headings = [
        text.partition(" — ")[2]
        for text in page.read_text(encoding="utf-8").splitlines()
        if text.startswith("## ")
    ]
    assert LINES[number]["decision"] in headings
