"""The ERP as a source: fill the holes of calls, send them, keep several on their way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode, urlsplit

from edusync.engine import calls
from edusync.engine.read.names import span_of
from edusync.engine.verdicts import Undecided, holds
from edusync.errors import CallFailed, SourceError
from edusync.spec.compile.payloads import render
from edusync.spec.evaluate import Unreadable
from edusync.spec.tree import HttpCall, Operation, SoapTransport, WebTransport
from edusync.spec.verdicts import VERDICTS
from edusync.spec.watch import show
from edusync.transport.client import HttpClient
from edusync.transport.decode import decode_file
from edusync.transport.exchange import Exchanger
from edusync.transport.hosts import Hosts
from edusync.transport.judging import Judgement
from edusync.transport.message import Answer, Request
from edusync.transport.query import as_json, pairs, plain, text
from edusync.transport.sent import ERP, Sent
from edusync.transport.sign_in import SignIn
from edusync.transport.soap import Service, inactive
from edusync.transport.tables import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

    from requests.adapters import BaseAdapter

    from edusync.spec.tree import Call, Expression, OwnCall, Payload, Spec, Verdict
    from edusync.spec.watch import Watch


@dataclass(frozen=True, slots=True)
class Tools:
    """What the engine gets handed in.

    Clock and sleep, and what counts requests; in tests an adapter that replaces the network, and
    who watches the run.
    """

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    adapter: BaseAdapter | None = None
    watch: Watch | None = None
    sent: Sent = field(default_factory=Sent)


class AnySource(Protocol):
    """An ERP, over whatever wire."""

    at_once: int

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call of a list; the names hold what its holes need."""

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Make a call that changes the ERP.

        RefusedWrite when it does not want it, WriteInDoubt when nobody knows.
        """

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
        assert isinstance(transport, WebTransport)  # noqa: S101 - any other is another source
        self.spec, self.names, self.transport = spec, names, transport
        base_url = calls.setting(transport.where, names, "base_url") or ""
        self.client = HttpClient(
            base_url,
            connect=limits.connect,
            read=limits.read,
            most_bytes=limits.body,
            at_once=limits.at_once,
            proxy=calls.setting(transport.proxy, names, "proxy"),
            ca=calls.setting(transport.ca, names, "ca"),
            hosts=Hosts(
                base_url,
                (*_texts(transport.hosts, names), *_configured(names)),
                _texts(transport.inner_hosts, names),
            ),
            noted=tools.sent.noting(ERP),
        )
        if tools.adapter is not None:
            self.client.session.mount("http://", tools.adapter)
            self.client.session.mount("https://", tools.adapter)
        auth = transport.auth
        self.sign_in = SignIn(self._login if auth.signs_in else None, self._logout, tools.clock)
        self.exchanger = Exchanger(
            self.client,
            self.sign_in,
            tries=limits.tries,
            per_second=limits.per_second,
            sleep=tools.sleep,
            verdicts=VERDICTS.__getitem__,
        )
        self.before = Exchanger(
            self.client,
            None,
            tries=limits.tries,
            per_second=limits.per_second,
            sleep=tools.sleep,
            verdicts=VERDICTS.__getitem__,
        )
        address = transport.address if isinstance(transport, SoapTransport) else None
        self.service = Service(
            self.client.base_url, self._document, calls.setting(address, names, "address")
        )
        self.at_once = limits.at_once
        self.pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="edusync-erp")

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call of a list; the names hold what its holes need."""
        if url is not None and not self.client.same_host(url):
            raise CallFailed("CONN_REDIRECTED", "the next page is on another host")
        return self.exchanger.exchange(
            lambda: self._request(call, names, self.sign_in.current(), url),
            _judge(call, self.spec, names),
            repeat=not isinstance(call, HttpCall) or call.verb in {"GET", "POST"},
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
        show(names, call)
        scope = {**names, "auth": signed}
        request = (
            self._operation(call, scope)
            if isinstance(call, Operation)
            else self._written(_over_http(call), scope, names, url)
        )
        return calls.checked(self._signed(calls.checked(request), scope))

    def _signed(self, request: Request, scope: Mapping[str, Any]) -> Request:
        """Add what a registered function signs the request with."""
        auth = self.transport.auth
        if auth.sign is None:
            return request
        written = urlencode(request.form) if request.form else request.xml or request.text or ""
        body = request.raw or (
            as_json(request.json) if request.json is not None else written.encode()
        )
        arguments = {
            "verb": request.verb,
            "path": urlsplit(self.client.url(request)).path,
            "query": request.query,
            "body": body,
            **calls.members(auth.sign.arguments, scope),
        }
        made = calls.signature(auth.sign.function, self.functions[auth.sign.function], arguments)
        return replace(request, headers={**request.headers, **made})

    def _written(
        self, call: HttpCall, scope: Mapping[str, Any], names: Mapping[str, Any], url: str | None
    ) -> Request:
        transport = self.transport
        send = transport.auth.send
        headers = {
            **calls.members(transport.headers, scope),
            **calls.members(call.headers, scope),
            **calls.members(send.get("headers"), scope),
        }
        query = () if url else pairs(calls.members(call.query, scope), transport.lists)
        query += pairs(calls.members(send.get("query"), scope), transport.lists)
        basic = call.basic or send.get("basic")
        credentials = calls.members(basic, scope) if basic else None
        return Request(
            verb=call.verb,
            url=url or calls.path(call.path, scope),
            query=query,
            headers=plain(headers),
            cookies=plain(calls.members(send.get("cookies"), scope)),
            json=calls.content(call.json, scope),
            form=dict(pairs(calls.members(call.form, scope), transport.lists)) or None
            if call.form
            else None,
            text=calls.document(call.text, scope),
            xml=calls.document(call.xml, scope) or None,
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

    def _operation(
        self, call: Operation, scope: Mapping[str, Any], *, signs_in: bool = False
    ) -> Request:
        """Return the request of a SOAP operation.

        One that signs in carries nothing of a sign-in.
        """
        transport, operation = self.transport, call.operation
        send = {} if signs_in else transport.auth.send
        url, headers, body = self.service.envelope(operation, calls.members(call.arguments, scope))
        return Request(
            "POST",
            url,
            query=pairs(calls.members(send.get("query"), scope), transport.lists),
            headers={
                **headers,
                **plain(calls.members(transport.headers, scope)),
                **plain(calls.members(send.get("headers"), scope)),
            },
            cookies=plain(calls.members(send.get("cookies"), scope)),
            raw=body,
            basic=self._basic(scope),
            name=operation,
            read=lambda raw, status: self.service.read(operation, raw, status, whole=signs_in),
        )

    def _basic(self, scope: Mapping[str, Any]) -> tuple[str, str] | None:
        sent = calls.members(self.transport.auth.send.get("basic"), scope)
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
        try:
            answer = self.before.exchange(  # a sign-in by SOAP needs the description itself
                lambda: Request("GET", url, basic=self._basic(self.names)),
                lambda _answer: None,
                promised="any",
            )
        except CallFailed as failed:
            if failed.code != "CONN_CALL_FAILED":
                raise
            raise inactive(failed.message) from None
        return answer.raw

    def _login(self) -> tuple[Mapping[str, Any], float | None]:
        return self.transport.auth.enter(self)

    def counts(self, when: Expression | None, read: Mapping[str, Any]) -> bool:
        """Whether a step of a sign-in counts, by what was read so far."""
        return calls.counts(when, {**self.names, "auth": read})

    def step(self, step: OwnCall, read: Mapping[str, Any]) -> Answer:
        """Make a call that signs in."""
        return self.before.exchange(
            lambda: self._bare(step.call, read),
            _judge(step.call, self.spec, self.names),
            promised=step.call.answer.kind if step.read else "any",
        )

    def _bare(self, step: Call, read: Mapping[str, Any]) -> Request:
        """Return the request of a sign-in step, which carries only what it says itself."""
        show(self.names, step)
        scope = {**self.names, "auth": dict(read)}
        if isinstance(step, Operation):
            return calls.checked(self._operation(step, scope, signs_in=True))
        step = _over_http(step)
        basic = calls.members(step.basic, scope)
        request = Request(
            verb=step.verb,
            url=calls.path(step.path, scope),
            query=pairs(calls.members(step.query, scope), self.transport.lists),
            headers=plain(
                {
                    **calls.members(self.transport.headers, scope),
                    **calls.members(step.headers, scope),
                }
            ),
            json=calls.content(step.json, scope),
            form=dict(pairs(calls.members(step.form, scope), self.transport.lists))
            if step.form
            else None,
            text=calls.document(step.text, scope),
            xml=calls.document(step.xml, scope) or None,
            answer=step.answer,
            basic=(text(basic["username"]), text(basic["password"])) if basic else None,
            anywhere=True,
        )
        return calls.checked(request)

    def farewell(self, call: Call, values: Mapping[str, Any]) -> None:
        """Make a call with a sign-in that is left."""
        self.before.exchange(
            lambda: self._request(call, self.names, values, None),
            _judge(call, self.spec, self.names),
            promised="any",
        )

    def _logout(self, values: Mapping[str, Any]) -> None:
        self.transport.auth.leave(self, values)


def _over_http(call: Call) -> HttpCall:
    """Return a call that is one over HTTP, as validation makes sure of."""
    if not isinstance(call, HttpCall):
        raise TypeError(f"a {type(call).__name__} does not go over HTTP")
    return call


def _judge(
    call: Call, spec: Spec, names: Mapping[str, Any]
) -> Callable[[Answer], Judgement | None]:
    lines: tuple[Verdict, ...] = (*call.answers, *spec.transport.answers)

    def judge(answer: Answer) -> Judgement | None:
        if not lines:
            return None
        scope = {**names, "answer": answer.scope()}
        for line in lines:
            if answer.status in _SAID_BY_STATUS and _STATUS not in line.when.names:
                continue
            try:
                if holds(line.when, scope):
                    return Judgement(line.word, line.code, _message(line, scope))
            except Undecided as undecided:
                words = f"nobody can say whether `{line.when.source}` holds of it: {undecided}"
                return Judgement("undecided", None, words)
        return None

    return judge


_STATUS = ("answer", "status")
_SAID_BY_STATUS = frozenset({401, 403, 429, 503})
"""Statuses that say by themselves what is to be done.

A line about the body has no say in them, so that "try again later" never ends a run: only a line
that names the status has.
"""


def _message(line: Verdict, scope: Mapping[str, Any]) -> str | None:
    """Return the words of a line of `answers`, None when it has none of its own."""
    try:
        found = render(line.message, None, scope) if line.message else None
    except Unreadable:
        return None
    return text(found or "") if line.message else None


def _texts(payload: Payload | None, names: Mapping[str, Any]) -> list[str]:
    return [text(found) for found in render(payload, None, names) if found] if payload else []


def _configured(names: Mapping[str, Any]) -> list[str]:
    """Return the addresses that the school itself has written into its connector file."""
    return [
        found
        for found in names["connection"].values()
        if isinstance(found, str) and found.startswith(("http://", "https://"))
    ]


__all__ = ["Source", "Tools"]
