"""A pytest plugin: cases as tests.

`edusync_case` runs over every case below the folders of the ini option `edusync_cases`. With
`edusync_collect = true` pytest needs no Python at all: every `case.yaml` below those folders is a
test of its own, compared with the golden file beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini options."""
    parser.addini(
        "edusync_cases", "Folders that hold cases of edusync specs.", type="paths", default=[]
    )
    parser.addini("edusync_spec_dirs", "Folders that hold edusync specs.", type="paths", default=[])
    parser.addini(
        "edusync_collect",
        "Make every case.yaml a test, without a line of Python.",
        type="bool",
        default=False,
    )
    parser.addoption(
        "--update-cases",
        action="store_true",
        help="Write what the cases of edusync specs give today into their golden files.",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Hand every case to tests that ask for `edusync_case`."""
    if "edusync_case" not in metafunc.fixturenames:
        return
    from edusync.testing.cases import find_cases

    cases = [
        case
        for folder in metafunc.config.getini("edusync_cases")
        for case in find_cases(Path(folder), _spec_dirs(metafunc.config))
    ]
    metafunc.parametrize("edusync_case", cases, ids=[case.name for case in cases])


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a case, when the configuration asks for it."""
    wanted = file_path.name == "case.yaml" and parent.config.getini("edusync_collect")
    inside = wanted and any(
        Path(folder) in file_path.parents for folder in parent.config.getini("edusync_cases")
    )
    return CaseFile.from_parent(parent, path=file_path) if inside else None


class CaseFile(pytest.File):
    """The file of a case."""

    def collect(self) -> Iterator[CaseItem]:
        """Yield its one test."""
        yield CaseItem.from_parent(self, name=self.path.parent.name)


class CaseItem(pytest.Item):
    """One case against its golden file."""

    def runtest(self) -> None:
        """Run the case; without a golden file, write it and fail, so that somebody looks at it."""
        from edusync.errors import FilesInvalid
        from edusync.testing.cases import Case
        from edusync.testing.golden import difference, lost_sheets, written

        case = Case(self.path.parent, _spec_dirs(self.config))
        try:
            text = written(case)
        except FilesInvalid as invalid:
            pytest.fail("\n".join(map(str, invalid.diagnostics)), pytrace=False)
        if lost := lost_sheets(case, text):
            reason = f"RUN_CASE_EMPTY: it gives no sheet, and was recorded from {lost}"
            pytest.fail(reason, pytrace=False)
        update = self.config.getoption("--update-cases")
        if update or not case.golden.is_file():
            case.golden.write_text(text, encoding="utf-8")
            if not update:
                pytest.fail(f"{case.golden} was written: look at it, and run again", pytrace=False)
            return
        lines = difference(case, text)
        if lines:
            pytest.fail(
                "\n".join(lines) + "\nis it right? pytest --update-cases writes it", pytrace=False
            )

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the case stands."""
        return self.path, 0, f"case {self.path.parent.name}"


def _spec_dirs(config: pytest.Config) -> tuple[Path, ...]:
    return tuple(Path(folder) for folder in config.getini("edusync_spec_dirs"))
