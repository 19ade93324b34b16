"""What a school costs at Edusign's own rate: requests and minutes of a first run, of one in which
something changed, and of one in which nothing did, with 200 ms an answer. Prints a table.

    python benchmarks/edusign.py [--sheets 60] [--delay 200] [--at-once 1 4]

The school is short: 40 students, 6 professors, 4 groups, and so many sheets; the last lines say how
its figures become those of 8,000 students and 20,000 sheets. The floor: one request a write, at the
rate, and none to look.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any

from werkzeug.wrappers import Request, Response

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import sync
from edusync.engine.read.source import Tools
from edusync.plugins import load_registry
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.serve import serving
from edusync.state.open import open_store

PER_MINUTE = 480
DAY = date(2026, 3, 16)
PEOPLE, PROFESSORS, GROUPS = 40, 6, 4
SPEC = """
edusync: 1
connector: bench
label: Bench
connection: {url: {type: url, label: Address}}
transport: {kind: http, base_url: "{{ connection.url }}"}
formats:
  day: {kind: date, pattern: iso}
  clock: {kind: time, pattern: "%H:%M"}
resources:
  lessons: {get: /lessons, as: {on: day, from: clock, to: clock}, key: id}
  teachers: {get: /teachers, key: id}
  learners: {get: /learners, key: id}
  classes: {get: /classes, key: id}
entities:
  professor: {from: teachers, source_id: id, last_name: last, first_name: first, email: mail}
  student: {from: learners, source_id: id, last_name: last, first_name: first, email: mail}
  group: {from: classes, source_id: id, name: title, students: learners}
  course:
    from: lessons
    source_id: id
    name: title
    starts_at: {day: on, time: from}
    ends_at: {day: on, time: to}
    professors: teacher
    students: learners
    groups: class
writeback: none
"""


def person(number: int, letter: str) -> dict[str, Any]:
    return {"id": number, "last": f"N{number}", "first": "A", "mail": f"{letter}{number}@e.test"}


def rows(sheets: int) -> dict[str, list[dict[str, Any]]]:
    classes = [list(range(1 + one, PEOPLE + 1, GROUPS)) for one in range(GROUPS)]
    return {
        "/teachers": [person(100 + one, "p") for one in range(PROFESSORS)],
        "/learners": [person(one, "s") for one in range(1, PEOPLE + 1)],
        "/classes": [
            {"id": one, "title": f"BTS {one}", "learners": who} for one, who in enumerate(classes)
        ],
        "/lessons": [
            {
                "id": number,
                "title": f"Lesson {number}",
                "on": (DAY + timedelta(days=1 + number % 10)).isoformat(),
                "from": f"{8 + number % 8:02}:00",
                "to": f"{9 + number % 8:02}:00",
                "teacher": 100 + number % PROFESSORS,
                "class": number % GROUPS,
                "learners": classes[number % GROUPS],
            }
            for number in range(sheets)
        ],
    }


class Distant:
    """Edusign, so many seconds away."""

    def __init__(self, application: Any, seconds: float) -> None:
        self.application, self.seconds, self.lock = application, seconds, Lock()
        self.seen: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        with self.lock:
            self.seen["reads" if environ["REQUEST_METHOD"] == "GET" else "writes"] += 1
        time.sleep(self.seconds)
        return self.application(environ, start_response)


def change(erp: dict[str, list[dict[str, Any]]]) -> None:
    """Every tenth lesson is moved, every twentieth student gets another name."""
    for lesson in erp["/lessons"][::10]:
        lesson["to"] = "19:30"
    for learner in erp["/learners"][::20]:
        learner["first"] = "B"


def measure(sheets: int, delay: float, at_once: int) -> list[dict[str, float]]:
    registry, erp = load_registry(), rows(sheets)
    found = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        now = datetime(2026, 3, 16, 11, 30).astimezone()
        edusign = Distant(create_app(Book(clock=lambda: now)), delay)
        address = stack.enter_context(serving(edusign))

        @Request.application
        def school(request: Request) -> Response:
            return Response(json.dumps(erp[request.path]), content_type="application/json")

        (folder / "key").write_text("sandbox-key")
        (folder / "bench.yaml").write_text(SPEC)
        account = {"base_url": address, "api_key": "${file:key}", "at_once": at_once}
        data = {
            "edusync": 1,
            "connector": "school",
            "spec": "bench.yaml",
            "connection": {"url": stack.enter_context(serving(school))},
            "accounts": [{"name": "main", "edusign": account}],
        }
        (folder / "school.yaml").write_text(json.dumps(data))
        store = open_store(str(folder / "state.db"))
        stack.callback(store.close)
        for run in ("first", "changed", "unchanged"):
            if run == "changed":
                change(erp)
            edusign.seen.clear()
            began = time.monotonic()
            instance = load_instance(folder / "school.yaml", registry)
            moment = Moment(now, Tools(time.monotonic, time.sleep))
            result = sync(instance, store, registry, moment)
            assert result.status == "success", result.outcomes
            found.append({**edusign.seen, "seconds": time.monotonic() - began})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sheets", type=int, default=60)
    parser.add_argument("--delay", type=float, default=200, help="milliseconds an answer")
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 4])
    given = parser.parse_args()
    print("| at once | run | reads | writes | seconds | requests a minute | floor, seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for at_once in given.at_once:
        runs = measure(given.sheets, given.delay / 1000, at_once)
        for name, run in zip(("first", "changed", "unchanged"), runs, strict=True):
            reads, writes = run.get("reads", 0), run.get("writes", 0)
            print(
                f"| {at_once} | {name} | {reads:.0f} | {writes:.0f} | {run['seconds']:.1f} "
                f"| {(reads + writes) / run['seconds'] * 60:.0f} "
                f"| {writes * 60 / PER_MINUTE:.1f} |"
            )
            time.sleep(61 if name == "first" else 0)  # each run has a minute of its own
        per_item = (runs[0]["reads"] + runs[0]["writes"]) / runs[0]["writes"]
        rate = min(PER_MINUTE, (per_item * runs[0]["writes"]) / runs[0]["seconds"] * 60)
        items = 8_000 + 20_000
        print(
            f"first run of {items:,} items, {per_item:.2f} requests each, at {rate:.0f} a minute: "
            f"{items * per_item / rate:.0f} minutes; floor {items / PER_MINUTE:.0f}"
        )


if __name__ == "__main__":
    main()
