"""A fleet of small schools of every ERP, all due in one slot, run by one runner.

    python benchmarks/fleet.py [--connectors 80] [--at-once 8]

The servers (one simulator an ERP, one Edusign a school) run in a process of their own, over real
sockets. Prints how long the slot took, the rate, what 1,000 connectors would take at that rate
beside half of a slot of two hours, the longest run, the longest wait, and the peak of memory. It
runs twice: a first slot that brings everything down, and the next one, in which nothing changed.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from edusync.app.files.project import find_project
from edusync.app.runner.fleet import Fleet
from edusync.app.runner.runner import Runner
from edusync.model import PARIS
from edusync.plugins import load_registry
from edusync.state.open import open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.runner.endings import Ended
    from edusync.state.slots import SlotRow

DAY = date(2026, 3, 16)
MIDDAY = datetime(2026, 3, 16, 12, 45, tzinfo=PARIS)
EVENING = datetime(2026, 3, 16, 20, 50, tzinfo=PARIS)
FLOOR = 3600.0
"""Half of a slot of two hours, in seconds."""


def servers(count: int, pipe: Any) -> None:
    """Serve every ERP and so many accounts of Edusign; send what each school would answer."""
    from werkzeug.middleware.dispatcher import DispatcherMiddleware

    from edusync.sandbox.edusign import Book, create_app
    from edusync.sandbox.serve import start

    registry = load_registry()
    answers = []
    for name, registered in sorted(registry.simulators.items()):
        simulation = registered.thing.start(DAY)
        address = start(simulation.wsgi)[1]
        answers.append((name, json.loads(json.dumps(simulation.answers(address), default=list))))
    accounts = {f"/{n}": create_app(Book(clock=lambda: MIDDAY)) for n in range(count)}
    edusign = start(DispatcherMiddleware(lambda *_: [b""], accounts))[1]
    pipe.send((answers, edusign))
    threading.Event().wait()


def write_project(folder: Path, count: int, answers: Sequence[Any], edusign: str) -> None:
    """Write a connector file for each school, the ERPs in turn."""
    (folder / "connectors").mkdir()
    (folder / "edusync.yaml").write_text("edusync: 1\n", encoding="utf-8")
    for number in range(count):
        spec, given = answers[number % len(answers)]
        name = f"{spec}-{number:04}"
        account = {"base_url": f"{edusign}/{number}", "api_key": "sandbox-key"}
        data = {
            "edusync": 1,
            "connector": name,
            "spec": spec,
            "connection": given["connection"],
            "options": given["options"],
            "accounts": [{"name": "main", "edusign": account, "filters": given["filters"]}],
        }
        (folder / "connectors" / f"{name}.yaml").write_text(json.dumps(data), encoding="utf-8")


class Watch:
    """Notes how slots end."""

    def __init__(self) -> None:
        self.began = time.perf_counter()
        self.ended: list[tuple[str, str, float, float]] = []

    def slot(self, row: SlotRow, ended: Ended, seconds: float) -> None:
        waited = time.perf_counter() - self.began - seconds
        self.ended.append((row.connector, ended.code or ended.status, seconds, waited))

    def taken_over(self, rows: Sequence[SlotRow]) -> None:
        raise AssertionError(rows)

    def round(self) -> None:
        pass

    def trouble(self, error: Exception) -> None:
        raise error


def slot(folder: Path, at: datetime, at_once: int, words: str) -> float:
    """Run what is due at an instant; print the figures and return the seconds."""
    project, store = find_project(folder), open_store(str(folder / "state.db"))
    assert project is not None
    fleet, watch = Fleet(project, load_registry()), Watch()
    Runner(store, fleet, lambda: at, at_once, watch).once()
    took = time.perf_counter() - watch.began
    store.close()
    runs = len(watch.ended)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{words}: {runs} runs in {took:.1f} s, {runs / took:.2f} a second, {at_once} at once")
    print("  ended:", dict(Counter(ended for _, ended, _, _ in watch.ended)))
    print(
        f"  longest run {max(one[2] for one in watch.ended):.1f} s, longest wait "
        f"{max(one[3] for one in watch.ended):.1f} s, peak of memory {peak:.0f} MiB"
    )
    return took / max(1, runs)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--connectors", type=int, default=80)
    parser.add_argument("--at-once", type=int, default=8)
    told = parser.parse_args()
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=servers, args=(told.connectors, there), daemon=True
    )
    process.start()
    answers, edusign = here.recv()
    with tempfile.TemporaryDirectory() as folder:
        write_project(Path(folder), told.connectors, answers, edusign)
        first = slot(Path(folder), MIDDAY, told.at_once, "first slot, everything comes down")
        again = slot(Path(folder), EVENING, told.at_once, "next slot, down and up")
    process.terminate()
    worst = 1000 * max(first, again)
    held = "held" if worst < FLOOR else "NOT held"
    print(f"1,000 runs at the slower rate: {worst:.0f} s of {FLOOR:.0f} s: {held}")
    return 0 if worst < FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
