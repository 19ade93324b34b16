"""Every row that is called covered has its tests, and every test that names a row is listed."""

from __future__ import annotations

import re
from pathlib import Path

from tests.bugs.rows import COVERED

HERE = Path(__file__).parent
NAMED = re.compile(r"^def (test_\w+)\(", re.MULTILINE)


def test_tests_of_the_rows_exist() -> None:
    written = {
        f"{file.name}::{name}"
        for file in HERE.glob("test_*.py")
        for name in NAMED.findall(file.read_text(encoding="utf-8"))
    }
    listed = {test for tests in COVERED.values() for test in tests}
    assert listed - written == set()
    rows = {name.upper() for name in re.findall(r"::test_(b\d\d)_", " ".join(written))}
    assert rows <= COVERED.keys()


def test_every_row_of_the_reports_is_covered() -> None:
    assert COVERED.keys() == {f"B{number:02}" for number in range(1, 31)}
