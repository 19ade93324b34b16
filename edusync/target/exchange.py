"""Exchange requests with one Edusign account: throttled, and no write repeated blindly."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, TypeVar

import orjson
import requests
from requests.adapters import HTTPAdapter
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from edusync.errors import TargetError
from edusync.target.answers import is_passing
from edusync.words import said

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_TRIES = 4
_TIMEOUT = (10.0, 60.0)

Got = TypeVar("Got")


class Rejected(Exception):
    """Edusign understood and refused: `status: error` under HTTP 200.

    The message is Edusign's, cut and without e-mails. `is_list` tells a list of messages, which
    is how Edusign says that the fields of a request are not valid.
    """

    def __init__(self, message: str, *, is_list: bool = False) -> None:
        super().__init__(said(message))
        self.is_list = is_list


class InDoubt(Exception):
    """A write was sent, and nobody knows whether it landed."""


class Technical(Exception):
    """No usable answer: cut, timed out, 5xx, plain text, or a refusal that passes.

    `sent` is false when the request cannot have been carried out. Tried again some times; when it
    stays so, `final` says what that means.
    """

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent

    def final(self) -> TargetError:
        """Return what stops the run when it stays so."""
        return TargetError(
            "EDU_UNREACHABLE", f"Edusign: {self}", "check the base URL and the network"
        )


class Exchange:
    """Requests to one account of Edusign, API v1."""

    def __init__(
        self, base_url: str, api_key: str, *, per_minute: int, sleep: Callable[[float], None]
    ) -> None:
        from pyrate_limiter import Duration, Limiter, Rate

        self.base_url = base_url.rstrip("/").removesuffix("/v1") + "/v1"
        self.sleep = sleep
        self.limiter = Limiter(Rate(per_minute, Duration.MINUTE))
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers.update(
            {"Authorization": f"Bearer {api_key}", "Accept": "application/json"}
        )
        self.session.mount("http://", HTTPAdapter(pool_maxsize=4, max_retries=0))
        self.session.mount("https://", HTTPAdapter(pool_maxsize=4, max_retries=0))
        self.requests = 0
        self.answered_at: datetime | None = None
        """When Edusign gave its last answer, by its own clock."""

    def close(self) -> None:
        """Let go of the connections."""
        self.session.close()

    def read(self, path: str, query: Mapping[str, str] | None = None) -> Any:
        """Read; what went wrong technically is tried again. Raises Rejected."""

        def once() -> Any:
            try:
                return self.once("GET", path, None, query)
            except Rejected as rejected:
                if is_passing(str(rejected)):
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
                if is_passing(str(rejected), _texts(body)):
                    raise InDoubt(str(rejected)) from None
                raise

        return self.tried_again(once)

    def tried_again(self, once: Callable[[], Got]) -> Got:
        """Do something again, with growing pauses, while it fails technically; then TargetError."""
        attempts = Retrying(
            stop=stop_after_attempt(_TRIES),
            wait=wait_random_exponential(multiplier=0.5, max=20),
            retry=retry_if_exception_type(Technical),
            sleep=self.sleep,
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
        self.limiter.try_acquire("edusign", blocking=True)
        self.requests += 1
        data = None if body is None else orjson.dumps(body)
        try:
            response = self.session.request(
                verb,
                f"{self.base_url}/{path}",
                params=query,
                data=data,
                headers={"Content-Type": "application/json"} if data is not None else {},
                timeout=_TIMEOUT,
                allow_redirects=False,
            )
        except requests.exceptions.SSLError:
            raise TargetError(
                "EDU_UNREACHABLE",
                "Edusign's certificate cannot be trusted",
                "check the base URL; checks are never switched off",
            ) from None
        except requests.exceptions.ConnectTimeout:
            raise Technical("no connection within the time limit", sent=False) from None
        except requests.exceptions.ConnectionError as error:
            refused = "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error)
            raise Technical(
                "the connection was refused" if refused else "the connection was cut",
                sent=not refused,
            ) from None
        except requests.exceptions.RequestException as error:
            raise Technical(f"no answer ({type(error).__name__})", sent=True) from None
        self.answered_at = _answered_at(response)
        return _result(response)


def _texts(data: object) -> Iterator[str]:
    """Yield every text of a body."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list | tuple):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from _texts(inner)


def _answered_at(response: requests.Response) -> datetime:
    """Return the `Date` of an answer; our own clock when it has none."""
    try:
        return parsedate_to_datetime(response.headers["Date"]).astimezone(UTC)
    except (KeyError, ValueError):
        return datetime.now(UTC)


def _result(response: requests.Response) -> Any:
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
    try:
        envelope = orjson.loads(response.content)
    except orjson.JSONDecodeError:
        raise Technical(
            f"Edusign answered {response.status_code} without JSON", sent=True
        ) from None
    if (
        not isinstance(envelope, dict) or "status" not in envelope or response.status_code >= 500  # noqa: PLR2004 - HTTP
    ):
        raise Technical(f"Edusign answered {response.status_code} without its envelope", sent=True)
    if envelope["status"] == "success":
        return envelope.get("result")
    message = envelope.get("message") or envelope.get("errorCode") or "no reason given"
    is_list = isinstance(message, list)
    raise Rejected("; ".join(map(str, message)) if is_list else str(message), is_list=is_list)
