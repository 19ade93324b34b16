"""Each line of docs/explanation/what-is-lost.md names tests that there are, or says: not tried."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "what-is-lost.md"


def test_each_line_names_its_tests_or_says_that_there_is_none() -> None:
    written = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", file.read_text(encoding="utf-8"), re.MULTILINE)
    }
    lines = [
        line.strip("|").split("|")
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("| ") and not line.startswith(("| what happens", "| ---"))
    ]
    named = [re.findall(r"test_\w+", line[-1]) for line in lines]
    assert len(lines) >= 20
    assert [name for names in named for name in names if name not in written] == []
    untold = [
        line[0]
        for line, names in zip(lines, named, strict=True)
        if not names and "not tried" not in line[-1]
    ]
    assert untold == []
