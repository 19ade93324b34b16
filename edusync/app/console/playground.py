"""The playground: a spec that somebody types is played in a process of its own.

The process (`edusync/testing/playground.py`) has limits of memory and time, no network and no files
but its own, and of the environment nothing but where Python is. It plays one text and ends; the
next one is started beforehand, since that takes most of the time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from threading import BoundedSemaphore, Lock
from typing import Any

SECONDS = 15.0
"""After which a process is ended, whatever it does."""
AT_ONCE = 2
_MODULE = "edusync.testing.playground"
_LARGEST = 8 * 1024 * 1024
_KEPT = (
    *("PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "LANG", "LC_ALL", "TMPDIR"),
    "EDUSYNC_DISABLE_PLUGINS",
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: a spec for a file, a recorded case, and what was pasted on top of it.

    `told` is the text of a `case.yaml`, `answers` that of an `exchanges.yaml`; both may be empty
    where there is a case. `keep` asks for the files of the case, too.
    """

    text: str
    file: str
    case: str
    told: str
    answers: str
    spec_dirs: tuple[str, ...]
    language: str
    keep: bool = False


class Playground:
    """Processes that play what is typed, a few at once."""

    def __init__(self, seconds: float = SECONDS, module: str = _MODULE) -> None:
        self.seconds, self._module = seconds, module
        self._turns = BoundedSemaphore(AT_ONCE)
        self._lock = Lock()
        self._ready: subprocess.Popen[bytes] | None = None
        self._closed = False

    def play(self, typed: Typed) -> dict[str, Any]:
        """Return what comes of what somebody typed.

        `stopped_by` says what ended it: `time`, `limits` or, when others play, `busy`.
        """
        if not self._turns.acquire(timeout=self.seconds):
            return {"findings": [], "stopped_by": "busy"}
        try:
            process = self._take()
            try:
                return self._answer(process, json.dumps(asdict(typed)).encode())
            finally:
                _end(process)
        finally:
            self._turns.release()

    def _answer(self, process: subprocess.Popen[bytes], message: bytes) -> dict[str, Any]:
        try:
            output, _ = process.communicate(message, timeout=self.seconds)
        except subprocess.TimeoutExpired:
            return {"findings": [], "stopped_by": "time"}
        if process.returncode != 0 or len(output) > _LARGEST:
            return {"findings": [], "stopped_by": "limits"}
        played: dict[str, Any] = json.loads(output)
        return played

    def _take(self) -> subprocess.Popen[bytes]:
        """Return a process that waits for what is typed, and start the next one."""
        with self._lock:
            process, self._ready = self._ready, None
            if process is None or process.poll() is not None:
                process = self._start()
            if not self._closed:
                self._ready = self._start()
        return process

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return subprocess.Popen(  # noqa: S603 - this Python, and a module of ours
            [sys.executable, "-P", "-m", self._module],  # modules from here are none of ours
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )

    def close(self) -> None:
        """End the process that waits, and start none any more."""
        with self._lock:
            self._closed = True
            process, self._ready = self._ready, None
        if process is not None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, and let go of all that it held."""
    with suppress(OSError):
        process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.wait()
