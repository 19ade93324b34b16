"""How long the pages of the console take with 1,000 connectors and three months of runs.

python benchmarks/console.py [connectors]
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from uuid import uuid4

from sqlalchemy import insert

from edusync.app.console import accounts
from edusync.app.files.project import find_project
from edusync.app.runner.fleet import Fleet
from edusync.model import PARIS
from edusync.plugins import load_registry
from edusync.state.open import open_store
from edusync.state.tables import event, run
from edusync.web.app import create_console
from edusync.web.console import Console

NOW = datetime(2026, 3, 16, 15, tzinfo=PARIS)
DAYS, EVENTS = 90, 30
CODES = ("DOWN_CREATED", "DOWN_UPDATED", "DOWN_COURSE_PROFESSOR_INVALID", "DOWN_COURSE_SAME_DAY")


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), count)


def measure(folder: Path, count: int) -> None:
    registry = load_registry()
    (folder / "connectors").mkdir()
    (folder / "key").write_text("k")
    (folder / "edusync.yaml").write_text("edusync: 1\n")
    names = [f"school-{number:04}" for number in range(count)]
    for name in names:
        data = {
            "edusync": 1,
            "connector": name,
            "spec": "ypareo",
            "connection": {"url": "http://127.0.0.1:9", "apiKey": "${file:../key}"},
            "accounts": [{"name": "main", "edusign": {"api_key": "${file:../key}"}}],
        }
        (folder / "connectors" / f"{name}.yaml").write_text(json.dumps(data))
    store = open_store(str(folder / "state.db"))
    fill(store, names)
    project = find_project(folder)
    assert project is not None
    fleet = Fleet(project, registry)
    began = perf_counter()
    fleet.calendars()
    print(f"{count} connector files read: {perf_counter() - began:.1f} s, once")
    console = Console(store, fleet, lambda: NOW, "http://127.0.0.1:8550")
    client = create_console(console).test_client()
    token = accounts.invite(store, "operator", [], NOW)
    page = client.get(f"/welcome/{token}").text
    csrf = re.findall(r'csrf_token" value="([^"]+)', page)[0]
    form = {"csrf_token": csrf, "name": "ada", "password": "correct horse battery"}
    client.post(f"/welcome/{token}", data=form)
    for path in ("/", "/?q=0500", "/?page=10", "/to-settle", "/connectors/school-0007/"):
        client.get(path)
        times = []
        for _ in range(5):
            began, worked = perf_counter(), process_time()
            assert client.get(path).status_code == 200
            times.append((perf_counter() - began, process_time() - worked))
        seconds, of_cpu = map(min, zip(*times, strict=True))
        print(f"{path:28} {seconds * 1000:6.0f} ms, {of_cpu * 1000:6.0f} ms of the processor")
    store.close()


def fill(store: object, names: list[str]) -> None:
    """Write runs and events: two runs a day, events with the last ones."""
    runs, events = [], []
    for number, name in enumerate(names):
        for ago in range(2 * DAYS):
            at = NOW - timedelta(hours=12 * ago + 2)
            identity = uuid4().hex
            is_bad = (number + ago) % 17 == 0
            runs.append(
                {
                    "id": identity,
                    "connector": name,
                    "direction": "down",
                    "started_at": at,
                    "finished_at": at + timedelta(minutes=3),
                    "status": "partial" if is_bad else "success",
                    "counts": {},
                }
            )
            if ago < 2:
                events += [
                    {
                        "run": identity,
                        "account": "main",
                        "code": CODES[one % 4],
                        "severity": "warning" if one % 4 == 2 else "info",
                        "kind": "course",
                        "source_id": f"{one}",
                    }
                    for one in range(EVENTS)
                ]
    with store.writing() as connection:  # type: ignore[attr-defined]
        connection.execute(insert(run), runs)
        connection.execute(insert(event), events)


if __name__ == "__main__":
    main()
