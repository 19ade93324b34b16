"""Answer requests from recorded exchanges, at the edge of the network.

Building URLs, encoding and signing in stay real.

A request that nobody recorded fails; so does an exchange of the case that nobody asked for.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, field
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.utils import get_encoding_from_headers
from urllib3 import HTTPResponse

from edusync.testing.sessions import any_session, names_of_any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Key = tuple[str, str, tuple[tuple[str, str], ...], str]


CANARY = "canary-of-the-cases"
"""Stands for every secret in a recording."""


class Unexpected(AssertionError):
    """A request that no exchange answers."""


@dataclass(slots=True)
class _Shelf:
    answers: list[Mapping[str, Any]] = field(default_factory=list)
    used: int = 0
    own: bool = False


class Replay(BaseAdapter):
    """An adapter for a `requests` session.

    `own` exchanges replace those of the `base` with the same request.

    An exchange is `{request: {verb, path, query, body}, answer: {status, json | text, headers}}`,
    of a database `{request: {sql, values}, answer: {rows}}`; several with the same request are
    answered in order, and the last one again and again. One
    without `body` answers whatever is sent, and what some exchange has as `*`, such as the id of a
    session or a signature, may be anything: a parameter, a member or an element of a body.
    """

    def __init__(
        self, own: Sequence[Mapping[str, Any]], base: Sequence[Mapping[str, Any]] = ()
    ) -> None:
        super().__init__()
        self.shelves: dict[Key, _Shelf] = {}
        self.lock = Lock()
        self.asked: list[str] = []
        self.sent: list[dict[str, Any]] = []
        """What was sent with a body, in order, with the secrets taken out."""
        self.any = {
            name
            for exchange in (*base, *own)
            for part in ("query", "body")
            for name in names_of_any(exchange["request"].get(part) or {})
        }
        for exchanges, is_own in ((base, False), (own, True)):
            fresh: set[Key] = set()
            for exchange in exchanges:
                key = key_of(exchange["request"])
                if key not in fresh:
                    self.shelves[key] = _Shelf(own=is_own)
                    fresh.add(key)
                self.shelves[key].answers.append(exchange["answer"])

    def send(
        self, request: requests.PreparedRequest, *_args: Any, **_kwargs: Any
    ) -> requests.Response:
        """Answer one request."""
        parts = urlsplit(str(request.url))
        key = key_of(self.describe(request))
        with self.lock:
            asked = (
                f"{request.method} {parts.path}"
                + (f"?{parts.query}" if parts.query else "")
                + _operation(key[3])
            )
            self.asked.append(asked.replace(CANARY, "***"))
            if request.method != "GET":
                self.sent.append(
                    {self.asked[-1]: _readable(self.describe(request).get("body", ""))}
                )
            return replied(request, self._next(key, self.asked[-1]))

    def rows(self, statement: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
        """Return the rows that were recorded of a statement and what is bound in it."""
        request = {"sql": statement, "values": values}
        with self.lock:
            self.asked.append(" ".join(statement.split()))
            found: list[dict[str, Any]] = self._next(key_of(request), self.asked[-1])["rows"]
        return found

    def _next(self, key: Key, asked: str) -> Mapping[str, Any]:
        """Return the next answer to a request."""
        exact, any_body = self.shelves.get(key), self.shelves.get((*key[:3], ""))
        shelf = (
            any_body
            if any_body is not None and any_body.own and not (exact and exact.own)
            else exact or any_body
        )
        if shelf is None:
            raise Unexpected(f"no exchange answers {asked}")
        answer = shelf.answers[min(shelf.used, len(shelf.answers) - 1)]
        shelf.used += 1
        return answer

    def describe(self, request: requests.PreparedRequest) -> dict[str, Any]:
        """Return what a request asks, as an exchange says it."""
        return any_session(describe(request), (), self.any)

    def close(self) -> None:
        """Nothing is open."""

    def leftovers(self) -> list[str]:
        """Return the exchanges of the case's own that nobody asked for."""
        return [
            f"{key[0]} {key[1]}"
            for key, shelf in self.shelves.items()
            if shelf.own and shelf.used < len(shelf.answers)
        ]


