"""Files of tests lie in memory where there is room: a run of edusync commits some thirty times, and
each commit waits for the disk (`synchronous=FULL`), which costs a test a third of its time.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - Linux's own place for it
ROOM = 2 * 2**30


def has_room(folder: Path) -> bool:
    """Say whether a folder can be written to and takes the files of a whole run."""
    usable = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    return usable and shutil.disk_usage(folder).free >= ROOM


def pytest_configure() -> None:
    """Move temporary files into memory, unless somebody has said where they go."""
    if "TMPDIR" not in os.environ and has_room(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None
