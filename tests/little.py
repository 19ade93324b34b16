"""A little school for tests of the language: a spec and a connector file as data, an ERP that
answers from a table, and everything that is seen of a run.
"""

from __future__ import annotations

import json
import math
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from edusync.app.authoring.connector_page import connector_page
from edusync.app.files.connector_file import Instance, load_instance
from edusync.app.files.specs import load_named
from edusync.app.runs.lateness import missed_slot
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import sync
from edusync.app.runs.writeback import write_back
from edusync.engine.outcome import Outcome
from edusync.engine.read.source import Tools
from edusync.errors import EdusyncError, FilesInvalid
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.edusign.play import play
from edusync.sandbox.serve import serving
from edusync.state.open import open_store

NOW = datetime(2026, 3, 16, 11, 30, tzinfo=PARIS)
SPEC: dict[str, Any] = {
    "edusync": 1,
    "connector": "little",
    "label": "Little",
    "connection": {"url": {"type": "url", "label": "Address"}},
    "transport": {"kind": "http", "base_url": "{{ connection.url }}"},
    "formats": {
        "day": {"kind": "date", "pattern": "iso"},
        "clock": {"kind": "time", "pattern": "%H:%M"},
    },
    "resources": {
        "lessons": {
            "get": "/lessons",
            "as": {"on": "day", "from": "clock", "to": "clock"},
            "key": "id",
        },
        "teachers": {"get": "/teachers", "key": "id"},
        "learners": {"get": "/learners", "key": "id"},
    },
    "entities": {
        "professor": {
            "from": "teachers",
            "source_id": "id",
            "last_name": "last",
            "first_name": "first",
            "email": "mail",
        },
        "student": {
            "from": "learners",
            "source_id": "id",
            "last_name": "last",
            "first_name": "first",
            "email": "mail",
        },
        "course": {
            "from": "lessons",
            "source_id": "id",
            "name": "title",
            "starts_at": {"day": "on", "time": "from"},
            "ends_at": {"day": "on", "time": "to"},
            "professors": "teacher",
            "students": "learners",
        },
    },
    "writeback": "none",
}
UPWARD: dict[str, Any] = {
    "reasons": {"from": "reasons", "id": "id", "label": "label"},
    "line": {"student": {"who": "{{ person.source_id }}"}},
    "states": {
        "present": {"set": {"state": "P"}},
        "absent": {"set": {"state": "A"}},
        "absent_justified": {"set": {"state": "J", "reason": "{{ reason.id }}"}},
        "late": {"else": "present"},
        "excluded": {"else": "absent"},
        "early_departure": {"else": "present"},
    },
    "for_sheet": [
        {"post": "/presences", "json": {"lines": "{{ lines }}"}, "in_doubt": "repeat"},
    ],
}


def lesson(number: int, **more: Any) -> dict[str, Any]:
    """Return a lesson of the day after tomorrow."""
    hour = 7 + number % 12
    return {
        "id": number,
        "title": f"Lesson {number}",
        "on": "2026-03-18",
        "from": f"{hour:02}:00",
        "to": f"{hour + 1:02}:00",
        "teacher": 70 + number % 2,
        "learners": [1, 2],
        "site": 10 * number,
        **more,
    }


def person(number: int, **more: Any) -> dict[str, Any]:
    """Return somebody invented."""
    return {
        "id": number,
        "last": f"Last{number}",
        "first": f"First{number}",
        "mail": f"p{number}@ecole.test",
        **more,
    }


