"""Pages until a number of them, a flag or a last-page marker; tokens in a body; offset of rows."""

from __future__ import annotations

import json
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from tests.bugs.wire import Wire
from tests.little import lesson

ALL = [lesson(number) for number in range(1, 8)]
SIZE = 3


class Book:
    """An ERP of seven lessons; its page may be smaller than what is asked for."""

    def __init__(self, wire: Wire, paging: dict[str, Any], **call: Any) -> None:
        self.asked: list[Any] = []
        self.most = SIZE
        self.says: dict[str, Any] = {}
        wire.rows["/lessons"] = self.answer
        lessons = wire.spec["resources"]["lessons"]
        lessons |= {"items": "rows", "paging": paging, **call}
        if "post" in call:
            del lessons["get"]

    def answer(self, request: Request) -> Response:
        given = dict(request.args) or (request.get_json(silent=True) or {})
        self.asked.append(given)
        start = int(given.get("offset") or given.get("token") or 0)
        if "page" in given:
            start = (int(given["page"]) - 1) * self.most
        end = start + self.most
        body = {
            "rows": ALL[start:end],
            "has_more": end < len(ALL),
            "last": end >= len(ALL),
            "pages": -(-len(ALL) // self.most),
            "meta": {"token": str(end) if end < len(ALL) else None},
        }
        return Response(json.dumps(body | self.says), content_type="application/json")


NUMBER = {"query": {"page": "{{ page.number }}", "size": "{{ page.size }}"}}
OFFSET = {"query": {"offset": "{{ page.offset }}", "size": "{{ page.size }}"}}


@pytest.mark.parametrize("until", [{"pages": "pages"}, {"more": "has_more"}, {"last": "last"}])
@pytest.mark.parametrize(
    ("kind", "call"), [("number", NUMBER), ("offset", OFFSET)], ids=["number", "offset"]
)
def test_every_page_comes_and_none_behind_the_last(
    wire: Wire, kind: str, call: dict[str, Any], until: dict[str, str]
) -> None:
    book = Book(wire, {"kind": kind, "size": 100, "until": until}, **call)
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, len(ALL)), ended.said
    assert len(book.asked) == 3


def test_offset_counts_the_rows_that_came(wire: Wire) -> None:
    """The ERP sends fewer rows a page than it is asked for."""
    paging = {"kind": "offset", "size": 100, "until": {"more": "has_more"}}
    book = Book(wire, paging, **OFFSET)
    book.most = 2
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, len(ALL)), ended.said
    assert [one["offset"] for one in book.asked] == ["0", "2", "4", "6"]


def test_token_stands_in_a_body(wire: Wire) -> None:
    paging = {"kind": "cursor", "next": "meta.token"}
    body = {"post": "/lessons", "json": {"token": "{{ page.cursor }}"}}
    book = Book(wire, paging, **body)
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, len(ALL)), ended.said
    assert book.asked == [{"token": None}, {"token": "3"}, {"token": "6"}]


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ({"more": "has_more"}, {"has_more": None}),
        ({"more": "has_more"}, {"has_more": "perhaps"}),
        ({"last": "last"}, {"last": None}),
        ({"last": "none"}, {}),
        ({"pages": "pages"}, {"pages": "many"}),
        ({"pages": "pages"}, {"pages": 9}),
        ({"more": "has_more"}, {"has_more": True}),
        ({"last": "last"}, {"last": False}),
    ],
)
def test_end_that_is_not_said_takes_nothing_away(
    wire: Wire, until: dict[str, str], says: dict[str, Any]
) -> None:
    book = Book(wire, {"kind": "number", "size": 100, "until": until}, **NUMBER)
    before = wire.down() if until != {"last": "none"} else None
    book.says = says
    ended = wire.down()
    assert ended.code != 0
    assert "CONN_" in ended.said
    if before is not None:
        assert ended.sheets == before.sheets
    assert len(book.asked) < 30


@pytest.mark.parametrize("said", [("true", "false"), (1, 0), ("1", "0"), ("True", "False")])
def test_flag_may_be_a_text_or_a_number(wire: Wire, said: tuple[Any, Any]) -> None:
    book = Book(wire, {"kind": "number", "size": 100, "until": {"more": "has_more"}}, **NUMBER)
    yes, no = said
    plain = book.answer

    def answer(request: Request) -> Response:
        response = plain(request)
        body = json.loads(response.get_data())
        body["has_more"] = yes if body["has_more"] else no
        return Response(json.dumps(body), content_type="application/json")

    wire.rows["/lessons"] = answer
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, len(ALL)), ended.said
