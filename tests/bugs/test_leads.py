"""What leads to the next page and no answer ever had: one page, or a wrong word; nothing is taken
away by it (B03).
"""

from __future__ import annotations

import json
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Response

from tests.bugs.wire import Wire
from tests.little import lesson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from werkzeug.wrappers import Request

    Answers = Callable[[Request], Response]

ALL = [lesson(number) for number in range(1, 8)]
SEEN = "SPEC_PATH_NEVER_SEEN"
RIGHT: dict[str, dict[str, Any]] = {
    "cursor": {"kind": "cursor", "next": "meta.next"},
    "cursor-more": {"kind": "cursor", "next": "meta.next", "more": "meta.more"},
    "url": {"kind": "next_url", "path": "meta.url"},
    "url-chosen": {"kind": "next_url", "path": "links[?rel=='next'].href | [0]"},
    "url-quoted": {"kind": "next_url", "path": '"@odata.nextLink"'},
    "url-either": {"kind": "next_url", "path": "meta.url || url"},
    "header": {"kind": "next_url", "header": "Link"},
}
WRONG: dict[str, dict[str, Any]] = {
    "cursor": {"kind": "cursor", "next": "meta.nxt"},
    "cursor-above": {"kind": "cursor", "next": "metta.next"},
    "cursor-more": {"kind": "cursor", "next": "meta.next", "more": "meta.mor"},
    "url": {"kind": "next_url", "path": "meta.ulr"},
    "url-chosen": {"kind": "next_url", "path": "link[?rel=='next'].href | [0]"},
    "url-quoted": {"kind": "next_url", "path": '"@odata.nextLinq"'},
    "url-either": {"kind": "next_url", "path": "meta.ulr || ulr"},
    "header": {"kind": "next_url", "header": "Link"},
}
"""The same with one wrong word; a header that the ERP does not send."""


class Erp:
    """Send lessons by the page of three; the last page leaves out, or nulls, what leads on."""

    def __init__(self, wire: Wire, paging: dict[str, Any], *, nulls: bool) -> None:
        self.wire, self.nulls, self.header, self.rows = wire, nulls, True, ALL
        query = {"after": "{{ page.cursor }}"} if paging["kind"] == "cursor" else {}
        wire.rows["/lessons"] = self.answer
        wire.spec["resources"]["lessons"] |= {"query": query, "paging": paging, "items": "rows"}

    def answer(self, request: Request) -> Response:
        start = int(request.args.get("after") or 0)
        end = start + 3
        body: dict[str, Any] = {"rows": self.rows[start:end], "meta": {"page": 1}}
        answer = Response(content_type="application/json")
        url = f"{self.wire.url}/lessons?after={end}"
        if end < len(self.rows):
            body["meta"] |= {"next": end, "more": True, "url": url}
            body |= {"links": [{"rel": "next", "href": url}], "@odata.nextLink": url}
            if self.header:
                answer.headers["Link"] = f'<{url}>; rel="next"'
        elif self.nulls:
            body["meta"] |= {"next": None, "more": False, "url": None}
            body |= {"links": [], "@odata.nextLink": None}
        answer.data = json.dumps(body)
        return answer


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


@pytest.mark.parametrize("nulls", [False, True])
@pytest.mark.parametrize("way", RIGHT)
def test_list_of_several_pages_is_whole(wire: Wire, way: str, nulls: bool) -> None:
    Erp(wire, RIGHT[way], nulls=nulls)
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, len(ALL)), ended.said
    assert SEEN not in ended.said


@pytest.mark.parametrize("way", WRONG)
def test_wrong_word_on_a_first_set_up_is_named_and_takes_nothing_away(wire: Wire, way: str) -> None:
    """The first page comes, what was never read is not gone from Edusign."""
    erp = Erp(wire, RIGHT[way.removesuffix("-above")], nulls=way != "header")
    before = wire.down()
    assert len(before.sheets) == len(ALL), before.said
    (wire.folder / "state.db").unlink()
    erp.header = False
    wire.spec["resources"]["lessons"]["paging"] = WRONG[way]
    after = wire.down()
    assert SEEN in after.said
    assert after.sheets == before.sheets


@pytest.mark.parametrize("way", [way for way in RIGHT if way != "header"])
def test_one_page_is_whole_where_answers_say_null(wire: Wire, way: str) -> None:
    Erp(wire, RIGHT[way], nulls=True).rows = ALL[:2]
    ended = wire.down()
    assert ended.code == 0, ended.said
    assert SEEN not in ended.said


@pytest.mark.parametrize("way", RIGHT)
def test_one_page_that_leaves_it_out_is_named_until_it_is_known(wire: Wire, way: str) -> None:
    """`optional` says it at once, and so does a run in which some answers had it."""
    erp = Erp(wire, RIGHT[way], nulls=False)
    erp.rows = ALL[:2]
    assert SEEN in wire.down().said
    wire.spec["resources"]["lessons"]["paging"] = RIGHT[way] | {"optional": True}
    assert SEEN not in wire.down().said
    wire.spec["resources"]["lessons"]["paging"] = RIGHT[way]
    assert SEEN in wire.down().said
    erp.rows = ALL
    assert SEEN not in wire.down().said
    erp.rows = ALL[:2]
    assert SEEN not in wire.down().said


def test_list_without_rows_needs_no_next_page(wire: Wire) -> None:
    Erp(wire, RIGHT["cursor"], nulls=False).rows = []
    assert SEEN not in wire.down().said
