"""The pages about moving in: the one for operators is done as it says, every file and command."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from tests.support.pages import DOCS, PagePlay

HOW_TO = DOCS / "how-to"
PAGE = HOW_TO / "move-in.md"
ID = re.compile(r"--apply ([0-9a-f]{12})")
PORTS = ("8801", "8802", "8811")


def test_school_moves_in_as_the_page_says(tmp_path: Path) -> None:
    page = PagePlay(PAGE, tmp_path, PORTS)

    def with_id(hole: str) -> Callable[[str], str]:
        """Run a line with the id that the plan before it printed."""
        return lambda line: page.run(line.replace(hole, ID.findall(page.done[-1][1])[0]))

    page.write_files()
    page.play({hole: with_id(hole) for hole in ("PLAN_ID", "UNDO_ID")})
    words = page.said
    sync = "edusync sync school.yaml --at 2026-03-16T"
    assert "RUN_FOREIGN_SHEETS" in words[f"{sync}12:00 # ends with 4"]
    assert "success: nothing to do" in words[f"{sync}12:30"]
    assert "RUN_OLD_CONNECTOR_WRITES" in words[f"{sync}18:30"]
    assert "RUN_FOREIGN_SHEETS" in words[f"{sync}18:45 # ends with 4"]
    plan = "edusync adopt school.yaml --from-type netbridge --at 2026-03-16T12:00 # ends with 4"
    assert "MOVE_STILL_WRITES" in words[plan]
    assert (tmp_path / "survey.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def test_page_for_schools_names_every_reason_that_waits_for_a_person() -> None:
    rows = re.findall(
        r"^\| (?!code|---)`(MOVE_\w+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    from edusync.app.runs.adopting import HELD

    assert set(rows) == HELD
    french = (HOW_TO / "changer-de-connecteur.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (?!ce que dit|---)[^|]+ \|", french, re.MULTILINE)
    assert len(table) == len(HELD)
