"""Answers of Edusign have a bound in time and in size; what it means for a read and for a write."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from edusync.errors import TargetError
from edusync.target import exchange
from edusync.target.exchange import Exchange
from edusync.target.failures import InDoubt
from edusync.transport.session import chunks, open_session

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
BOMB = gzip.compress(b"[" + b" " * 3_000_000 + b"]")
ENDLESS = {
    "headers that drip": [HEAD, *[b"X-More: 1\r\n"] * 500],
    "a body that drips": [HEAD, b"Content-Length: 9000\r\n\r\n", *[b" "] * 500],
    "a body without end": [HEAD, b"\r\n", *[b" " * 10_000] * 500],
    "a gzip bomb": [
        HEAD,
        b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(BOMB),
        BOMB,
    ],
}


@contextmanager
def answering(pieces: list[bytes]) -> Iterator[str]:
    """Answer every connection with these pieces, one after the other."""
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)

        def one(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                connection.recv(4096)
                for piece in pieces:
                    connection.sendall(piece)
                    if stop.wait(0.005):
                        return

        def every() -> None:
            while not stop.is_set():
                with suppress(TimeoutError):
                    connection, _ = server.accept()
                    connection.settimeout(None)
                    threading.Thread(target=one, args=(connection,), daemon=True).start()

        serving = threading.Thread(target=every, daemon=True)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            stop.set()
            serving.join()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds that a test can wait for."""
    monkeypatch.setattr(exchange, "_READ", 0.1)
    monkeypatch.setattr(exchange, "_MOST_BYTES", 1_000_000)


@pytest.mark.fault("F21")
@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("pieces", ENDLESS.values(), ids=ENDLESS)
def test_write_whose_answer_has_no_end_is_in_doubt(pieces: list[bytes]) -> None:
    with answering(pieces) as url:
        edusign = Exchange(url, "key", per_minute=6000, sleep=lambda _seconds: None)
        began = time.monotonic()
        with pytest.raises(InDoubt):
            edusign.write("POST", "student", {})
        edusign.close()
    assert time.monotonic() - began < 3


@pytest.mark.fault("F21")
@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("pieces", ENDLESS.values(), ids=ENDLESS)
def test_read_whose_answer_has_no_end_stops_the_run(pieces: list[bytes]) -> None:
    with answering(pieces) as url:
        edusign = Exchange(url, "key", per_minute=6000, sleep=lambda _seconds: None)
        with pytest.raises(TargetError) as stopped:
            edusign.read("student")
        edusign.close()
    assert (stopped.value.code, edusign.requests) == ("EDU_UNREACHABLE", 4)


def test_write_that_never_arrived_is_sent_again() -> None:
    """Nobody listens: by the type of the exception it is known that nothing was sent."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    edusign = Exchange(f"http://127.0.0.1:{port}", "key", per_minute=6000, sleep=lambda _s: None)
    with pytest.raises(TargetError):
        edusign.write("POST", "student", {})
    edusign.close()
    assert edusign.requests == 4


@pytest.mark.parametrize("place", [b"http://[", b"/v1/student", b"\xff://\xff"])
def test_answer_that_names_another_place_is_read_like_any_other(place: bytes) -> None:
    """The address was parsed though nobody goes there, and one that is none was a traceback."""
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + place + b"\r\n\r\n"
    with answering([head]) as url:
        session = open_session(read=1, at_once=1)
        answer = session.get(url, allow_redirects=False, stream=True)
        assert (answer.status_code, list(chunks(answer, 100))) == (302, [])
        session.close()
