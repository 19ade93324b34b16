"""The small server of a runner: is it alive, is it ready, what did it count.

No page of these says anything of a person; nothing can be changed through them. The console, and
the addresses that Edusign calls, are put beside them by who serves (`edusync/cli/serve.py`).
"""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from edusync.errors import UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask import Blueprint, Flask

    from edusync.app.runner.watch import Watch

_TURN = 0.2
"""Seconds after which the server looks whether it is to stop."""
_THREADS = 8
_LARGEST = 1024 * 1024
"""Bytes of a request, before any of them are looked at."""


def health(watch: Watch) -> Blueprint:
    """Return the pages that say how a runner does."""
    from flask import Blueprint, Response

    pages = Blueprint("health", __name__)

    def alive() -> Response:
        """Say that the process answers, and that its loop turns."""
        return _state(watch.stuck())

    def ready() -> Response:
        """Say whether the store can be used and slots are handed out."""
        return _state(watch.stuck() or watch.trouble_now)

    def metrics() -> Response:
        """Give the counters."""
        return Response(watch.metrics.page(), mimetype="text/plain")

    def _state(trouble: str | None) -> Response:
        return Response(
            f"{trouble or 'ok'}\n", status=503 if trouble else 200, mimetype="text/plain"
        )

    for path, page in (("/healthz", alive), ("/readyz", ready), ("/metrics", metrics)):
        page.for_everybody = True  # type: ignore[attr-defined]  # the console asks nobody to sign in
        pages.add_url_rule(path, page.__name__, page)
    return pages


def create_app(*pages: Blueprint) -> Flask:
    """Return an application without a console."""
    from flask import Flask

    app = Flask("edusync.runner")
    for blueprint in pages:
        app.register_blueprint(blueprint)
    return app


def is_own_machine(url: str) -> bool:
    """Whether an address leads to this machine: then what is said needs no encryption."""
    return urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}


@contextmanager
def listening(
    application: Any, listen: tuple[str, int], *, trusted_proxy: str | None = None
) -> Iterator[str]:
    """Serve while the context lasts; yield the address.

    `trusted_proxy` is the address of a proxy whose word on who asks is taken. UsageProblem when the
    port is taken.
    """
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
    server = create_server(
        application,
        map=channels,
        sockets=[opened],
        threads=_THREADS,
        max_request_body_size=_LARGEST,
        trusted_proxy=trusted_proxy,
        trusted_proxy_headers={"x-forwarded-for"} if trusted_proxy else set(),
        clear_untrusted_proxy_headers=True,
    )
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
