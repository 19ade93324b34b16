"""Listen in.

Every exchange with a real system as it went over the wire, every file as it was read.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from threading import Lock, local
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from edusync.engine.read.folder_source import FolderSource
from edusync.testing.ics_rows import events
from edusync.testing.replay import describe, replied
from edusync.transport.decode import decode, decode_file
from edusync.transport.message import JSON, Decoded
from edusync.transport.tables import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import requests

    from edusync.diagnostics import Location
    from edusync.spec.tree import Call, Path, Spec
    from edusync.transport.files import Files
    from edusync.transport.message import Answer, AnswerKind

OK = 200
NO_CONTENT = 204
_NO_SPAN = Span(datetime.min.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC), ZoneInfo("UTC"))
"""Tables repeat nothing, so there is nothing to spread out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """For what something is read.

    The place of the call in the spec, what it promises, the names in scope.

    `read` reads an answer that only its service can read.
    """

    place: Location | None = None
    promised: AnswerKind = JSON
    names: Mapping[str, Any] = field(default_factory=dict)
    read: Callable[[bytes, int], Decoded] | None = None
    is_withheld: bool = False
    """Whether it writes and is not sent: what comes in its place is an empty answer."""

    def decoded(self, raw: bytes, status: int = OK, kind: str = "") -> Decoded:
        """Return what an answer holds, as the engine reads it."""
        if self.read is not None:
            return self.read(raw, status)
        if self.promised.kind == "ics":
            found = events(raw, self.promised.charset)
            return Decoded(found, "ics" if found is not None else "text")
        if self.promised.kind in {"csv", "xlsx"}:
            return decode_file(raw, self.promised, _NO_SPAN)
        return decode(raw, {"Content-Type": kind}, self.promised)


@dataclass(frozen=True, slots=True)
class Cut:
    """Which rows a list lost while it was read, by place, and what the answer was before."""

    items: Path
    gone: frozenset[int]
    whole: bytes


@dataclass(slots=True)
class Heard:
    """One exchange, or one file, whose `request` is its name.

    What was asked, for what, and the bytes that came.
    """

    request: dict[str, Any]
    raw: bytes
    asked: Asked
    status: int = OK
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: Cut | None = None

    @property
    def kind(self) -> str:
        """The content type that was said."""
        return self.headers.get("content-type", "")


class Tape(HTTPAdapter):
    """Pass requests on, and keep every exchange."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = Lock()
        self.mine = local()
        self.heard: list[Heard] = []

    @contextmanager
    def asking(self, asked: Asked) -> Iterator[None]:
        """Note for what this thread asks meanwhile."""
        before = getattr(self.mine, "asked", Asked())
        self.mine.asked = asked
        try:
            yield
        finally:
            self.mine.asked = before

    @property
    def last(self) -> Heard:
        """What this thread heard last."""
        last: Heard = self.mine.last
        return last

    def send(self, request: requests.PreparedRequest, *args: Any, **more: Any) -> requests.Response:
        """Ask the real system."""
        asked = getattr(self.mine, "asked", Asked())
        if asked.is_withheld:
            self._note(Heard(describe(request), b"", asked, NO_CONTENT))
            return replied(request, {"status": NO_CONTENT})
        answered = super().send(request, *args, **more)
        raw = answered.content
        headers = {
            name: value
            for name, value in answered.headers.items()
            if name.lower() not in {"content-encoding", "content-length", "transfer-encoding"}
        }
        answered.raw = HTTPResponse(
            BytesIO(raw), headers=headers, status=answered.status_code, preload_content=False
        )
        answered._content_consumed, answered._content = False, False  # type: ignore[attr-defined,assignment]  # noqa: SLF001 - requests has no other way to read again
        answered.headers.clear()
        answered.headers.update(headers)
        lower = {name.lower(): value for name, value in headers.items()}
        self._note(Heard(describe(request), raw, asked, answered.status_code, lower))
        return answered

    def _note(self, heard: Heard) -> None:
        self.mine.last = heard
        with self.lock:
            self.heard.append(heard)


class HeardFolder(FolderSource):
    """A folder of files that notes what is read out of it, and for which list."""

    def __init__(self, spec: Spec, names: Mapping[str, Any]) -> None:
        super().__init__(spec, names)
        self.mine = local()
        self.heard: list[Heard] = []
        self.files = _HeardFiles(self.files, self)

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Read the files of a list."""
        self.mine.asked = Asked(call.place, call.answer, names)
        return super().call(call, names, url=url)


class _HeardFiles:
    def __init__(self, files: Files, folder: HeardFolder) -> None:
        self.files, self.folder = files, folder
        self.names, self.size, self.may_write, self.close = (
            files.names,
            files.size,
            files.may_write,
            files.close,
        )

    def write(self, _name: str, _data: bytes) -> None:
        """Write nothing: what would stand in a file is seen when the case is run."""

    def read(self, name: str) -> bytes:
        raw = self.files.read(name)
        self.folder.heard.append(Heard({"path": name}, raw, self.folder.mine.asked))
        return raw


class HeldFolder(FolderSource):
    """A folder that holds what was heard of another, and nothing else."""

    def __init__(self, spec: Spec, heard: list[Heard]) -> None:
        self.spec, self.at_once = spec, spec.transport.limits.at_once
        self.trace = None
        self.mine, self.heard = local(), heard
        self.files = _HeldFiles(self)
        self.pool = ThreadPoolExecutor(self.at_once, thread_name_prefix="edusync-erp")

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Read the files of a list."""
        self.mine.place = call.place
        return super().call(call, names, url=url)


class _HeldFiles:
    def __init__(self, folder: HeldFolder) -> None:
        self.folder = folder

    def names(self, _pattern: str) -> list[str]:
        place = self.folder.mine.place
        return [one.request["path"] for one in self.folder.heard if one.asked.place == place]

    def size(self, name: str) -> int:
        return len(self.read(name))

    def read(self, name: str) -> bytes:
        return next(one.raw for one in self.folder.heard if one.request["path"] == name)

    def write(self, name: str, data: bytes) -> None:
        raise NotImplementedError(f"{name} is not written into a recording")

    def may_write(self) -> bool | None:
        return False

    def close(self) -> None:
        """Nothing is open."""
