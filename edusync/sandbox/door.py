"""/_sandbox of an ERP simulator: look at what it holds, add, change, take away, break an endpoint.

In the ERP's own terms: the tables and columns are the ones that its answers have. People and tests
use it; edusync never does.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from datetime import date, datetime
from io import BytesIO
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping, MutableSequence
    from pathlib import Path

    Row = dict[str, Any]

ROOT = "/_sandbox"
_LOOKED_AT = 10_000


class Table(Protocol):
    """What a simulator holds of one kind."""

    def rows(self) -> list[Row]:
        """Return every row, by the names of its columns."""

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row; KeyError, TypeError or ValueError for one that does not fit."""

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Change some columns of a row; return how many rows were meant."""

    def remove(self, key: str) -> int:
        """Take a row away; return how many rows were meant."""


@dataclass(frozen=True)
class Rows:
    """A table that is a list of rows, or a mapping from their key; `key` names the column."""

    held: Callable[[], MutableSequence[Any] | MutableMapping[Any, Any]]
    key: str
    make: Callable[..., Any] = dict

    def rows(self) -> list[Row]:
        """Return every row."""
        return [_shown(one) for one in self._all()]

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row like those that are there."""
        made, held = self.make(**row), self.held()
        if isinstance(held, list):
            held.append(made)
        else:
            held[_column(made, self.key)] = made

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Change the rows of a key; a column that no row has is refused."""
        found = [one for one in self._all() if str(_column(one, self.key)) == key]
        for one in found:
            unknown = values.keys() - _shown(one).keys()
            if unknown:
                raise KeyError(min(unknown))
            if is_dataclass(one):
                for name, value in values.items():
                    setattr(one, name, _like(getattr(one, name), value))
            else:
                one.update(values)
        return len(found)

    def remove(self, key: str) -> int:
        """Take the rows of a key away."""
        held, gone = self.held(), 0
        if isinstance(held, list):
            left = [one for one in held if str(_column(one, self.key)) != key]
            gone, held[:] = len(held) - len(left), left
            return gone
        for name in [name for name in held if str(name) == key]:
            del held[name]
            gone += 1
        return gone

    def _all(self) -> Iterable[Any]:
        held = self.held()
        return list(held) if isinstance(held, list) else list(held.values())  # type: ignore[union-attr]  # a mapping


@dataclass(frozen=True)
class Names:
    """A table of names by their keys, with the columns `cle` and `nom`."""

    held: MutableMapping[int, str]

    def rows(self) -> list[Row]:
        """Return every row."""
        return [{"cle": key, "nom": name} for key, name in self.held.items()]

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a name."""
        self.held[int(row["cle"])] = str(row["nom"])

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Give a key another name."""
        if int(key) not in self.held:
            return 0
        self.held[int(key)] = str(values["nom"])
        return 1

    def remove(self, key: str) -> int:
        """Take a name away."""
        return int(self.held.pop(int(key), None) is not None)


@dataclass(frozen=True)
class Example:
    """One thing to do, and how: what `edusync sandbox ERP --help` shows and a test tries."""

    what: str
    verb: str
    path: str
    body: Mapping[str, Any] = field(default_factory=dict)

    def as_command(self, address: str) -> str:
        """Return the example as a command for a shell."""
        data = f" -d '{json.dumps(self.body, ensure_ascii=False)}'" if self.body else ""
        return f"curl -X {self.verb} {address}{ROOT}/{self.path}{data}"


@dataclass
class Break:
    """An endpoint that is out of order: requests that mention `path` answer `status`."""

    path: str
    status: int = 500
    times: int = 1_000_000
    body: str = "broken"

    def hits(self, said: str) -> bool:
        """Whether a request is hit; counts down."""
        if self.times <= 0 or self.path not in said:
            return False
        self.times -= 1
        return True


@dataclass(frozen=True)
class SqlTable:
    """A table of an SQLite file; `key` are the columns of its key, joined by a hyphen."""

    file: Path
    name: str
    key: tuple[str, ...]

    def rows(self) -> list[Row]:
        """Return every row."""
        with closing(sqlite3.connect(self.file)) as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(f"select * from {self.name}")]  # noqa: S608 - the simulator's own names

    def add(self, row: Mapping[str, Any]) -> None:
        """Add a row."""
        columns = ", ".join(self._known(row))
        marks = ", ".join("?" * len(row))
        self._run(f"insert into {self.name} ({columns}) values ({marks})", [*row.values()])  # noqa: S608

    def change(self, key: str, values: Mapping[str, Any]) -> int:
        """Change some columns of a row."""
        columns = ", ".join(f"{column} = ?" for column in self._known(values))
        statement = f"update {self.name} set {columns} where {self._is_key()}"  # noqa: S608
        return self._run(statement, [*values.values(), *key.split("-")])

    def remove(self, key: str) -> int:
        """Take a row away."""
        return self._run(f"delete from {self.name} where {self._is_key()}", key.split("-"))  # noqa: S608

    def _is_key(self) -> str:
        return " and ".join(f"{column} = ?" for column in self.key)

    def _known(self, values: Mapping[str, Any]) -> list[str]:
        with closing(sqlite3.connect(self.file)) as connection:
            said = connection.execute(f"select * from {self.name} limit 0").description  # noqa: S608
        unknown = values.keys() - {column[0] for column in said}
        if unknown or not values:
            raise KeyError(min(unknown, default="nothing"))
        return [*values]

    def _run(self, statement: str, values: list[Any]) -> int:
        with closing(sqlite3.connect(self.file)) as connection:
            count = connection.execute(statement, values).rowcount
            connection.commit()
        return count


class Door:
    """The admin door in front of a simulator: a WSGI application."""

    def __init__(
        self, application: Any, tables: Mapping[str, Table], examples: Iterable[Example] = ()
    ) -> None:
        self.application, self.tables, self.examples = application, tables, tuple(examples)
        self.broken: list[Break] = []
        self.lock = RLock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer at the door, or let the simulator answer."""
        request = Request(environ)
        if not request.path.startswith(f"{ROOT}/") and request.path != ROOT:
            if self.broken:
                environ["wsgi.input"] = BytesIO(request.get_data())  # the application reads it too
                hit = next((one for one in self.broken if one.hits(_said(request))), None)
                if hit is not None:
                    return Response(hit.body, hit.status)(environ, start_response)
            return self.application(environ, start_response)
        with self.lock:
            return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        parts = [part for part in request.path.removeprefix(ROOT).split("/") if part]
        try:
            data = request.get_json(force=True, silent=False) if request.get_data() else {}
            found = self._done(request.method, parts, data)
        except (KeyError, TypeError, ValueError) as error:
            return _json({"error": f"this does not fit: {error}"}, 400)
        except LookupError as error:
            return _json({"error": str(error)}, 404)
        return _json(found)

    def _done(self, verb: str, parts: list[str], data: Any) -> Any:
        match verb, parts:
            case "GET", []:
                return {name: len(table.rows()) for name, table in self.tables.items()}
            case ("GET", ["break"]):
                return [asdict(one) for one in self.broken]
            case ("POST", ["break"]):
                self.broken.append(Break(**data))
            case ("DELETE", ["break"]):
                self.broken.clear()
            case "GET", [name]:
                return self._table(name).rows()
            case "POST", [name]:
                self._table(name).add(data)
            case "PATCH", [name, key]:
                return {"changed": _some(self._table(name).change(key, data), name, key)}
            case "DELETE", [name, key]:
                return {"removed": _some(self._table(name).remove(key), name, key)}
            case _:
                raise _Nothing(f"no {verb} of {'/'.join(parts)}")
        return {"done": 1}

    def _table(self, name: str) -> Table:
        if name not in self.tables:
            raise _Nothing(f"no table '{name}'; there are {', '.join(self.tables)}")
        return self.tables[name]

    def help(self, address: str = "http://127.0.0.1:PORT") -> str:
        """Return what can be done at the door, for people."""
        lines = [
            f"While it runs, {ROOT} changes what it holds, in the ERP's own terms:",
            "",
            *(
                f"  GET {ROOT}/{name}   {', '.join(_columns(table))}"
                for name, table in self.tables.items()
            ),
            "",
        ]
        lines += [
            f"  # {example.what}\n  {example.as_command(address)}"
            for example in (*self.examples, *_BREAKS)
        ]
        return "\n".join(lines)


