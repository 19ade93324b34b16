"""Send one request over a pooled connection.

With time limits, a size limit and no redirect to strangers.
"""

from __future__ import annotations

from collections import deque
from contextlib import suppress
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import orjson
import requests
from requests.adapters import HTTPAdapter

from edusync.errors import CallFailed, SourceError
from edusync.transport.decode import decode, decode_xml, is_html
from edusync.transport.message import Answer, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_CHUNK = 256 * 1024
_HEAD = 4096
_SURE = 64  # bytes that tell a page for people from XML


class ConnectionLost(Exception):
    """No answer came. `sent` is false when the request cannot have reached the other side."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


class HttpClient:
    """A pool of connections to one host; safe to use from several threads."""

    def __init__(
        self,
        base_url: str,
        *,
        connect: float,
        read: float,
        most_bytes: int,
        at_once: int,
        proxy: str | None = None,
        ca: str | None = None,
        clock: Callable[[], float],
    ) -> None:
        self.base_url = base_url.rstrip("/")
        self.timeout = (connect, read)
        self.most_bytes = most_bytes
        self.clock = clock
        self.session = requests.Session()
        self.session.trust_env = False
        adapter = HTTPAdapter(pool_connections=1, pool_maxsize=at_once, max_retries=0)
        self.session.mount("http://", adapter)
        self.session.mount("https://", adapter)
        if proxy:
            self.session.proxies = {"http": proxy, "https": proxy}
        if ca:
            self.session.verify = ca

    def url(self, path: str) -> str:
        """Return the whole URL of a path.

        A whole URL stays, as long as the host is the ERP's own or was configured.
        """
        return (
            path
            if "://" in path
            else f"{self.base_url}/{path.lstrip('/')}"
            if path
            else self.base_url
        )

    def send(self, request: Request) -> Answer:
        """Send, and read the whole answer."""
        url = self.url(request.url)
        body: dict[str, Any] = {}
        headers = dict(request.headers)
        if request.raw is not None:
            body["data"] = request.raw
        elif request.json is not None:
            body["data"] = orjson.dumps(request.json)
            headers.setdefault("Content-Type", "application/json")
        elif request.form is not None:
            body["data"] = request.form
        elif request.xml is not None:
            body["data"] = request.xml.encode()
            headers.setdefault("Content-Type", "text/xml; charset=utf-8")
        elif request.text is not None:
            body["data"] = request.text.encode()
        try:
            response = self.session.request(
                request.verb,
                url,
                params=list(request.query),
                headers=headers,
                cookies=dict(request.cookies) or None,
                auth=request.basic,
                timeout=self.timeout,
                allow_redirects=False,
                stream=True,
                **body,
            )
            with response:
                if request.answer.kind == "xml" and request.read is None:
                    return self._streamed(response, request)
                raw = b"".join(self._chunks(response, request))
        except requests.exceptions.ConnectTimeout:
            raise ConnectionLost("no connection within the time limit", sent=False) from None
        except requests.exceptions.SSLError:
            raise SourceError(
                "CONN_NETWORK_BLOCKED",
                "the certificate of the server cannot be trusted",
                "set `ca` to the certificate authority of the ERP; checks are never switched off",
            ) from None
        except requests.exceptions.ConnectionError as error:
            refused = "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
            raise ConnectionLost(
                "the connection was refused" if refused else "the connection was cut",
                sent=not refused,
            ) from None
        except requests.exceptions.Timeout:
            raise ConnectionLost("no answer within the time limit", sent=True) from None
        except requests.exceptions.InvalidURL:
            raise SourceError(
                "CONF_URL_INVALID",
                "the URL of the ERP is not valid",
                "write it whole, such as https://erp.example/api",
            ) from None
        except requests.exceptions.RequestException as error:
            raise ConnectionLost(
                f"the exchange broke off ({type(error).__name__})", sent=True
            ) from None
        return _answer(response, raw, request)

    def same_host(self, url: str) -> bool:
        """Whether a URL stays on the ERP's own host."""
        try:
            ours, other = urlsplit(self.base_url), urlsplit(url)
        except ValueError:
            return False
        return not other.netloc or (ours.scheme, ours.netloc) == (other.scheme, other.netloc)

    def close(self) -> None:
        """Let go of the connections."""
        with suppress(Exception):
            self.session.close()

    def _streamed(self, response: requests.Response, request: Request) -> Answer:
        """Read XML while it comes: its values are kept, its bytes are not."""
        digest, head = blake2b(digest_size=16), bytearray()

        def noted() -> Iterator[bytes]:
            for chunk in self._chunks(response, request):
                digest.update(chunk)
                if len(head) < _HEAD:
                    head.extend(chunk[: _HEAD - len(head)])
                yield chunk

        chunks = noted()
        first = b""
        while len(first.lstrip()) < _SURE and (chunk := next(chunks, b"")):
            first += chunk
        is_xml = first.strip() and not is_html(first)
        found = (
            decode_xml(chain((first,), chunks), request.answer)
            if is_xml
            else decode(first + b"".join(chunks), response.headers, request.answer)
        )
        deque(
            chunks, maxlen=0
        )  # what stands behind a mistake is let go of, so that the connection can be used again
        return Answer(
            response.status_code,
            response.headers,
            bytes(head),
            found.body,
            found.kind,
            request.label,
            response.url,
            found.root,
            digest.digest(),
            found.cause,
            found.flaws,
        )

    def _chunks(self, response: requests.Response, request: Request) -> Iterator[bytes]:
        deadline = self.clock() + self.timeout[1] * 4
        size = 0
        for chunk in response.iter_content(_CHUNK):
            size += len(chunk)
            if size > self.most_bytes:
                raise CallFailed(
                    "CONN_TOO_LARGE",
                    f"{request.label} answered with more than {self.most_bytes // 1024} kB",
                )
            if self.clock() > deadline:
                raise ConnectionLost("the answer trickled in for too long", sent=True)
            yield chunk


def _answer(response: requests.Response, raw: bytes, request: Request) -> Answer:
    found = (
        request.read(raw, response.status_code)
        if request.read
        else decode(raw, response.headers, request.answer)
    )
    return Answer(
        response.status_code,
        response.headers,
        raw,
        found.body,
        found.kind,
        request.label,
        response.url,
        found.root,
        cause=found.cause,
        flaws=found.flaws,
    )
