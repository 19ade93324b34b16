"""What goes over the wires of a command, kept for `--trace`.

The file that is made of it, with secrets and people masked, is `edusync/testing/har.py`.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    import requests

_MOST = 1024 * 1024
"""So many bytes of a body are kept; of the rest the size alone."""
_ROWS = 1000
"""So many rows of a statement are kept."""


@dataclass(slots=True)
class Exchanged:
    """One request and what was answered; a statement or a file has the same form."""

    verb: str
    url: str
    label: str
    place: str = ""
    """The line of the spec that asked, empty for what no line asks for."""
    headers: tuple[tuple[str, str], ...] = ()
    sent: bytes = b""
    status: int = 0
    """0 when nothing was answered."""
    reason: str = ""
    answer_headers: tuple[tuple[str, str], ...] = ()
    came: bytearray = field(default_factory=bytearray)
    size: int = 0
    """The bytes that came, kept or not."""
    error: str = ""
    signs_in: bool = False
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    took: float = 0.0
    """Seconds."""

    def answered(self, response: requests.Response) -> None:
        """Note the request as it went out, and the head of its answer."""
        request = response.request
        self.verb, self.url = request.method or self.verb, request.url or self.url
        self.headers = tuple((name, _text(value)) for name, value in request.headers.items())
        self.sent = _bytes(request.body)
        self.status, self.reason = response.status_code, response.reason or ""
        self.answer_headers = tuple(response.headers.items())

    def passing(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the pieces of a body, and keep them."""
        for chunk in chunks:
            self.add(chunk)
            yield chunk

    def add(self, chunk: bytes) -> None:
        """Keep a piece of a body."""
        self.size += len(chunk)
        self.came.extend(chunk[: max(0, _MOST - len(self.came))])

    @property
    def is_cut(self) -> bool:
        """Whether more came than was kept."""
        return self.size > len(self.came)


class Trace:
    """Keeps what goes over the wires; several threads may use it at once."""

    def __init__(self) -> None:
        self.exchanged: list[Exchanged] = []
        self.secrets: set[str] = set()
        """Answers of connector files that are secret, and what sign-ins gave."""
        self.words: set[str] = set()
        """What the specs themselves name, which tells nobody."""
        self._lock = Lock()

    @contextmanager
    def exchange(self, verb: str, url: str, label: str, **more: Any) -> Iterator[Exchanged]:
        """Keep one exchange, however it ends."""
        one, began = Exchanged(verb, url, label, **more), monotonic()
        with self._lock:
            self.exchanged.append(one)
        try:
            yield one
        except Exception as error:
            one.error = f"{type(error).__name__}: {error}"
            raise
        finally:
            one.took = monotonic() - began

    def rows(
        self, statement: str, values: Any, label: str, pages: Iterable[list[dict[str, Any]]]
    ) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of a statement, and keep the first ones."""
        import orjson

        sent = orjson.dumps({"statement": statement, "values": values}, default=str)
        with self.exchange("SQL", "sql://database/", label, sent=sent) as one:
            sample: list[dict[str, Any]] = []
            for some in pages:
                sample += some[: max(0, _ROWS - len(sample))]
                one.size += len(some)
                yield some
            one.reason, one.size = f"{one.size} rows", 0
            one.status = 200
            one.add(orjson.dumps(sample, default=str))

    def statements(
        self, batches: list[tuple[str, list[dict[str, Any]]]], label: str
    ) -> AbstractContextManager[Exchanged]:
        """Keep statements that change a database."""
        import orjson

        sent = [{"statement": statement, "values": sets} for statement, sets in batches]
        return self.exchange(
            "SQL", "sql://database/", label, sent=orjson.dumps(sent, default=str), status=200
        )

    def file(
        self, verb: str, name: str, place: str, sent: bytes = b""
    ) -> AbstractContextManager[Exchanged]:
        """Keep a file that is read or written."""
        url = f"file:///{quote(name)}"
        return self.exchange(verb, url, f"FILE {name}", place=place, sent=sent, status=200)

    def hide(self, values: Any) -> None:
        """Keep texts out of the file, however deep they stand."""
        match values:
            case str():
                self.secrets.add(values)
            case dict():
                self.hide(list(values.values()))
            case list() | tuple():
                for one in values:
                    self.hide(one)

    def know(self, connection: Mapping[str, Any], types: Mapping[str, str]) -> None:
        """Note what of a connection is secret: its secret answers, and passwords in addresses."""
        for name, value in connection.items():
            if types.get(name) == "secret":
                self.hide(value)
            elif isinstance(value, str) and "://" in value:
                self.hide(_password(value))
                self.words |= set(re.findall(r"[^\W\d_]+|\d+", value.rpartition("@")[2]))


def _password(url: str) -> str | None:
    try:
        return urlsplit(url).password
    except ValueError:
        return None


def _bytes(body: Any) -> bytes:
    if body is None:
        return b""
    return body.encode("utf-8", "replace") if isinstance(body, str) else bytes(body)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else value
