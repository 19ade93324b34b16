"""Choose what is due among 20,000 slots: 5,000 connectors with two slots a day each way.

    python benchmarks/due_slots.py

A store of SQLite in a temporary folder. Prints the median and the worst of 50 choices for three
moments: nothing is due, a slot is under way (a few start each second), everything is due at once
after an outage; and how the starts of one slot are spread.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from edusync.app.runner.slots import calendars, wanted
from edusync.model import PARIS
from edusync.spec.tree import Schedule
from edusync.state.open import open_store
from edusync.state.slots import Wanted, due_slots, plan_slots

if TYPE_CHECKING:
    from edusync.state.store import Store

CONNECTORS = 5_000
FLOOR = 50.0
MORNING = datetime(2026, 3, 16, 0, 30, tzinfo=PARIS)


def fill(store: Store) -> int:
    """Write a day of slots for every connector; return how many."""
    many = []
    for number in range(CONNECTORS):
        name = f"school-{number:05}"
        for direction, own in calendars(name, Schedule(), PARIS, goes_up=True).items():
            rows = [
                {
                    "day": one.day,
                    "slot": one.slot,
                    "starts_at": one.starts_at,
                    "ends_at": one.ends_at,
                }
                for one in wanted(own, MORNING, MORNING, MORNING + timedelta(hours=23))
            ]
            many.append(Wanted(name, direction, rows))
    for begin in range(0, len(many), 400):
        plan_slots(store, MORNING, many[begin : begin + 400])
    return sum(len(one.rows) for one in many)


def measure(store: Store, now: datetime) -> tuple[int, float, float]:
    """Choose 50 times; return how many were chosen, the median and the worst in ms."""
    took = []
    for _ in range(50):
        began = time.perf_counter()
        found = due_slots(store, now, 8)
        took.append((time.perf_counter() - began) * 1000)
    return len(found), median(took), max(took)


def spread() -> None:
    """Print how the starts of a midday slot are spread over its quarters of an hour."""
    quarters = Counter[str]()
    for number in range(CONNECTORS):
        own = calendars(f"school-{number:05}", Schedule(), PARIS, goes_up=False)["down"]
        start = own.between(MORNING, MORNING + timedelta(hours=23))[0].starts_at.astimezone(PARIS)
        quarters[f"{start.hour}:{start.minute // 15 * 15:02}"] += 1
    print("starts of 11:30-13:30:", dict(sorted(quarters.items())))


def main() -> int:
    """Fill, measure, print; 1 when the floor is not held."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder) / "state.db"))
        began = time.perf_counter()
        count = fill(store)
        print(
            f"{count} slots of {CONNECTORS} connectors written in "
            f"{time.perf_counter() - began:.1f} s"
        )
        worst = 0.0
        for words, hour, minute in (
            ("nothing is due", 1, 0),
            ("the midday slot is under way", 12, 0),
            ("everything is due", 23, 0),
        ):
            now = MORNING.replace(hour=hour, minute=minute)
            chosen, middle, most = measure(store, now)
            print(f"{words}: {chosen} chosen, median {middle:.1f} ms, worst {most:.1f} ms")
            worst = max(worst, middle)
        store.close()
    spread()
    print(f"floor {FLOOR:.0f} ms: {'held' if worst < FLOOR else 'NOT held'}")
    return 0 if worst < FLOOR else 1


if __name__ == "__main__":
    sys.exit(main())
