"""Schools for the situations."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.bugs.school import LINES, School, workbook

Open = Callable[[str], School]


@pytest.fixture
def school_of(tmp_path: Path) -> Iterator[Open]:
    """Open a school whose ERP writes files of a kind."""
    with ExitStack() as stack:

        def open_(kind: str) -> School:
            school = School(tmp_path, stack, kind)
            if kind == "xlsx":
                for name, lines in LINES.items():
                    school.write(f"{name}.xlsx", workbook(lines))
            return school

        yield open_


@pytest.fixture
def school(school_of: Open) -> School:
    """Open a school whose ERP writes CSV."""
    return school_of("csv")
