"""Cases are tests without a line of Python: written at first, compared afterwards, rewritten when
asked.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
WITHOUT = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")
"""A second of every start that nobody needs here."""


def run(folder: Path, *more: str) -> tuple[int, str]:
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *WITHOUT, *more],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return ended.returncode, ended.stdout


def test_case_is_written_compared_and_rewritten(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nedusync_collect = true\nedusync_cases = cases\nedusync_spec_dirs = specs\n",
        encoding="utf-8",
    )
    (tmp_path / "specs").mkdir()
    shutil.copy(ROOT / "specs" / "examples" / "agenda.yaml", tmp_path / "specs")
    for name in ("files", "nominal"):
        shutil.copytree(
            ROOT / "tests" / "connectors" / "agenda" / name,
            tmp_path / "cases" / "agenda" / name,
            ignore=shutil.ignore_patterns("expected.yml"),
        )
    golden = tmp_path / "cases" / "agenda" / "nominal" / "expected.yml"
    first, said = run(tmp_path)
    assert (first, golden.is_file(), "look at it" in said) == (1, True, True)
    golden.write_text(
        golden.read_text(encoding="utf-8").replace("Piano", "Violon"), encoding="utf-8"
    )
    changed, said = run(tmp_path)
    assert (changed, "-    NAME: Violon" in said, "--update-cases" in said) == (1, True, True)
    assert (run(tmp_path, "--update-cases")[0], run(tmp_path)[0]) == (0, 0)


def test_recorded_case_that_gives_no_sheet_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nedusync_collect = true\nedusync_cases = cases\nedusync_spec_dirs = specs\n",
        encoding="utf-8",
    )
    (tmp_path / "specs").mkdir()
    shutil.copy(ROOT / "specs" / "examples" / "agenda.yaml", tmp_path / "specs")
    for name in ("files", "empty"):
        shutil.copytree(
            ROOT / "tests" / "connectors" / "agenda" / name,
            tmp_path / "cases" / "agenda" / name,
            ignore=shutil.ignore_patterns("expected.yml"),
        )
    case = tmp_path / "cases" / "agenda" / "empty"
    told = (case / "case.yaml").read_text(encoding="utf-8")
    (case / "case.yaml").write_text(f"{told}\nrecorded: {{sheets: 2}}\n", encoding="utf-8")
    for more in ((), ("--update-cases",)):
        ended, said = run(tmp_path, *more)
        assert (ended, "RUN_CASE_EMPTY" in said, (case / "expected.yml").is_file()) == (
            1,
            True,
            False,
        )
