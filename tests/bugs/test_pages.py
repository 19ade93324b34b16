"""Lists of pages, every kind of paging against every way in which their end can be wrong (B01, B02,
B03, B24, B25).
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Response

from edusync.spec.paging import PAGING
from tests.bugs.wire import Ended, Wire, answers, assert_held
from tests.kinds import SIZE, answered, leading, ways
from tests.little import lesson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from werkzeug.wrappers import Request

ALL = [lesson(number) for number in range(1, 8)]
KINDS = dict(ways())


class Pages:
    """An ERP that sends lessons by the page, whatever kind of paging asks; `most` is its largest
    page.
    """

    def __init__(self, wire: Wire, kind: str, items: str = "rows") -> None:
        self.wire, self.most, self.asked = wire, SIZE, 0
        self.fault: Callable[[dict[str, Any], int], dict[str, Any] | Response] | None = None
        paging = KINDS[kind]
        asked = PAGING[paging["kind"]].required_name
        sent = [word for word in ("size", asked) if word == asked or word in paging]
        query = {word: f"{{{{ page.{word} }}}}" for word in sent if word}
        wire.rows["/lessons"] = self.answer
        wire.spec["resources"]["lessons"] |= {"query": query, "paging": paging, "items": items}

    def answer(self, request: Request) -> Response:
        """Send one page, or what the fault makes of it."""
        self.asked += 1
        given = request.args
        size = min(int(given.get("size") or SIZE), self.most)
        start = int(given.get("offset") or given.get("cursor") or given.get("last") or 0)
        if "number" in given:
            start = (int(given["number"]) - 1) * size
        rows, end = ALL[start : start + size], start + size
        url = f"{self.wire.url}/lessons?cursor={end}" if end < len(ALL) else None
        body: dict[str, Any] = {"rows": rows, "total": len(ALL), "more": end < len(ALL)}
        body |= {"pages": -(-len(ALL) // size), "last": end >= len(ALL)}
        body |= {"next": end if end < len(ALL) else None, "url": url, "at": self.asked}
        body |= answered(is_last=end >= len(ALL))
        found = self.fault(body, start) if self.fault else body
        if isinstance(found, Response):
            return found
        answer = Response(json.dumps(found), content_type="application/json")
        answer.headers.extend(leading(found.get("url"), found.get("next")))
        return answer


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def error(beside: object) -> Callable[[dict[str, Any], int], Any]:
    """State an error on every page but the first, in place of rows or beside empty ones."""
    stated = {"error": {"code": 99, "message": "try later"}}
    more = {} if beside is None else {"rows": beside}
    return lambda body, start: body if start == 0 else {**stated, **more}


FAULTS: dict[str, Callable[[dict[str, Any], int], Any]] = {
    "error-alone": error(None),
    "error-beside-empty-rows": error([]),
    "error-beside-null": lambda body, start: body if start == 0 else {"rows": None, "error": "no"},
    "same-page-for-ever": lambda body, _start: (
        body
        | {"rows": ALL[:SIZE], "next": SIZE, "more": True, "last": False}
        | {"url": "/lessons?cursor=0"}
    ),
    "page-for-people": lambda body, start: (
        body
        if start == 0
        else Response("<!doctype html><p>Maintenance</p>", content_type="text/html")
    ),
    "text": lambda body, start: body if start == 0 else Response("Indisponible"),
    "nothing": lambda body, start: body if start == 0 else Response(""),
}


@pytest.mark.fault("F12")
@pytest.mark.walk(every=4)
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", KINDS)
def test_pages_that_go_wrong_take_nothing_away(wire: Wire, kind: str, fault: str) -> None:
    """B02, B03, B24, B26: eleven kinds of paging, seven faults each."""
    pages = Pages(wire, kind)
    before = wire.down()
    assert (before.code, len(before.sheets)) == (0, len(ALL)), before.said
    pages.fault, pages.asked = FAULTS[fault], 0
    assert_held(before, wire.down())
    assert pages.asked < 2 * len(ALL)


def test_more_pages_that_nothing_leads_to_take_nothing_away(wire: Wire) -> None:
    """A member that the ERP renamed, or a wrong word: the answer says that there is more."""
    pages = Pages(wire, "cursor-more")
    before = wire.down()
    pages.fault, pages.asked = lambda body, _start: body | {"next": None, "more": True}, 0
    assert_held(before, wire.down())


@pytest.mark.walk(every=4)
@pytest.mark.parametrize("kind", KINDS)
def test_b01_a_lower_limit_of_rows_a_page_loses_none(wire: Wire, kind: str) -> None:
    """B01: whatever the kind, all rows come, or the run is held."""
    pages = Pages(wire, kind)
    before = wire.down()
    pages.most = 2
    after = wire.down()
    assert after.sheets == before.sheets
    assert after.code == 0 or "CONN_" in after.said


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "short" in kind or kind == "keyset"])
def test_b01_a_short_page_is_asked_beyond_and_the_list_is_whole(wire: Wire, kind: str) -> None:
    """B01: three kinds end at a short page; the one that is asked for after it is empty."""
    pages = Pages(wire, kind)
    pages.most = 2
    ended = wire.down()
    assert (ended.code, len(ended.sheets), pages.asked) == (0, len(ALL), 5)


def test_b01_an_erp_that_repeats_its_last_page_is_at_its_end(wire: Wire) -> None:
    """B01: some answer with the last page when they are asked for one behind it."""
    pages = Pages(wire, "number-short")
    pages.fault = lambda body, start: body if start < len(ALL) else {**body, "rows": ALL[6:]}
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, len(ALL)), ended.said


def test_b24_a_cursor_that_names_itself_beside_no_rows_is_the_end(wire: Wire) -> None:
    """B24, http-cursor-empty: the cursor never becomes null; 400 requests before."""
    pages = Pages(wire, "cursor")
    pages.fault = lambda body, start: body | {"next": min(start + SIZE, len(ALL))}
    ended = wire.down()
    assert (ended.code, len(ended.sheets), pages.asked) == (0, len(ALL), 4)


def test_b24_a_cursor_that_comes_twice_is_followed_once(wire: Wire) -> None:
    """B24, http-cursor-loop: the answer differs each time, its cursor does not."""
    pages = Pages(wire, "cursor")
    before = wire.down()
    pages.fault, pages.asked = (lambda body, _start: body | {"next": "abc"}), 0
    wire.rows["/lessons"] = lambda request: Response(
        json.dumps({"rows": ALL[:3], "next": "abc", "at": next(clock)}),
        content_type="application/json",
    )
    after = wire.down()
    assert_held(before, after)
    assert "CONN_PAGE_REPEATED" in after.said


clock = count()


@pytest.mark.fault("F12")
@pytest.mark.parametrize("kind", ["cursor", "next_url-path", "next_url-header"])
def test_b24_a_few_pages_without_rows_end_the_reading(wire: Wire, kind: str) -> None:
    """B24: each names a next one that was not asked for yet."""
    pages = Pages(wire, kind)
    before = wire.down()
    pages.asked = 0
    pages.fault = lambda body, _start: (
        body
        | {
            "rows": [],
            "next": 1000 + pages.asked,
            "url": f"/lessons?cursor={1000 + pages.asked}",
        }
    )
    after = wire.down()
    assert_held(before, after)
    assert pages.asked <= 6  # one may be on its way already


@pytest.mark.walk(every=4)
@pytest.mark.parametrize(
    ("body", "items"),
    [
        (
            {"jsonrpc": "2.0", "id": 1, "result": None, "error": {"code": -3, "message": "x"}},
            "result",
        ),
        ({"id": 1, "result": [], "error": "locked"}, "result"),
        ({"data": {"x": None}, "errors": [{"message": "x"}]}, "data.x"),
        ({"data": None, "errors": [{"message": "x"}]}, "data.x"),
        ({"data": {"x": ALL[:1]}, "errors": [{"message": "x", "path": ["x", 1]}]}, "data.x"),
        ({"error": "busy", "rows": []}, "rows"),
        ({"errors": ["busy"], "rows": None}, "rows"),
        ({"Erreur": {"code": 4}, "rows": []}, "rows || items"),
        ({"error": "busy"}, "rows || items"),
        ({"error": "busy"}, "rows[]"),
        ({"error": "busy"}, "rows[?id]"),
        ({"error": "busy"}, "data.rows | [0]"),
        ({"error": "busy"}, "[rows, items][]"),
        ({"error": "busy"}, "*.rows[]"),
        ({"rows": {"error": "busy"}}, "rows[]"),
        ({"message": "busy"}, "rows[]"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_b02_an_error_in_place_of_rows_makes_the_list_unknown(
    wire: Wire, body: dict[str, Any], items: str
) -> None:
    """B02, B03: without a word in the spec, whatever path leads to the rows."""
    good: dict[str, Any] = {
        "result": ALL,
        "rows": ALL,
        "items": None,
        "data": {"x": ALL, "rows": [ALL]},
    }
    wire.rows["/lessons"] = good if "*" not in items else {"data": {"rows": ALL}}
    if items == "data.x":
        wire.rows["/lessons"] = {"data": good["data"]}
    wire.spec["resources"]["lessons"] |= {"items": items}
    before = wire.down()
    assert (before.code, len(before.sheets)) == (0, len(ALL)), before.said
    wire.rows["/lessons"] = body
    assert_held(before, wire.down())


@pytest.mark.parametrize("shape", ["one", "keyed", "list_or_keyed", "list_or_one"])
def test_b02_an_error_is_no_row_whatever_the_shape(wire: Wire, shape: str) -> None:
    """B02: an object that states an error where an object of rows, or a row, is due."""
    keyed = shape in {"keyed", "list_or_keyed"}
    wire.spec["resources"]["lessons"]["shape"] = shape
    wire.rows["/lessons"] = {row["id"]: row for row in ALL[:2]} if keyed else ALL[0]
    before = wire.down()
    assert before.code == 0, before.said
    wire.rows["/lessons"] = {"error": {"code": 3}, "status": 200}
    assert_held(before, wire.down())


@pytest.mark.parametrize("value", [None, "", [], {}, 0, False, "0", "none"])
def test_b02_an_error_member_that_says_nothing_is_fine(wire: Wire, value: object) -> None:
    """B02: many answers carry an empty one, beside rows and beside none."""
    wire.spec["resources"]["lessons"] |= {"items": "rows"}
    wire.rows["/lessons"] = {"rows": ALL, "error": value, "errors": value}
    assert wire.down().code == 0
    wire.rows["/learners"] = [*wire.rows["/learners"]]
    wire.spec["resources"]["learners"] |= {"items": "people"}
    wire.rows["/learners"] = {"people": wire.rows["/learners"], "error": value}
    assert wire.down().code == 0


def test_b02_rows_beside_an_error_wait_for_a_line_of_the_spec(wire: Wire) -> None:
    """B02, g02: nobody knows whether it is a warning, until the spec says so."""
    wire.spec["resources"]["lessons"] |= {"items": "rows"}
    wire.rows["/lessons"] = {"rows": ALL, "error": "an old client"}
    assert "says `ok`" in wire.down().said
    line = {"when": "answer.body.error == 'an old client'", "then": "ok"}
    wire.spec["resources"]["lessons"]["answers"] = [line]
    assert wire.down().code == 0


def test_b02_the_spec_has_the_last_word(wire: Wire) -> None:
    """B02: a line of `answers` says what an error beside no rows means."""
    wire.spec["resources"]["lessons"] |= {
        "items": "rows",
        "answers": [{"when": "answer.body.error == 'no lessons'", "then": "empty"}],
    }
    wire.rows["/lessons"] = {"rows": [], "error": "no lessons"}
    assert wire.down().code == 0


def links(wire: Wire, link: str, header: str = "") -> Ended:
    """Bring down a list whose first page links to its second one."""
    kind = "next_url-header" if header else "next_url-path"
    pages = Pages(wire, kind)

    def answer(request: Request) -> Response:
        if request.args:
            return Response(json.dumps({"rows": ALL[3:]}), content_type="application/json")
        body = {"rows": ALL[:3], "url": None if header else link}
        found = Response(json.dumps(body), content_type="application/json")
        if header:
            found.headers["Link"] = header
        return found

    wire.rows["/lessons"] = answer
    del pages
    return wire.down()


@pytest.mark.walk(every=4)
@pytest.mark.parametrize(
    ("link", "header"),
    [
        ("/lessons?p=2", ""),
        ("?p=2", ""),
        ("HTTP://{upper}/lessons?p=2", ""),
        ("https://{host}/lessons?p=2", ""),
        ("http://erp.intern:8080/lessons?p=2", ""),
        ("http://ERP.INTERN:8080/lessons?p=2", ""),
        ("", '</lessons?p=2>; rel="last next"'),
        ("", '</lessons?p=2>; REL=Next; title="a, b"'),
        ("", "</lessons>; rel=first, </lessons?p=2>; rel=next"),
    ],
)
def test_b25_the_next_page_is_found_however_the_erp_writes_its_address(
    wire: Wire, link: str, header: str
) -> None:
    """B25: schemes, letter case, inner names, several relations."""
    host = wire.url.partition("://")[2].strip("/")
    wire.spec["transport"]["inner_hosts"] = ["erp.intern:8080"]
    wire.connector["connection"] = {"url": wire.url.replace("127.0.0.1", "localhost")}
    host = host.replace("127.0.0.1", "localhost")
    ended = links(wire, link.format(host=host, upper=host.upper()), header)
    assert (ended.code, len(ended.sheets)) == (0, len(ALL)), ended.said


@pytest.mark.promise("P19")
@pytest.mark.fault("F12")
@pytest.mark.parametrize("kind", ["cursor", "next_url-path", "next_url-header"])
def test_a_list_without_an_end_is_left(
    wire: Wire, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each page has new rows and names a next one that was not asked for yet."""
    monkeypatch.setattr("edusync.transport.pages.MOST_PAGES", 20)
    pages = Pages(wire, kind)
    before = wire.down()
    pages.asked = 0
    pages.fault = lambda body, _start: (
        body
        | {
            "rows": [lesson(1000 + pages.asked)],
            "next": 1000 + pages.asked,
            "url": f"{wire.url}/lessons?cursor={1000 + pages.asked}",
        }
    )
    after = wire.down()
    assert [sheet for sheet in before.sheets if sheet not in after.sheets] == []
    assert (after.code != 0, "CONN_PAGE_REPEATED" in after.said) == (True, True)
    assert pages.asked <= 24  # some may be on their way already


@pytest.mark.promise("P19")
@pytest.mark.fault("F21", "F32")
@pytest.mark.walk(every=4)
@pytest.mark.parametrize(
    "link",
    [
        "http://elsewhere.example/lessons?p=2",
        "http://{host}.elsewhere.example/lessons?p=2",
        "http://erp.intern/lessons?p=2",
        "//elsewhere.example/lessons?p=2",
        "http://{host}@elsewhere.example/lessons?p=2",
        "ftp://{host}/lessons?p=2",
        "http://[",
    ],
)
def test_b25_a_strange_host_is_never_asked(wire: Wire, link: str) -> None:
    """B25: the sign-in does not follow there."""
    host = wire.url.partition("://")[2].strip("/")
    ended = links(wire, link.format(host=host))
    assert (ended.code != 0, "CONN_REDIRECTED" in ended.said) == (True, True), ended.said


def test_b26_a_list_without_pages_is_held_as_well(wire: Wire) -> None:
    """B26: a page for people in place of a whole list."""
    before = wire.down()
    wire.rows["/lessons"] = answers("<!-- x --><HTML><body>Maintenance</body>", "application/json")
    assert_held(before, wire.down())
