"""The units of the page about deploying are ones that systemd takes."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "deploy.md"
UNIT = re.compile(r"```ini\n# /etc/systemd/system/(\S+)\n(.*?)```", re.DOTALL)
HERE = {
    "/opt/edusync/bin/edusync": "/bin/true",
    "User=edusync": "User=root",
    "EnvironmentFile=": "EnvironmentFile=-",
}
"""What this machine has in the place of a user and paths of a server."""


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed here")
def test_units_are_verified_by_systemd(tmp_path: Path) -> None:
    names = []
    for name, text in UNIT.findall(PAGE.read_text(encoding="utf-8")):
        here = text
        for there, instead in HERE.items():
            here = here.replace(there, instead)
        (tmp_path / name).write_text(here, encoding="utf-8")
        names.append(str(tmp_path / name))
    done = subprocess.run(
        ["systemd-analyze", "verify", *names], capture_output=True, text=True, check=False
    )
    assert (len(names), done.returncode, done.stderr) == (3, 0, "")
