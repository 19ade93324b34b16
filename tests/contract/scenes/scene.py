"""One scene, and all that is seen of it: what was asked of the ERP and how, what was written, what
stands on Edusign, and what was said.
"""

from __future__ import annotations

import json
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import paramiko
import pytest
import requests
from pyrate_limiter import Limiter
from sqlalchemy import Engine, event
from werkzeug.wrappers import Request, Response

from edusync.app.explaining.check import check_connector
from edusync.app.runs.moment import Moment
from edusync.diagnostics import Route
from edusync.engine.read.source import Tools
from edusync.plugins import load_registry
from edusync.registry import Registry
from edusync.state.open import open_store
from tests.little import Little

Act = Callable[["School"], None]
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "shout": lambda word=None: f"{word}!",
    "whisper": lambda word=None: f"{word}?",
    "signed": lambda **_named: {"X-Signed": "1"},
    "shouts": lambda word=None, **_named: {"X-Shouts": f"{word}!"},
}
"""What a plugin would bring."""
LEFT_OUT = object()
_OF_EVERY_REQUEST = {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


class School(Little):
    """A school of which every request is seen whole, with how it was made."""

    def __init__(self, folder: Path, registry: Registry, stack: ExitStack) -> None:
        super().__init__(folder, registry, stack)
        self.edges: set[str] = set()
        """Time limits, rates and the like, at the edge of what is not ours."""
        self.places: list[Path] = []
        """Databases and folders of the ERP, which are looked at in the end."""

    def _answer(self, request: Request) -> Response:
        headers = sorted(
            (name, value) for name, value in request.headers if name not in _OF_EVERY_REQUEST
        )
        body = request.get_data(as_text=True)
        with self.lock:
            self.seen.more.append((request.method, request.full_path, headers, body))
        if request.method != "GET" and not request.is_json:
            found = self.rows.get(request.path)
            found = found(request) if callable(found) else found
            if isinstance(found, Response):
                return found
            return Response(json.dumps(found or {}), content_type="application/json")
        return super()._answer(request)

    def check(self) -> None:
        """Try the connector, and note what works."""
        with self._told():
            instance = self.instance()
            store = open_store(str(self.folder / "state.db"))
            try:
                moment = Moment(self.now, Tools(lambda: 0.0, self._sleep))
                for one in check_connector(instance, store, self.registry, moment):
                    self.seen.more.append((one.what, one.works, one.words))
            finally:
                store.close()

    def told(self) -> str:
        """Return all that was seen."""
        found = self.look()
        told: dict[str, Any] = {
            name: value for name, value in vars(found).items() if name not in {"page", "waited"}
        }
        told["waited"] = len(found.waited)
        told["more"] = sorted(map(str, found.more))
        told["edges"] = sorted(self.edges)
        for table in ("courses", "students", "professors", "externals"):
            told[table] = sorted(
                str({name: row[name] for name in sorted(row) if name not in _MADE_UP})
                for row in self.book.all(table)
            )
        for place in self.places:
            told[place.name] = _held(place)
        text = json.dumps(told, default=str, sort_keys=True)
        return text.replace(self.url, "ERP").replace(str(self.folder), "FOLDER")


_MADE_UP = {"ID", "id", "PROFESSOR", "STUDENTS", "GROUPS", "PROFESSOR_2", "CODE"}


def _held(place: Path) -> Any:
    if place.is_dir():
        return {file.name: file.read_bytes().decode("latin-1") for file in sorted(place.iterdir())}
    import sqlite3

    with sqlite3.connect(place) as connection:
        found = sorted(map(str, connection.execute("select * from marks")))
    connection.close()
    return found


@contextmanager
def edges(school: School) -> Iterator[None]:
    """Note how hard the ERP is asked, and how connections are made."""
    send, submit = requests.adapters.HTTPAdapter.send, ThreadPoolExecutor.submit
    reach, note = socket.create_connection, school.edges.add

    def sending(self: Any, request: Any, **more: Any) -> Any:
        if request.url.startswith(school.url):
            note(f"{more['timeout']} {more['verify']} {sorted(more['proxies'].items())}")
        return send(self, request, **more)

    def acquiring(self: Limiter, name: str, **_more: Any) -> bool:
        bucket = vars(self.bucket_factory)["bucket"]
        rates = [(rate.limit, rate.interval) for rate in bucket.rates]
        note(f"{name} {rates}")
        return True

    def submitting(self: Any, *work: Any, **more: Any) -> Future[Any]:
        if self._thread_name_prefix == "edusync-erp":
            note(f"{self._max_workers} at once")
        return submit(self, *work, **more)

    def connecting(self: paramiko.SSHClient, host: str, port: int, *_who: Any, **more: Any) -> None:
        more["sock"].close()
        keys = {name: found.keys() for name, found in self.get_host_keys().items()}
        note(f"{host} {port} {more['timeout']} {keys}")
        raise paramiko.SSHException("nobody is there")

    def reaching(address: tuple[str, int], *timeout: Any, **more: Any) -> socket.socket:
        away = address == ("erp.example", 22)  # whoever listens will do: nobody speaks to it
        there = urlsplit(school.url)
        here = (str(there.hostname), int(there.port or 0)) if away else address
        return reach(here, *timeout, **more)

    def opening(_dialect: Any, _record: Any, _arguments: Any, named: Any) -> None:
        note(str({name: value for name, value in named.items() if "timeout" in name}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(requests.adapters.HTTPAdapter, "send", sending)
        patch.setattr(Limiter, "try_acquire", acquiring)
        patch.setattr(ThreadPoolExecutor, "submit", submitting)
        patch.setattr(paramiko.SSHClient, "connect", connecting)
        patch.setattr(socket, "create_connection", reaching)
        event.listen(Engine, "do_connect", opening)
        try:
            yield
        finally:
            event.remove(Engine, "do_connect", opening)


# what is done


def sync(school: School) -> None:
    """Bring the planning down."""
    school.sync()


def twice(school: School) -> None:
    """Bring the planning down, and again."""
    school.sync()
    school.sync()


def check(school: School) -> None:
    """Try the connector."""
    school.check()


def evening(*said: Any) -> Act:
    """Return what brings the planning down, plays the first class, and sends it up."""

    def do(school: School) -> None:
        school.sync()
        if not school.seen.findings:
            school.play("1", *said)
            school.write_back()

    return do


up = evening({"late": 12}, "absent")


def page(school: School) -> None:
    """Look at the page of the connector."""
    with suppress(Exception):
        school.instance()
    school.seen.more.append(school.seen.page)
    school.seen.findings.clear()


def grace(act: Act) -> Act:
    """Return what does something, and sends it up once more after the grace time."""

    def do(school: School) -> None:
        act(school)
        school.now += timedelta(hours=2)
        school.write_back()

    return do


@dataclass(frozen=True, slots=True)
class Scene:
    """How a key is shown: a school, where the key is written and with what, something else that may
    stand there, and what is done.
    """

    lay: Act
    route: Route
    value: Any
    other: Any = LEFT_OUT
    act: Act = sync
    only: bool = False
    """Whether nothing else may stand there: anything else is refused."""

    def seen(self, value: Any, folder: Path, registry: Registry) -> tuple[str, bool]:
        """Return what is seen with something behind the key, and whether the spec is valid."""
        folder.mkdir()
        with ExitStack() as stack:
            school = School(folder, registry, stack)
            self.lay(school)
            put(school.spec, self.route, value)
            with edges(school):
                self.act(school)
            found = school.told()
            return found, bool(school.seen.page)

    def acts(self) -> str:
        """Return nothing when something else is seen with the key, or else what is wrong."""
        registry = with_functions()
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            one, is_valid = self.seen(self.value, folder / "one", registry)
            if not is_valid:
                return f"refused: {json.loads(one)['findings']}"
            other, is_valid = self.seen(self.other, folder / "other", registry)
            if self.only:
                return "something else is let through" if is_valid else ""
            if not is_valid:
                return f"the other is refused: {json.loads(other)['findings']}"
            if one == other:
                return f"the same: {one}"
            again, _ = self.seen(self.other, folder / "again", registry)
        return "" if again == other else "not the same when done again"


@cache
def with_functions() -> Registry:
    """Return what is installed, and a few functions."""
    registry = load_registry()
    registry.functions.update(FUNCTIONS)  # type: ignore[attr-defined]  # a plain dictionary
    return registry


def put(data: Any, route: Route, value: Any) -> None:
    """Write something into a spec, or take it out of it."""
    inner = data
    for step in route[:-1]:
        if isinstance(inner, Mapping) and step not in inner:
            if value is LEFT_OUT:
                return
            inner[step] = {}  # type: ignore[index]  # JSON
        inner = inner[step]
    if value is not LEFT_OUT:
        inner[route[-1]] = deepcopy(value)
    elif route[-1] in inner:
        del inner[route[-1]]
