"""The small server of a runner: is it alive, is it ready, what did it count.

No page says anything of a person; nothing can be changed through it.
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Flask

    from edusync.app.runner.watch import Watch

_TURN = 0.2
"""Seconds after which the server looks whether it is to stop."""


def create_app(watch: Watch) -> Flask:
    """Return the application."""
    from flask import Flask, Response

    app = Flask("edusync.runner")

    @app.get("/healthz")
    def alive() -> Response:
        """Say that the process answers, and that its loop turns."""
        return _said(watch.stuck())

    @app.get("/readyz")
    def ready() -> Response:
        """Say whether the store can be used and slots are handed out."""
        return _said(watch.stuck() or watch.trouble_now)

    @app.get("/metrics")
    def metrics() -> Response:
        """Give the counters."""
        return Response(watch.metrics.page(), mimetype="text/plain")

    def _said(trouble: str | None) -> Response:
        return Response(
            f"{trouble or 'ok'}\n", status=503 if trouble else 200, mimetype="text/plain"
        )

    return app


@contextmanager
def listening(watch: Watch, listen: tuple[str, int] | None) -> Iterator[str | None]:
    """Serve while the context lasts; yield the address, None when the project names none.

    UsageProblem when the port is taken.
    """
    if listen is None:
        yield None
        return
    import socket

    from waitress.server import create_server
    from waitress.wasyncore import close_all, loop

    host, port = listen
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        opened = socket.create_server(listen, family=family)
    except OSError as error:
        raise UsageProblem(
            "RUN_USAGE",
            f"nothing can listen at {host}:{port}: {error.strerror}",
            "another runner may be there; write another port below `web` in edusync.yaml",
        ) from None
    channels: dict[int, Any] = {}
    server = create_server(create_app(watch), map=channels, sockets=[opened], threads=2)
    stop = Event()

    def turn() -> None:
        while not stop.is_set():
            loop(timeout=_TURN, use_poll=True, map=channels, count=1)  # any number of files

    thread = Thread(target=turn, name="web", daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{opened.getsockname()[1]}"
    finally:
        stop.set()
        thread.join()
        server.task_dispatcher.shutdown()
        server.close()
        close_all(channels)
