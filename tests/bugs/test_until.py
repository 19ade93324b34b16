"""What ends a list is another word that says "last" at once: the first set-up does not take a part
for the whole, and names it (B01, B24).
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Response

from edusync.transport.pages import looks_full
from tests.bugs.wire import Wire
from tests.little import lesson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from werkzeug.wrappers import Request

SIZE = 10
ALL = [lesson(number) for number in range(1, 24)]
SEEN, LAST, MISSED = "SPEC_PATH_NEVER_SEEN", "SPEC_NOT_THE_LAST_PAGE", "CONN_UNEXPECTED_SHAPE"
COUNTED: dict[str, dict[str, Any]] = {
    "number": {"kind": "number"},
    "number-of-size": {"kind": "number", "size": SIZE},
    "number-of-more": {"kind": "number", "size": 500},
    "number-from-0": {"kind": "number", "first": 0},
    "offset": {"kind": "offset", "size": SIZE},
    "offset-of-more": {"kind": "offset", "size": 500},
}
"""What counts pages; an ERP sends ten rows a page, whatever it is asked for."""
RIGHT = {"total": "total", "pages": "pages", "more": "more", "last": "last"}
WRONG: dict[str, dict[str, list[str]]] = {
    "total": {LAST: ["count", "to"], MISSED: ["totl"]},
    "pages": {LAST: ["page", "current.page"], MISSED: ["pagess"]},
    "more": {LAST: ["error", "has_previous"], MISSED: ["mor"]},
    "last": {LAST: ["ok", "first"], MISSED: ["lst"]},
}
"""What an answer has and says another thing by, and words that it has not, by what is read."""
NAMED: dict[str, dict[str, Any]] = {
    "cursor": {"kind": "cursor", "next": "previous", "size": SIZE},
    "cursor-more": {"kind": "cursor", "next": "next", "more": "error", "size": SIZE},
    "next_url": {"kind": "next_url", "path": "previous", "size": SIZE},
}
"""The same where the ERP names the next page; how full a page is tells only where it is asked."""


class Erp:
    """Send lessons by the page, as a number, an offset or a cursor asks for them."""

    def __init__(self, wire: Wire, paging: dict[str, Any], rows: list[Any]) -> None:
        self.rows, self.beyond, self.paging, self.asked = rows, "nothing", paging, 0
        asked = {"number": "number", "offset": "offset", "cursor": "cursor"}.get(paging["kind"])
        query = {"at": f"{{{{ page.{asked} }}}}"} if asked else {}
        wire.rows["/lessons"] = self.answer
        wire.spec["resources"]["lessons"] |= {"query": query, "paging": paging, "items": "rows"}

    def start(self, request: Request) -> int:
        at = int(request.args.get("at") or 0)
        by_number = self.paging["kind"] == "number"
        return (at - self.paging.get("first", 1)) * SIZE if by_number else at

    def answer(self, request: Request) -> Response:
        self.asked += 1
        start, of = self.start(request), len(self.rows)
        if start >= of and self.beyond != "nothing":
            if self.beyond == "the last page again":
                start = (of - 1) // SIZE * SIZE
            else:
                return Response('{"error": "no such page"}', int(self.beyond))
        rows = self.rows[start : start + SIZE]
        end, page = start + len(rows), start // SIZE + 1
        body = {"rows": rows, "total": of, "pages": -(-of // SIZE), "more": end < of}
        body |= {"last": end >= of, "count": len(rows), "to": end, "page": page, "error": False}
        body |= {"current": {"page": page}, "has_previous": start > 0, "first": start == 0}
        body |= {"ok": True, "next": end if end < of else None, "previous": None}
        return Response(json.dumps(body), content_type="application/json")


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def until(way: str, said: str, word: str) -> dict[str, Any]:
    return COUNTED[way] | {"until": {said: word}}


@pytest.mark.parametrize("said", RIGHT)
@pytest.mark.parametrize("way", COUNTED)
def test_right_word_reads_all_and_is_asked_no_page_more(wire: Wire, way: str, said: str) -> None:
    erp = Erp(wire, until(way, said, RIGHT[said]), ALL)
    ended = wire.down()
    assert (ended.code, len(ended.sheets), erp.asked) == (0, len(ALL), 3), ended.said


@pytest.mark.parametrize(
    ("said", "code", "word"),
    [
        (said, code, word)
        for said, codes in WRONG.items()
        for code, words in codes.items()
        for word in words
    ],
)
@pytest.mark.parametrize("way", COUNTED)
@pytest.mark.walk(every=5)
def test_wrong_word_on_a_first_set_up_is_named_and_takes_nothing_away(
    wire: Wire, way: str, said: str, code: str, word: str
) -> None:
    Erp(wire, until(way, said, RIGHT[said]), ALL)
    before = wire.down()
    assert len(before.sheets) == len(ALL), before.said
    (wire.folder / "state.db").unlink()
    wire.spec["resources"]["lessons"]["paging"] = until(way, said, word)
    for _ in range(2):
        after = wire.down()
        assert (after.code, code in after.said) == (4, True), after.said
        assert after.sheets == before.sheets


@pytest.mark.parametrize("way", NAMED)
def test_full_page_that_names_no_other_is_not_the_end(wire: Wire, way: str) -> None:
    Erp(wire, NAMED[way], ALL)
    for _ in range(2):
        ended = wire.down()
        assert (ended.code, LAST in ended.said, len(ended.sheets)) == (4, True, SIZE), ended.said
    wire.spec["resources"]["lessons"]["paging"] = NAMED[way] | {"optional": True}
    assert LAST not in wire.command("plan").said.partition("run ")[0]


@pytest.mark.parametrize("beyond", ["nothing", "the last page again", "400", "404", "500"])
@pytest.mark.parametrize("said", RIGHT)
@pytest.mark.parametrize("rows", [1, SIZE])
@pytest.mark.walk(every=5)
def test_list_of_one_page_is_whole_whatever_stands_behind(
    wire: Wire, rows: int, said: str, beyond: str
) -> None:
    erp = Erp(wire, until("number-of-size", said, RIGHT[said]), ALL[:rows])
    erp.beyond = beyond
    ended = wire.down()
    assert (ended.code, len(ended.sheets), LAST in ended.said) == (0, rows, False), ended.said
    assert "CONN_" not in ended.said


def test_list_that_had_a_second_page_is_believed(wire: Wire) -> None:
    erp = Erp(wire, until("offset", "more", "more"), ALL)
    wire.down()
    erp.rows, erp.asked = ALL[:SIZE], 0
    wire.down()
    assert erp.asked == 1


@pytest.mark.parametrize(
    ("rows", "size", "is_full"),
    [
        *((rows, 500, True) for rows in (10, 15, 20, 25, 50, 64, 75, 100, 200, 250, 500, 1000)),
        *((rows, 500, False) for rows in (0, 1, 5, 8, 12, 18, 33, 99)),
        (3, 3, True),
        (2, 3, False),
        (12, None, False),
    ],
)
def test_pages_that_look_full(rows: int, size: int | None, is_full: bool) -> None:
    assert looks_full(rows, size) is is_full


def test_list_without_rows_is_asked_no_page_more(wire: Wire) -> None:
    erp = Erp(wire, until("number", "total", "total"), [])
    wire.down()
    assert erp.asked == 1
