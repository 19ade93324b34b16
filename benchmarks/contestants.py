"""One contestant in a process of its own; prints seconds, peak MiB and requests as JSON.

python benchmarks/contestants.py edusync|reading|floor|second URL [STATE]
"""

from __future__ import annotations

import json
import resource
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
KIND, URL = sys.argv[1], sys.argv[2]
AT = datetime(2026, 3, 16, 11, 30, tzinfo=ZoneInfo("Europe/Paris"))


@dataclass(frozen=True, slots=True)
class Person:
    source_id: str
    last_name: str
    first_name: str
    email: str


@dataclass(frozen=True, slots=True)
class Course:
    source_id: str
    name: str
    starts_at: datetime
    ends_at: datetime
    professors: tuple[str, ...]
    students: tuple[str, ...]
    classroom: str


def floor() -> tuple[int, int]:
    """What somebody writes by hand: requests + json, one page after the other, the same fields."""
    import requests

    begin()
    session, made, items = requests.Session(), 0, 0
    paris = ZoneInfo("Europe/Paris")
    for what in ("students", "professors", "courses"):
        page, got, total = 1, 0, 1
        while got < total:
            data = json.loads(
                session.get(f"{URL}/{what}", params={"page": page, "size": 200}, timeout=60).content
            )
            made += 1
            page, got, total = page + 1, got + len(data["rows"]), data["total"]
            for row in data["rows"]:
                if what == "courses":
                    if row["state"] == "cancelled":
                        continue
                    start, end = (
                        datetime.strptime(f"{row['day']} {row[key]}", "%d/%m/%Y %H:%M")
                        .replace(tzinfo=paris)
                        .astimezone(UTC)
                        for key in ("from", "to")
                    )
                    Course(
                        str(row["id"]),
                        f"{row['subject']} ({row['kind']})",
                        start,
                        end,
                        tuple(map(str, row["professors"])),
                        tuple(map(str, row["students"])),
                        row["room"]["name"],
                    )
                else:
                    Person(
                        str(row["id"]),
                        row["name"]["last"],
                        row["name"]["first"],
                        row["mail"]["pro"] or row["mail"]["perso"],
                    )
                items += 1
    return items, made


def edusync_read() -> tuple[int, int]:
    """Edusync's read-and-map of the same data by `bench.yaml`."""
    from edusync.engine.collector import collector_at_rest
    from edusync.engine.map.builder import Skipped
    from edusync.engine.map.mapper import Mapper
    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.engine.read.names import Answers, names_in_scope
    from edusync.engine.read.source import Source, Tools
    from edusync.model import Window
    from edusync.spec import load_spec

    begin()
    spec, document = load_spec((HERE / "bench.yaml").read_text(encoding="utf-8"), "bench.yaml")
    assert spec is not None, document.findings
    if (
        KIND == "reading"
    ):  # what a whole run is compared with, whose spec is loaded before its clock starts
        begin()
    names = names_in_scope(
        Answers("main", {"url": URL}, {}, {}), Window.around(AT, days=14, days_back=0)
    )
    source, report = Source(spec, names, Tools(time.monotonic, time.sleep)), Report()
    made = 0
    send = source.client.send

    def counted(request: object) -> object:
        nonlocal made
        made += 1
        return send(request)

    source.client.send = counted
    mapper = Mapper(Lists(spec, source, names, report, {}), report)
    with collector_at_rest():
        items = sum(
            type(item) is not Skipped
            for kind in ("student", "professor", "course")
            for item in mapper.items(kind)
        )
    source.close()
    return items, made


def second() -> tuple[int, int]:
    """A whole run when nothing has changed; the first one is made before, in another process."""
    import filelock  # noqa: F401 - imported late by what follows
    import pyrate_limiter  # noqa: F401

    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.sync import sync
    from edusync.plugins import load_registry
    from edusync.state.open import open_store

    state = Path(sys.argv[3])
    file = state.with_suffix(".yaml")
    file.write_text(
        json.dumps(
            {
                "edusync": 1,
                "connector": "bench",
                "spec": str(HERE / "bench.yaml"),
                "connection": {"url": URL},
                "accounts": [
                    {
                        "name": "main",
                        "edusign": {
                            "base_url": URL,
                            "api_key": "bench",
                            "requests_per_minute": 10_000_000,
                            "not_found": ["not found"],
                        },
                    }
                ],
            }
        ),
        encoding="utf-8",
    )
    registry, store = load_registry(), open_store(str(state))
    instance = load_instance(file, registry)
    begin()
    result = sync(instance, store, registry, Moment(AT))
    return len(result.outcomes), len(result.plan.accounts[0].changes)


def begin() -> None:
    """Start the clock, once everything is imported."""
    global STARTED
    STARTED = time.perf_counter()


STARTED = ENTERED = time.perf_counter()
items, made = {"floor": floor, "edusync": edusync_read, "reading": edusync_read, "second": second}[
    KIND
]()
took = time.perf_counter() - STARTED
print(
    json.dumps(
        {
            "seconds": took,
            "whole": time.perf_counter() - ENTERED,
            "mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "items": items,
            "made": made,
        }
    )
)
