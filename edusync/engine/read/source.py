"""The ERP as a source: fill the holes of calls, send them, keep several on their way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import quote, urlencode, urlsplit

import orjson

from edusync.engine.read.names import span_of
from edusync.errors import CallFailed, SourceError
from edusync.model import UNKNOWN
from edusync.spec.expressions import TextTooLong
from edusync.spec.formats import Unreadable
from edusync.transport.client import HttpClient
from edusync.transport.decode import decode_file
from edusync.transport.exchange import Exchanger, Forbidden, Judgement
from edusync.transport.message import Answer, Request
from edusync.transport.query import pairs, plain, text
from edusync.transport.sign_in import SignIn
from edusync.transport.soap import Service
from edusync.transport.tables import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

    from requests.adapters import BaseAdapter

    from edusync.spec.types import Call, Payload, Spec, Verdict


@dataclass(frozen=True, slots=True)
class Tools:
    """What the engine gets handed in: clock and sleep, and an adapter that replaces the network in tests."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    adapter: BaseAdapter | None = None


class AnySource(Protocol):
    """An ERP, over whatever wire."""

    at_once: int

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call of a list; the names hold what its holes need."""

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Make a call that changes the ERP; RefusedWrite when it does not want it, WriteInDoubt when nobody knows."""

    def start(self, work: Callable[[], Any]) -> Future[Any]:
        """Do something in the background."""

    def close(self) -> None:
        """Let go of everything."""


