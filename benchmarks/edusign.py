"""What a school costs at Edusign's own rate: requests and minutes of a first run, of one in which
something changed, and of one in which nothing did, with 200 ms an answer, one by one (v1) and in
batches (v3). Prints a table.

    python benchmarks/edusign.py [--api v1 v3] [--sheets 60] [--delay 200] [--at-once 1 4]
    python benchmarks/edusign.py --count

The school is short: 40 students, 6 professors, 4 groups, and so many sheets; the last lines say how
its figures become those of 8,000 students and 20,000 sheets. The floor: one request a write, at the
rate, and none to look. With `--count`, requests alone are counted, of a school of 2,000 students
and 5,000 sheets on an Edusign that is near and knows no rate: minutes follow from both rates.
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
from typing import Any, NamedTuple

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
HEAVY_PER_MINUTE = 24
FULL = (8_000, 20_000)
"""Students and sheets of a first run that counts."""


class School(NamedTuple):
    """How many there are of each."""

    students: int
    professors: int
    groups: int
    sheets: int


SHORT = School(40, 6, 4, 60)
LONG = School(2_000, 100, 50, 5_000)
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


def rows(school: School) -> dict[str, list[dict[str, Any]]]:
    groups = school.groups
    classes = [list(range(1 + one, school.students + 1, groups)) for one in range(groups)]
    return {
        "/teachers": [person(10_000 + one, "p") for one in range(school.professors)],
        "/learners": [person(one, "s") for one in range(1, school.students + 1)],
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
                "teacher": 10_000 + number % school.professors,
                "class": number % groups,
                "learners": classes[number % groups],
            }
            for number in range(school.sheets)
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
            self.seen["batches"] += environ["PATH_INFO"].startswith("/v3")
        time.sleep(self.seconds)
        return self.application(environ, start_response)


def change(erp: dict[str, list[dict[str, Any]]]) -> None:
    """Every tenth lesson is moved, every twentieth student gets another name."""
    for lesson in erp["/lessons"][::10]:
        lesson["to"] = "19:30"
    for learner in erp["/learners"][::20]:
        learner["first"] = "B"


def measure(
    school: School, api: str, *, delay: float, at_once: int, per_minute: int
) -> list[dict[str, float]]:
    registry, erp = load_registry(), rows(school)
    found = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        now = datetime(2026, 3, 16, 11, 30).astimezone()
        book = Book(clock=lambda: now)  # as it is by then: a run is hours after the one before
        edusign = Distant(create_app(book, per_minute=per_minute), delay)
        address = stack.enter_context(serving(edusign))

        @Request.application
        def answer(request: Request) -> Response:
            return Response(json.dumps(erp[request.path]), content_type="application/json")

        (folder / "key").write_text("sandbox-key")
        (folder / "bench.yaml").write_text(SPEC)
        account = {
            "base_url": address,
            "api_key": "${file:key}",
            "at_once": at_once,
            "requests_per_minute": per_minute,
            **({"api": "v3", "v3_mails_credentials": False} if api == "v3" else {}),
        }
        data = {
            "edusync": 1,
            "connector": "school",
            "spec": "bench.yaml",
            "connection": {"url": stack.enter_context(serving(answer))},
            "accounts": [{"name": "main", "edusign": account}],
        }
        (folder / "school.yaml").write_text(json.dumps(data))
        store = open_store(str(folder / "state.db"))
        stack.callback(store.close)
        for run in RUNS:
            if run == "changed":
                change(erp)
            edusign.seen.clear()
            began = time.monotonic()
            instance = load_instance(folder / "school.yaml", registry)
            moment = Moment(now, Tools(time.monotonic, time.sleep))
            result = sync(instance, store, registry, moment)
            assert result.status == "success", result.outcomes
            found.append({**edusign.seen, "seconds": time.monotonic() - began})
            now += timedelta(hours=6)
            if per_minute == PER_MINUTE and run == "first":
                time.sleep(61)  # each run has a minute of its own
    return found


RUNS = ("first", "changed", "unchanged")


def minutes(reads: float, writes: float, batches: float) -> float:
    """How long that takes at both rates, when nothing else does."""
    return max((reads + writes) / PER_MINUTE, batches / HEAVY_PER_MINUTE)


def timed(given: argparse.Namespace) -> None:
    """Print what a short school takes."""
    school = SHORT._replace(sheets=given.sheets)
    print("| api | at once | run | reads | writes | seconds | requests a minute | floor, seconds |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for api in given.api:
        for at_once in given.at_once:
            delay = given.delay / 1000
            runs = measure(school, api, delay=delay, at_once=at_once, per_minute=PER_MINUTE)
            for name, run in zip(RUNS, runs, strict=True):
                reads, writes = run.get("reads", 0), run.get("writes", 0)
                print(
                    f"| {api} | {at_once} | {name} | {reads:.0f} | {writes:.0f} "
                    f"| {run['seconds']:.1f} | {(reads + writes) / run['seconds'] * 60:.0f} "
                    f"| {writes * 60 / PER_MINUTE:.1f} |"
                )


def counted(given: argparse.Namespace) -> None:
    """Print how many requests a school of some size makes, and what follows for a large one."""
    print(f"{LONG.students:,} students, {LONG.sheets:,} sheets, {LONG.groups} groups")
    print("| api | run | reads | writes | of these batches | minutes at the rates |")
    print("| --- | --- | --- | --- | --- | --- |")
    firsts = {}
    for api in given.api:
        runs = measure(LONG, api, delay=0, at_once=4, per_minute=10_000_000)
        for name, run in zip(RUNS, runs, strict=True):
            sums = [run.get(one, 0) for one in ("reads", "writes", "batches")]
            print(f"| {api} | {name} | {sums[0]} | {sums[1]} | {sums[2]} | {minutes(*sums):.1f} |")
        firsts[api] = runs[0]
    students, sheets = FULL
    scale = sheets / LONG.sheets
    for api, run in firsts.items():
        batches = run.get("batches", 0)
        single = (run["writes"] - batches - LONG.groups) * scale
        # v3: professors, students and sheets by the thousand, and the look whether it is there
        full = 2 + -(-students // 1000) + -(-sheets // 1000) if batches else 0
        for groups in (LONG.groups, 200):
            writes = single + groups + full
            took = minutes(run.get("reads", 0) * scale, writes, full)
            print(
                f"{api}: first run of {students:,} students, {sheets:,} sheets, {groups} groups: "
                f"{writes:,.0f} writes ({full} batches), {took:.0f} minutes at the rates"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--api", nargs="+", choices=["v1", "v3"], default=["v1", "v3"])
    parser.add_argument("--sheets", type=int, default=SHORT.sheets)
    parser.add_argument("--delay", type=float, default=200, help="milliseconds an answer")
    parser.add_argument("--at-once", type=int, nargs="+", default=[1, 4])
    parser.add_argument("--count", action="store_true", help="count requests, as fast as it goes")
    given = parser.parse_args()
    (counted if given.count else timed)(given)


if __name__ == "__main__":
    main()
