"""What only announces an answer is no answer (HTTP 1xx), and lines of an answer have an end: no
request gets the answer of another one (P2, P19).
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest

from edusync.transport.session import ConnectionLost, exchanging, open_session
from tests.conftest import World

_HINTS = b"Link: </style.css>; rel=preload\r\n"
ANNOUNCED = {
    "continue": b"HTTP/1.1 100 Continue\r\n\r\n",
    "processing": b"HTTP/1.1 102 Processing\r\n\r\n",
    "early hints": b"HTTP/1.1 103 Early Hints\r\n" + _HINTS + b"\r\n",
    "a status of nobody": b"HTTP/1.1 199 Soon\r\n\r\n",
    "all of them": b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" * 5,
}
UNENDED = {
    "announced without end": b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100,
    "another protocol": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n",
}
_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
LONG_LINES = {
    "of a status": b"HTTP/1.1 200 ",
    "of a head": b"HTTP/1.1 200 OK\r\nX: ",
    "before a piece": _CHUNKED + b"2;",
    "behind the last piece": _CHUNKED + b"2\r\n[]\r\n0\r\nX: ",
}


class Announcing:
    """An application whose every answer is announced on the bare socket."""

    def __init__(self, application: Any, said: bytes) -> None:
        self.application, self.said = application, said

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["werkzeug.socket"].sendall(self.said)
        answered: Iterable[bytes] = self.application(environ, start_response)
        return answered


@pytest.mark.fault("F5")
@pytest.mark.promise("P2", "P13")
@pytest.mark.parametrize("said", ANNOUNCED.values(), ids=ANNOUNCED)
def test_announced_answers_belong_to_their_requests(
    make_world: Callable[..., World], said: bytes
) -> None:
    world = make_world(grace="1ms")
    world.app.wsgi_app = Announcing(world.app.wsgi_app, said)  # type: ignore[method-assign]  # Flask's own door
    world.erp.application = Announcing(world.erp.application, said)
    assert world.sync().status == "success"
    world.play("7712001")
    world.to_evening()
    assert world.write_back().status == "success"
    assert world.slept == []


class Telling:
    """A server that sends the same bytes at each request, and knows whether all were taken."""

    def __init__(self, said: bytes) -> None:
        self.said, self.all_taken = said, False
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}/"
        self.thread = Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _serve(self) -> None:
        with self.door, self.door.accept()[0] as client, suppress(OSError):
            client.recv(65536)
            client.sendall(self.said)
            self.all_taken = True
            client.recv(1)  # until the other side lets go


@pytest.fixture
def asked() -> Iterator[Callable[[Telling], None]]:
    session = open_session(read=5, at_once=1)

    def ask(server: Telling) -> None:
        with exchanging(), session.get(server.url, stream=True, timeout=5) as answer:
            assert answer.content is not None

    yield ask
    session.close()


@pytest.mark.fault("F5")
@pytest.mark.promise("P19")
@pytest.mark.parametrize("said", UNENDED.values(), ids=UNENDED)
def test_announcements_without_an_answer_are_none(
    asked: Callable[[Telling], None], said: bytes
) -> None:
    with pytest.raises(ConnectionLost, match="cut") as lost:
        asked(Telling(said))
    assert lost.value.sent


@pytest.mark.fault("F5")
@pytest.mark.promise("P19")
@pytest.mark.parametrize("begun", LONG_LINES.values(), ids=LONG_LINES)
def test_a_line_without_end_is_not_read_to_its_end(
    asked: Callable[[Telling], None], begun: bytes
) -> None:
    server = Telling(begun + b"1" * 30_000_000)
    with pytest.raises(ConnectionLost) as lost:
        asked(server)
    server.thread.join(timeout=30)
    assert (lost.value.sent, server.all_taken) == (True, False)
