"""What can happen to one answer on its way: cut, hung, garbage, of another size than it says."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from threading import Event
from typing import Any, Literal

Pieces = Callable[[bytes], Iterable[bytes]]


@dataclass(frozen=True)
class Ill:
    """One way to spoil an answer: what is sent in its place, made of the true body."""

    pieces: Pieces
    ends: Literal["cut", "hang", "stay"] = "cut"
    works: bool = True
    """Whether the request has its effect."""


def head(length: object, *lines: bytes, status: bytes = b"200 OK") -> bytes:
    """Return the head of an answer; without a length when there is none."""
    said = () if length is None else (f"Content-Length: {length}".encode(),)
    kept = (b"HTTP/1.1 " + status, b"Content-Type: application/json", *said, *lines, b"", b"")
    return b"\r\n".join(kept)


def whole(body: bytes, *lines: bytes, status: bytes = b"200 OK") -> list[bytes]:
    """Return an answer whose size is right."""
    return [head(len(body), *lines, status=status), body]


def _instead(text: str | bytes, status: bytes = b"200 OK") -> Ill:
    body = text if isinstance(text, bytes) else text.encode()
    return Ill(lambda _body: whole(body, status=status))


def _result(make: Callable[[Any], Any]) -> Ill:
    """Change the result inside of the envelope."""

    def pieces(body: bytes) -> list[bytes]:
        told = json.loads(body)
        return whole(json.dumps(told | {"result": make(told.get("result"))}).encode())

    return Ill(pieces)


_BOMB = gzip.compress(b"[" + b" " * 3_000_000 + b"]")
_NONE = b'{"status":"success","result":[]}'
_GZIP = b"Content-Encoding: gzip"
_CHUNKED = b"Transfer-Encoding: chunked"

CUTS = {
    "cut at once": Ill(lambda _body: (), works=False),
    "cut after the work": Ill(lambda _body: ()),
    "cut in the head": Ill(lambda body: [head(len(body))[:30]]),
    "cut in the body": Ill(lambda body: [head(len(body)), body[: len(body) // 2]]),
    "cut in the body, no size said": Ill(lambda body: [head(None), body[: len(body) // 2]]),
    "cut between chunks": Ill(lambda body: [head(None, _CHUNKED), b"2\r\n" + body[:2] + b"\r\n"]),
}
HANGS = {
    "hung at once": Ill(lambda _body: (), "hang", works=False),
    "hung after the work": Ill(lambda _body: (), "hang"),
    "hung in the head": Ill(lambda body: [head(len(body))[:30]], "hang"),
    "hung in the body": Ill(lambda body: [head(len(body)), body[: len(body) // 2]], "hang"),
}
SIZES = {
    "a byte less than said": Ill(lambda body: [head(len(body) + 1), body]),
    "more than said": Ill(lambda body: [head(len(body) // 2), body], "stay"),
    "nothing said to come": Ill(lambda body: [head(0), body], "stay"),
    "a size that is no number": Ill(lambda body: [head("many"), body]),
    "a size below nothing": Ill(lambda body: [head(-7), body]),
    "two sizes": Ill(lambda body: [head(len(body), b"Content-Length: 3"), body]),
    "two answers": Ill(lambda body: [*whole(body), *whole(_NONE)], "stay"),
    "a gzip bomb": Ill(lambda _body: whole(_BOMB, _GZIP)),
    "gzip that is none": Ill(lambda body: whole(body, _GZIP)),
    "gzip that is cut": Ill(lambda body: whole(gzip.compress(body)[:-9], _GZIP)),
    "no end": Ill(lambda _body: [head(None), *[b" " * 100_000] * 40]),
    "no end of heads": Ill(lambda body: [head(len(body), *[b"X-More: 1"] * 500), body]),
    "a head without end": Ill(lambda body: [head(len(body), b"X-More: " + b"1" * 200_000), body]),
    "chunks that are none": Ill(lambda body: [head(None, _CHUNKED), body]),
}
BODIES = {
    "a page": _instead("<html>Edusign</html>"),
    "nothing": _instead(""),
    "half an object": _instead("{"),
    "null": _instead("null"),
    "a list, no envelope": _instead("[]"),
    "a number": _instead("42"),
    "a text": _instead('"success"'),
    "no UTF-8": _instead(b'{"status":"success","result":"\xff\xfe"}'),
    "too deep": _instead("[" * 100_000),
    "no status": _instead('{"result":[]}'),
    "a status of null": _instead('{"status":null,"result":[]}'),
    "another status": _instead('{"status":"ok","result":[]}'),
    "no result": _instead('{"status":"success"}'),
    "a result of another type": _result(lambda found: found[:1] if isinstance(found, list) else 7),
    "a list for an object": _result(lambda found: {} if isinstance(found, list) else [found]),
    "a text for a result": _result(lambda _found: "Created"),
    "rows of null": _result(lambda found: [None] if isinstance(found, list) else {"ID": None}),
    "rows of nothing": _result(lambda found: [{}] if isinstance(found, list) else {"ID": [1]}),
    "rows of lists": _result(lambda _found: [[[]]]),
}
STATUSES = {
    "no content": _instead("", b"204 No Content"),
    "not modified": _instead("", b"304 Not Modified"),
    "moved": Ill(lambda _body: whole(b"", b"Location: /v1/student", status=b"302 Found")),
    "moved away": Ill(lambda _body: whole(b"", b"Location: http://[", status=b"307 Temporary")),
    "not found": _instead("Not Found", b"404 Not Found"),
    "no status line": Ill(lambda body: [b"ICY 200\r\n\r\n", body]),
    "a status that is no number": Ill(lambda body: whole(body, status=b"OK")),
    "a failure that says success": Ill(lambda body: whole(body, status=b"500 Internal Error")),
}
GARBAGE = {**BODIES, **STATUSES}
EVERY = {**CUTS, **HANGS, **SIZES, **GARBAGE}


def route_of(verb: str, path: str) -> str:
    """Return which route of Edusign a request takes: its verb, and `:id` for what is looked up."""
    kind, *more = path.removeprefix("/v1/").split("/")
    if more and more != ["absence-reason"]:
        more[-1] = ":id"
    return f"{verb} {'/'.join([kind, *more])}"


class SpoiltWire:
    """Edusign on a wire that spoils some answers of one route."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.route, self.ill, self.times, self.skip = "", EVERY["nothing"], 0, 0
        self.seen: dict[str, int] = {}
        self.over = Event()

    def spoil(self, route: str, ill: Ill, times: int, skip: int = 0) -> None:
        """Spoil the next answers of a route, after some that arrive."""
        self.route, self.ill, self.times, self.skip = route, ill, times, skip
        self.over.clear()

    def rest(self) -> None:
        """Spoil nothing any more, and let go of what hangs."""
        self.times = 0
        self.over.set()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path.startswith("/v1"):
            route = route_of(environ["REQUEST_METHOD"], path)
            self.seen[route] = self.seen.get(route, 0) + 1
            if route == self.route and self.times > 0:
                if self.skip <= 0:
                    self.times -= 1
                    self._spoil(environ)
                self.skip -= 1
        answered: Iterable[bytes] = self.application(environ, start_response)
        return answered

    def _spoil(self, environ: dict[str, Any]) -> None:
        """Answer on the bare socket, and close it."""
        length = int(environ.get("CONTENT_LENGTH") or 0)
        over, ill, body = self.over, self.ill, b""
        if ill.works:
            body = b"".join(self.application(environ, lambda *_said: None))
        elif length:
            environ["wsgi.input"].read(length)
        with suppress(OSError):
            for piece in ill.pieces(body):
                environ["werkzeug.socket"].sendall(piece)
        if ill.ends == "hang":
            over.wait(timeout=30)
        if ill.ends != "stay":
            with suppress(OSError):
                environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError
