"""Run a command in a process of its own, and kill it with SIGKILL at an exact request."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from threading import Event
from typing import Any, Protocol


class Door(Protocol):
    """What calls hooks before and after a request took effect, by its verb and path."""

    before: Callable[[str, str], Any]
    after: Callable[[str, str], Any]


def is_write(verb: str, _path: str) -> bool:
    """Whether a request does not only read."""
    return verb != "GET"


def start(*arguments: str) -> subprocess.Popen[bytes]:
    """Start edusync in a process of its own; what it says is kept."""
    command = [sys.executable, "-m", "edusync", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def kill_at(
    door: Door,
    number: int,
    moment: str,
    *arguments: str,
    counts: Callable[[str, str], bool] = is_write,
    gather: Callable[[], None] = lambda: None,
) -> int:
    """Run edusync and kill it at a request; those that count after it wait until it is dead.

    Args:
        door: Where its requests arrive.
        number: At which of the requests that count, from 1.
        moment: `before` or `after` it took effect.
        arguments: The command, without the name of the program.
        counts: Which requests count, by verb and path; those that write when not said.
        gather: Called just before the kill, to wait for what is sent at the same time.

    Returns:
        The code with which the process ended: -SIGKILL when the request came.

    """
    process: list[subprocess.Popen[bytes]] = []
    dead, seen = Event(), 0

    def hook(verb: str, path: str) -> None:
        nonlocal seen
        if counts(verb, path):
            seen += 1
            if seen == number:
                gather()
                os.kill(process[0].pid, signal.SIGKILL)
                process[0].wait()
                dead.set()
            elif seen > number:
                assert dead.wait(timeout=60)

    setattr(door, moment, hook)
    process.append(start(*arguments))
    process[0].communicate(timeout=60)
    door.before = door.after = lambda _verb, _path: None
    return process[0].returncode
