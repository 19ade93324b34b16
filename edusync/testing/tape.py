"""Listen in: every exchange with a real system, as it went over the wire."""

from __future__ import annotations

from io import BytesIO
from threading import Lock, local
from typing import TYPE_CHECKING, Any

from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from edusync.testing.replay import describe

if TYPE_CHECKING:
    import requests


class Tape(HTTPAdapter):
    """Pass requests on, and keep every exchange: what was asked, and the bytes that came."""

    def __init__(self) -> None:
        super().__init__()
        self.lock = Lock()
        self.mine = local()
        self.exchanges: list[dict[str, Any]] = []

    def send(self, request: requests.PreparedRequest, *given: Any, **more: Any) -> requests.Response:
        """Ask the real system."""
        answered = super().send(request, *given, **more)
        raw = answered.content
        headers = {name: value for name, value in answered.headers.items() if name.lower() not in {"content-encoding", "content-length", "transfer-encoding"}}
        answered.raw = HTTPResponse(BytesIO(raw), headers=headers, status=answered.status_code, preload_content=False)
        answered._content_consumed, answered._content = False, False  # type: ignore[attr-defined,assignment]  # noqa: SLF001 - requests has no other way to read again
        answered.headers.clear()
        answered.headers.update(headers)
        exchange = {"request": describe(request), "status": answered.status_code, "kind": headers.get("Content-Type", ""), "raw": raw}
        with self.lock:
            self.exchanges.append(exchange)
        self.mine.last = exchange
        return answered
