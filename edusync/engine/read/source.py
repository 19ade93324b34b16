"""The ERP as a source: fill the holes of calls, send them, keep several on their way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from secrets import token_hex
from typing import TYPE_CHECKING, Any, Protocol

from edusync.engine import calls
from edusync.engine.read.judging import judge_by
from edusync.engine.read.request_maker import RequestMaker
from edusync.engine.read.signing import Signing
from edusync.errors import CallFailed, SourceError
from edusync.spec.compile.payloads import render
from edusync.spec.tree import SoapTransport, WebTransport
from edusync.spec.verdicts import VERDICTS
from edusync.transport.client import HttpClient
from edusync.transport.exchange import Exchanger
from edusync.transport.hosts import Hosts
from edusync.transport.message import Answer, Request
from edusync.transport.query import text
from edusync.transport.sent import ERP, Sent
from edusync.transport.sign_in import SignIn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from concurrent.futures import Future

    from requests.adapters import BaseAdapter

    from edusync.spec.tree import Call, Expression, FilesTransport, OwnCall, Payload, Spec
    from edusync.spec.watch import Watch
    from edusync.transport.soap import Service
    from edusync.transport.trace import Trace


class Opener(Protocol):
    """Opens an ERP in the place of who would: a case, or a recording.

    `own` is the folder of its own into which attendance goes. None leaves it to who would.
    """

    def __call__(
        self,
        spec: Spec,
        names: Mapping[str, Any],
        tools: Tools,
        functions: Mapping[str, Any],
        own: FilesTransport | None = None,
    ) -> AnySource | None:
        """Return what stands for the ERP, or for the folder."""


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
    trace: Trace | None = None
    """Keeps what goes over the wires, where a command was asked to."""
    nonce: Callable[[], str] = token_hex
    """Makes what a signed request holds once; the same each time where answers are replayed."""
    opened: Opener | None = None


class AnySource(Protocol):
    """An ERP, over whatever wire."""

    at_once: int
    is_live: bool
    """Whether it answers whatever is asked; recorded answers answer what was asked then."""

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
        transport, limits = spec.transport, spec.transport.limits
        assert isinstance(transport, WebTransport)  # noqa: S101 - any other is another source
        self.spec, self.names, self.transport = spec, names, transport
        self.client = _client(transport, names, tools)
        auth = transport.auth
        self.sign_in = SignIn(self._login if auth.signs_in else None, self._logout, tools.clock)
        exchanger = partial(
            Exchanger,
            self.client,
            tries=limits.tries,
            per_second=limits.per_second,
            sleep=tools.sleep,
            verdicts=VERDICTS.__getitem__,
        )
        self.exchanger = exchanger(self.sign_in)
        self.before = exchanger(None)
        """Sends what needs no sign-in: its own steps, and a WSDL."""
        self.service = self._soap()
        signing = Signing(tools.clock, tools.nonce, functions or {})
        self.maker = RequestMaker(spec, transport, self.client, self.service, signing)
        self.at_once, self.is_live = limits.at_once, tools.adapter is None
        self.pool = ThreadPoolExecutor(limits.at_once, thread_name_prefix="edusync-erp")

    def _soap(self) -> Service | None:
        """Return what speaks SOAP; None for a transport over plain HTTP."""
        soap = self.transport
        if not isinstance(soap, SoapTransport):
            return None
        from edusync.transport.soap import Service

        service = Service(
            self.client.base_url,
            lambda url: self._document(service.reachable(url)),
            calls.setting(soap.address, self.names, "address"),
            lexical=soap.values == "lexical",
        )
        return service

    def enter(self) -> bool:
        """Sign in, if that was not done yet; return whether there are steps that do.

        EdusyncError when the ERP refuses, or is out of reach.
        """
        self.sign_in.ensure()
        return self.sign_in.can_renew

    def call(self, call: Call, names: Mapping[str, Any], *, url: str | None = None) -> Answer:
        """Make a call of a list; the names hold what its holes need."""
        if url is not None and not self.client.same_host(url):
            raise CallFailed("CONN_REDIRECTED", "the next page is on another host")
        return self.exchanger.exchange(
            lambda: self.maker.request(call, names, self.sign_in.current(), url),
            judge_by(call, self.spec, names),
            repeat=call.repeat != "never",
            promised=call.answer.kind,
        )

    def write(self, call: Call, names: Mapping[str, Any]) -> Answer:
        """Make a call that changes the ERP."""
        return self.exchanger.exchange(
            lambda: self.maker.request(call, names, self.sign_in.current(), None),
            judge_by(call, self.spec, names),
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

    def _document(self, url: str) -> bytes:
        """Fetch a WSDL, or a schema that it includes; credentials go to the ERP's own host only."""
        if not self.client.same_host(url):
            raise SourceError(
                "CONN_REDIRECTED",
                "the WSDL includes a document of another host",
                "say `address` in the spec if that is a name of the ERP inside the school",
            )
        try:
            answer = self.before.exchange(  # a sign-in by SOAP needs the description itself
                lambda: Request("GET", url, basic=self.maker.basic(self.names)),
                lambda _answer: None,
                promised="any",
            )
        except CallFailed as failed:
            if failed.code != "CONN_CALL_FAILED":
                raise
            from edusync.transport.soap import inactive

            raise inactive(failed.message) from None
        return answer.raw

    def _login(self) -> tuple[Mapping[str, Any], float | None]:
        values, lasts = self.transport.auth.enter(self)
        if self.client.trace is not None:
            self.client.trace.hide(values)
        return values, lasts

    def counts(self, when: Expression | None, read: Mapping[str, Any]) -> bool:
        """Whether a step of a sign-in counts, by what was read so far."""
        return calls.counts(when, {**self.names, "auth": read})

    def step(self, step: OwnCall, read: Mapping[str, Any]) -> Answer:
        """Make a call that signs in."""
        return self.before.exchange(
            lambda: self.maker.step(step.call, self.names, read),
            judge_by(step.call, self.spec, self.names, "any"),
            repeat=step.call.repeat != "never",
            promised=step.call.answer.kind if step.read else "any",
        )

    def farewell(self, call: Call, values: Mapping[str, Any]) -> None:
        """Make a call with a sign-in that is left."""
        self.before.exchange(
            lambda: self.maker.request(call, self.names, values, None),
            judge_by(call, self.spec, self.names, "any"),
            repeat=call.repeat != "never",
            promised="any",
        )

    def _logout(self, values: Mapping[str, Any]) -> None:
        self.transport.auth.leave(self, values)


def _client(transport: WebTransport, names: Mapping[str, Any], tools: Tools) -> HttpClient:
    """Return what sends requests, within the limits of the spec."""
    limits = transport.limits
    base_url = calls.setting(transport.where, names, "base_url") or ""
    client = HttpClient(
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
        trace=tools.trace,
    )
    if tools.adapter is not None:
        client.session.mount("http://", tools.adapter)
        client.session.mount("https://", tools.adapter)
    return client


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
