"""Make requests of calls: fill their holes, add what carries the sign-in, sign them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.engine import calls
from edusync.engine.read.carried import Carried, shown
from edusync.engine.read.names import span_of
from edusync.engine.read.omitting import without_empty, without_empty_elements
from edusync.spec.tree import HttpCall, Operation
from edusync.spec.watch import show
from edusync.transport.decode import decode_file
from edusync.transport.message import Request
from edusync.transport.query import pairs, plain, text
from edusync.transport.tables import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.engine.read.signing import Signing
    from edusync.spec.tree import Call, Payload, Spec, WebTransport
    from edusync.transport.client import HttpClient
    from edusync.transport.soap import Service


class RequestMaker:
    """Makes the requests of one spec.

    `service` writes those of SOAP; a transport over plain HTTP has none.
    """

    def __init__(
        self,
        spec: Spec,
        transport: WebTransport,
        client: HttpClient,
        service: Service | None,
        signing: Signing,
    ) -> None:
        self.spec, self.transport, self.client = spec, transport, client
        self.service, self.signing = service, signing

    def request(
        self, call: Call, names: Mapping[str, Any], signed: Mapping[str, Any], url: str | None
    ) -> Request:
        """Return the request of a call that carries a sign-in; `url` is that of a next page.

        Raises CallNotMade when something that it needs is empty, unknown or cannot be written.
        """
        show(names, call)
        scope = {**names, "auth": signed, "request": self.signing.moment(names)}
        request = (
            self._operation(call, scope)
            if isinstance(call, Operation)
            else self._over_http(call, scope, url)
        )
        request = replace(request, place=_line(call))
        checked, sign = calls.checked(request), self.transport.auth.sign
        if sign is None:
            return checked
        return calls.checked(self.signing.signed(checked, self.client.url(request), sign, scope))

    def step(self, call: Call, names: Mapping[str, Any], read: Mapping[str, Any]) -> Request:
        """Return the request of a step that signs in.

        It carries only what it says itself, and a signature where the spec says so.
        """
        show(names, call)
        scope = {**names, "auth": dict(read)}
        if isinstance(call, Operation):
            request = self._operation(call, scope, signs_in=True)
        else:
            request = self._over_http(call, scope, None, signs_in=True)
        checked = calls.checked(replace(request, place=_line(call), anywhere=True))
        sign = self.transport.auth.sign
        if sign is None or not sign.login:
            return checked
        scope["request"] = self.signing.moment(names)
        return calls.checked(self.signing.signed(checked, self.client.url(checked), sign, scope))

    def basic(self, scope: Mapping[str, Any]) -> tuple[str, str] | None:
        """Return user and password of the sign-in, None where it sends none."""
        return _credentials(self.transport.auth.send.get("basic"), scope)

    def _over_http(
        self,
        call: Call,
        scope: Mapping[str, Any],
        url: str | None,
        *,
        signs_in: bool = False,
    ) -> Request:
        if not isinstance(call, HttpCall):
            raise TypeError(f"a {type(call).__name__} does not go over HTTP")
        transport, kind = self.transport, call.answer
        send = {} if signs_in else transport.auth.send
        carried = Carried(send, scope)
        headers = {
            **calls.members(transport.headers, scope),
            **calls.members(call.headers, scope),
            **carried.members("headers"),
        }
        query = () if url else pairs(_members(call, call.query, scope), transport.lists)
        query += pairs(carried.members("query"), transport.lists)
        fields = None if call.form is None else _members(call, call.form, scope)
        form = pairs(carried.form(fields), transport.lists)
        body, document = calls.content(call.json, scope), calls.document(call.xml, scope)
        if call.omit_empty:
            body, document = without_empty(body), document and without_empty_elements(document)
        span = span_of(scope, self.spec.zone) if kind.kind in KINDS else None
        return Request(
            verb=call.verb,
            url=url or carried.path(calls.path(call.path, scope)),
            query=query,
            headers=plain(headers),
            cookies=plain(carried.members("cookies")),
            json=carried.json(body),
            form=dict(form) or None,
            text=calls.document(call.text, scope),
            xml=carried.xml(document) or None,
            answer=kind,
            read=None if span is None else (lambda raw, _status: decode_file(raw, kind, span)),
            basic=_credentials(call.basic or send.get("basic"), scope),
            name=shown(call, scope, self.spec, prefixed="path" in send),
            anywhere=signs_in,
        )

    def _operation(
        self, call: Operation, scope: Mapping[str, Any], *, signs_in: bool = False
    ) -> Request:
        """Return the request of a SOAP operation.

        One that signs in carries nothing of a sign-in.
        """
        transport, service, operation = self.transport, self.service, call.operation
        assert service is not None  # noqa: S101 - only a transport over SOAP has operations
        send = {} if signs_in else transport.auth.send
        carried = Carried(send, scope)
        url, headers, body = service.envelope(
            operation,
            _members(call, call.arguments, scope),
            carried.members("arguments"),
            calls.content(send.get("soap_header"), scope),
        )
        return Request(
            "POST",
            url,
            query=pairs(carried.members("query"), transport.lists),
            headers={
                **headers,
                **plain(calls.members(transport.headers, scope)),
                **plain(carried.members("headers")),
            },
            cookies=plain(carried.members("cookies")),
            raw=body,
            basic=self.basic(scope),
            name=operation,
            read=lambda raw, status: service.read(operation, raw, status, whole=signs_in),
        )


def _members(call: Call, payload: Payload | None, scope: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a call sends under names, without what is empty where it says so."""
    found = calls.members(payload, scope)
    return dict(without_empty(found)) if call.omit_empty else found


def _line(call: Call) -> str:
    return f"{call.place.file}:{call.place.line}"


def _credentials(payload: Payload | None, scope: Mapping[str, Any]) -> tuple[str, str] | None:
    sent = calls.members(payload, scope)
    return (text(sent["username"]), text(sent["password"])) if sent else None
