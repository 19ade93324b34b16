"""Rows that go from one page to another while pages are read are on none of them: before something
is taken away because it was not sent, all is read again (D5).
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Response

from tests.bugs.wire import Wire
from tests.little import lesson, person

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from werkzeug.wrappers import Request

SIZE = 4
WAYS: dict[str, dict[str, Any]] = {
    "number, short": {"kind": "number", "size": SIZE, "until": "short_page"},
    "number, pages": {"kind": "number", "size": SIZE, "until": {"pages": "pages"}},
    "offset, empty": {"kind": "offset", "size": SIZE, "until": "empty_page"},
    "offset, more": {"kind": "offset", "size": SIZE, "until": {"more": "more"}},
    "offset, last": {"kind": "offset", "size": SIZE, "until": {"last": "last"}},
    "cursor": {"kind": "cursor", "next": "next"},
    "next_url": {"kind": "next_url", "path": "url"},
}
"""Ways in which an ERP counts rows, also behind a cursor or a URL of its own."""


class Pages:
    """Send the rows of a list by the page; `then` happens once the first page of a list went."""

    def __init__(self, wire: Wire, name: str, rows: list[Any], paging: dict[str, Any]) -> None:
        self.url, self.rows, self.paging, self.asked = f"{wire.url}/{name}", rows, paging, 0
        self.then: Callable[[], None] | None = None
        asked = {"number": "number", "offset": "offset", "cursor": "cursor", "keyset": "last"}
        word = asked.get(paging["kind"])
        query = {"at": f"{{{{ page.{word} }}}}"} if word else {}
        wire.rows[f"/{name}"] = self.answer
        wire.spec["resources"][name] |= {"query": query, "paging": paging, "items": "rows"}

    def answer(self, request: Request) -> Response:
        self.asked += 1
        at = int(request.args.get("at") or 0)
        if self.paging["kind"] == "keyset":
            rest = [row for row in self.rows if row["id"] > at]
            start, end, rows = at, at + SIZE, rest[:SIZE]
        else:
            start = (at - 1) * SIZE if self.paging["kind"] == "number" else at
            end, rows = start + SIZE, self.rows[start : start + SIZE]
        of = len(self.rows)
        body = {"rows": rows, "pages": -(-of // SIZE), "more": end < of, "last": end >= of}
        body |= {"next": end if end < of else None}
        body |= {"url": f"{self.url}?at={end}" if end < of else None}
        if self.then is not None and start == 0:
            self.then()
            self.then = None
        return Response(json.dumps(body), content_type="application/json")

    def loses(self, number: int) -> None:
        """Let a row be deleted once the first page went."""

        def act() -> None:
            self.rows = [row for row in self.rows if row["id"] != number]

        self.then = act


LESSONS = [lesson(number, on=f"2026-03-{18 + number % 5}") for number in range(1, 12)]
LEARNERS = [person(number) for number in range(1, 12)]


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


@pytest.mark.parametrize("way", WAYS)
def test_session_on_no_page_keeps_its_sheet(wire: Wire, way: str) -> None:
    """What is cancelled meanwhile goes once two readings lack it: in the next run."""
    erp = Pages(wire, "lessons", LESSONS, WAYS[way])
    before = wire.down()
    assert (before.code, len(before.sheets)) == (0, len(LESSONS)), before.said
    erp.loses(1)
    assert wire.down().sheets == before.sheets
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, len(LESSONS) - 1), ended.said
    assert "1" not in {sheet[0] for sheet in ended.sheets}


@pytest.mark.parametrize("way", WAYS)
def test_student_on_no_page_keeps_their_seat(wire: Wire, way: str) -> None:
    """A class list by a look-up into pages of enrolments."""
    wire.rows["/learners"] = LEARNERS
    lessons = [row | {"learners": "A"} for row in LESSONS[:3]]
    wire.rows["/lessons"] = lessons
    wire.spec["resources"]["enrolments"] = {"get": "/enrolments", "key": "id"}
    look = {"look_up_all": "enrolments", "by": "learners", "on": "class", "take": "id"}
    wire.spec["entities"]["course"]["students"] = look
    enrolled = [{"id": row["id"], "class": "A"} for row in LEARNERS]
    erp = Pages(wire, "enrolments", enrolled, WAYS[way])
    before = wire.down()
    assert (before.code, {len(one[6]) for one in before.sheets}) == (0, {11}), before.said
    erp.loses(1)
    assert wire.down().sheets == before.sheets
    ended = wire.down()
    assert (ended.code, {len(one[6]) for one in ended.sheets}) == (0, {10}), ended.said


def test_shift_alone_is_a_success(wire: Wire) -> None:
    """Nothing is missing in the second reading, so there is nothing to say."""
    erp = Pages(wire, "lessons", LESSONS, WAYS["offset, more"])
    before = wire.down()
    gone = {**LESSONS[0], "id": 99, "on": "2026-01-02"}
    erp.rows = [gone, *LESSONS]
    wire.down()
    erp.loses(99)
    ended = wire.down()
    assert (ended.code, ended.sheets) == (0, before.sheets), ended.said


@pytest.mark.parametrize("way", ["offset, more", "number, short", "cursor"])
def test_what_is_gone_in_both_readings_goes_in_the_same_run(wire: Wire, way: str) -> None:
    erp = Pages(wire, "lessons", LESSONS, WAYS[way])
    wire.down()
    erp.rows = LESSONS[1:]
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, len(LESSONS) - 1), ended.said


def test_all_is_read_once_where_nothing_is_to_go(wire: Wire) -> None:
    erp = Pages(wire, "lessons", LESSONS, WAYS["offset, more"])
    wire.down()
    erp.rows, erp.asked = [row | {"title": "Other"} for row in LESSONS], 0
    wire.down()
    assert erp.asked == 3


def test_pages_behind_a_row_are_read_once(wire: Wire) -> None:
    """They begin behind a row that came, whatever was deleted before it."""
    erp = Pages(wire, "lessons", LESSONS, {"kind": "keyset", "after": "id", "size": SIZE})
    wire.down()
    asked, erp.asked = erp.asked, 0
    erp.loses(1)
    assert wire.down().code == 0
    erp.asked = 0
    ended = wire.down()
    assert (ended.code, len(ended.sheets), erp.asked) == (0, len(LESSONS) - 1, asked), ended.said
