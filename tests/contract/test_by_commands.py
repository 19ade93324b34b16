"""The tutorial that needs no editor, done as it says: every file written, every command run, in a
folder outside.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from tenacity import retry, retry_if_exception_type, stop_after_delay, wait_fixed

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "by-commands.md"
FILE = re.compile(r"^`([\w./-]+)`:\n\n```json\n(.*?)^```", re.DOTALL | re.MULTILINE)
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@retry(retry=retry_if_exception_type(OSError), stop=stop_after_delay(30), wait=wait_fixed(0.1))
def wait_for(port: int) -> None:
    socket.create_connection(("127.0.0.1", port), timeout=1).close()


def test_connector_is_made_by_commands_alone(tmp_path: Path) -> None:
    page, ports = PAGE.read_text(encoding="utf-8"), {"8765": free_port(), "8766": free_port()}
    for old, new in ports.items():
        page = page.replace(old, str(new))
    for name, text in FILE.findall(page):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    env = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "160",
    }
    said: dict[str, str] = {}
    servers: list[subprocess.Popen[bytes]] = []
    try:
        for line in "".join(BLOCK.findall(page)).splitlines():
            if line.endswith("&"):
                servers.append(
                    subprocess.Popen(
                        ["bash", "-c", f"exec {line.removesuffix('&')}"],
                        cwd=tmp_path,
                        env=env,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                    )
                )
                wait_for(next(port for port in ports.values() if str(port) in line))
                continue
            if line.startswith("export "):
                env |= dict(pair.split("=", 1) for pair in line.split()[1:])
                continue
            done = subprocess.run(
                ["bash", "-c", line],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
            said.setdefault(line, done.stdout)
        with urlopen(f"http://127.0.0.1:{ports['8766']}/_sandbox/state") as answer:
            held = json.load(answer)
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
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


def test_page_names_every_command_of_the_bench() -> None:
    commands = set(
        re.findall(
            r"^edusync (\w+)",
            "".join(BLOCK.findall(PAGE.read_text(encoding="utf-8"))),
            re.MULTILINE,
        )
    )
    assert commands >= {
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
    }
