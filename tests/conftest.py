"""A small world for tests: an Edusign sandbox and an ERP simulator on real sockets, a connector
file and a store.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Condition
from typing import Any

import pytest

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import DONE, Result, make_plan, sync
from edusync.app.runs.writeback import Result as UpResult
from edusync.app.runs.writeback import write_back
from edusync.engine.plan.plan import Plan
from edusync.engine.read.source import Tools
from edusync.model import PARIS
from edusync.plugins import load_registry
from edusync.registry import Registry
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.edusign.play import EVERYTHING, play
from edusync.sandbox.serve import serving
from edusync.state.open import open_store

pytest_plugins = (
    "tests.support.in_memory",
    "tests.support.kills",
    "tests.support.no_home",
    "tests.support.routes",
    "tests.support.search",
    "tests.support.walks",
)

DAY = date(2026, 3, 16)
NOW = datetime(2026, 3, 16, 11, 30, tzinfo=PARIS)


@pytest.fixture(scope="session")
def registry() -> Registry:
    return load_registry()


class Hooked:
    """An ERP with hooks before and after every request that does not only read, by verb and path;
    an answer that one gives takes the place of the ERP's.
    """

    def __init__(self, application: Any) -> None:
        self.application = application
        self.before: Callable[[str, str], Any] = lambda _verb, _path: None
        self.after: Callable[[str, str], Any] = lambda _verb, _path: None
        self.before_reading: Callable[[str, str], Any] = lambda _verb, _path: None
        self.seen: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        verb, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        self.seen.append(f"{verb} {path}")
        if verb == "GET":
            told = self.before_reading(verb, path)
            if told is not None:
                return told(environ, start_response)
            return self.application(environ, start_response)
        told = self.before(verb, path)
        if told is not None:
            return told(environ, start_response)
        kept: list[Any] = []
        body = b"".join(self.application(environ, lambda *said: kept.append(said)))
        told = self.after(verb, path)
        if told is not None:
            return told(environ, start_response)
        start_response(*kept[0])
        return [body]


class Counted:
    """An application that knows whether it has work under way: a request goes on after who sent it
    was killed.
    """

    def __init__(self, application: Any) -> None:
        self.application = application
        self.under_way = 0
        self.changed = Condition()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self._count(1)
        try:
            return self.application(environ, start_response)
        finally:
            self._count(-1)

    def _count(self, more: int) -> None:
        with self.changed:
            self.under_way += more
            self.changed.notify_all()

    def gather(self, many: int) -> None:
        """Wait until so many requests are under way, or no more come within a moment."""
        with self.changed:
            self.changed.wait_for(lambda: self.under_way >= many, timeout=0.3)

    def settle(self) -> None:
        """Wait until every request that has arrived has had its effect."""
        with self.changed:
            assert self.changed.wait_for(lambda: not self.under_way, timeout=60)


class World:
    """One ERP, one Edusign, one connector file."""

    def __init__(
        self, folder: Path, registry: Registry, erp: str, stack: ExitStack, **connector: Any
    ) -> None:
        self.folder, self.registry, self.spec = folder, registry, erp
        self.now = NOW
        self.book = Book(clock=lambda: self.now)
        self.app = create_app(self.book, per_minute=1_000_000)
        self.faults = self.app.extensions["edusync"]["faults"]
        self.courses = self.app.extensions["edusync"]["courses"]
        self.simulation: Any = registry.simulators[erp].thing.start(DAY)
        self.door = self.simulation.door()
        self.erp = Hooked(self.door)
        self.sides = Counted(self.app), Counted(self.erp)
        self.edusign, self.erp_url = (stack.enter_context(serving(side)) for side in self.sides)
        self.slept: list[float] = []
        self.kept: dict[str, Any] = {}
        """What the steps of a test hand on to each other."""
        self.sleep: Callable[[float], None] = self.slept.append
        self.state = folder / "state.db"
        self.file = folder / "connector.yaml"
        self.at_once = connector.pop("at_once", 1)
        """How many items are written to Edusign at once; one leaves the order of requests known."""
        self.v3 = connector.pop("v3", None)
        """Further keys of an account that is written in batches; None for one by one."""
        self.write(**connector)

    def write(self, **connector: Any) -> None:
        """Write the connector file; what is given replaces what the simulator's school would
        answer.
        """
        (self.folder / "key").write_text("sandbox-key", encoding="utf-8")
        answers = self.simulation.answers(self.erp_url)
        edusign = {
            "base_url": self.edusign,
            "api_key": "${file:key}",
            "requests_per_minute": 100_000,
            "at_once": self.at_once,
            **({} if self.v3 is None else {"api": "v3", **self.v3}),
        }
        data: dict[str, Any] = {
            "edusync": 1,
            "connector": "school",
            "spec": self.spec,
            "connection": dict(answers["connection"]),
            "grace": "1s",
            "accounts": [{"name": "main", "edusign": edusign}],
            **connector,
        }
        for account in data["accounts"]:
            account.setdefault("edusign", edusign)
        self.file.write_text(json.dumps(data), encoding="utf-8")

    def settle(self) -> None:
        """Wait until what a killed process has sent has had its effect on both sides."""
        for side in self.sides:
            side.settle()

    def moment(self, *, real_sleep: bool = False) -> Moment:
        return Moment(self.now, Tools(time.monotonic, time.sleep if real_sleep else self.sleep))

    def sync(self, *, real_sleep: bool = False, **more: Any) -> Result:
        store = open_store(str(self.state))
        try:
            return sync(
                load_instance(self.file, self.registry),
                store,
                self.registry,
                self.moment(real_sleep=real_sleep),
                **more,
            )
        finally:
            store.close()

    def plan(self) -> Plan:
        store = open_store(str(self.state))
        try:
            return make_plan(
                load_instance(self.file, self.registry), store, self.registry, self.moment()
            )
        finally:
            store.close()

    def write_back(self, *, real_sleep: bool = False, **more: Any) -> UpResult:
        store = open_store(str(self.state))
        try:
            return write_back(
                load_instance(self.file, self.registry),
                store,
                self.registry,
                self.moment(real_sleep=real_sleep),
                **more,
            )
        finally:
            store.close()

    def play(self, *api_ids: str, **more: Any) -> None:
        """Play classes so that every state occurs, and archive their sheets."""
        turn = 0
        for api_id in api_ids:
            row = self.course(api_id)
            said = {
                item["studentId"]: EVERYTHING[(turn + n) % len(EVERYTHING)]
                for n, item in enumerate(row["STUDENTS"])
            }
            turn += len(said)
            play(self.courses, row["ID"], said, **more)

    def to_evening(self) -> None:
        """Go to the evening of the next day."""
        self.now = NOW + timedelta(days=1, hours=9)

    def later(self, **delta: int) -> None:
        self.now += timedelta(**delta)

    def course(self, api_id: str) -> dict[str, Any]:
        found = self.book.find("courses", API_ID=api_id)
        assert found is not None
        return found

    def writes(self) -> list[str]:
        return [
            f"{request['verb']} {request['path']}"
            for request in self.book.requests
            if request["verb"] != "GET"
        ]

    def names(self, course: dict[str, Any]) -> list[str]:
        """Return the ERP ids of the students on a sheet."""
        return [
            str(self.book.tables["students"][item["studentId"]]["API_ID"])
            for item in course["STUDENTS"]
        ]


@pytest.fixture
def make_world(tmp_path: Path, registry: Registry) -> Iterator[Callable[..., World]]:
    with ExitStack() as stack:
        yield lambda erp="ypareo", **connector: World(tmp_path, registry, erp, stack, **connector)


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    return make_world()


def codes(result: Result | Plan, kind: str | None = None) -> dict[str, str]:
    """Return the first code of each item that did not come down, by id."""
    outcomes = (
        result.outcomes
        if isinstance(result, Result)
        else [outcome for account in result.accounts for outcome in account.outcomes]
    )
    found: dict[str, str] = {}
    for outcome in outcomes:
        if kind in {None, outcome.kind} and outcome.source_id and outcome.code not in DONE:
            found.setdefault(outcome.source_id, outcome.code)
    return found


def actions(plan: Plan) -> list[tuple[str, str, str]]:
    """Return what a plan would do."""
    return [
        (change.action, change.kind, change.source_id)
        for account in plan.accounts
        for change in account.changes
    ]
