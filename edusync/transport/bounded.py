"""Connections whose answers have to be there in time.

Headers and body together, however slowly they drip.
"""

from __future__ import annotations

from http.client import HTTPResponse
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
            self.fp = BufferedReader(_Timely(raw, sock, monotonic() + seconds))

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

    def close(self) -> None:
        """Let go of the socket."""
        if not self.closed:
            self.raw.close()
        super().close()
