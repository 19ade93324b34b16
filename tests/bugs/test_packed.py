"""Bodies that come packed: a stream that was cut is no whole answer, on either side (issue e02)."""

from __future__ import annotations

import gzip
import json
import random
import zlib
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Response

from edusync.errors import TargetError
from edusync.target.exchange import Exchange
from edusync.target.failures import InDoubt
from edusync.transport.unpacking import BrokenOff, unpacked
from tests.bugs.wire import Wire, assert_held
from tests.little import lesson, person
from tests.unit.target.test_bounds import HEAD, answering

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from werkzeug.wrappers import Request


def _bare(body: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packing.compress(body) + packing.flush()


PACKED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "gzip in two members": ("x-gzip", lambda b: gzip.compress(b[:9]) + gzip.compress(b[9:])),
    "zlib": ("deflate", zlib.compress),
    "deflate without its head": ("Deflate", _bare),
    "both": ("deflate, gzip", lambda b: gzip.compress(zlib.compress(b))),
}
LESSONS = [lesson(n, learners="1") for n in range(1, 13)]


def _csv(count: int) -> bytes:
    """Return lessons that do not pack well, so that a cut stream ends far from the end."""
    names = list(LESSONS[0])
    lines = [";".join([*names, "note"])]
    for number, one in enumerate(LESSONS[:count]):
        note = hex(random.Random(number).getrandbits(400))  # noqa: S311 - no secret
        lines.append(";".join([*(str(one[name]) for name in names), note]))
    return "\n".join([*lines, ""]).encode()


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        made = Wire(tmp_path, stack)
        made.rows["/learners"] = [person(1), person(2)]
        yield made


def _sent(body: bytes, coding: str, kind: str) -> Callable[[Request], Response]:
    headers = {"Content-Encoding": coding}
    return lambda _request: Response(body, content_type=kind, headers=headers)


def _cut_at_a_line(body: bytes, pack: Callable[[bytes], bytes]) -> bytes:
    """Return the packed bytes of all lines but the last two, and no end."""
    whole = zlib.compressobj(wbits=16 + zlib.MAX_WBITS)
    lines = body.splitlines(keepends=True)
    start = whole.compress(b"".join(lines[:-2])) + whole.flush(zlib.Z_SYNC_FLUSH)
    assert zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(start) == b"".join(lines[:-2])
    return start if pack is gzip.compress else pack(body)[:-5]


@pytest.mark.parametrize("how", PACKED)
def test_a_whole_packed_list_is_read(wire: Wire, how: str) -> None:
    """All codings that are asked for, or that servers send for them, are understood."""
    coding, pack = PACKED[how]
    wire.spec["resources"]["lessons"]["answer"] = "csv"
    wire.rows["/lessons"] = _sent(pack(_csv(12)), coding, "text/csv")
    assert (wire.down().code, len(wire.look().sheets)) == (0, 12)


@pytest.mark.walk(every=2)
@pytest.mark.parametrize("how", PACKED)
@pytest.mark.parametrize("kind", ["csv", "json", "xml"])
def test_a_list_whose_packed_stream_has_no_end_deletes_nothing(
    wire: Wire, kind: str, how: str
) -> None:
    """A CSV that was cut at the end of a line: a success before, and two sheets deleted."""
    coding, pack = PACKED[how]
    body = _csv(12) if kind == "csv" else json.dumps(LESSONS).encode()
    wire.spec["resources"]["lessons"]["answer"] = "csv" if kind == "csv" else "json"
    wire.rows["/lessons"] = _sent(pack(body), coding, f"text/{kind}")
    before = wire.down()
    assert len(before.sheets) == 12, before.said
    if kind == "xml":
        wire.spec["resources"]["lessons"] |= {"answer": "xml", "items": "l[]"}
        body = b"<p>" + b"<l><id>1</id></l>" * 40 + b"</p>"
    cut = _cut_at_a_line(body, pack) if kind == "csv" else pack(body)[:-3]
    wire.rows["/lessons"] = _sent(cut, coding, f"text/{kind}")
    after = wire.down()
    assert_held(before, after)
    assert "CONN_TRUNCATED" in after.said, after.said


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, br", "gzip,gzip,gzip,gzip"])
def test_what_was_not_asked_for_is_not_read(wire: Wire, coding: str) -> None:
    """Its bytes could be taken for the answer."""
    wire.spec["resources"]["lessons"]["answer"] = "csv"
    wire.rows["/lessons"] = _sent(_csv(12), "identity", "text/csv")
    before = wire.down()
    wire.rows["/lessons"] = _sent(_csv(10), coding, "text/csv")
    assert_held(before, wire.down())


def test_a_word_that_packs_nothing_changes_nothing(wire: Wire) -> None:
    """Servers that write a charset there are read as before."""
    wire.rows["/lessons"] = _sent(json.dumps(LESSONS).encode(), "UTF-8", "application/json")
    assert (wire.down().code, len(wire.look().sheets)) == (0, 12)


def test_a_write_whose_answer_has_no_end_is_in_doubt(wire: Wire) -> None:
    """Nobody knows what the rest of the answer said."""
    wire.goes_up()
    wire.spec["writeback"]["for_sheet"][0]["in_doubt"] = "person"
    wire.down()
    body = gzip.compress(b'{"saved": 2}')[:-6]
    wire.rows["/presences"] = _sent(body, "gzip", "application/json")
    up = wire.attended()
    assert (up.code != 0, "UP_IN_DOUBT" in up.said) == (True, True), up.said


@pytest.mark.parametrize("how", PACKED)
def test_wherever_a_stream_is_cut_it_is_seen(how: str) -> None:
    """Every byte of every coding, fed whole and byte by byte."""
    coding, pack = PACKED[how]
    body = pack(_csv(2))
    boundary = len(gzip.compress(_csv(2)[:9])) if "two" in how else None
    for end in range(1, len(body)):
        if end == boundary:  # a stream of one member, and whole
            continue
        pieces: Any
        for pieces in ([body[:end]], [body[at : at + 1] for at in range(end)]):
            with pytest.raises(BrokenOff):
                b"".join(unpacked(iter(pieces), coding))
    assert b"".join(unpacked(iter([body, b"\0\0"]), coding)) == _csv(2)


def test_an_answer_of_edusign_without_end_is_none() -> None:
    """The rest of a list that is cut may hold what is looked for; a write is in doubt."""
    body = gzip.compress(b'{"status": "success", "result": []}')[:-8]
    head = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    with answering([HEAD + head, body]) as url:
        edusign = Exchange(url, "key", per_minute=6000, sleep=lambda _seconds: None)
        with pytest.raises(InDoubt, match="breaks off"):
            edusign.write("POST", "student", {})
        with pytest.raises(TargetError) as stopped:
            edusign.read("student")
        edusign.close()
    assert stopped.value.code == "EDU_UNREACHABLE"
