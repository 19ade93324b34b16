"""The HTTP session under the ERP and under Edusign: pooled, bounded in time and in size.

What it means when no answer came is decided here, for both sides, by the types of the exceptions.
"""

from __future__ import annotations

from contextlib import contextmanager
from logging import INFO, getLogger
from typing import TYPE_CHECKING

import requests
from urllib3.exceptions import HTTPError, NewConnectionError, ProxyError

from edusync.transport.bounded import BoundedAdapter
from edusync.transport.reach import AddressClosed
from edusync.transport.unpacking import UNDERSTOOD, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 256 * 1024
_ANSWERS_WITHIN = 4
"""How many times the limit for one piece a whole answer may take."""


class ConnectionLost(Exception):
    """No answer came. `sent` is false when the request cannot have reached the other side."""

    def __init__(self, message: str, *, sent: bool) -> None:
        super().__init__(message)
        self.sent = sent


class Untrusted(Exception):
    """The certificate of the other side cannot be trusted."""


class TooLarge(Exception):
    """An answer holds more bytes than anybody needs."""


class _Straight(requests.Session):
    """A session that goes to no other place.

    Without this an answer that names one is read to its end, without bound, and its address is
    parsed, whether it is followed or not.
    """

    def get_redirect_target(self, _answer: requests.Response) -> None:
        """Name no other place."""


def open_session(*, read: float, at_once: int) -> requests.Session:
    """Return a session without the settings of this machine.

    `read` are the seconds that a piece of an answer may take; a whole answer takes some times that.
    """
    getLogger("urllib3").setLevel(INFO)  # below it every address is logged, with its secrets
    session = _Straight()
    session.trust_env = False
    session.headers["Accept-Encoding"] = UNDERSTOOD
    adapter = BoundedAdapter(read * _ANSWERS_WITHIN, at_once=at_once)
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


@contextmanager
def exchanging() -> Iterator[None]:
    """Turn what goes wrong while a request is under way into ConnectionLost or Untrusted.

    A URL that is none stays what it is: requests.exceptions.InvalidURL.
    """
    try:
        yield
    except requests.exceptions.ConnectTimeout:
        raise ConnectionLost("no connection within the time limit", sent=False) from None
    except requests.exceptions.SSLError:
        raise Untrusted from None
    except requests.exceptions.ConnectionError as error:
        cause = _cause(error)
        sent = not isinstance(cause, NewConnectionError)
        words = "the connection was cut" if sent else "the connection was refused"
        if isinstance(cause, NewConnectionError) and isinstance(cause.__cause__, AddressClosed):
            words = str(cause.__cause__)
        raise ConnectionLost(words, sent=sent) from None
    except requests.exceptions.Timeout:
        raise ConnectionLost("no answer within the time limit", sent=True) from None
    except requests.exceptions.InvalidURL:
        raise
    except requests.exceptions.RequestException as error:
        words = f"the exchange broke off ({type(error).__name__})"
        raise ConnectionLost(words, sent=True) from None
    except HTTPError as error:  # while the body was read
        words = f"the exchange broke off ({type(error).__name__})"
        raise ConnectionLost(words, sent=True) from None


def _cause(error: requests.exceptions.ConnectionError) -> object:
    """Return what the connection broke at; NewConnectionError when none came about.

    To the host or to its proxy; nothing was sent then.
    """
    cause = error.args[0] if error.args else None
    cause = getattr(cause, "reason", cause)
    return cause.original_error if isinstance(cause, ProxyError) else cause


def chunks(response: requests.Response, most_bytes: int) -> Iterator[bytes]:
    """Yield the body of an answer in pieces, unpacked.

    Raises TooLarge when it goes on too long, BrokenOff when it was packed and its stream has no
    end.
    """
    size = 0
    packed = _framed(response.raw.stream(_CHUNK, decode_content=False))
    for chunk in unpacked(packed, response.headers.get("Content-Encoding", "")):
        size += len(chunk)
        if size > most_bytes:
            raise TooLarge
        yield chunk


def _framed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a body; ConnectionLost where one says that its size is below nothing."""
    try:
        yield from pieces
    except ValueError:
        words = "the exchange broke off (a piece without a size)"
        raise ConnectionLost(words, sent=True) from None
