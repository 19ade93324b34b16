"""The tutorial, done as it says: every file written, every command run, without Python."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = re.compile(r"^`([\w./-]+)`:\n\n```\w+\n(.*?)^```", re.DOTALL | re.MULTILINE)


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True, check=False
    )


def test_tutorial_leads_to_a_tested_connector(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "tutorial" / "connect-your-erp.md").read_text(encoding="utf-8")
    files = FILE.findall(page)
    assert [name for name, _ in files] == [
        "pytest.ini",
        "specs/lumen.yaml",
        "cases/lumen/nominal/case.yaml",
        "cases/lumen/nominal/exchanges.yaml",
        "cases/lumen/partial-failure/case.yaml",
        "cases/lumen/partial-failure/exchanges.yaml",
        "school.yaml",
    ]
    for name, text in files:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    checked = run(tmp_path, "edusync", "validate", "specs")
    assert (checked.returncode, checked.stdout) == (0, "1 file checked: 0 errors, 0 warnings\n"), (
        checked.stdout
    )
    pytest = ("pytest", "-q", "-p", "no:cacheprovider", "-p", "no:hypothesispytest")
    first, second = (run(tmp_path, *pytest) for _ in range(2))
    assert (first.returncode, second.returncode) == (1, 0), second.stdout
    golden = (tmp_path / "cases/lumen/nominal/expected.yml").read_text(encoding="utf-8")
    for words in (
        "DOWN_STUDENT_FIELD_MISSING",
        "DOWN_COURSE_CANCELLED",
        "DOWN_COURSE_STRUCTURE_MISMATCH",
        "NAME: Accounting",
    ):
        assert words in golden
    assert "exit: 4" in (tmp_path / "cases/lumen/partial-failure/expected.yml").read_text(
        encoding="utf-8"
    )
