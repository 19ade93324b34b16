"""Send one request over a pooled connection.

With time limits, a size limit and no redirect to strangers.
"""

from __future__ import annotations

from collections import deque
from contextlib import AbstractContextManager, nullcontext, suppress
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any

import requests

from edusync.errors import CallFailed, SourceError
from edusync.transport.decode import decode, decode_xml, is_html
from edusync.transport.hosts import Hosts
from edusync.transport.message import BREAKS_OFF, Answer, Request
from edusync.transport.query import as_json
from edusync.transport.session import TooLarge, Untrusted, chunks, exchanging, open_session
from edusync.transport.unpacking import BrokenOff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from edusync.transport.trace import Exchanged, Trace

_HEAD = 4096
_SURE = 64  # bytes that tell a page for people from XML


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
        hosts: Hosts | None = None,
        noted: Callable[[], None] = lambda: None,
        trace: Trace | None = None,
    ) -> None:
        self.trace = trace
        self.noted = noted
        """Called before each request."""
        self.base_url = base_url.rstrip("/")
        self.hosts = hosts or Hosts(self.base_url)
        self.timeout = (connect, read)
        self.most_bytes = most_bytes
        self.session = open_session(read=read, at_once=at_once)
        if proxy:
            self.session.proxies = {"http": proxy, "https": proxy}
        if ca:
            self.session.verify = ca

    def url(self, request: Request) -> str:
        """Return the whole URL of a request; CallFailed when it is that of a stranger.

        A step that signs in goes wherever the spec says: it carries only what it says itself.
        """
        if "://" not in request.url:
            path = request.url.lstrip("/")
            return f"{self.base_url}/{path}" if path else self.base_url
        url = request.url if request.anywhere else self.hosts.reach(request.url)
        if url is None:
            raise CallFailed(
                "CONN_REDIRECTED",
                f"{request.label} is on another host, and credentials do not go there",
                "name the host below `hosts` of the transport, if it is one of the ERP",
            )
        return url

    def send(self, request: Request) -> Answer:
        """Send, and read the whole answer."""
        url, (body, kind) = self.url(request), _body(request)
        headers = {**kind, **request.headers}
        self.noted()
        try:
            with (
                self._traced(request, url) as traced,
                exchanging(),
                self.session.request(
                    request.verb,
                    url,
                    params=list(request.query),
                    headers=headers,
                    cookies=dict(request.cookies) or None,
                    auth=request.basic,
                    timeout=self.timeout,
                    allow_redirects=False,
                    stream=True,
                    data=body,
                ) as response,
            ):
                if request.answer.kind == "xml" and request.read is None:
                    return self._streamed(response, request, traced)
                raw = b"".join(self._chunks(response, traced))
        except BrokenOff as broken:
            return _broken(response, request, broken)
        except Untrusted:
            raise SourceError(
                "CONN_NETWORK_BLOCKED",
                "the certificate of the server cannot be trusted",
                "set `ca` to the certificate authority of the ERP; checks are never switched off",
            ) from None
        except requests.exceptions.InvalidURL:
            raise SourceError(
                "CONF_URL_INVALID",
                "the URL of the ERP is not valid",
                "write it whole, such as https://erp.example/api",
            ) from None
        except TooLarge:
            raise CallFailed(
                "CONN_TOO_LARGE",
                f"{request.label} answered with more than {self.most_bytes // 1024} kB",
            ) from None
        return _answer(response, raw, request)

    def _traced(self, request: Request, url: str) -> AbstractContextManager[Exchanged | None]:
        """Keep an exchange for the trace of the command, where it has one."""
        if self.trace is None:
            return nullcontext()
        return self.trace.exchange(
            request.verb, url, request.label, place=request.place, signs_in=request.anywhere
        )

    def _chunks(self, response: requests.Response, traced: Exchanged | None) -> Iterator[bytes]:
        pieces = chunks(response, self.most_bytes)
        if traced is None:
            return pieces
        traced.answered(response)
        return traced.passing(pieces)

    def same_host(self, url: str) -> bool:
        """Whether a URL stays on a host of the ERP."""
        return self.hosts.reach(url) is not None

    def close(self) -> None:
        """Let go of the connections."""
        with suppress(Exception):
            self.session.close()

    def _streamed(
        self, response: requests.Response, request: Request, traced: Exchanged | None
    ) -> Answer:
        """Read XML while it comes: its values are kept, its bytes are not."""
        digest, head = blake2b(digest_size=16), bytearray()

        def noted() -> Iterator[bytes]:
            for chunk in self._chunks(response, traced):
                digest.update(chunk)
                if len(head) < _HEAD:
                    head.extend(chunk[: _HEAD - len(head)])
                yield chunk

        pieces = noted()
        first = b""
        while len(first.lstrip()) < _SURE and (chunk := next(pieces, b"")):
            first += chunk
        is_xml = first.strip() and not is_html(first)
        decoded = (
            decode_xml(chain((first,), pieces), request.answer)
            if is_xml
            else decode(first + b"".join(pieces), response.headers, request.answer)
        )
        deque(
            pieces, maxlen=0
        )  # what stands behind a mistake is let go of, so that the connection can be used again
        return Answer(
            response.status_code,
            response.headers,
            bytes(head),
            decoded.body,
            decoded.kind,
            request.label,
            response.url,
            decoded.root,
            digest.digest(),
            decoded.cause,
            decoded.flaws,
        )


def _body(request: Request) -> tuple[Any, dict[str, str]]:
    """Return the body of a request, and the header that says what it is."""
    if request.raw is not None:
        return request.raw, {}
    if request.json is not None:
        return as_json(request.json), {"Content-Type": "application/json"}
    if request.form is not None:
        return request.form, {}
    if request.xml is not None:
        return request.xml.encode(), {"Content-Type": "text/xml; charset=utf-8"}
    return (None if request.text is None else request.text.encode()), {}


def _broken(response: requests.Response, request: Request, broken: BrokenOff) -> Answer:
    """Return an answer of whose body nobody knows the end; nothing of it is kept."""
    return Answer(
        response.status_code,
        response.headers,
        b"",
        None,
        "broken",
        request.label,
        response.url,
        cause=f"{BREAKS_OFF}: {broken}",
    )


def _answer(response: requests.Response, raw: bytes, request: Request) -> Answer:
    decoded = (
        request.read(raw, response.status_code)
        if request.read
        else decode(raw, response.headers, request.answer)
    )
    return Answer(
        response.status_code,
        response.headers,
        raw,
        decoded.body,
        decoded.kind,
        request.label,
        response.url,
        decoded.root,
        cause=decoded.cause,
        flaws=decoded.flaws,
        only=decoded.only,
        declares=decoded.declares,
    )
