"""A pytest plugin: `edusync_case` runs over every case below the folder of the ini option `edusync_cases`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini options."""
    parser.addini("edusync_cases", "Folders that hold cases of edusync specs.", type="paths", default=[])
    parser.addini("edusync_spec_dirs", "Folders that hold edusync specs.", type="paths", default=[])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hand every case to tests that ask for `edusync_case`."""
    if "edusync_case" not in metafunc.fixturenames:
        return
    from edusync.testing.cases import find_cases

    spec_dirs = tuple(Path(folder) for folder in metafunc.config.getini("edusync_spec_dirs"))
    cases = [case for folder in metafunc.config.getini("edusync_cases") for case in find_cases(Path(folder), spec_dirs)]
    metafunc.parametrize("edusync_case", cases, ids=[case.name for case in cases])
