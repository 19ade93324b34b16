"""Run a WSGI application on loopback, in a thread, over real sockets."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING, Any

from werkzeug.serving import WSGIRequestHandler, make_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.serving import BaseWSGIServer


class _Handler(WSGIRequestHandler):
    """Speak HTTP 1.1 and say nothing."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def send_response(self, code: int, message: str | None = None) -> None:
        """Begin an answer without the clock of this machine.

        The application says its own `Date`.
        """
        self.send_response_only(code, message)
        self.send_header("Server", self.version_string())

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - the base class names and types them
        """Drop the line: the sandbox keeps a request log of its own."""


def start(application: Any, port: int = 0) -> tuple[BaseWSGIServer, str]:
    """Start to serve; return the server and its address. `port` 0 takes a free one."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=_Handler)
    server.daemon_threads = True  # type: ignore[attr-defined]  # the threaded server has it
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


@contextmanager
def serving(application: Any, port: int = 0) -> Iterator[str]:
    """Serve while the context lasts; yield the address."""
    server, address = start(application, port)
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
