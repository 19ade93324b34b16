"""A case: `case.yaml`, `exchanges.yaml`, `edusign.yaml`, and its golden file.

`case.yaml` says what it shows, when, and the connector's answers.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, event

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.downward import Moment
from edusync.app.runs.sync import is_failure, sync
from edusync.app.runs.writeback import write_back
from edusync.engine.read.source import Tools
from edusync.errors import EdusyncError, FilesInvalid
from edusync.model import PARIS
from edusync.plugins import load_registry
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.edusign.app import API_KEY
from edusync.sandbox.edusign.errors import Refusal
from edusync.sandbox.edusign.play import play
from edusync.sandbox.serve import serving
from edusync.spec.document import read_document
from edusync.spec.schema_check import check_schema
from edusync.state.open import open_store
from edusync.testing.replay import CANARY, Replay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

    from edusync.app.files.connector_file import Instance
    from edusync.engine.outcome import Outcome
    from edusync.registry import Registry
    from edusync.spec.watch import Watch
    from edusync.state.store import Store


class CannotPlay(AssertionError):
    """A class of `attendance` that cannot take place as the case tells it."""


_NOISE = {
    "DATE_CREATED",
    "DATE_UPDATED",
    "id",
    "SCHOOL_ID",
    "ATTENDANCE_LIST_GENERATED",
    "CREATOR_ID",
}


@dataclass(frozen=True, slots=True)
class Case:
    """One folder.

    `spec_dirs` are searched for specs beside the installed ones; `spec` stands in for the one that
    the case names.
    """

    folder: Path
    spec_dirs: tuple[Path, ...] = ()
    spec: Path | None = None

    @property
    def name(self) -> str:
        """Return connector-case."""
        return f"{self.folder.parent.name}-{self.folder.name}"

    @property
    def golden(self) -> Path:
        """Return the golden file beside the case."""
        return self.folder / "expected.yml"

    def told(self) -> Mapping[str, Any]:
        """Return what the school answers in this case: spec, connection, options, accounts."""
        found: Mapping[str, Any] = _yaml(self.folder / "case.yaml")["connector"]
        return found

    def recorded(self) -> Mapping[str, int]:
        """Return how much the real answers gave that this case was recorded from, by kind.

        Nothing for one that was written by hand.
        """
        found: Mapping[str, int] = _yaml(self.folder / "case.yaml").get("recorded", {})
        return found

    def own_exchanges(self) -> list[Mapping[str, Any]]:
        """Return the recorded exchanges of this case alone."""
        return _list(self.folder / "exchanges.yaml")

    def exchanges(self) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
        """Return the recorded exchanges of this case and those shared with its neighbours."""
        return self.own_exchanges(), _list(self.folder.parent / "exchanges.yaml")

    @contextmanager
    def opened(self) -> Iterator[tuple[Instance, Registry, Moment]]:
        """Yield the connector of the case at its moment.

        The recorded answers stand in place of the ERP; Edusign is nowhere.
        """
        os.environ.setdefault("EDUSYNC_CASE_SECRET", CANARY)
        case = _yaml(self.folder / "case.yaml")
        replay = Replay(*self.exchanges())
        now = datetime.fromisoformat(case["at"]).replace(tzinfo=PARIS).astimezone(UTC)
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            registry = load_registry(self.spec_dirs)
            stack.enter_context(self._database(folder / "erp.db", case["connector"]["connection"]))
            self._exports(
                folder / "exports",
                case["connector"]["connection"],
                case["connector"].setdefault("options", {}),
            )
            yield (
                load_instance(_connector_file(folder, case, "http://127.0.0.1:9"), registry),
                registry,
                Moment(now, Tools(lambda: 0.0, lambda _seconds: None, replay)),
            )

    def run(
        self,
        replay: Replay | None = None,
        secrets: Mapping[str, str] | None = None,
        watch: Watch | None = None,
    ) -> dict[str, Any]:
        """Run the case and return what happened.

        Exit, calls to both sides, events, and what Edusign holds afterwards.

        `replay` answers instead of the recorded exchanges, `secrets` stand in for those of the
        case, and `watch` sees what the runs do with the spec.
        """
        case = _yaml(self.folder / "case.yaml")
        case["connector"]["connection"] = {**case["connector"]["connection"], **(secrets or {})}
        if self.spec is not None:
            case["connector"]["spec"] = str(self.spec)
        book = Book(clock=lambda: now)
        now = datetime.fromisoformat(case["at"]).replace(tzinfo=PARIS).astimezone(UTC)
        _fill(book, self.folder / "edusign.yaml")
        replay = replay or Replay(*self.exchanges())
        tools = Tools(lambda: 0.0, lambda _seconds: None, replay, watch)
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            app = create_app(book)
            edusign = stack.enter_context(serving(app))
            store = open_store(str(folder / "state.db"))
            stack.callback(store.close)
            registry = load_registry(self.spec_dirs)
            statements = stack.enter_context(
                self._database(folder / "erp.db", case["connector"]["connection"])
            )
            self._exports(
                folder / "exports",
                case["connector"]["connection"],
                case["connector"].setdefault("options", {}),
            )
            try:
                instance = load_instance(_connector_file(folder, case, edusign), registry)
                result = sync(instance, store, registry, Moment(now, tools))
                calls = sorted([*replay.asked, *statements])
            except FilesInvalid as invalid:
                return {
                    "shows": case["shows"],
                    "stopped": [f"{found.code}: {found.message}" for found in invalid.diagnostics],
                }
            except EdusyncError as error:
                stopped = f"{error.code}: {error.message}"
                return {
                    "shows": case["shows"],
                    "stopped": stopped,
                    "erp_calls": sorted([*replay.asked, *statements]),
                    "edusign_writes": _writes(book),
                }
            up = self._upward(
                case, book, app, instance, store, registry, replay, tools, statements, folder
            )
        left = replay.leftovers()
        if left:
            raise AssertionError(f"nobody asked for {', '.join(left)}")
        return {
            "shows": case["shows"],
            "exit": 4 if result.plan.guards else 1 if any(map(is_failure, result.outcomes)) else 0,
            "guards": result.plan.guards,
            "erp_calls": calls,
            "edusign_writes": _writes(book),
            "events": [event_line(outcome) for outcome in result.outcomes],
            **(up or {"edusign": held_by(book)}),
        }

    def run_then(self, spec: Path) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what Edusign holds after a run, and after another one with another spec."""
        case, book = _yaml(self.folder / "case.yaml"), Book(clock=lambda: now)
        now = datetime.fromisoformat(case["at"]).replace(tzinfo=PARIS).astimezone(UTC)
        _fill(book, self.folder / "edusign.yaml")
        held = []
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            edusign = stack.enter_context(serving(create_app(book)))
            store = open_store(str(folder / "state.db"))
            stack.callback(store.close)
            registry, connector = load_registry(self.spec_dirs), case["connector"]
            stack.enter_context(self._database(folder / "erp.db", connector["connection"]))
            self._exports(
                folder / "exports", connector["connection"], connector.setdefault("options", {})
            )
            for said in (connector["spec"], str(spec)):
                connector["spec"] = said
                with suppress(EdusyncError):  # a run that stops changes nothing
                    instance = load_instance(_connector_file(folder, case, edusign), registry)
                    replay = Replay(*self.exchanges())
                    tools = Tools(lambda: 0.0, lambda _seconds: None, replay)
                    sync(instance, store, registry, Moment(now, tools))
                held.append(held_by(book))
        return held[0], held[1]

    def _upward(
        self,
        case: Mapping[str, Any],
        book: Book,
        app: Flask,
        instance: Instance,
        store: Store,
        registry: Registry,
        replay: Replay,
        tools: Tools,
        statements: list[str],
        folder: Path,
    ) -> dict[str, Any] | None:
        """Play the classes of `attendance` and send what comes of it up.

        Return what was sent and said; None when there are none.
        """
        told = case.get("attendance")
        if told is None:
            return None
        moment = datetime.fromisoformat(told["at"]).replace(tzinfo=PARIS).astimezone(UTC)
        book.clock = lambda: moment
        ids = {
            str(row["API_ID"]): row["ID"]
            for kind in ("students", "courses")
            for row in book.all(kind)
        }
        for sheet in told["sheets"]:
            said = {
                ids.get(str(student), str(student)): what
                for student, what in sheet["students"].items()
            }
            if str(sheet["course"]) not in ids:
                raise CannotPlay(f"the sheet {sheet['course']} of `attendance` never came down")
            try:
                play(
                    app.extensions["edusync"]["courses"],
                    ids[str(sheet["course"])],
                    said,
                    professors=sheet.get("professors", True),
                    archive=sheet.get("archive", True),
                )
            except Refusal as refusal:
                raise CannotPlay(
                    f"the class {sheet['course']} of `attendance` cannot be played: {refusal}"
                ) from None
        before, asked, sent, ran = (
            self._tables(folder / "erp.db"),
            len(replay.asked),
            len(replay.sent),
            len(statements),
        )
        try:
            result = write_back(instance, store, registry, Moment(moment, tools))
            ended: dict[str, Any] = {
                "exit": 0 if result.status == "success" else 1,
                "events": [event_line(outcome) for outcome in result.outcomes],
            }
        except EdusyncError as error:
            ended = {
                "stopped": f"{error.code}: {error.message}".replace(
                    str(folder / "exports"), "CASE_FOLDER"
                )
            }
        tables = {
            name: rows
            for name, rows in self._tables(folder / "erp.db").items()
            if rows != before.get(name)
        }
        files = (
            {
                file.name: file.read_text(encoding="utf-8").splitlines()
                for file in sorted((folder / "exports").glob("**/*.csv"))
            }
            if (folder / "exports").is_dir()
            else {}
        )
        found = {
            "calls": sorted([*replay.asked[asked:], *statements[ran:]]),
            "sent": replay.sent[sent:],
            "tables": tables,
            "files": files,
            **ended,
        }
        return {
            "attendance": {name: value for name, value in found.items() if value not in ([], {})}
        }

    def _tables(self, file: Path) -> dict[str, list[dict[str, Any]]]:
        """Return what an ERP that is a database holds."""
        if not file.is_file():
            return {}
        with closing(sqlite3.connect(file)) as database:
            database.row_factory = sqlite3.Row
            names = [
                row[0]
                for row in database.execute(
                    "select name from sqlite_master where type = 'table' order by name"
                )
            ]
            return {
                name: [dict(row) for row in database.execute(f"select * from {name}")]  # noqa: S608 - names that the database itself gives
                for name in names
            }

    def _exports(self, folder: Path, connection: dict[str, Any], options: dict[str, Any]) -> None:
        """Make the folder of an ERP that writes files from `files/`, shared and own."""
        for source in (self.folder.parent / "files", self.folder / "files"):
            if source.is_dir():
                shutil.copytree(source, folder, dirs_exist_ok=True)
        for answers in (connection, options):
            answers.update(
                {
                    name: value.replace("CASE_FOLDER", str(folder))
                    for name, value in answers.items()
                    if isinstance(value, str)
                }
            )
        if any(str(folder) in str(value) for value in options.values()):
            folder.mkdir(exist_ok=True)

    @contextmanager
    def _database(self, file: Path, connection: dict[str, Any]) -> Iterator[list[str]]:
        """Make the database of an ERP that is one from `database.sql`, shared and own.

        Yield the statements that it gets.
        """
        scripts = [
            folder / "database.sql"
            for folder in (self.folder.parent, self.folder)
            if (folder / "database.sql").is_file()
        ]
        statements: list[str] = []
        if not scripts:
            yield statements
            return
        with closing(sqlite3.connect(file)) as database:
            for script in scripts:
                database.executescript(script.read_text(encoding="utf-8"))
        connection.update(
            {
                name: str(value).replace("CASE_DATABASE", str(file))
                for name, value in connection.items()
            }
        )

        def note(bound: Any, _cursor: Any, statement: str, *_more: Any) -> None:
            if bound.engine.url.database == str(file):
                statements.append(" ".join(statement.split()))

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(Engine, "before_cursor_execute", note)


