"""Every row that is called covered has its tests."""

from __future__ import annotations

import re
from pathlib import Path

from tests.bugs.rows_of_wires import COVERED

HERE = Path(__file__).parent
NAMED = re.compile(r"^def (test_\w+)\(", re.MULTILINE)


def test_tests_of_the_rows_of_the_wires_exist() -> None:
    written = {
        f"{file.name}::{name}"
        for file in HERE.glob("test_*.py")
        for name in NAMED.findall(file.read_text(encoding="utf-8"))
    }
    assert {test for tests in COVERED.values() for test in tests} - written == set()