def key_of(request: Mapping[str, Any]) -> Key:
    """Return what tells requests apart: verb, path, query and body; of SQL statement and values."""
    if "sql" in request:
        bound = request.get("values")
        written = json.dumps(bound, sort_keys=True, default=str) if bound is not None else ""
        return ("SQL", " ".join(str(request["sql"]).split()), (), written)
    query = tuple(
        sorted((str(name), str(value)) for name, value in (request.get("query") or {}).items())
    )
    body = request.get("body", "")
    return (
        str(request.get("verb", "GET")),
        str(request["path"]),
        query,
        body if isinstance(body, str) else json.dumps(body, sort_keys=True),
    )


def describe(request: requests.PreparedRequest) -> dict[str, Any]:
    """Return what a request asks, as an exchange says it.

    Forms and JSON as what they hold, any other body as text.
    """
    parts = urlsplit(str(request.url))
    described: dict[str, Any] = {"path": unquote(parts.path)}
    if request.method != "GET":
        described = {"verb": str(request.method), **described}
    if parts.query:
        described["query"] = dict(parse_qsl(parts.query, keep_blank_values=True))
    body = request.body.decode() if isinstance(request.body, bytes) else request.body
    if body:
        kind = str(request.headers.get("Content-Type", ""))
        described["body"] = (
            json.loads(body)
            if "json" in kind
            else dict(parse_qsl(str(body)))
            if "urlencoded" in kind
            else str(body)
        )
    return described


def _readable(body: Any) -> Any:
    """Return a body as a golden file shows it.

    JSON and forms as what they hold, SOAP without its envelope, secrets taken out.
    """
    if isinstance(body, str):
        found = re.search(r"<(?:[\w.-]+:)?Body>(.*)</(?:[\w.-]+:)?Body>", body, re.DOTALL)
        return " ".join(
            re.sub(
                r"\s+xmlns(:\w+)?=\"[^\"]*\"|(?<=<)ns\d+:|(?<=</)ns\d+:",
                "",
                found.group(1) if found else body,
            )
            .replace(CANARY, "***")
            .split()
        )
    return json.loads(json.dumps(body).replace(CANARY, "***"))


def _operation(body: str) -> str:
    """Name what a SOAP body asks for, so that a golden file tells calls to one address apart."""
    found = re.search(r"<(?:[\w.-]+:)?Body>\s*<(?:[\w.-]+:)?([\w.-]+)", body)
    return f" {found.group(1)}" if found else ""


def charset_of(kind: str, *declared: str | None) -> str:
    """Return the charset of an answer.

    The first that was declared, that of its content type, or UTF-8.
    """
    named = next(filter(None, declared), None) or (
        get_encoding_from_headers({"content-type": kind}) if "charset" in kind else None
    )
    try:
        return codecs.lookup(named or "utf-8").name
    except LookupError:
        return "utf-8"


def replied(request: requests.PreparedRequest, answer: Mapping[str, Any]) -> requests.Response:
    """Return an exchange's answer as a response; `raw` are its bytes as they were heard."""
    charset = charset_of(str((answer.get("headers") or {}).get("Content-Type", "")))
    body = (
        answer["raw"]
        if "raw" in answer
        else json.dumps(answer["json"]).encode()
        if "json" in answer
        else str(answer.get("text", "")).encode(charset, "replace")
    )
    default = (
        "application/json"
        if "json" in answer
        else "text/html"
        if body.startswith(b"<")
        else "text/plain"
    )
    headers = {"Content-Type": default, **(answer.get("headers") or {})}
    response = requests.Response()
    response.status_code = int(answer.get("status", 200))
    response.headers.update(headers)
    response.raw = HTTPResponse(
        BytesIO(body), headers=headers, status=response.status_code, preload_content=False
    )
    response.url = str(request.url)
    response.request = request
    return response