_BREAKS = (
    Example(
        "break an endpoint: requests that mention this text answer 500, twice",
        "POST",
        "break",
        {"path": "TEXT", "status": 500, "times": 2},
    ),
    Example("mend everything", "DELETE", "break"),
)


class _Nothing(LookupError):
    """There is nothing of the kind."""


def _some(count: int, name: str, key: str) -> int:
    if not count:
        raise _Nothing(f"'{name}' has no row '{key}'")
    return count


def _said(request: Request) -> str:
    """Return what a request mentions: its path, its query, a SOAP action, the begin of its body."""
    action = request.headers.get("SOAPAction", "")
    body = request.get_data()[:_LOOKED_AT].decode(errors="replace")
    return f"{request.full_path} {action} {body}"


def _column(one: Any, name: str) -> Any:
    return getattr(one, name) if is_dataclass(one) else one[name]


def _shown(one: Any) -> Row:
    return asdict(one) if is_dataclass(one) and not isinstance(one, type) else dict(one)


def _columns(table: Table) -> list[str]:
    return list(next(iter(table.rows()), {}))


def _like(before: Any, value: Any) -> Any:
    """Return a value of JSON as the kind of what stood there."""
    if isinstance(before, datetime):
        return datetime.fromisoformat(value)
    if isinstance(before, date):
        return date.fromisoformat(value)
    if isinstance(before, list) and before and is_dataclass(before[0]):
        first = before[0]
        return [
            replace(first, **{name: _like(getattr(first, name), one[name]) for name in one})  # type: ignore[type-var]  # an instance
            for one in value
        ]
    return value


def _json(found: Any, status: int = 200) -> Response:
    text = json.dumps(found, ensure_ascii=False, indent=1, default=str)
    return Response(text, status, content_type="application/json; charset=utf-8")