@dataclass
class Seen:
    """Everything that was seen of some runs, each part in an order of its own."""

    page: str = ""
    """The page of the connector, made from its spec."""
    findings: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    """Codes that ended a run, with what was said."""
    events: list[tuple[Any, ...]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """What the ERP was asked, sorted."""
    written: list[Any] = field(default_factory=list)
    """What was written into the ERP."""
    sheets: list[tuple[Any, ...]] = field(default_factory=list)
    people: list[tuple[Any, ...]] = field(default_factory=list)
    groups: list[tuple[Any, ...]] = field(default_factory=list)
    waited: list[int] = field(default_factory=list)
    """Seconds, rounded up."""
    late: str | None = None
    """The slot in which a run should have taken place, two days after the last one."""
    more: list[Any] = field(default_factory=list)
    """What a test saw itself."""

    def acts(self) -> dict[str, Any]:
        """Return what is seen beside the page."""
        return {name: value for name, value in vars(self).items() if name != "page"}


class Little:
    """One school. `spec`, `connector` and `rows` are changed at will before something is done."""

    def __init__(self, folder: Path, registry: Registry, stack: ExitStack) -> None:
        self.folder, self.registry = folder, registry
        self.now = NOW
        self.spec, self.connector = deepcopy(SPEC), dict[str, Any]()
        self.rows: dict[str, Any] = {
            "/lessons": [lesson(1), lesson(2), lesson(3)],
            "/teachers": [person(70), person(71)],
            "/learners": [person(1), person(2)],
            "/reasons": [{"id": 4, "label": "Illness"}, {"id": 5, "label": "Summons"}],
        }
        """Path → what is answered: data, or a function of the request."""
        self.seen = Seen()
        self.lock = threading.Lock()
        self.book = Book(clock=lambda: self.now)
        app = create_app(self.book)
        self.courses = app.extensions["edusync"]["courses"]
        self.faults = app.extensions["edusync"]["faults"]
        self.edusign = stack.enter_context(serving(app))
        self.at_once = 1
        """How many items are written at once; one leaves the order of requests known."""
        self.url = stack.enter_context(serving(Request.application(self._answer)))
        (folder / "key").write_text("sandbox-key", encoding="utf-8")

    def _answer(self, request: Request) -> Response:
        with self.lock:
            query = request.query_string.decode()
            self.seen.asked.append(f"{request.method} {request.path}?{query}".rstrip("?"))
        found = self.rows.get(request.path)
        if callable(found):
            found = found(request)
            if isinstance(found, Response):
                return found
        if request.method != "GET":
            self.seen.written.append(request.get_json())
            found = {} if found is None else found
        if found is None:
            return Response("{}", 404, content_type="application/json")
        return Response(json.dumps(found), content_type="application/json")

    def goes_up(self, **more: Any) -> None:
        """Give the spec a way up."""
        self.spec["writeback"] = deepcopy(UPWARD) | more
        self.spec["resources"]["reasons"] = {"get": "/reasons", "key": "id"}

    def has_classes(self) -> None:
        """Give the ERP a class of two, and the spec groups; a lesson names its `classes`."""
        self.spec["resources"]["classes"] = {"get": "/classes", "key": "id"}
        self.spec["entities"]["group"] = {
            "from": "classes",
            "source_id": "id",
            "name": "title",
            "students": "learners",
        }
        self.spec["entities"]["course"]["groups"] = "classes"
        self.rows["/classes"] = [{"id": 5, "title": "BTS 1", "learners": [1, 2]}]

    def instance(self) -> Instance:
        """Write both files and load them."""
        (self.folder / "little.yaml").write_text(json.dumps(self.spec), encoding="utf-8")
        account = {
            "name": "main",
            "edusign": {
                "base_url": self.edusign,
                "api_key": "${file:key}",
                "at_once": self.at_once,
            },
        }
        data: dict[str, Any] = {
            "edusync": 1,
            "connector": "school",
            "spec": "little.yaml",
            "connection": {"url": self.url},
            "accounts": [account],
            **deepcopy(self.connector),
        }
        for one in data["accounts"]:
            one["edusign"] = {**account["edusign"], **one.get("edusign", {})}  # type: ignore[dict-item]  # a mapping
            one["edusign"] = {
                key: value for key, value in one["edusign"].items() if value or value is False
            }
        file = self.folder / "school.yaml"
        file.write_text(json.dumps(data), encoding="utf-8")
        spec, _ = load_named("little.yaml", self.registry, self.folder)
        if spec is not None:
            self.seen.page = connector_page(spec)
        instance = load_instance(file, self.registry)
        self.seen.findings += [f"{found.code} {found.message}" for found in instance.warnings]
        last = {"status": "success", "started_at": NOW - timedelta(days=2)}
        self.seen.late = missed_slot(
            instance.schedule.down, [last], NOW + timedelta(hours=2, minutes=15), PARIS
        )
        return instance

    def sync(self) -> None:
        """Bring the planning down."""
        self._run(sync)

    def write_back(self, **more: Any) -> None:
        """Send the attendance up."""
        self._run(write_back, **more)

    def _run(self, act: Callable[..., Any], **more: Any) -> None:
        with self._told():
            instance = self.instance()
            store = open_store(str(self.folder / "state.db"))
            try:
                moment = Moment(self.now, Tools(lambda: 0.0, self._sleep))
                outcomes: list[Outcome] = act(
                    instance, store, self.registry, moment, **more
                ).outcomes
            finally:
                store.close()
            self.seen.events += sorted(
                (one.code, one.kind or "", one.source_id or "", one.field or "", one.detail or "")
                for one in outcomes
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except FilesInvalid as invalid:
            self.seen.findings += [f"{found.code} {found.message}" for found in invalid.diagnostics]
        except EdusyncError as error:
            self.seen.stopped.append(f"{error.code} {error.message}")

    def _sleep(self, seconds: float) -> None:
        self.seen.waited.append(math.ceil(seconds))

    def play(self, number: str, *said: Any) -> None:
        """Play a class in the evening of its day, and archive its sheet; `said` is what became of
        each student.
        """
        row = self.book.find("courses", API_ID=number)
        assert row is not None
        begins = datetime.fromisoformat(row["START"]).astimezone(PARIS)
        self.now = max(NOW + timedelta(days=2, hours=9), begins.replace(hour=20, minute=30))
        who = [student["studentId"] for student in row["STUDENTS"]]
        play(self.courses, row["ID"], dict(zip(who, said, strict=False)))

    def look(self) -> Seen:
        """Return what was seen, with what stands on Edusign now."""
        tables = self.book.tables
        known = {row["ID"]: row.get("API_ID") for name in tables for row in tables[name].values()}
        self.seen.asked.sort()
        self.seen.sheets = sorted(
            (
                str(row["API_ID"]),
                row["NAME"],
                row["START"],
                row["END"],
                str(row.get("CLASSROOM")),
                str(known.get(row["PROFESSOR"])),
                sorted(str(known.get(one["studentId"])) for one in row["STUDENTS"]),
            )
            for row in self.book.all("courses")
        )
        self.seen.people = sorted(
            (name, str(row["API_ID"]), row["LASTNAME"], row["EMAIL"], row["HIDDEN"])
            for name in ("professors", "students")
            for row in tables[name].values()
        )
        self.seen.groups = sorted(
            (str(row["API_ID"]), row["NAME"]) for row in tables["groups"].values()
        )
        return self.seen
