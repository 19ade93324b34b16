"""The page about a fleet, done as it says: every file written, every command run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

from tests.contract.test_by_commands import BLOCK, free_port, wait_for

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "run-a-fleet.md"
FILE = re.compile(r"^`(connectors/\w+\.yaml)`:\n\n```yaml\n(.*?)^```", re.DOTALL | re.MULTILINE)
PORTS = ("8801", "8802", "8803", "8811", "8812", "8813", "8550")


def test_three_schools_are_served_as_the_page_says(tmp_path: Path) -> None:
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
                quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
                servers.append(subprocess.Popen(command, cwd=folder, env=env, **quiet))  # type: ignore[call-overload]  # one dict for both
                wait_for(next(port for port in ports.values() if str(port) in line))
            elif line.startswith("export "):
                env |= dict(pair.split("=", 1) for pair in line.split()[1:])
            elif line.startswith("cd "):
                folder /= line.split()[1]
                for name, text in FILE.findall(page):
                    (folder / name).write_text(text, encoding="utf-8")
                move_web(folder, ports["8550"])
            elif line.startswith("edusync serve"):
                said[line] = served(line, folder, env)
            else:
                done = subprocess.run(
                    ["bash", "-c", line],
                    cwd=folder,
                    env=env,
                    capture_output=True,
                    text=True,
                    timeout=120,
                    check=False,
                )
                assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
                said[line] = done.stdout + done.stderr
    finally:
        for server in servers:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
    assert "3 files checked: 0 errors, 0 warnings" in said["edusync validate connectors"]
    midday = said["edusync serve --at 2026-03-16T12:45"]
    assert midday.count("11:30-13:30: success") == 2
    assert "sand down 2026-03-16 11:00-14:00: success" in midday
    evening = said["edusync run --due --at 2026-03-16T20:50"]
    assert evening.count("down 2026-03-16 18:00-21:00: success") == 3
    assert evening.count("up 2026-03-16 20:30: success") == 2
    status = said["edusync status --at 2026-03-16T20:55"]
    assert "nothing needs a person" in status


def move_web(folder: Path, port: int) -> None:
    file = folder / "edusync.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("8550", str(port)), encoding="utf-8")


def served(line: str, folder: Path, env: dict[str, str]) -> str:
    """Serve until three schools came down, then press Ctrl-C."""
    with subprocess.Popen(
        ["bash", "-c", f"exec {line}"], cwd=folder, env=env, stderr=subprocess.PIPE, text=True
    ) as process:
        watchdog = Timer(90, process.kill)
        watchdog.start()
        said = ""
        assert process.stderr is not None
        for words in process.stderr:
            said += words
            if len(re.findall(r"down .*: success", said)) == 3:
                break
        process.send_signal(signal.SIGINT)
        said += process.stderr.read()
        assert process.wait(timeout=20) == 0, said
        watchdog.cancel()
    return said
