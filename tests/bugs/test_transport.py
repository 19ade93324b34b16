"""Answers of another kind on every wire, bounds in time and size, hosts that a spec does not name
(B26, issue 13.10).
"""

from __future__ import annotations

import gzip
import socket
import threading
import time
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Response

from edusync.errors import CallFailed
from edusync.transport.client import HttpClient
from edusync.transport.message import Request as Asked
from edusync.transport.session import ConnectionLost
from tests.bugs.wire import Wire, answers, assert_held

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ODD = {
    "page": ("<!doctype html><html><body>Session expirée</body></html>", "text/html"),
    "page-in-xhtml": ('<?xml version="1.0"?>\n<!-- x --><html><body/></html>', "text/plain"),
    "text": ("Lien expiré", "text/plain"),
    "nothing": ("", "text/plain"),
    "json": ('{"error": "expired"}', "application/json"),
}


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("kind", ["json", "xml", "csv", "xlsx", "ics"])
def test_b26_an_answer_of_another_kind_is_held(wire: Wire, kind: str, odd: str) -> None:
    """B26, http-ics-html: a KeyError before; five kinds, five odd answers."""
    before = wire.down()
    wire.rows["/lessons"] = answers(*ODD[odd])
    wire.spec["resources"]["lessons"] |= {"answer": kind}
    if kind in {"json", "xml"}:
        wire.spec["resources"]["lessons"]["items"] = "rows"
    after = wire.down()
    assert (after.code != 0, after.sheets) == (True, before.sheets), after.said
    if kind in {"xlsx", "ics"} and odd.startswith("page"):
        assert "CONN_NOT_PROMISED" in after.said, after.said
    # a text of one line reads as a CSV without rows: what holds it is that there were rows before
    assert "CONN_" in after.said or "RUN_SUSPICIOUS_EMPTY" in after.said, after.said


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("odd", ["page", "page-in-xhtml", "text"])
def test_b26_a_page_under_200_leaves_a_write_in_doubt(wire: Wire, odd: str) -> None:
    """B26: nobody knows what became of it."""
    wire.goes_up()
    wire.spec["writeback"]["for_sheet"][0]["in_doubt"] = "person"
    wire.down()
    wire.rows["/presences"] = answers(*ODD[odd])
    up = wire.attended()
    assert (up.code != 0, "UP_IN_DOUBT" in up.said) == (True, True), up.said


@pytest.mark.parametrize(
    "body",
    [
        '{"error": {"message": "no"}}',
        '{"jsonrpc": "2.0", "id": 1, "error": {"code": 1}}',
        '{"data": null, "errors": [{"message": "no"}]}',
    ],
)
def test_b02_a_stated_error_is_no_success_of_a_write(wire: Wire, body: str) -> None:
    """B02, on the way up: it was taken for sent."""
    wire.goes_up()
    wire.down()
    wire.rows["/presences"] = answers(body, "application/json")
    up = wire.attended()
    assert (up.code != 0, "UP_ERP_REJECTED" in up.said) == (True, True), up.said


@pytest.mark.fault("F31")
@pytest.mark.parametrize("before", [0, 5000, 300_000])
def test_a_document_type_is_refused_wherever_it_stands(wire: Wire, before: int) -> None:
    """Issue 13.10: beyond byte 4,096 it was a traceback."""
    ended = wire.down()
    body = f"<!--{'x' * before}--><!DOCTYPE plan [<!ENTITY a 'b'>]><plan>&a;</plan>"
    wire.rows["/lessons"] = answers(body, "text/xml")
    wire.spec["resources"]["lessons"] |= {"answer": "xml", "items": "lesson[]"}
    assert_held(ended, wire.down())


def test_a_host_that_is_written_out_gets_no_sign_in_unless_the_spec_names_it(wire: Wire) -> None:
    """Issue 13.10: a literal URL in a list sent the token to another host."""
    seen: list[str] = []

    def rows(request: Any) -> Response:
        seen.append(request.headers.get("X-Token", ""))
        return Response("[]", content_type="application/json")

    wire.rows["/elsewhere"] = rows
    wire.spec["transport"]["auth"] = {"send": {"headers": {"X-Token": "secret"}}}
    elsewhere = wire.url.replace("127.0.0.1", "localhost").rstrip("/")
    wire.spec["resources"]["lessons"]["get"] = f"{elsewhere}/elsewhere"
    ended = wire.down()
    assert (seen, "CONN_REDIRECTED" in ended.said, ended.code != 0) == ([], True, True)
    wire.spec["transport"]["hosts"] = [elsewhere.partition("://")[2]]
    wire.down()
    assert seen == ["secret"]


