"""Compare edusync with what somebody writes by hand, side by side, against a generator on this
machine. Prints ratios.

    python benchmarks/run.py [--second] [--rounds 5]

The floor is a loop of `requests` + `json`, page after page, that makes the same objects. See
benchmarks/README.md.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent


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


def contestant(kind: str, url: str, *more: str) -> dict:
    ended = subprocess.run(
        [sys.executable, str(HERE / "contestants.py"), kind, url, *more],
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise SystemExit(ended.stderr)
    return json.loads(ended.stdout)


def medians(url: str, rounds: int, *kinds: str) -> list[dict]:
    """Run the contestants in turn, so that whatever else the machine does hits them alike."""
    found = [[contestant(kind, url) for kind in kinds] for _ in range(rounds)]
    return [
        {
            **one,
            "mib": max(row[place]["mib"] for row in found),
            **{
                key: statistics.median(row[place][key] for row in found)
                for key in ("seconds", "whole")
            },
        }
        for place, one in enumerate(found[0])
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--second",
        action="store_true",
        help="also a first whole run (minutes) and a second one without changes",
    )
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args()
    print(f"20,000 courses, 8,000 students, 600 professors, 200 a page; median of {told.rounds}\n")
    print(
        f"{'delay':>8} {'contestant':>12} {'seconds':>9} {'peak MiB':>9} {'requests':>9} "
        f"{'items':>8} {'× floor':>8} {'with imports':>13}"
    )
    for delay, port in ((0, 18731), (30, 18732)):
        with generator(20_000, delay, port) as url:
            floor, ours = medians(url, told.rounds, "floor", "edusync")
            for name, one in (("floor", floor), ("edusync", ours)):
                print(
                    f"{delay:>5} ms {name:>12} {one['seconds']:>9.2f} {one['mib']:>9.1f} "
                    f"{one['made']:>9} {one['items']:>8} {one['seconds'] / floor['seconds']:>8.2f} "
                    f"{one['whole']:>13.2f}"
                )
    with generator(80_000, 0, 18733) as url:
        four = contestant("edusync", url)
        print(
            f"\nfour times as many courses: peak {four['mib']:.1f} MiB ({four['items']} items, "
            f"{four['made']} requests)"
        )
    started = [
        _start("--version"),
        _start("--help"),
        _start("validate", str(HERE / "bench.yaml")),
        _start("validate", str(HERE.parent / "specs" / "ypareo.yaml")),
    ]
    print(
        "\nwhole processes, median of 9: "
        + ", ".join(
            f"{name} {seconds * 1000:.0f} ms"
            for name, seconds in zip(
                ("--version", "--help", "validate bench.yaml", "validate ypareo.yaml"),
                started,
                strict=True,
            )
        )
    )
    if told.second:
        with generator(20_000, 0, 18734) as url, tempfile.TemporaryDirectory() as folder:
            state = str(Path(folder) / "state.db")
            first = contestant("second", url, state)
            print(f"\nfirst whole run: {first['seconds']:.1f} s, {first['made']} changes")
            pairs = [
                (contestant("reading", url), contestant("second", url, state))
                for _ in range(told.rounds)
            ]
            reading, took = (
                statistics.median(pair[place]["seconds"] for pair in pairs) for place in (0, 1)
            )
            print(
                f"second whole run without changes: {took:.2f} s, {pairs[0][1]['made']} changes, "
                f"{took / reading:.2f} × its reading ({reading:.2f} s)"
            )


def _start(*arguments: str) -> float:
    taken = []
    for _ in range(9):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "edusync", *arguments], capture_output=True, check=True
        )
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
