"""/_sandbox of an ERP simulator: look at what it holds, add, change, take away, break an endpoint.

In the ERP's own terms: the tables and columns are the ones that its answers have. People and tests
use it; edusync never does.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from io import BytesIO
from threading import RLock
from typing import TYPE_CHECKING, Any, Protocol

from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.sandbox.tables import Table

ROOT = "/_sandbox"
_LOOKED_AT = 10_000
_NOT_FOUND = 404


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

    def hits(self, request_text: str) -> bool:
        """Whether a request is hit; counts down."""
        if self.times <= 0 or self.path not in request_text:
            return False
        self.times -= 1
        return True


class Breaker(Protocol):
    """What puts tables of an ERP out of order that is not asked over HTTP."""

    def put_out_of_order(self, text: str, *, is_gone: bool) -> None:
        """Break what is called so; ValueError when there is nothing."""

    def mend(self) -> None:
        """Put everything in order again."""


class Door:
    """The admin door in front of a simulator: a WSGI application.

    `breaker` is there for an ERP that is a database.
    """

    def __init__(
        self,
        application: Any,
        tables: Mapping[str, Table],
        examples: Iterable[Example] = (),
        breaker: Breaker | None = None,
    ) -> None:
        self.application, self.tables, self.examples = application, tables, tuple(examples)
        self.breaker = breaker
        self.broken: list[Break] = []
        self.lock = RLock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer at the door, or let the simulator answer."""
        request = Request(environ)
        if not request.path.startswith(f"{ROOT}/") and request.path != ROOT:
            if self.broken:
                environ["wsgi.input"] = BytesIO(request.get_data())  # the application reads it too
                hit = next((one for one in self.broken if one.hits(_request_text(request))), None)
                if hit is not None:
                    return Response(hit.body, hit.status)(environ, start_response)
            return self.application(environ, start_response)
        with self.lock:
            return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        parts = [part for part in request.path.removeprefix(ROOT).split("/") if part]
        try:
            data = request.get_json(force=True, silent=False) if request.get_data() else {}
            result = self._done(request.method, parts, data)
        except (KeyError, TypeError, ValueError) as error:
            return _json({"error": f"this does not fit: {error}"}, 400)
        except LookupError as error:
            return _json({"error": str(error)}, 404)
        return _json(result)

    def _done(self, verb: str, parts: list[str], data: Any) -> Any:
        match verb, parts:
            case "GET", []:
                return {name: len(table.rows()) for name, table in self.tables.items()}
            case ("GET", ["break"]):
                return [asdict(one) for one in self.broken]
            case ("POST", ["break"]):
                self._break(data)
            case ("DELETE", ["break"]):
                self.broken.clear()
                if self.breaker is not None:
                    self.breaker.mend()
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

    def _break(self, data: Mapping[str, Any]) -> None:
        """Put an endpoint out of order; a table is so until it is mended."""
        one = Break(**data)
        if self.breaker is not None:
            if "times" in data or "body" in data:
                raise KeyError("times" if "times" in data else "body")
            self.breaker.put_out_of_order(one.path, is_gone=one.status == _NOT_FOUND)
        self.broken.append(one)

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
            for example in (*self.examples, *(_SQL_BREAKS if self.breaker else _BREAKS))
        ]
        return "\n".join(lines)


_MEND = Example("mend everything", "DELETE", "break")
_BREAKS = (
    Example(
        "break an endpoint: requests that mention this text answer 500, twice",
        "POST",
        "break",
        {"path": "TEXT", "status": 500, "times": 2},
    ),
    _MEND,
)
_SQL_BREAKS = (
    Example(
        "break an endpoint: statements on the tables whose names hold this text fail",
        "POST",
        "break",
        {"path": "V_SEANCE"},
    ),
    Example(
        "or such tables are not there, as when the vendor did not open them",
        "POST",
        "break",
        {"path": "V_SALLE", "status": _NOT_FOUND},
    ),
    _MEND,
)


class _Nothing(LookupError):
    """There is nothing of the kind."""


def _some(count: int, name: str, key: str) -> int:
    if not count:
        raise _Nothing(f"'{name}' has no row '{key}'")
    return count


def _request_text(request: Request) -> str:
    """Return what a request mentions: its path, its query, a SOAP action, the begin of its body."""
    action = request.headers.get("SOAPAction", "")
    body = request.get_data()[:_LOOKED_AT].decode(errors="replace")
    return f"{request.full_path} {action} {body}"


def _columns(table: Table) -> list[str]:
    return list(next(iter(table.rows()), {}))


def _json(data: Any, status: int = 200) -> Response:
    text = json.dumps(data, ensure_ascii=False, indent=1, default=str)
    return Response(text, status, content_type="application/json; charset=utf-8")
