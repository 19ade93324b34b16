"""Connections whose answers have to be there in time.

Headers and body together, however slowly they drip.
"""

from __future__ import annotations

from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from time import monotonic
from typing import TYPE_CHECKING, Any, cast

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

from edusync.transport.reach import AddressClosed, check_socket

if TYPE_CHECKING:
    from collections.abc import Mapping
    from socket import SocketIO, socket

_MOST_ANNOUNCED = 20
"""How many answers may say that the answer is still to come (1xx)."""

_WITHOUT_BODY = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})


class BoundedAdapter(HTTPAdapter):
    """An adapter whose answers end after so many seconds.

    Its other time limits are for one piece each.
    """

    def __init__(self, seconds: float, *, at_once: int) -> None:
        self.pools = _pools(seconds)
        super().__init__(pool_connections=1, pool_maxsize=at_once, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pools of connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = self.pools

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        """Make the pools of connections to a proxy."""
        manager = super().proxy_manager_for(*args, **kwargs)
        manager.pool_classes_by_scheme = self.pools
        return manager


def _pools(seconds: float) -> Mapping[str, type[HTTPConnectionPool]]:
    class Response(HTTPResponse):
        def __init__(self, sock: socket, *args: Any, **kwargs: Any) -> None:
            super().__init__(sock, *args, **kwargs)
            raw = cast("SocketIO", self.fp.detach())
            self.timely = _Timely(raw, sock, monotonic() + seconds)
            self.fp = BufferedReader(self.timely)
            self.announced = 0

        def _read_status(self) -> tuple[str, int, str]:
            """Read a line of status; what only announces an answer counts as `100 Continue`.

            The base class passes over that one alone. With another one it would be done, and the
            answer itself would be that of the next request.
            """
            version, status, reason = super()._read_status()  # type: ignore[misc]  # there, and in no stub
            if not HTTPStatus(100) <= status < HTTPStatus.OK:
                return version, status, reason
            self.announced += 1
            if status == HTTPStatus.SWITCHING_PROTOCOLS or self.announced > _MOST_ANNOUNCED:
                message = "no answer comes after what announces it"
                raise HTTPException(message)
            return version, HTTPStatus.CONTINUE, reason

        def _close_conn(self) -> None:
            """Let go of an answer that was read; HTTPException when it goes on behind its end.

            A server that counts letters in place of bytes says a length that is too short, and a
            table that is cut so looks whole. What a status forbids to have a body is let go of.
            """
            behind = b""
            if self.length == 0 and self.status not in _WITHOUT_BODY:
                behind = self.timely.at_hand(self.fp)
            super()._close_conn()  # type: ignore[misc]  # there, and in no stub
            if behind.strip():
                message = "the answer goes on behind its end"
                raise HTTPException(message)

    class Plain(HTTPConnection):
        response_class = Response

        def _new_conn(self) -> socket:
            return _judged(self, super()._new_conn())

    class Secured(HTTPSConnection):
        response_class = Response

        def _new_conn(self) -> socket:
            return _judged(self, super()._new_conn())

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecuredPool(HTTPSConnectionPool):
        ConnectionCls = Secured

    return {"http": PlainPool, "https": SecuredPool}


def _judged(connection: HTTPConnection, opened: socket) -> socket:
    """Return a socket that may be used; NewConnectionError for one that may not."""
    try:
        check_socket(opened)
    except AddressClosed as closed:
        raise NewConnectionError(connection, str(closed)) from closed
    return opened


class _Timely(RawIOBase):
    """What a socket sends until a moment of the monotonic clock; TimeoutError afterwards."""

    def __init__(self, raw: SocketIO, sock: socket, ends_at: float) -> None:
        self.raw, self.sock, self.ends_at = raw, sock, ends_at
        self.piece = sock.gettimeout()

    def readable(self) -> bool:
        """Say that bytes can be read."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """Read some bytes."""
        left = self.ends_at - monotonic()
        if left <= 0:
            message = "the answer took too long"
            raise TimeoutError(message)
        self.sock.settimeout(left if self.piece is None else min(left, self.piece))
        return self.raw.readinto(buffer)

    def at_hand(self, buffered: BufferedReader) -> bytes:
        """Return some bytes that have come already, without waiting for more."""
        self.piece, before = 0, self.piece
        try:
            return buffered.peek(1)
        except OSError:  # nothing is there, or nothing can be read any more
            return b""
        finally:
            self.piece = before
            with suppress(OSError):
                self.sock.settimeout(before)

    def close(self) -> None:
        """Let go of the socket."""
        if not self.closed:
            self.raw.close()
        super().close()
