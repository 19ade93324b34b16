"""Compare edusync with what somebody writes by hand, side by side, against a generator on this
machine. Prints ratios.

    python benchmarks/run.py [--second] [--rounds 5] [--book rich]

The floors are the two programs of `by_hand.py`. See benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
CONTESTANTS = ("loop", "lean", "edusync")
CACHED = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
"""As an installed program: its modules are compiled once."""
IMPORTS = "import requests, sqlalchemy, jinja2"
START = """
import gc
from edusync.cli import COLLECT_AFTER
gc.set_threshold(COLLECT_AFTER)
import edusync.cli.sync, edusync.app.runs.sync
from edusync.plugins import load_registry
from edusync.spec import load_spec
from edusync.state.open import open_store
import sys
load_spec(open(sys.argv[1], encoding="utf-8").read(), sys.argv[1])
"""


@contextmanager
def generator(courses: int, delay: int, port: int) -> Iterator[str]:
    process = subprocess.Popen(
        [
            sys.executable,
            str(HERE / "generator.py"),
            str(port),
            str(courses),
            str(delay),
            "2026-03-16",
        ],
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def whole(*command: str) -> dict[str, Any]:
    """Run a process; return its seconds, those of the processor, and what it printed."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.PIPE, env=CACHED)
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command} ended with {process.returncode}")
    found = json.loads(said) if said.strip() else {}
    took = time.perf_counter() - begun
    return {**found, "whole": took, "cpu": used.ru_utime + used.ru_stime}


def contestant(kind: str, book: str, url: str, *more: str) -> dict[str, Any]:
    return whole(str(HERE / "contestants.py"), kind, book, url, *more)


def in_turn(rounds: int, *makers: Any) -> list[dict[str, Any]]:
    """Run several in turn, so that whatever else the machine does hits them alike."""
    found = [[make() for make in makers] for _ in range(rounds)]
    return [medians([row[place] for row in found]) for place in range(len(makers))]


def medians(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {key: statistics.median(row[key] for row in rows) for key in rows[0]}


def mapping(book: str, rounds: int) -> None:
    print(
        f"\n{book}: 28,600 records, 200 a page; median of {rounds}\n"
        f"{'delay':>8} {'contestant':>12} {'whole s':>8} {'CPU s':>7} {'× loop':>7} "
        f"{'CPU ×':>6} {'MiB':>6} {'+ MiB':>6} {'requests':>9} {'items':>7}"
    )
    for delay, port in ((0, 18731), (30, 18732)):
        with generator(20_000, delay, port) as url:
            found = in_turn(
                rounds, *(lambda kind=kind: contestant(kind, book, url) for kind in CONTESTANTS)
            )
        loop = found[0]
        for name, one in zip(CONTESTANTS, found, strict=True):
            print(
                f"{delay:>5} ms {name:>12} {one['whole']:>8.2f} {one['cpu']:>7.2f} "
                f"{one['whole'] / loop['whole']:>7.2f} {one['cpu'] / loop['cpu']:>6.2f} "
                f"{one['mib']:>6.1f} {one['above']:>6.1f} {one['made']:>9.0f} {one['items']:>7.0f}"
            )
    with generator(80_000, 0, 18733) as url:
        four = contestant("edusync", book, url)
    print(
        f"four times as many courses: {four['mib']:.1f} MiB, {four['above']:.1f} above the imports "
        f"({four['items']} items, {four['made']} requests)"
    )


def starts(rounds: int) -> None:
    spec = str(HERE.parent / "specs" / "ypareo.yaml")
    imports, start = in_turn(rounds, lambda: whole("-c", IMPORTS), lambda: whole("-c", START, spec))
    print(
        f"\nstart of sync (imports, ypareo.yaml): {start['cpu']:.2f} s of CPU, "
        f"{start['cpu'] / imports['cpu']:.2f} × importing requests, SQLAlchemy and Jinja2 alone "
        f"({imports['cpu']:.2f} s)"
    )
    asked = {
        "--version": ("--version",),
        "--help": ("--help",),
        "validate bench.yaml": ("validate", str(HERE / "bench.yaml")),
        "validate ypareo.yaml": ("validate", spec),
    }
    print("whole processes, median of 9:", end="")
    for name, arguments in asked.items():
        print(f" {name} {_command(*arguments) * 1000:.0f} ms", end=",")
    print()


def _command(*arguments: str) -> float:
    taken = []
    for _ in range(9):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "edusync", *arguments],
            capture_output=True,
            check=True,
            env=CACHED,
        )
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def again(book: str, rounds: int) -> None:
    with generator(20_000, 0, 18734) as url, tempfile.TemporaryDirectory() as folder:
        state = str(Path(folder) / "state.db")
        first = contestant("second", book, url, state)
        print(f"\n{book}: first whole run {first['seconds']:.1f} s, {first['made']} changes")
        reading, second = in_turn(
            rounds,
            lambda: contestant("reading", book, url),
            lambda: contestant("second", book, url, state),
        )
    print(
        f"second whole run without changes: {second['seconds']:.2f} s, "
        f"{second['made']:.0f} changes, {second['seconds'] / reading['seconds']:.2f} × its reading "
        f"({reading['seconds']:.2f} s)"
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--second",
        action="store_true",
        help="also a first whole run (minutes) and a second one without changes",
    )
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--book", choices=("bench", "rich"), help="one mapping alone")
    told = parser.parse_args()
    books = (told.book,) if told.book else ("bench", "rich")
    for book in books:
        mapping(book, told.rounds)
    starts(told.rounds)
    if told.second:
        for book in books:
            again(book, told.rounds)


if __name__ == "__main__":
    main()
