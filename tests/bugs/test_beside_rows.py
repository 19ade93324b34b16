"""What an answer says beside its rows: an error, or that there is more (issues e01, e02, g02).

Each of these was a success before, and the sheets of what did not come were deleted.
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from requests.structures import CaseInsensitiveDict
from werkzeug.wrappers import Response

from edusync.transport.envelope import more_word
from edusync.transport.message import Answer
from tests.bugs.wire import Wire, assert_held
from tests.little import lesson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from werkzeug.wrappers import Request

LESSONS = [lesson(n) for n in range(1, 7)]
HEADERS: dict[str, tuple[int, dict[str, str]]] = {
    "206": (206, {"Content-Range": "items 0-3/6"}),
    "206-of-nobody-knows": (206, {"Content-Range": "items 0-3/*"}),
    "206-alone": (206, {}),
    "206-of-more-than-can-be-counted": (206, {"Content-Range": "items 0-3/" + "9" * 5000}),
    "range": (200, {"Content-Range": "0-3/6"}),
    "range-that-begins-later": (200, {"Content-Range": "items 2-5/6"}),
    "link": (200, {"Link": '</lessons?p=2>; rel="next", </lessons>; rel="first"'}),
    "total": (200, {"X-Total-Count": "6"}),
    "total-of-wordpress": (200, {"X-WP-Total": "6"}),
    "total-pages": (200, {"X-WP-TotalPages": "2"}),
    "next-page": (200, {"X-Next-Page": "2"}),
    "has-more": (200, {"X-Has-More": "true"}),
}
ERRORS: list[dict[str, Any]] = [
    {"error": {"code": 1, "message": "timeout"}},
    {"error": "timeout"},
    {"Erreur": "délai dépassé"},
    {"errors": {"4": "not read"}},
    {"errors": ["lesson 5 could not be read"]},
    {"exception": "java.lang.NullPointerException"},
    {"status": "error", "message": "m"},
    {"status": "KO"},
    {"result": "failure"},
    {"success": False},
    {"success": "false"},
    {"ok": False},
]
MORE: list[dict[str, Any]] = [
    {"next": "/lessons?page=2"},
    {"@odata.nextLink": "/lessons?s=4"},
    {"__next": "/lessons?s=4"},
    {"has_more": True},
    {"hasNextPage": "true"},
    {"truncated": True},
    {"last": False},
    {"total": 6},
    {"total": "6"},
    {"count": 6, "limit": 4},
    {"total_pages": 2},
    {"meta": {"total": 6}},
    {"pagination": {"next_page": 2}},
    {"pageInfo": {"hasNextPage": True}},
    {"_links": {"self": {"href": "/lessons"}, "next": {"href": "/lessons?page=2"}}},
    {"links": [{"rel": "next", "href": "/lessons?page=2"}]},
]
WHOLE: list[dict[str, Any]] = [
    {"error": None, "errors": [], "success": True, "status": "success"},
    {"status": 200, "result": "ok", "message": "fine"},
    {"next": None, "has_more": False, "total": 6, "count": 6, "truncated": False, "last": True},
    {"next": "", "@odata.nextLink": None, "nextOffset": -1, "total_pages": 1},
    {"_links": {"next": None, "self": {"href": "/lessons"}}, "links": [{"rel": "self"}]},
    {"links": {"next": {"href": ""}}, "total": {"hours": 12}},
]


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        made = Wire(tmp_path, stack)
        made.rows["/lessons"] = LESSONS
        yield made


def _told(rows: Any, status: int, headers: dict[str, str]) -> Callable[[Request], Response]:
    return lambda _request: Response(
        json.dumps(rows), status, headers=headers, content_type="application/json"
    )


def _within(wire: Wire, items: str = "data") -> Wire:
    wire.spec["resources"]["lessons"]["items"] = items
    body: Any = LESSONS
    for step in reversed(items.split(".")):
        body = {step: body}
    wire.rows["/lessons"] = body
    return wire


@pytest.mark.parametrize("how", HEADERS)
def test_a_header_that_says_that_there_is_more_is_heard(wire: Wire, how: str) -> None:
    """A list without `paging`: its sheets stay, and the way out is named."""
    before = wire.down()
    wire.rows["/lessons"] = _told(LESSONS[:4], *HEADERS[how])
    after = wire.down()
    assert_held(before, after)
    assert ("CONN_MORE_NOT_READ" in after.said, "Declare `paging`" in after.said) == (True, True)


@pytest.mark.parametrize("status", [202, 207, 226])
@pytest.mark.parametrize("paged", [False, True])
def test_a_status_by_which_rows_are_not_all_is_heard(wire: Wire, status: int, paged: bool) -> None:
    """Still being made, in parts, or the difference alone: with `paging` as without."""
    if paged:
        paging = {"kind": "number", "size": 10, "until": "short_page"}
        wire.spec["resources"]["lessons"] |= {
            "paging": paging,
            "query": {"page": "{{ page.number }}"},
        }
        wire.rows["/lessons"] = lambda request: _told(
            LESSONS if request.args["page"] == "1" else [], 200, {}
        )(request)
    before = wire.down()
    told = wire.rows["/lessons"] if paged else _told(LESSONS, 200, {})

    def part(request: Request) -> Response:
        answer: Response = told(request)
        answer.status_code = status
        answer.set_data(json.dumps(json.loads(answer.get_data())[:4]))
        return answer

    wire.rows["/lessons"] = part
    assert_held(before, wire.down())
    wire.spec["resources"]["lessons"]["answers"] = [
        {"when": f"answer.status == {status}", "then": "ok"}
    ]
    assert "CONN_MORE_NOT_READ" not in wire.down().said


@pytest.mark.parametrize("place", ["lessons", "learners", "teachers"])
@pytest.mark.parametrize("status", [200, 201, 203, 204, 205])
@pytest.mark.parametrize("body", ["[]", ""])
def test_a_status_of_success_without_the_rows_of_before_is_suspicious(
    wire: Wire, place: str, status: int, body: str
) -> None:
    before = wire.down()
    wire.rows[f"/{place}"] = lambda _request: Response(
        body, status, content_type="application/json"
    )
    after = wire.down()
    assert (after.code, after.sheets) == (4, before.sheets), after.said


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (206, {"Content-Range": "items 0-5/6"}),
        (200, {"X-Total-Count": "6", "X-Has-More": "false", "X-Next-Page": ""}),
        (200, {"Link": '</lessons>; rel="self"', "X-RateLimit-Limit": "6000"}),
    ],
)
def test_a_header_that_says_that_this_is_all_is_no_alarm(
    wire: Wire, status: int, headers: dict[str, str]
) -> None:
    """A 206 that holds all of it, and a total that came."""
    wire.rows["/lessons"] = _told(LESSONS, status, headers)
    assert wire.down().code == 0


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("items", ["data", "result.rows"])
@pytest.mark.parametrize("beside", ERRORS, ids=str)
def test_an_error_that_is_stated_beside_rows_is_held(
    wire: Wire, beside: dict[str, Any], items: str
) -> None:
    """Whatever its word, and wherever it stands above the rows."""
    before = _within(wire, items).down()
    step, *more = items.split(".")
    inner = {more[0]: LESSONS[:4], **beside} if more else LESSONS[:4]
    wire.rows["/lessons"] = {step: inner, **({} if more else beside)}
    after = wire.down()
    assert_held(before, after)
    assert "CONN_CALL_FAILED" in after.said, after.said


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("beside", MORE, ids=str)
def test_a_word_that_says_that_there_is_more_is_heard(wire: Wire, beside: dict[str, Any]) -> None:
    """A list without `paging`; what came is used, and nothing is taken away."""
    before = _within(wire).down()
    wire.rows["/lessons"] = {"data": LESSONS[:4], **beside}
    after = wire.down()
    assert_held(before, after)
    assert "CONN_MORE_NOT_READ" in after.said, after.said


@pytest.mark.parametrize("beside", WHOLE, ids=str)
def test_a_word_that_says_nothing_of_the_kind_is_no_alarm(
    wire: Wire, beside: dict[str, Any]
) -> None:
    """Nothing, no, the count of what came, and an object of another meaning."""
    _within(wire)
    wire.rows["/lessons"] = {"data": LESSONS, **beside}
    assert wire.down().code == 0


def test_a_line_that_answers_for_a_member_does_so_beside_a_header_of_its_name() -> None:
    headers = CaseInsensitiveDict({"Total": "6"})
    body = {"data": LESSONS, "Total": 7}
    answer = Answer(200, headers, b"", body, "json", taken_by="answer.body.Total > 9")
    assert more_word(answer, ("data",), len(LESSONS)) is None


def test_members_of_a_row_are_no_words_of_the_answer(wire: Wire) -> None:
    """A session may have an error, a status and a next one."""
    wire.rows["/lessons"] = [lesson(1, error="x", next=2, total=9, status="error", ok=False)]
    assert wire.down().code == 0
    wire.spec["resources"]["lessons"]["shape"] = "list_or_one"
    wire.rows["/lessons"] = lesson(1, error="x", next=2, total=9, status="failed")
    assert wire.down().code == 0


@pytest.mark.parametrize(
    ("beside", "when", "status"),
    [
        ({"total": 99}, "answer.body.total", 200),
        ({"meta": {"next": "/week/13"}}, "answer.body.meta.next", 200),
        ({"@odata.nextLink": "/x"}, "answer.body['@odata.nextLink']", 200),
        ({"status": "error"}, "answer.body.status == 'error'", 200),
        ({}, "answer.status == 206", 206),
    ],
)
def test_a_line_that_reads_the_word_answers_for_it(
    wire: Wire, beside: dict[str, Any], when: str, status: int
) -> None:
    """The way out where the word means something else; one that reads another word is none."""
    _within(wire).rows["/lessons"] = _told({"data": LESSONS, **beside}, status, {})
    assert wire.down().code != 0
    wire.spec["resources"]["lessons"]["answers"] = [{"when": "answer.body.data", "then": "ok"}]
    assert wire.down().code != 0
    wire.spec["resources"]["lessons"]["answers"] = [{"when": when, "then": "ok"}]
    assert wire.down().code == 0


def test_one_answer_of_a_fan_out_that_has_more_is_heard(wire: Wire) -> None:
    """Each call is looked at, and the list is named once."""
    wire.spec["resources"]["lessons"] |= {"for_each": "teachers", "get": "/of/{{ teachers.id }}"}
    for number in (70, 71):
        wire.rows[f"/of/{number}"] = [one for one in LESSONS if one["teacher"] == number]
    before = wire.down()
    assert (before.code, len(before.sheets)) == (0, 6), before.said
    for number in (70, 71):
        wire.rows[f"/of/{number}"] = _told(wire.rows[f"/of/{number}"][:2], 200, {"X-Total": "3"})
    after = wire.down()
    assert_held(before, after)
    assert ("GET /of/70 says by" in after.said, "GET /of/71" in after.said) == (True, False)