@pytest.mark.fault("F21")
@pytest.mark.parametrize(
    ("where", "pieces"),
    [
        ("head", [b"HTTP/1.1 200 OK\r\n", *[f"X-{n}: y\r\n".encode() for n in range(400)]]),
        ("body", [b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n", *[b"x"] * 400]),
    ],
)
def test_an_answer_that_drips_is_cut(where: str, pieces: list[bytes]) -> None:
    """Issue 13.10: each piece comes in time, the whole never does."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        stop = threading.Event()

        def drip() -> None:
            connection, _ = server.accept()
            with connection, suppress(OSError):
                connection.recv(4096)
                for piece in pieces:
                    connection.sendall(piece)
                    if stop.wait(0.02):
                        return

        threading.Thread(target=drip, daemon=True).start()
        client = HttpClient(
            f"http://127.0.0.1:{server.getsockname()[1]}",
            connect=5,
            read=0.2,
            most_bytes=1_000_000,
            at_once=1,
        )
        began = time.monotonic()
        with pytest.raises(ConnectionLost):
            client.send(Asked("GET", "/"))
        stop.set()
        client.close()
    assert time.monotonic() - began < 4, where


@pytest.mark.fault("F21")
def test_a_small_answer_that_unpacks_into_a_large_one_is_refused(wire: Wire) -> None:
    """Issue 13.10: a gzip bomb has a bound in size."""
    packed = gzip.compress(b"[" + b" " * 30_000_000 + b"]")
    wire.rows["/lessons"] = lambda _request: Response(
        packed, content_type="application/json", headers={"Content-Encoding": "gzip"}
    )
    client = HttpClient(wire.url, connect=5, read=20, most_bytes=1_000_000, at_once=1)
    with pytest.raises(CallFailed) as refused:
        client.send(Asked("GET", "/lessons"))
    client.close()
    assert refused.value.code == "CONN_TOO_LARGE"


@pytest.mark.parametrize("more", [{"for_each": "teachers"}, {"get": "/lessons"}])
def test_from_beside_what_asks_the_erp_is_a_mistake(wire: Wire, more: dict[str, Any]) -> None:
    """What has no effect is a mistake."""
    wire.spec["resources"]["copies"] = {"from": "lessons", "key": "id", **more}
    wire.spec["entities"]["course"]["from"] = "copies"
    assert "'from' means nothing beside" in wire.validate()


@pytest.mark.parametrize("status", [401, 403, 429, 503])
@pytest.mark.parametrize(
    ("when", "wins"), [("answer.body.error", False), ("answer.status == {status}", True)]
)
def test_a_line_about_the_body_has_no_say_in_a_status_that_speaks_for_itself(
    wire: Wire, status: int, when: str, wins: bool
) -> None:
    """Issue 13.9: `answers` on the body shadowed "sign in again" and "later" without a word."""
    wire.rows["/lessons"] = answers('{"error": "x"}', "application/json", status)
    line = {"when": when.format(status=status), "then": "fail"}
    wire.spec["transport"]["answers"] = [line | {"code": "CONN_CALL_FAILED", "message": "MINE"}]
    assert ("MINE" in wire.down().said) == wins


@pytest.mark.parametrize(("headers", "asked"), [({}, 1), ({"Retry-After": "1"}, 3)])
def test_a_write_under_503_is_sent_again_only_when_the_erp_says_so(
    wire: Wire, headers: dict[str, str], asked: int
) -> None:
    """A proxy may have given up while the ERP went on; `Retry-After` says that nothing was done."""
    wire.goes_up()
    wire.spec["writeback"]["for_sheet"][0]["in_doubt"] = "person"
    wire.down()
    wire.rows["/presences"] = lambda _request: Response("{}", 503, headers)
    ended = wire.attended()
    posts = [one for one in wire.seen.asked if one.startswith("POST /presences")]
    assert (len(posts), ended.code) == (asked, 1)
