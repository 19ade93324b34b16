"""The page about setting a school up, done as it says: its table answered, its commands run."""

from __future__ import annotations

import re
from pathlib import Path

from tests.setup.test_terminal import DOWN, ENTER, at
from tests.support.pages import DOCS, PagePlay

PAGE = DOCS / "how-to" / "set-a-school-up.md"
ROW = re.compile(r"^\| (?!question|---)(.+?) \| (.*?) ?\|$", re.MULTILINE)
PORTS = ("8801", "8811")
ERPS_BEFORE = 7  # Yparéo stands eighth among the ERPs


def test_a_school_is_set_up_as_the_page_says(tmp_path: Path) -> None:
    page = PagePlay(PAGE, tmp_path, PORTS)

    def answer(_line: str) -> str:
        answer_all(page.folder, ROW.findall(page.text))
        return ""

    page.play({"edusync setup": answer})
    said = page.said
    assert "1 file checked: 0 errors, 0 warnings" in said["edusync validate connectors"]
    assert "success" in said["edusync run hugo --at 2026-03-16T12:45"]


def answer_all(folder: Path, rows: list[tuple[str, str]]) -> None:
    """Answer the questions of the page in a terminal, each where it says."""
    choices = {"Yparéo": DOWN * ERPS_BEFORE, "CFA Exemple Lille - 36": " ", "Yes": "", "No": DOWN}
    with at(folder, "hugo") as terminal:
        for question, answer in rows:
            terminal.see(question)
            if answer.startswith("`") or not answer:
                terminal.type(answer.strip("`"))
                continue
            terminal.see("(")
            keys = choices.get(answer, "")
            if question == "Synchronise apprenticeship masters":
                keys = "\x1b[A"  # it stands on No
            terminal.press(keys + ENTER)
        assert terminal.end() == 0
