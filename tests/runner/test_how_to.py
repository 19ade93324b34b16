"""The page about a fleet, done as it says: every file written, every command run."""

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path
from threading import Timer

from tests.support.pages import DOCS, PagePlay

PAGE = DOCS / "how-to" / "run-a-fleet.md"
PORTS = ("8801", "8802", "8803", "8811", "8812", "8813", "8550")


def test_three_schools_are_served_as_the_page_says(tmp_path: Path) -> None:
    page = PagePlay(PAGE, tmp_path, PORTS)

    def enter() -> None:
        page.write_files()
        file = page.folder / "edusync.yaml"
        text = file.read_text(encoding="utf-8").replace("8550", str(page.ports["8550"]))
        file.write_text(text, encoding="utf-8")

    page.play(
        {"edusync serve": lambda line: served(line, page.folder, page.env)},
        entered=enter,
    )
    said = page.said
    assert "3 files checked: 0 errors, 0 warnings" in said["edusync validate connectors"]
    midday = said["edusync serve --at 2026-03-16T12:45"]
    assert midday.count("11:30-13:30: success") == 2
    assert "sand down 2026-03-16 11:00-14:00: success" in midday
    evening = said["edusync run --due --at 2026-03-16T20:50"]
    assert evening.count("down 2026-03-16 18:00-21:00: success") == 3
    assert evening.count("up 2026-03-16 20:30: success") == 2
    status = said["edusync status --at 2026-03-16T20:55"]
    assert "nothing needs a person" in status


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
