"""A fleet of small schools, all due in one slot: one scheduler, two workers, PostgreSQL.

    python benchmarks/cluster.py [--connectors 80] [--at-once 8] [--workers 2]

The servers are those of `benchmarks/fleet.py`. `edusync serve` and `edusync worker` are processes
of their own; PostgreSQL answers at 127.0.0.1:5432 (EDUSYNC_TEST_POSTGRES names another), where a
database is made and dropped. Prints the rate, what 1,000 runs would take at it beside half of
a slot of two hours, the longest wait for a worker, and the peak of memory of each process. Then
5,000 connectors in simulated time: how their starts are spread over a slot.

That limits of requests hold at the servers, `tests/runner/test_limits.py` shows.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from fleet import DAY, FLOOR, MIDDAY, servers, write_project
from sqlalchemy import create_engine, func, select, text

from edusync.app.runner.slots import calendars
from edusync.model import PARIS
from edusync.spec.tree import Schedule
from edusync.state.open import open_store
from edusync.state.tables import run, slot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.state.store import Store

SERVER = os.environ.get("EDUSYNC_TEST_POSTGRES", "postgresql://postgres@127.0.0.1/postgres")


def peak(process: subprocess.Popen[bytes]) -> float:
    """Return the most memory that a process had, in MiB."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def count(store: Store, state: str) -> int:
    query = select(func.count()).where(slot.c.state == state, slot.c.starts_at <= MIDDAY)
    with store.reading() as connection:
        return connection.execute(query).scalar() or 0


def open_slots(store: Store) -> int:
    return count(store, "due") + count(store, "running")


def measure(store: Store, folder: Path, url: str, workers: int, wanted: int) -> float:
    """Let the processes do what is due; print the figures, and return the seconds of a run."""
    start = [sys.executable, "-m", "edusync"]
    more = ["--at", MIDDAY.isoformat(), "--state", url, "--project", str(folder)]
    with ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen([*start, command, *more], stderr=subprocess.DEVNULL)
            )
            for command in ("serve", *["worker"] * workers)
        ]
        while count(store, "done") + count(store, "failed") < wanted or open_slots(store):
            if any(process.poll() is not None for process in running):
                sys.exit("a process ended")
            time.sleep(0.5)
        peaks = [peak(process) for process in running]
        for process in running:
            process.send_signal(signal.SIGTERM)
    with store.reading() as connection:
        claimed = select(func.min(slot.c.claimed_at), func.max(slot.c.claimed_at))
        first, last = connection.execute(claimed).one()
        finished = connection.execute(select(func.max(run.c.finished_at))).scalar()
        ended = Counter(connection.execute(select(run.c.status)).scalars())
        owners = connection.execute(select(func.count(slot.c.owner.distinct()))).scalar()
    took = float((finished - first).total_seconds())
    runs = sum(ended.values())
    print(f"{runs} runs in {took:.1f} s, {runs / took:.2f} a second, by {owners} workers")
    print(f"  ended: {dict(ended)}; failed slots: {count(store, 'failed')}")
    print(f"  longest wait for a worker {(last - first).total_seconds():.1f} s")
    print(
        f"  peak of memory: serve {peaks[0]:.0f} MiB, workers", [f"{p:.0f} MiB" for p in peaks[1:]]
    )
    return took / max(1, runs)


def spread(connectors: int) -> None:
    """Print how the starts of many connectors are spread over a slot of two hours."""
    day = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
    minutes = Counter[int]()
    for number in range(connectors):
        for one in starts(f"school-{number:05}", day):
            minutes[int((one - day).total_seconds() // 60)] += 1
    busy = sorted(minutes.values())
    print(
        f"{connectors} connectors, one slot: starts in {len(busy)} minutes, {busy[0]} to "
        f"{busy[-1]} a minute, {connectors / len(busy):.1f} on average"
    )


def starts(name: str, day: datetime) -> Iterator[datetime]:
    """Yield the starts of the first slot of a day of a connector without a schedule of its own."""
    found = calendars(name, Schedule(), PARIS, goes_up=False)["down"]
    yield min(one.starts_at for one in found.between(day, day + timedelta(days=1)))


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--connectors", type=int, default=80)
    parser.add_argument("--at-once", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    told = parser.parse_args()
    os.environ.setdefault("EDUSYNC_STATE_KEY", "a key of the benchmark")
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=servers, args=(told.connectors, there), daemon=True
    )
    process.start()
    answers, edusign = here.recv()
    name = f"edusync_bench_{uuid4().hex[:8]}"
    driver = SERVER.replace("postgresql://", "postgresql+psycopg://")
    admin = create_engine(driver, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    try:
        with tempfile.TemporaryDirectory() as text_folder:
            folder, url = Path(text_folder), f"{SERVER.rsplit('/', 1)[0]}/{name}"
            write_project(folder, told.connectors, answers, edusign)
            settings = {"edusync": 1, "runner": {"queue": True, "at_once": told.at_once}}
            (folder / "edusync.yaml").write_text(json.dumps(settings), encoding="utf-8")
            with closing(open_store(url)) as store:
                each = measure(store, folder, url, told.workers, told.connectors)
    finally:
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()
        process.terminate()
    held = "held" if 1000 * each < FLOOR else "NOT held"
    print(f"1,000 runs at this rate: {1000 * each:.0f} s of {FLOOR:.0f} s: {held}")
    spread(5000)
    return 0 if 1000 * each < FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
