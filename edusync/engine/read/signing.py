"""Signed requests: what a signature reads of a request, and what it adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from edusync.engine import calls
from edusync.transport.query import as_json, pairs, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from edusync.spec.tree.sign_in import Signature
    from edusync.transport.message import Request


class Signing:
    """Signs the requests of one spec.

    `clock` counts seconds and `nonce` makes random texts; `functions` are those of plugins.
    """

    def __init__(
        self,
        clock: Callable[[], float],
        nonce: Callable[[], str],
        functions: Mapping[str, Callable[..., Any]],
    ) -> None:
        self.clock, self.nonce, self.functions = clock, nonce, functions
        self.began = clock()

    def moment(self, names: Mapping[str, Any]) -> dict[str, Any]:
        """Return what is new for each try: the moment of sending, and what occurs once."""
        return {
            "now": names["now"] + timedelta(seconds=self.clock() - self.began),
            "nonce": self.nonce(),
        }

    def signed(
        self, request: Request, url: str, sign: Signature, scope: Mapping[str, Any]
    ) -> Request:
        """Return a request with what signs it; `url` is the whole one without its parameters."""
        if sign.function is not None:
            arguments = {
                "verb": request.verb,
                "path": urlsplit(url).path,
                "query": request.query,
                "body": body_of(request),
                **calls.members(sign.arguments, scope),
            }
            function = self.functions[sign.function]
            made = calls.signature(sign.function, function, arguments)
            return replace(request, headers={**request.headers, **made})
        scope_of_request = {**scope, "request": {**scope["request"], **_of(request, url)}}
        return replace(
            request,
            headers={**request.headers, **plain(calls.members(sign.headers, scope_of_request))},
            query=request.query + pairs(calls.members(sign.query, scope_of_request), "comma"),
        )


def _of(request: Request, url: str) -> dict[str, Any]:
    """Return what a signature reads of a request."""
    parts = urlsplit(url)
    query = [*parse_qsl(parts.query, keep_blank_values=True), *request.query]
    sent = "&".join(filter(None, (parts.query, urlencode(request.query))))
    headers = {name.lower(): value for name, value in request.headers.items()}
    return {
        "verb": request.verb,
        "url": f"{parts.scheme}://{parts.netloc}{parts.path}",
        "host": parts.netloc,
        "path": parts.path or "/",
        "query": canonical(query),
        "sent_query": sent,
        "parameters": canonical([*query, *(request.form or {}).items()]),
        "headers": {"host": parts.netloc, **headers},
        "body": body_of(request).decode("utf-8", "replace"),
    }


def canonical(parameters: Iterable[tuple[str, str]]) -> str:
    """Return parameters sorted by name and value, percent-encoded by RFC 3986."""
    encoded = sorted((quote(name, safe="~"), quote(value, safe="~")) for name, value in parameters)
    return "&".join(f"{name}={value}" for name, value in encoded)


def body_of(request: Request) -> bytes:
    """Return the body of a request as it is sent."""
    if request.raw is not None:
        return request.raw
    if request.json is not None:
        return as_json(request.json)
    written = urlencode(request.form) if request.form else request.xml or request.text or ""
    return written.encode()
