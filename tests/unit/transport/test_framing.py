"""Where an answer ends is what its head says, and a head that lies makes no half table (P7, F5)."""

from __future__ import annotations

import gzip

import pytest

from edusync.target.exchange import Exchange
from edusync.target.failures import InDoubt
from edusync.transport.client import HttpClient
from edusync.transport.message import Request
from edusync.transport.session import ConnectionLost
from tests.unit.target.test_bounds import answering

TABLE = "nom;mél\r\nZoé;zoe@school.example\r\nÉlie;elie@school.example\r\n".encode()
DONE = b'{"status":"success","result":{"ID":"abc"}}'
_LETTERS = len(TABLE.decode())


def _told(body: bytes, *heads: bytes, status: bytes = b"200 OK") -> bytes:
    return b"\r\n".join([b"HTTP/1.1 " + status, b"Content-Type: text/csv", *heads, b"", body])


def _sized(size: object, *heads: bytes, status: bytes = b"200 OK") -> bytes:
    return _told(TABLE, f"Content-Length: {size}".encode(), *heads, status=status)


def _pieces(size: bytes, *heads: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    body = size + b"\r\n" + TABLE + b"\r\n" + end
    return _told(body, b"Transfer-Encoding: chunked", *heads)


_SIZE = b"%x" % len(TABLE)
LIES = {
    "letters in place of bytes": _sized(_LETTERS),
    "nothing is to come": _sized(0),
    "a byte less": _sized(len(TABLE) - 3),
    "a byte more": _sized(len(TABLE) + 1),
    "two sizes": _sized(len(TABLE), b"Content-Length: 3"),
    "two sizes, the short one first": _sized(3, b"Content-Length: %d" % len(TABLE)),
    "an answer behind it": _sized(len(TABLE)) + _sized(len(TABLE)),
    "a piece of a size below nothing": _pieces(b"-5"),
    "a piece without a size": _pieces(b""),
    "a piece whose size is short": _pieces(b"5"),
    "a piece whose size is long": _pieces(b"fff"),
    "a piece beyond all memory": _pieces(b"f" * 40),
    "no last piece": _pieces(_SIZE, end=b""),
    "packed, and it is not": _sized(len(TABLE), b"Content-Encoding: gzip"),
    "packed four times": _told(b"", b"Content-Encoding: gzip, gzip, gzip, gzip"),
}
TRUE = {
    "a size": _sized(len(TABLE)),
    "the same size twice": _sized(len(TABLE), b"Content-Length: %d" % len(TABLE)),
    "an empty line behind it": _sized(len(TABLE)) + b"\r\n",
    "pieces": _pieces(_SIZE),
    "pieces with remarks": _pieces(_SIZE + b';a=b;c="d"'),
    "pieces, and a size that does not count": _pieces(_SIZE, b"Content-Length: 5"),
    "heads behind the last piece": _pieces(_SIZE, end=b"0\r\nContent-Length: 3\r\nX: 1\r\n\r\n"),
    "packed twice": _told(
        gzip.compress(gzip.compress(TABLE)), b"Content-Encoding: gzip", b"Content-Encoding: gzip"
    ),
    "the end of the connection": _told(TABLE),
}


def _asked(said: bytes) -> tuple[object, object]:
    with answering([said]) as url:
        client = HttpClient(url, connect=5, read=5, most_bytes=100_000, at_once=1)
        try:
            answer = client.send(Request("GET", "/table"))
        except ConnectionLost as lost:
            return "lost", lost.sent
        finally:
            client.close()
    return answer.status, None if answer.type == "broken" else answer.raw


@pytest.mark.fault("F5")
@pytest.mark.promise("P7")
@pytest.mark.parametrize("said", LIES.values(), ids=LIES)
def test_a_table_whose_size_is_a_lie_is_not_read(said: bytes) -> None:
    """Half of it would look whole: rows have no end of their own."""
    assert _asked(said) in {("lost", True), (200, None)}


@pytest.mark.fault("F5")
@pytest.mark.parametrize("said", TRUE.values(), ids=TRUE)
def test_a_table_whose_size_is_true_is_read(said: bytes) -> None:
    assert _asked(said) == (200, TABLE)


@pytest.mark.parametrize("status", [204, 304])
def test_what_has_no_body_has_none_whatever_comes(status: int) -> None:
    """(RFC 9110) Servers that send one all the same have done what was asked."""
    assert _asked(_sized(len(TABLE), status=b"%d Without" % status)) == (status, b"")


@pytest.mark.fault("F5")
@pytest.mark.promise("P2")
@pytest.mark.parametrize("status", [202, 206, 226, 300, 302, 400, 404, 409, 418, 422, 429, 451])
def test_a_success_under_another_status_leaves_a_write_in_doubt(status: int) -> None:
    """One of the two is wrong, and nobody can say which."""
    head = b"HTTP/1.1 %d Odd\r\nContent-Length: %d\r\n\r\n" % (status, len(DONE))
    with answering([head + DONE]) as url:
        edusign = Exchange(url, "key", per_minute=6000, sleep=lambda _seconds: None)
        with pytest.raises(InDoubt):
            edusign.write("POST", "student", {})
        edusign.close()
