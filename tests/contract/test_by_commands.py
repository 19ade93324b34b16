"""The tutorial that needs no editor, done as it says: every file written, every command run, in a
folder outside.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from tests.support.pages import DOCS, PagePlay, commands

PAGE = DOCS / "tutorial" / "by-commands.md"


def test_connector_is_made_by_commands_alone(tmp_path: Path) -> None:
    page, held = PagePlay(PAGE, tmp_path, ("8765", "8766"), COLUMNS="160"), dict[str, Any]()

    def look() -> None:
        with urlopen(f"http://127.0.0.1:{page.ports['8766']}/_sandbox/state") as answer:
            held.update(json.load(answer))

    page.write_files()
    page.play(before_the_end=look)
    said = page.said
    assert len(said) >= 12
    recorded = (tmp_path / "cases/lumen/nominal/exchanges.yaml").read_text(encoding="utf-8")
    assert [
        name
        for name in (
            "MERCIER",
            "NOBLET",
            "PETIT",
            "Hélène",
            "Aline",
            'lumen.example"',
            "04/05/1980",
            "sandbox-key",
        )
        if name in recorded
    ] == []
    assert "English" not in recorded
    spec = (tmp_path / "specs/lumen.yaml").read_text(encoding="utf-8")
    assert [name for name in ("MERCIER", "Aline", "B12") if name in spec] == []
    assert {course["NAME"] for course in held["courses"]} == {"Accounting", "Law", "English"}
    assert (tmp_path / "docs/lumen.md").read_text(encoding="utf-8").startswith("# Lumen\n")

    marks = (tmp_path / "marks.txt").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in marks] == [
        {"lesson": "1", "learner": "1", "status": "there"},
        {"lesson": "1", "learner": "2", "status": "late", "minutes": 12},
    ]
    assert {course["API_ID"]: course["LOCKED"] for course in held["courses"]} == {
        "1": 1,
        "2": 0,
        "3": 0,
    }
    up = (tmp_path / "cases/lumen/up/expected.yml").read_text(encoding="utf-8")
    assert "UP_SENT course 2 (2 lines)" in up


def test_page_names_every_command_of_the_bench() -> None:
    named = set(
        re.findall(
            r"^edusync (\w+)", "\n".join(commands(PAGE.read_text(encoding="utf-8"))), re.MULTILINE
        )
    )
    assert named >= {
        "new",
        "validate",
        "try",
        "record",
        "test",
        "coverage",
        "mutate",
        "docs",
        "plan",
        "sync",
        "writeback",
    }
