"""Both sides keep their connections open, as real servers do, and end one when it suits them."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPConnection
from threading import Thread
from typing import Any

import pytest

from edusync.app.runner.web import listening
from tests import conftest
from tests.conftest import World
from tests.reliability.test_kill_upward import SHEETS

PATIENCE = 8
"""How many runs a school with a server of bad manners is given."""


class Ports:
    """An application that knows which connections its requests came by."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.requests: Counter[str] = Counter()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.requests[environ["REMOTE_PORT"]] += 1
        return self.application(environ, start_response)


@pytest.mark.parametrize("erp", ["ypareo", "aimaira", "fca"])
def test_connections_are_kept_from_one_request_to_the_next(
    erp: str, make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    sides: list[Ports] = []

    def serving(application: Any) -> Any:
        sides.append(Ports(application))
        return listening(sides[-1], ("127.0.0.1", 0))

    monkeypatch.setattr(conftest, "serving", serving)
    world = make_world(erp)
    assert world.sync().status == "success"
    world.play(*SHEETS[erp][:1])
    world.to_evening()
    assert world.write_back().status == "success"
    for side in sides:
        assert max(side.requests.values()) > 1
        assert len(side.requests) < side.requests.total() / 2


class Rude:
    """Stands before a server and keeps connections, but ends one without a word when a request
    arrives by it, every third time for each verb: before the request has its effect, or after.
    """

    def __init__(self, port: int, *, works: bool) -> None:
        self.port, self.works = port, works
        self.seen: Counter[bytes] = Counter()
        self.ended: Counter[bytes] = Counter()
        """How many requests of each verb were left without an answer."""
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(OSError):  # closed by the test
            while True:
                client = self.door.accept()[0]
                Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, client.makefile("rb") as asked:
            first = True
            while line := asked.readline():
                verb, path, _ = line.split()
                heads = dict(
                    head.decode().strip().split(": ", 1) for head in iter(asked.readline, b"\r\n")
                )
                body = asked.read(int(heads.get("Content-Length", 0)))
                self.seen[verb] += not first
                ends = not first and self.seen[verb] % 3 == 0
                self.ended[verb] += ends
                if not ends or self.works:
                    answer = self._asked(verb.decode(), path.decode(), body, heads)
                if ends:
                    return
                client.sendall(answer)
                first = False

    def _asked(self, verb: str, path: str, body: bytes, heads: dict[str, str]) -> bytes:
        with closing(HTTPConnection("127.0.0.1", self.port)) as server:
            server.request(verb, path, body, heads)
            answer = server.getresponse()
            told = answer.read()
        of_hop = ("Connection", "Content-Length", "Transfer-Encoding")
        kept = [(name, value) for name, value in answer.getheaders() if name not in of_hop]
        lines = [f"{name}: {value}" for name, value in [*kept, ("Content-Length", len(told))]]
        head = "\r\n".join([f"HTTP/1.1 {answer.status} {answer.reason}", *lines, "", ""])
        return head.encode() + told


@pytest.mark.parametrize("works", [False, True], ids=["before it works", "after it worked"])
@pytest.mark.parametrize("at_once", [1, 4])
def test_kept_connection_that_ends_without_a_word_doubles_and_loses_nothing(
    works: bool, at_once: int, make_world: Callable[..., World]
) -> None:
    world = make_world("ypareo", at_once=at_once)
    port = int(world.edusign.rpartition(":")[2])
    rude = Rude(port, works=works)
    world.edusign = rude.url
    world.write()
    for _ in range(PATIENCE):
        if world.sync().status == "success":
            break
        world.later(hours=6)
    last = world.sync()
    assert last.status == "success", rude.ended
    rude.door.close()
    assert rude.ended[b"GET"] > 0
    assert rude.ended[b"POST"] > 0
    for table in ("students", "professors", "groups", "courses"):
        ids = Counter(row["API_ID"] for row in world.book.tables[table].values())
        assert ids
        assert set(ids.values()) == {1}, table
