"""Listen in: every exchange with a real system as it went over the wire, every file as it was read."""

from __future__ import annotations

from io import BytesIO
from threading import Lock, local
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from edusync.engine.read.folder_source import FolderSource
from edusync.testing.replay import describe

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from edusync.spec.types import Call, Spec
    from edusync.transport.files import Files
    from edusync.transport.message import Answer


class Tape(HTTPAdapter):
    """Pass requests on, and keep every exchange: what was asked, and the bytes that came."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = Lock()
        self.mine = local()
        self.exchanges: list[dict[str, Any]] = []

    def send(
        self, request: requests.PreparedRequest, *given: Any, **more: Any
    ) -> requests.Response:
        """Ask the real system."""
        answered = super().send(request, *given, **more)
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
        exchange = {
            "request": describe(request),
            "status": answered.status_code,
            "kind": headers.get("Content-Type", ""),
            "raw": raw,
        }
        with self.lock:
            self.exchanges.append(exchange)
        self.mine.last = exchange
        return answered


class HeardFolder(FolderSource):
    """A folder of files that notes what is read out of it, and for which list."""

    def __init__(self, spec: Spec, names: Mapping[str, Any]) -> None:
        super().__init__(spec, names)
        self.mine = local()
        self.heard: list[dict[str, Any]] = []
        self.files = _HeardFiles(self.files, self)

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Read the files of a list."""
        self.mine.asked = {
            "place": call.place,
            "promised": call.answer,
            "names": names,
            "status": 200,
        }
        return super().call(call, names, url=url)


class _HeardFiles:
    def __init__(self, files: Files, folder: HeardFolder) -> None:
        self.files, self.folder = files, folder
        self.names, self.size, self.write, self.close = (
            files.names,
            files.size,
            files.write,
            files.close,
        )

    def read(self, name: str) -> bytes:
        raw = self.files.read(name)
        self.folder.heard.append({"name": name, "raw": raw, **self.folder.mine.asked})
        return raw
