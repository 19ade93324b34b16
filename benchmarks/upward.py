"""1,000 archived sheets go up into every ERP: how many requests that costs, beside the fewest that
its interface allows. Prints a table.

    python benchmarks/upward.py [--sheets 1000] [--erp NAME …]

The simulators run on this machine; sheets, links and attendance are put there directly, every state
in turn, so that only the way up is measured. The floor: one write for each person, sheet or batch,
as the interface takes them, and no reading at all.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, insert

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.app.runs.writeback import write_back
from edusync.plugins import load_registry
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.edusign.play import play
from edusync.sandbox.serve import serving
from edusync.state.open import open_store
from edusync.state.tables import link

sys.path.insert(0, str(Path(__file__).parent))
from upward_schools import SAID, SCHOOLS

DAY = datetime.now(UTC).date()


class Counted:
    """An ERP that counts what is asked of it."""

    def __init__(self, application: Any) -> None:
        self.application, self.reads, self.writes = application, 0, 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "GET":
            self.reads += 1
        else:
            self.writes += 1
        return self.application(environ, start_response)


def measure(erp: str, sheets: int) -> dict[str, Any]:
    registry = load_registry()
    simulation = registry.simulators[erp].thing.start(DAY)
    school = SCHOOLS[erp](simulation, sheets)
    book = Book()
    app = create_app(book, per_minute=10_000_000)
    courses = app.extensions["edusync"]["courses"]
    counted = Counted(simulation.wsgi)
    statements = [0]

    def note(connection: Any, *_more: Any) -> None:
        statements[0] += "scform" in str(connection.engine.url)

    event.listen(Engine, "before_cursor_execute", note)
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(app) as edusign,
        serving(counted) as address,
    ):
        store = open_store(str(Path(folder) / "state.db"))
        links = []

        def known(
            kind: str, source_id: str, edusign_id: str, starts_at: datetime | None = None
        ) -> None:
            links.append(
                {
                    "connector": "bench",
                    "account": "main",
                    "kind": kind,
                    "source_id": source_id,
                    "edusign_id": edusign_id,
                    "created": True,
                    "manual": False,
                    "fingerprint": "",
                    "fields": {},
                    "members": [],
                    "starts_at": starts_at,
                    "carry": {},
                    "updated_at": datetime.now(UTC),
                }
            )

        students = {}
        for source_id in school.students:
            students[source_id] = book.add(
                "students",
                {
                    "ID": f"s{len(students)}",
                    "id": f"s{len(students)}",
                    "HIDDEN": 0,
                    "API_ID": source_id,
                },
            )["ID"]
            known("student", source_id, students[source_id])
        book.add("professors", {"ID": "p1", "id": "p1", "HIDDEN": 0, "API_ID": school.professor})
        known("professor", school.professor, "p1")
        turn, lines = 0, 0
        for source_id, starts_at, ends_at in school.sheets:
            row = courses.create(
                {
                    "NAME": "Bench",
                    "START": starts_at.isoformat(),
                    "END": ends_at.isoformat(),
                    "PROFESSOR": "p1",
                    "API_ID": source_id,
                    "API_TYPE": erp,
                    "STUDENTS": [{"studentId": found} for found in students.values()],
                },
                from_students=True,
            )
            known("course", source_id, row["ID"], starts_at)
            play(
                courses,
                row["ID"],
                {found: SAID[(turn + n) % len(SAID)] for n, found in enumerate(students.values())},
            )
            turn, lines = turn + len(students), lines + len(students)
        with store.writing() as connection:
            connection.execute(insert(link), links)
        answers = simulation.answers(address)
        file = Path(folder) / "bench.yaml"
        (Path(folder) / "key").write_text("sandbox-key")
        file.write_text(
            json.dumps(
                {
                    "edusync": 1,
                    "connector": "bench",
                    "spec": erp,
                    "connection": dict(answers["connection"]),
                    "options": dict(answers["options"]),
                    "reasons": dict(answers.get("reasons", {})),
                    "accounts": [
                        {
                            "name": "main",
                            "edusign": {
                                "base_url": edusign,
                                "api_key": "${file:key}",
                                "requests_per_minute": 1_000_000,
                            },
                        }
                    ],
                }
            )
        )
        instance = load_instance(file, registry)
        book.requests.clear()
        began = time.perf_counter()
        result = write_back(instance, store, registry, Moment(datetime.now(UTC)))
        took = time.perf_counter() - began
        bad = [outcome.code for outcome in result.outcomes if str(outcome.severity) == "error"]
        files = {row["file"] for row in simulation.attendance() if "file" in row}
        asked, written, edusign_asked = (
            counted.reads,
            counted.writes + statements[0],
            len(book.requests),
        )
        again = write_back(instance, store, registry, Moment(datetime.now(UTC)))
        second = counted.writes + statements[0] - written
        store.close()
    event.remove(Engine, "before_cursor_execute", note)
    held = len(simulation.attendance())
    return {
        "erp": erp,
        "lines": lines,
        "asked": asked + written + len(files),
        "floor": school.floor(lines),
        "edusign": edusign_asked,
        "took": took,
        "status": result.status,
        "bad": bad[:3],
        "second": second,
        "again": again.status,
        "held": held,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sheets", type=int, default=1000)
    parser.add_argument("--erp", action="append")
    given = parser.parse_args()
    print(
        f"{'ERP':14} {'sheets':>6} {'lines':>6} {'requests':>8} {'a sheet':>8} {'floor':>7} "
        f"{'ratio':>6} {'Edusign':>8} {'seconds':>8}  ended"
    )
    for erp in given.erp or sorted(SCHOOLS):
        found = measure(erp, given.sheets)
        ratio = found["asked"] / max(found["floor"], 1)
        print(
            f"{erp:14} {given.sheets:6} {found['lines']:6} {found['asked']:8} "
            f"{found['asked'] / given.sheets:8.3f} {found['floor']:7} {ratio:6.2f} "
            f"{found['edusign']:8} {found['took']:8.1f}  {found['status']}"
            f"{' ' + ', '.join(found['bad']) if found['bad'] else ''}; again: {found['second']} "
            f"further, {found['again']}"
        )


if __name__ == "__main__":
    main()
