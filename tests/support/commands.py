"""Run `edusync`: in this process, which saves half a second of imports each time, or in one of its
own.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from click.testing import CliRunner

from edusync.cli import command
from edusync.cli.errors import run

HEARD = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""The signals that a command listens to from its start on."""


def edusync(
    *arguments: str,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: str | None = None,
) -> CompletedProcess[str]:
    """Run a command here; return its exit code and what it printed."""
    before = [signal.getsignal(number) for number in HEARD]
    with (
        chdir(cwd or Path.cwd()),
        patch.object(sys, "argv", ["edusync", *arguments]),
        CliRunner(env=env).isolation(input=stdin) as (out, err, _),
    ):
        try:
            code = run(command)
        finally:
            for number, handler in zip(HEARD, before, strict=True):
                signal.signal(number, handler)
    return CompletedProcess(
        sys.argv, code, out.getvalue().decode("utf-8"), err.getvalue().decode("utf-8")
    )


def edusync_process(
    *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None
) -> CompletedProcess[str]:
    """Run a command as a shell does: for tests of the process, its start and its exit code."""
    return subprocess.run(
        [sys.executable, "-m", "edusync", *arguments],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        check=False,
    )
