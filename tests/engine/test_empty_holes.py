"""An empty hole in the path of a call refuses the call: no other address is asked or written."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest

from tests.bugs.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EMPTY = [None, "", " ", "\u00a0", "\t"]


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


@pytest.mark.parametrize("empty", EMPTY, ids=repr)
def test_a_list_is_not_asked_for_with_an_empty_hole(wire: Wire, empty: Any) -> None:
    """A list of each site: the site without a code is none, and no list is taken for it."""
    wire.rows["/sites"] = [{"code": "a"}]
    wire.rows["/sites/a/lessons"] = wire.rows["/lessons"]
    lessons = wire.spec["resources"]["lessons"]
    lessons |= {"for_each": "sites", "get": "/sites/{{ sites.code }}/lessons"}
    wire.spec["resources"]["sites"] = {"get": "/sites"}
    before = wire.down()
    assert (before.code, len(before.sheets)) == (0, 3), before.said
    wire.seen.asked.clear()
    wire.rows["/sites"] = [{"code": "a"}, {"code": empty}]
    ended = wire.down()
    assert ended.sheets == before.sheets
    assert "CONN_CALL_FAILED" in ended.said
    asked = {one for one in wire.seen.asked if "lessons" in one}
    assert asked == {"GET /sites/a/lessons"}


@pytest.mark.parametrize("empty", EMPTY, ids=repr)
def test_attendance_is_not_written_with_an_empty_hole(wire: Wire, empty: Any) -> None:
    wire.goes_up()
    wire.spec["entities"]["course"]["carry"] = {"place": "place"}
    (step,) = wire.spec["writeback"]["for_sheet"]
    step["post"] = "/presences/{{ course.carry.place }}/mark"
    for row in wire.rows["/lessons"]:
        row["place"] = empty
    assert wire.down().code == 0
    ended = wire.attended()
    assert (ended.code, wire.seen.written) == (1, []), ended.said
    assert "UP_" in ended.said
    assert not [one for one in wire.seen.asked if one.startswith("POST")]
