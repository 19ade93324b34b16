"""The page about setting a school up, done as it says: its table answered, its commands run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.test_by_commands import BLOCK, free_port, wait_for
from tests.setup.test_terminal import DOWN, ENTER, at

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "set-a-school-up.md"
ROW = re.compile(r"^\| (?!question|---)(.+?) \| (.*?) ?\|$", re.MULTILINE)
PORTS = ("8801", "8811")
ERPS_BEFORE = 7  # Yparéo stands eighth among the ERPs


def test_a_school_is_set_up_as_the_page_says(tmp_path: Path) -> None:
    page, ports = PAGE.read_text(encoding="utf-8"), {port: free_port() for port in PORTS}
    for old, new in ports.items():
        page = page.replace(old, str(new))
    folder, said = tmp_path, dict[str, str]()
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    servers: list[subprocess.Popen[bytes]] = []
    try:
        for line in "".join(BLOCK.findall(page)).splitlines():
            if line.endswith("&"):
                command = ["bash", "-c", f"exec {line.removesuffix('&')}"]
                servers.append(subprocess.Popen(command, cwd=folder, env=env))
                wait_for(next(port for port in ports.values() if str(port) in line))
            elif line.startswith("cd "):
                folder /= line.split()[1]
            elif line.startswith("edusync setup"):
                answer_all(folder, ROW.findall(page))
            else:
                said[line] = done(line, folder, env)
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
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


def done(line: str, folder: Path, env: dict[str, str]) -> str:
    process = subprocess.run(
        ["bash", "-c", line],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if process.returncode:
        pytest.fail(f"{line}\n{process.stdout}\n{process.stderr}")
    return process.stdout + process.stderr