def find_cases(root: Path, spec_dirs: tuple[Path, ...] = ()) -> Iterator[Case]:
    """Yield every case below a folder, in order."""
    for file in sorted(root.rglob("case.yaml")):
        yield Case(file.parent, spec_dirs)


def _yaml(path: Path) -> Any:
    document = read_document(path.read_text(encoding="utf-8"), str(path))
    if path.name == "case.yaml" and not document.has_errors:
        check_schema(document, "case")
    if document.has_errors:
        raise FilesInvalid(document.findings)
    return document.data


def _list(path: Path) -> list[Mapping[str, Any]]:
    """Return the exchanges of a file.

    All cases of a connector share one, so it is read once as long as it stays the same.
    """
    if not path.is_file():
        return []
    is_now = path.stat()
    return list(_exchanges(path, is_now.st_mtime_ns, is_now.st_size))


@lru_cache(maxsize=32)
def _exchanges(path: Path, *_as_of: int) -> tuple[Mapping[str, Any], ...]:
    from ruamel.yaml import YAML

    # recordings outgrow what `read_document` takes; libyaml reads them five times as fast
    return tuple(YAML(typ="safe").load(path.read_text(encoding="utf-8")) or ())


def _connector_file(folder: Path, case: Mapping[str, Any], edusign: str) -> Path:
    given = dict(case["connector"])
    accounts = given.pop("accounts", [{"name": "main"}])
    key = folder / "key"
    key.write_text(API_KEY, encoding="utf-8")
    for account in accounts:
        account["edusign"] = {
            "base_url": edusign,
            "api_key": "${file:key}",
            "requests_per_minute": 100_000,
        }
    file = folder / "connector.yaml"
    file.write_text(
        json.dumps(
            {"edusync": 1, "connector": "case", "grace": "0s", **given, "accounts": accounts}
        ),
        encoding="utf-8",
    )
    return file


