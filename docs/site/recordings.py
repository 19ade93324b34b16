"""Record terminals for the documents: `just recordings`.

Each is a real run at 80 columns in a terminal of its own; what is shown of it is cut by the lines
that it begins and ends with. The picture is an SVG of rich's, which fetches nothing.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import pexpect
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "images"
COLUMNS, LINES, SECONDS = 80, 60, 120
MISSPELT = ("key: id\n\n  people:", "kye: id\n\n  people:")
"""A mistake that is put into a spec, so that it can be found."""


class Recording(NamedTuple):
    """A command, and between which lines of its output the picture is; to the end without."""

    name: str
    command: str
    first: str = ""
    last: str = ""


RECORDINGS = (
    Recording("terminal-demo", "edusync demo --erp ypareo", "4. The same", "7. And the"),
    Recording("terminal-validate", "edusync validate horizon.yaml"),
    Recording("terminal-try", "edusync try horizon.yaml --resource lessons --limit 1"),
)


def main() -> None:
    """Record every terminal."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        spec = (ROOT / "specs" / "examples" / "horizon.yaml").read_text(encoding="utf-8")
        shutil.copytree(ROOT / "tests" / "connectors" / "horizon", folder / "cases" / "horizon")
        for one in RECORDINGS:
            wrong = one.name.endswith("validate")
            text = spec.replace(*MISSPELT) if wrong else spec
            (folder / "horizon.yaml").write_text(text, encoding="utf-8")
            picture = drawn(one.command, cut(output(one.command, folder), one), one.name)
            (FOLDER / f"{one.name}.svg").write_text(picture, encoding="utf-8")
            print(f"docs/images/{one.name}.svg")


def output(command: str, folder: Path) -> str:
    """Return what a command prints into a terminal, colours included."""
    program, *arguments = command.split()
    there = Path(sys.executable).with_name(program)
    heard = io.StringIO()
    run = pexpect.spawn(
        str(there),
        arguments,
        cwd=folder,
        env={**os.environ, "TERM": "xterm-256color", "NO_COLOR": "", "LANG": "en_GB.UTF-8"},
        dimensions=(LINES, COLUMNS),
        encoding="utf-8",
        timeout=SECONDS,
    )
    run.logfile_read = heard
    run.expect(pexpect.EOF)
    run.close()
    return heard.getvalue().replace("\r\n", "\n").strip("\n")


def cut(text: str, recording: Recording) -> str:
    """Return what stands between two lines, the first included."""
    lines = text.splitlines()
    plain = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line) for line in lines]
    first = at(plain, recording.first) if recording.first else 0
    last = at(plain, recording.last) if recording.last else len(lines)
    return "\n".join(lines[first:last]).strip("\n")


def at(lines: list[str], begin: str) -> int:
    """Return the number of the line that begins so; ValueError when none does."""
    for number, line in enumerate(lines):
        if line.startswith(begin):
            return number
    raise ValueError(f"no line begins with {begin!r}: {lines}")


def drawn(command: str, text: str, name: str) -> str:
    """Return a terminal as SVG, without fonts that would be fetched."""
    console = Console(
        record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, legacy_windows=False
    )
    console.print(Text.assemble(("$ ", "bold green"), (command, "bold")))
    console.print(Text.from_ansi(text), soft_wrap=False)
    picture = console.export_svg(title="", unique_id=name)
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    return re.sub(r"Fira Code, monospace", "ui-monospace, Menlo, Consolas, monospace", picture)


if __name__ == "__main__":
    main()
