"""Exchange requests with one Edusign account: throttled, and no write repeated blindly."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import requests
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from edusync.errors import TargetError
from edusync.target.answers import is_passing, texts
from edusync.target.failures import InDoubt, Rejected, Technical, wait_time
from edusync.target.turns import Turns
from edusync.transport.judging import retry_after
from edusync.transport.limits import limiter
from edusync.transport.session import (
    ConnectionLost,
    TooLarge,
    Untrusted,
    chunks,
    exchanging,
    open_session,
)
from edusync.transport.unpacking import BrokenOff
from edusync.words import name_words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from contextlib import AbstractContextManager

    from edusync.transport.trace import Exchanged, Trace

_MINUTE = 60_000
_TRIES = 4
_CONNECT, _READ = 10.0, 60.0
_MOST_BYTES = 64 * 1024 * 1024

Got = TypeVar("Got")


class Exchange:
    """Requests to one account of Edusign, API v1."""

    def __init__(
        self,
        base_url: str,
        api_key: str,
        *,
        per_minute: int,
        sleep: Callable[[float], None],
        at_once: int = 1,
    ) -> None:
        self.base_url = base_url.rstrip("/").removesuffix("/v1") + "/v1"
        self.sleep = sleep
        self.key = api_key.encode()
        """Never to be repeated, even when Edusign's words do."""
        self.limiter = limiter(f"edusign {self.base_url} {api_key}", per_minute, _MINUTE)
        self.turns = Turns(self.limiter)
        self.at_once = at_once
        """How many requests may be under way at once."""
        self.session = open_session(read=_READ, at_once=at_once)
        self.session.headers.update(
            {"Authorization": f"Bearer {api_key}", "Accept": "application/json"}
        )
        self.names: Callable[[], Iterable[object]] | None = None
        """The names of everybody whom Edusign may name; None while they are not known."""
        self.requests = 0
        self.trace: Trace | None = None
        self.noted: Callable[[], None] = lambda: None
        """Called before each request."""
        self.answered_at: datetime | None = None
        """When Edusign gave its last answer, by its own clock."""

    def know(self, names: Callable[[], Iterable[object]] | None) -> None:
        """Keep these names out of what is kept of Edusign's words."""
        self.names = names
        self.__dict__.pop("_hidden_words", None)

    def _hidden(self) -> Container[str] | None:
        return None if self.names is None else self._hidden_words

    @cached_property
    def _hidden_words(self) -> frozenset[str]:
        return name_words(self.names() if self.names is not None else ())

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()

    def read(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Read; what went wrong technically is tried again. Raises Rejected."""

        def once() -> Any:
            try:
                return self.once("GET", path, None, query)
            except Rejected as rejected:
                if is_passing(rejected.words):
                    raise Technical(str(rejected), sent=False) from None
                raise

        return self.tried_again(once)

    def write(self, verb: str, path: str, body: Mapping[str, Any] | None) -> Any:
        """Write; tried again only when it is known that the request never arrived.

        Raises Rejected, and InDoubt when nobody knows whether it landed. Words of a state that
        passes leave it in doubt, too: "timeout" does not say what was done, and by the time that
        the state has passed the class may have begun.
        """

        def once() -> Any:
            try:
                return self.once(verb, path, body, None)
            except Technical as technical:
                if technical.sent:
                    raise InDoubt(str(technical)) from None
                raise
            except Rejected as rejected:
                if is_passing(rejected.words, texts(body)):
                    raise InDoubt(str(rejected)) from None
                raise

        return self.tried_again(once)

    def _pause(self, seconds: float) -> None:
        with self.turns.apart():
            self.sleep(seconds)

    def _traced(self, verb: str, url: str) -> AbstractContextManager[Exchanged | None]:
        """Keep an exchange for the trace of the command, where it has one."""
        if self.trace is None:
            return nullcontext()
        self.trace.hide(self.key.decode())
        path = url.removeprefix(self.base_url)
        return self.trace.exchange(verb, url, f"Edusign {verb} {path}")

    def tried_again(self, once: Callable[[], Got]) -> Got:
        """Do something again, with growing pauses, while it fails technically; then TargetError."""
        attempts = Retrying(
            stop=stop_after_attempt(_TRIES),
            wait=wait_time,
            retry=retry_if_exception_type(Technical),
            sleep=self._pause,
            reraise=True,
        )
        try:
            return attempts(once)
        except Technical as technical:
            raise technical.final() from None

    def once(
        self,
        verb: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Any:
        """Send one request and return its result; Rejected, Technical or TargetError."""
        url = f"{self.base_url}/{path}"
        return _result(*self.answer(verb, url, body, query), self._hidden)

    def answer(
        self,
        verb: str,
        url: str,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> tuple[requests.Response, bytes]:
        """Send one request and return its answer and what that holds; Technical or TargetError."""
        self.turns.take()
        self.requests += 1
        self.noted()
        response, content = self._sent(verb, url, body, query)
        self.answered_at = _answered_at(response)
        if len(self.key) >= _A_SECRET:
            content = content.replace(self.key, b"(the key)")
        return response, content

    def _sent(
        self,
        verb: str,
        url: str,
        body: Mapping[str, Any] | None,
        query: Mapping[str, str] | None,
    ) -> tuple[requests.Response, bytes]:
        data = None if body is None else orjson.dumps(body)
        try:
            with (
                self.turns.apart(),
                self._traced(verb, url) as traced,
                exchanging(),
                self.session.request(
                    verb,
                    url,
                    params=query,
                    data=data,
                    headers={"Content-Type": "application/json"} if data is not None else {},
                    timeout=(_CONNECT, _READ),
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                pieces = chunks(response, _MOST_BYTES)
                if traced is not None:
                    traced.answered(response)
                    pieces = traced.passing(pieces)
                return response, b"".join(pieces)
        except Untrusted:
            raise TargetError(
                "EDU_UNREACHABLE",
                "Edusign's certificate cannot be trusted",
                "check the base URL; checks are never switched off",
            ) from None
        except ConnectionLost as lost:
            raise Technical(str(lost), sent=lost.sent) from None
        except TooLarge:
            raise Technical("Edusign's answer does not end", sent=True) from None
        except BrokenOff as broken:
            raise Technical(f"Edusign's answer breaks off: {broken}", sent=True) from None
        except requests.exceptions.InvalidURL:
            raise Technical("the base URL is no URL", sent=False) from None


_A_SECRET = 8
"""How many letters a key has at least; a shorter one may stand in any text."""
_BUSY = frozenset({429, 503})
_DONE = frozenset({200, 201, 203})
"""What Edusign, or a proxy before it, answers when it did what was asked: 200, by its documents."""
_FAR_OFF = timedelta(days=3 * 366)
"""A clock that is off by more is no clock."""


def _answered_at(response: requests.Response) -> datetime:
    """Return the `Date` of an answer; our own clock when it has none."""
    now = datetime.now(UTC)
    try:
        date = parsedate_to_datetime(response.headers["Date"]).astimezone(UTC)
    except (KeyError, ValueError, OverflowError):
        return now
    return date if abs(date - now) < _FAR_OFF else now


def _result(
    response: requests.Response, content: bytes, hidden: Callable[[], Container[str] | None]
) -> Any:
    match response.status_code:
        case 401:
            raise TargetError(
                "EDU_AUTH_FAILED", "Edusign refused the API key", "check the key of the account"
            )
        case 402 | 403:
            raise TargetError(
                "EDU_AUTH_FAILED",
                f"Edusign does not allow this for the key ({response.status_code})",
                "check the rights of the key and the subscription",
            )
    wait = retry_after(response.headers) if response.status_code in _BUSY else None
    try:
        envelope = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise Technical(
            f"Edusign answered {response.status_code} without JSON", sent=True, wait=wait
        ) from None
    if (
        not isinstance(envelope, dict) or "status" not in envelope or response.status_code >= 500  # noqa: PLR2004 - HTTP
    ):
        raise Technical(
            f"Edusign answered {response.status_code} without its envelope", sent=True, wait=wait
        )
    if envelope["status"] == "success":
        if response.status_code not in _DONE:
            raise Technical(
                f"Edusign answered {response.status_code} and success at once", sent=True, wait=wait
            )
        return envelope.get("result")
    message = envelope.get("message") or envelope.get("errorCode") or "no reason given"
    is_list = isinstance(message, list)
    words = "; ".join(map(str, message)) if is_list else str(message)
    raise Rejected(words, is_list=is_list, hidden=hidden())