def _fill(book: Book, path: Path) -> None:
    if not path.is_file():
        return
    for kind, rows in (_yaml(path) or {}).items():
        for row in rows:
            book.add(kind, {"id": row["ID"], **row})


def _writes(book: Book) -> list[str]:
    return [
        f"{request['verb']} {request['path']}"
        for request in book.requests
        if request["verb"] != "GET" or "/restore/" in request["path"]
    ]


def event_line(outcome: Outcome) -> str:
    """Return an event as a golden file holds it."""
    what = " ".join(filter(None, (outcome.kind, outcome.source_id)))
    words = ", ".join(filter(None, (outcome.field, outcome.detail)))
    account = f"{outcome.account}: " if outcome.account not in {None, "main"} else ""
    return (
        f"{account}{outcome.severity} {outcome.code}"
        + (f" {what}" if what else "")
        + (f" ({words})" if words else "")
    )


def held_by(book: Book) -> dict[str, Any]:
    """Return what Edusign holds, as a golden file does."""
    held = {kind: [_slim(row) for row in rows] for kind, rows in book.dump().items() if rows}
    for course in held.get("courses", []):
        course["STUDENTS"] = [item["studentId"] for item in course.get("STUDENTS", ())]
    return held


def _slim(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: value
        for name, value in row.items()
        if name not in _NOISE and value not in ("", None, [], 0)
    }
