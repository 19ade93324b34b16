"""XML is read while it comes: the bytes of a large answer are never held, and what is no XML is
told all the same.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from flask import Flask, Response

from edusync.errors import CallFailed
from edusync.sandbox.serve import serving
from edusync.transport.client import HttpClient
from edusync.transport.message import AnswerKind, Request

XML = AnswerKind("xml", listed=frozenset({"row"}))
MEBI = 1024 * 1024


def answer(
    make: Callable[[], Iterator[bytes]], *, most: int = 64 * MEBI
) -> tuple[object, str, bytes, bytes]:
    app = Flask("erp")
    app.add_url_rule("/", view_func=lambda: Response(make(), content_type="text/xml"))
    with serving(app) as address:
        client = HttpClient(address, connect=5, read=20, most_bytes=most, at_once=1)
        try:
            found = client.send(Request("GET", "/", answer=XML))
        finally:
            client.close()
    return found.body, found.type, found.raw, found.digest


def large() -> Iterator[bytes]:
    yield b"<rows>"
    for number in range(24):
        yield b"<!--" + b"x" * MEBI + b"-->" + f"<row id='{number}'/>".encode()
    yield b"</rows>"


def test_bytes_of_a_large_answer_are_not_held() -> None:
    tracemalloc.start()
    body, kind, raw, _ = answer(large)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (kind, len(raw)) == ("xml", 4096)
    assert [row["id"] for row in body["row"]] == [str(number) for number in range(24)]  # type: ignore[index]  # a mapping with a list
    assert peak < 12 * MEBI, (
        f"{peak / MEBI:.0f} MiB for an answer of 24 MiB; the server's own chunks are in here"
    )


@pytest.mark.fault("F31")
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (b"<rows><row id='1'/>", "broken"),
        (b"<rows><row></rows>", "broken"),
        (b"<!DOCTYPE r><rows/>", "broken"),
        (b"<!DOCTYPE html><html></html>", "html"),
        (b"<html><body/></html>", "html"),
        (b"closed for the night", "text"),
        (b"", "empty"),
        (b"  \n", "empty"),
    ],
)
def test_what_is_no_xml_is_told(text: bytes, kind: str) -> None:
    for pieces in ([text], [text[index : index + 1] for index in range(len(text))]):
        assert answer(lambda pieces=pieces: iter(pieces))[:2] == (None, kind)  # type: ignore[misc]  # mypy cannot infer a lambda with a default


def test_answers_that_begin_alike_are_told_apart() -> None:
    begin = b"<rows>" + b"<!--" + b"x" * 8192 + b"-->"
    one, other = (
        answer(lambda row=row: iter([begin, row, b"</rows>"]))  # type: ignore[misc]  # as above
        for row in (b"<row id='1'/>", b"<row id='2'/>")
    )
    assert one[2] == other[2]
    assert one[3] != other[3]


def test_answer_that_is_too_large_is_refused_while_it_comes() -> None:
    with pytest.raises(CallFailed, match="more than 1024 kB"):
        answer(large, most=MEBI)