class Streaming(AnySource, Protocol):
    """An ERP whose rows come some at a time."""

    def rows(self, call: Call, names: Mapping[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """Yield the rows of a call, some at a time."""


class Source:
    """Sign in to one ERP and exchange calls for answers."""

    def __init__(
        self,
        spec: Spec,
        names: Mapping[str, Any],
        tools: Tools,
        functions: Mapping[str, Callable[..., Any]] | None = None,
    ) -> None:
        self.functions = functions or {}
        transport, limits = spec.transport, spec.transport.limits
        self.spec, self.names = spec, names
        self.client = HttpClient(
            text(transport.base_url.render(None, names) or ""),
            connect=limits.connect,
            read=limits.read,
            most_bytes=limits.body,
            at_once=limits.at_once,
            proxy=_optional(transport.proxy, names),
            ca=_optional(transport.ca, names),
            clock=tools.clock,
        )
        if tools.adapter is not None:
            self.client.session.mount("http://", tools.adapter)
            self.client.session.mount("https://", tools.adapter)
        auth = transport.auth
        self.sign_in = SignIn(
            self._login if auth.login else None, self._logout if auth.logout else None, tools.clock
        )
        self.exchanger = Exchanger(
            self.client,
            self.sign_in,
            tries=limits.tries,
            per_second=limits.per_second,
            sleep=tools.sleep,
        )
        self.before = Exchanger(
            self.client, None, tries=limits.tries, per_second=limits.per_second, sleep=tools.sleep
        )
        self.service = Service(
            self.client.base_url, self._document, _optional(transport.address, names)
        )
        self.at_once = limits.at_once
        self.pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="edusync-erp")

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call of a list; the names hold what its holes need."""
        if url is not None and not self.client.same_host(url):
            raise CallFailed("CONN_REDIRECTED", "the next page is on another host")
        reading = call.verb in {"GET", "POST", "SOAP"}
        return self.exchanger.exchange(
            lambda: self._request(call, names, self.sign_in.current(), url),
            _judge(call, self.spec, names),
            repeat=reading,
            promised=call.answer.kind,
        )

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Make a call that changes the ERP."""
        return self.exchanger.exchange(
            lambda: self._request(call, names, self.sign_in.current(), None),
            _judge(call, self.spec, names),
            promised=call.answer.kind,
            write=True,
        )

    def start(self, work: Callable[[], Any]) -> Future[Any]:
        """Do something in the background."""
        return self.pool.submit(work)

    def close(self) -> None:
        """Sign out and let go of everything."""
        self.pool.shutdown(wait=True, cancel_futures=True)
        self.sign_in.leave()
        self.client.close()

    def _request(
        self, call: Call, names: Mapping[str, Any], signed: Mapping[str, Any], url: str | None
    ) -> Request:
        if call.operation is not None:
            return self._signed(
                self._operation(call, call.operation, {**names, "auth": signed}),
                {**names, "auth": signed},
            )
        return self._signed(
            self._written(call, {**names, "auth": signed}, names, url), {**names, "auth": signed}
        )

    def _signed(self, request: Request, scope: Mapping[str, Any]) -> Request:
        """Add what a registered function signs the request with."""
        auth = self.spec.transport.auth
        if auth.sign is None:
            return request
        written = urlencode(request.form) if request.form else request.xml or request.text or ""
        body = request.raw or (
            orjson.dumps(request.json) if request.json is not None else written.encode()
        )
        given = _filled(auth.sign_with, scope)
        made = self.functions[auth.sign](
            verb=request.verb,
            path=urlsplit(self.client.url(request.url)).path,
            query=request.query,
            body=body,
            **given,
        )
        return replace(request, headers={**request.headers, **made})

    def _written(
        self, call: Call, scope: Mapping[str, Any], names: Mapping[str, Any], url: str | None
    ) -> Request:
        transport = self.spec.transport
        send = transport.auth.send
        headers = {
            **_filled(transport.headers, scope),
            **_filled(call.headers, scope),
            **_filled(send.get("headers"), scope),
        }
        query = () if url else pairs(_filled(call.query, scope), transport.lists)
        query += pairs(_filled(send.get("query"), scope), transport.lists)
        basic = call.basic or send.get("basic")
        credentials = _filled(basic, scope) if basic else None
        return Request(
            verb=call.verb,
            url=url or _path(call.path, scope),
            query=query,
            headers=plain(headers),
            cookies=plain(_filled(send.get("cookies"), scope)),
            json=_sent(call.json, scope),
            form=dict(pairs(_filled(call.form, scope), transport.lists)) or None
            if call.form
            else None,
            text=None if call.text is None else text(call.text.render(None, scope)),
            xml=text(call.xml.render(None, scope)) or None if call.xml else None,
            answer=call.answer,
            read=(
                lambda raw, _status: decode_file(raw, call.answer, span_of(names, self.spec.zone))
            )
            if call.answer.kind in KINDS
            else None,
            basic=(text(credentials["username"]), text(credentials["password"]))
            if credentials
            else None,
        )

    def _operation(self, call: Call, operation: str, scope: Mapping[str, Any]) -> Request:
        """Return the request of a SOAP operation."""
        url, headers, body = self.service.envelope(operation, _filled(call.arguments, scope))
        return Request(
            "POST",
            url,
            headers={**headers, **plain(_filled(self.spec.transport.headers, scope))},
            raw=body,
            basic=self._basic(scope),
            name=operation,
            read=lambda raw, status: self.service.read(operation, raw, status),
        )

    def _basic(self, scope: Mapping[str, Any]) -> tuple[str, str] | None:
        sent = _filled(self.spec.transport.auth.send.get("basic"), scope)
        return (text(sent["username"]), text(sent["password"])) if sent else None

    def _document(self, url: str) -> bytes:
        """Fetch a WSDL, or a schema that it includes; credentials go to the ERP's own host only."""
        url = self.service.reachable(url)
        if not self.client.same_host(url):
            raise SourceError(
                "CONN_REDIRECTED",
                "the WSDL includes a document of another host",
                "say `address` in the spec if that is a name of the ERP inside the school",
            )
        answer = self.exchanger.exchange(
            lambda: Request("GET", url, basic=self._basic(self.names)),
            lambda _answer: None,
            promised="any",
        )
        return answer.raw

    def _login(self) -> tuple[Mapping[str, Any], float | None]:
        auth, read = self.spec.transport.auth, dict[str, Any]()
        answer: Answer | None = None
        for step in auth.login:
            if step.when is not None and not step.when.run(None, {**self.names, "auth": read}):
                continue
            try:
                answer = self._step(step, read)
            except CallFailed as failed:
                if failed.code in {
                    "CONN_CALL_FAILED",
                    "CONN_AUTH_FAILED",
                    "CONN_ERP_ACCESS_NOT_OPENED",
                }:
                    raise SourceError(
                        "CONN_AUTH_FAILED",
                        f"the ERP refused to sign us in ({failed.message})",
                        "check user, password and token",
                    ) from None
                raise SourceError(failed.code, failed.message, failed.hint) from None
            for name, path in step.read.items():
                read[name] = _read(path, answer)
                if read[name] in (None, ""):
                    raise SourceError(
                        "CONN_AUTH_FAILED",
                        f"the log-in answer has no '{path.source}'",
                        "check the URL: something else may answer in its place",
                    )
        lasts = auth.lasts
        if auth.expires_in is not None and answer is not None:
            found = auth.expires_in.read(answer.body)
            lasts = float(found) if isinstance(found, int | float) or str(found).isdigit() else None
        return read, lasts

    def _step(self, step: Call, read: Mapping[str, Any]) -> Answer:
        return self.before.exchange(
            lambda: self._bare(step, read),
            _judge(step, self.spec, self.names),
            promised=step.answer.kind if step.read else "any",
        )

    def _bare(self, step: Call, read: Mapping[str, Any]) -> Request:
        """Return the request of a sign-in step, which carries only what it says itself."""
        scope = {**self.names, "auth": dict(read)}
        basic = _filled(step.basic, scope)
        return Request(
            verb=step.verb,
            url=_path(step.path, scope),
            query=pairs(_filled(step.query, scope), self.spec.transport.lists),
            headers=plain(
                {**_filled(self.spec.transport.headers, scope), **_filled(step.headers, scope)}
            ),
            json=_sent(step.json, scope),
            form=dict(pairs(_filled(step.form, scope), self.spec.transport.lists))
            if step.form
            else None,
            xml=text(step.xml.render(None, scope)) or None if step.xml else None,
            answer=step.answer,
            basic=(text(basic["username"]), text(basic["password"])) if basic else None,
        )

    def _logout(self, values: Mapping[str, Any]) -> None:
        logout = self.spec.transport.auth.logout
        if logout is not None:
            self.before.exchange(
                lambda: self._request(logout, self.names, values, None),
                _judge(logout, self.spec, self.names),
                promised="any",
            )


def _judge(
    call: Call, spec: Spec, names: Mapping[str, Any]
) -> Callable[[Answer], Judgement | None]:
    lines: tuple[Verdict, ...] = (*call.answers, *spec.transport.answers)

    def judge(answer: Answer) -> Judgement | None:
        if not lines:
            return None
        scope = {**names, "answer": answer.scope()}
        for line in lines:
            if line.when.run(None, scope):
                message = text(line.message.render(None, scope) or "") if line.message else None
                return Judgement(line.then, line.code, message)
        return None

    return judge


def _filled(payload: Payload | None, names: Mapping[str, Any]) -> dict[str, Any]:
    if payload is None:
        return {}
    try:
        found = payload.render(None, names)
    except (Unreadable, TextTooLong) as error:
        raise CallFailed("CONN_CALL_FAILED", f"a call could not be written: {error}") from None
    if any(value is UNKNOWN for value in found.values()):
        raise CallFailed("CONN_CALL_FAILED", "a call needs something that could not be read")
    return dict(found)


def _sent(payload: Payload | None, names: Mapping[str, Any]) -> Any:
    found = None if payload is None else payload.render(None, names)
    if found is UNKNOWN or (
        isinstance(found, dict) and any(value is UNKNOWN for value in found.values())
    ):
        raise CallFailed("CONN_CALL_FAILED", "a call needs something that could not be read")
    return found


def _path(payload: Payload, names: Mapping[str, Any]) -> str:
    """Fill a path; a hole is mandatory and what fills it is quoted."""
    if not payload.parts or payload.parts[0].constant:
        return str(payload.render(None, names))
    quoted = {
        name: value if name == "connection" else _quoted(value) for name, value in names.items()
    }
    found = payload.render(None, quoted)
    if found is UNKNOWN or not found:
        raise CallFailed("CONN_CALL_FAILED", "a call needs something for its path that is empty")
    return str(found)


def _quoted(value: object) -> Any:
    if isinstance(value, str):
        return _Quoted(value)
    if isinstance(value, dict):
        return _QuotedRow(value)
    if isinstance(value, list):
        return [_quoted(item) for item in value]
    return value


class _QuotedRow(dict[str, Any]):
    """A row whose texts are quoted when they are put into a path."""

    def get(self, key: str, default: Any = None) -> Any:
        return _quoted(super().get(key, default))


class _Quoted(str):
    """A text that prints quoted, so that it stays one segment of a path."""

    __slots__ = ()

    def __str__(self) -> str:
        return quote(str.__str__(self), safe="")


def _optional(payload: Payload | None, names: Mapping[str, Any]) -> str | None:
    found = payload.render(None, names) if payload else None
    return text(found) if found else None


def _read(path: Any, answer: Answer) -> Any:
    if path.source.startswith("header."):
        return answer.headers.get(path.source.removeprefix("header."))
    return path.read(answer.body)


__all__ = ["Forbidden", "Source", "Tools"]
