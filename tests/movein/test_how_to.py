"""The pages about moving in: the one for operators is done as it says, every file and command."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.contract.test_by_commands import BLOCK, free_port, wait_for

HOW_TO = Path(__file__).parents[2] / "docs" / "how-to"
PAGE = HOW_TO / "move-in.md"
FILE = re.compile(r"^`(\w+\.yaml)`:\n\n```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
ENDS = re.compile(r" # ends with (\d)$")
ID = re.compile(r"--apply ([0-9a-f]{12})")
PORTS = ("8801", "8802", "8811")


def test_school_moves_in_as_the_page_says(tmp_path: Path) -> None:
    page, ports = PAGE.read_text(encoding="utf-8"), {port: free_port() for port in PORTS}
    for old, new in ports.items():
        page = page.replace(old, str(new))
    for name, text in FILE.findall(page):
        (tmp_path / name).write_text(text, encoding="utf-8")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    said: list[tuple[str, str]] = []
    servers: list[subprocess.Popen[bytes]] = []
    try:
        for line in "".join(BLOCK.findall(page)).splitlines():
            if line.endswith("&"):
                command = ["bash", "-c", f"exec {line.removesuffix('&')}"]
                servers.append(subprocess.Popen(command, cwd=tmp_path, env=env))
                wait_for(next(port for port in ports.values() if str(port) in line))
            elif line.startswith("export "):
                env |= dict(pair.split("=", 1) for pair in line.split()[1:])
            else:
                said.append((line, done(line, tmp_path, env, said)))
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    words = dict(said)
    sync = "edusync sync school.yaml --at 2026-03-16T"
    assert "RUN_FOREIGN_SHEETS" in words[f"{sync}12:00 # ends with 4"]
    assert "success: nothing to do" in words[f"{sync}12:30"]
    assert "RUN_OLD_CONNECTOR_WRITES" in words[f"{sync}18:30"]
    assert "RUN_FOREIGN_SHEETS" in words[f"{sync}18:45 # ends with 4"]
    plan = "edusync adopt school.yaml --from-type netbridge --at 2026-03-16T12:00 # ends with 4"
    assert "MOVE_STILL_WRITES" in words[plan]
    assert (tmp_path / "survey.html").read_text(encoding="utf-8").startswith("<!doctype html>")


def done(line: str, folder: Path, env: dict[str, str], said: list[tuple[str, str]]) -> str:
    """Run a command of the page, with the id that the plan before it printed."""
    expected = int(ENDS.findall(line)[0]) if ENDS.search(line) else 0
    for hole in ("PLAN_ID", "UNDO_ID"):
        if hole in line:
            line = line.replace(hole, ID.findall(said[-1][1])[0])
    process = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == expected, f"{line}\n{process.stdout}\n{process.stderr}"
    return process.stdout + process.stderr


def test_page_for_schools_names_every_reason_that_waits_for_a_person() -> None:
    rows = re.findall(
        r"^\| (?!code|---)`(MOVE_\w+)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE
    )
    from edusync.app.runs.adopting import HELD

    assert set(rows) == HELD
    french = (HOW_TO / "changer-de-connecteur.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (?!ce que dit|---)[^|]+ \|", french, re.MULTILINE)
    assert len(table) == len(HELD)
