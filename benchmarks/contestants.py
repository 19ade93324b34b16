"""One contestant in a process of its own; prints seconds, MiB and requests as JSON.

python benchmarks/contestants.py edusync|reading|loop|lean|second bench|rich URL [STATE]
"""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
KIND, BOOK, URL = sys.argv[1:4]
AT = datetime(2026, 3, 16, 11, 30, tzinfo=ZoneInfo("Europe/Paris"))


def edusync_read() -> tuple[int, int]:
    """Edusync's read-and-map of the same data by a spec."""
    from edusync.engine.collector import collector_at_rest
    from edusync.engine.map.mapper import Mapper
    from edusync.engine.map.skipped import Skipped
    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.engine.read.names import Answers, names_in_scope
    from edusync.engine.read.source import Source, Tools
    from edusync.model import Window
    from edusync.spec import load_spec

    begin()
    text = (HERE / f"{BOOK}.yaml").read_text(encoding="utf-8")
    spec, document = load_spec(text, f"{BOOK}.yaml")
    assert spec is not None, document.findings
    imported()  # the last modules are imported by what a spec uses
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

    state = Path(sys.argv[4])
    file = state.with_suffix(".yaml")
    file.write_text(
        json.dumps(
            {
                "edusync": 1,
                "connector": "bench",
                "spec": str(HERE / f"{BOOK}.yaml"),
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
    imported()


def imported() -> None:
    """Note the memory that modules take."""
    global IMPORTED
    IMPORTED = peak()


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def by_hand() -> tuple[int, int]:
    import by_hand as short

    return {"loop": short.loop, "lean": short.lean}[KIND](BOOK, URL, begin)


STARTED, IMPORTED = time.perf_counter(), peak()
items, made = {
    "loop": by_hand,
    "lean": by_hand,
    "edusync": edusync_read,
    "reading": edusync_read,
    "second": second,
}[KIND]()
took = time.perf_counter() - STARTED
print(
    json.dumps(
        {
            "seconds": took,
            "mib": peak(),
            "above": peak() - IMPORTED,
            "items": items,
            "made": made,
        }
    )
)
