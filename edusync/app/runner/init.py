"""Make a project: a folder with `edusync.yaml` and places for connectors, specs and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.files.project_file import FILE
from edusync.app.files.specs import shown
from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = """\
# Connectors that run together. `edusync schema project` says what may stand here.
edusync: 1
store: state.db
connectors: connectors        # one YAML file a school
specs: specs                  # specs of your own; installed ones need no file
secrets: files                # where setups put passwords: files in secrets/, keyring or store
runner:
  at_once: 8                  # connectors that run at the same time
  keep_days: 180              # events and slots
web:
  listen: 127.0.0.1:8550      # /healthz, /readyz, /metrics of `edusync serve`
# alerts:
#   urls: ["${env:EDUSYNC_ALERTS}"]   # as Apprise writes them: mailtos://, msteams://, slack://
#   digest: "08:00"
"""
_IGNORED = "state.db*\nstate.key\nlocks/\nsecrets/\nsetups/\n"
FOLDERS = ("connectors", "specs", "cases")


def make_project(folder: Path) -> list[Path]:
    """Write a project; return what was written. UsageProblem when there is one already."""
    if (folder / FILE).exists():
        raise UsageProblem(
            "RUN_USAGE",
            f"{shown(folder / FILE)} exists already",
            "name another folder; nothing was written",
        )
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    written = [folder / FILE]
    written[0].write_text(_TEXT, encoding="utf-8")
    if not (folder / ".gitignore").exists():
        written.append(folder / ".gitignore")
        written[1].write_text(_IGNORED, encoding="utf-8")
    return written
