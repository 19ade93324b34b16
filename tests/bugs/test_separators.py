"""The separator inside of an id (B07): nothing collides, and the ERP gets its own ids back."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from tests.bugs.wire import Wire
from tests.little import lesson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


def test_b07_sessions_whose_ids_hold_a_slash_stay_two(wire: Wire) -> None:
    """B07, composite-slash: society A/S and session 12, society A and session S/12."""
    wire.rows["/lessons"] = [lesson(1, society="A/S", room="12")]
    wire.rows["/lessons"].append(lesson(2, society="A", room="S/12"))
    wire.spec["resources"]["lessons"]["key"] = ["society", "room"]
    wire.spec["entities"]["course"]["source_id"] = ["society", "room"]
    ended = wire.down()
    assert (ended.code, [sheet[0] for sheet in ended.sheets]) == (0, ["A/S~112", "A~1S/12"])


@pytest.mark.parametrize(
    ("society", "number"), [("A", "12"), ("A", "S/12"), ("2025/26", "12"), ("~1", "~/")]
)
def test_b07_part_gives_back_what_went_in(wire: Wire, society: str, number: str) -> None:
    wire.rows["/lessons"] = [lesson(1, society=society, room=number)]
    wire.spec["entities"]["course"] |= {
        "source_id": ["society", "room"],
        "name": {"template": "{{ row.mark | part(0) }} and {{ row.mark | part(1) }}"},
    }
    wire.spec["resources"]["lessons"]["add"] = {"mark": ["society", "room"]}
    ended = wire.down()
    assert [sheet[1] for sheet in ended.sheets] == [f"{society} and {number}"]


@pytest.mark.parametrize("family", ["Initial", "Alternance / Initial", "a~1b"])
def test_b07_a_pair_of_a_filter_may_hold_a_slash(wire: Wire, family: str) -> None:
    """B07, pair-slash: nothing came down, and nothing said why."""
    wire.rows["/lessons"] = [lesson(1, family=family), lesson(2, family="Other")]
    label = {"en": "Families", "fr": "Familles"}
    wire.spec["filters"] = {
        "families": {
            "item": "pair",
            "parts": ["family", "rubric"],
            "alike": True,
            "per_account": True,
            "reason": "DOWN_COURSE_FAMILY_FILTERED",
            "label": label,
        }
    }
    wire.spec["resources"]["lessons"]["ignore"] = (
        "filters.families and (row.family | plain) not in (filters.families | part(0) | plain)"
    )
    account = {"name": "main", "filters": {"families": [{family: ["R1"]}]}}
    wire.connector["accounts"] = [account]
    ended = wire.down()
    assert (ended.code, [sheet[0] for sheet in ended.sheets]) == (0, ["1"])
