"""Rows of people with one key: who the first one is of is remembered, not its row."""

from __future__ import annotations

from typing import Any

import pytest

from edusync.diagnostics import Location
from edusync.engine.read.whose_rows import WhoseRows
from edusync.model.same_person import Who

HERE = Location("demo.yaml", 1, 1)
ADA: dict[str, Any] = {"id": 1, "last": "Martin", "first": "Ada", "notes": ["long"] * 9}
BOB: dict[str, Any] = {"id": 1, "last": "Petit", "first": "Bob"}


def people(*, is_watched: bool) -> WhoseRows:
    makers = {
        "last_name": lambda row, _names: row["last"],
        "first_name": lambda row, _names: row["first"],
    }
    return WhoseRows(makers, {}, HERE, is_watched=is_watched)


def test_three_texts_are_kept_of_a_row() -> None:
    whose = people(is_watched=False)
    whose.note_first("1", ADA)
    assert whose.firsts == {"1": Who("Martin", "Ada")}
    assert isinstance(whose.firsts["1"], Who)


def test_nothing_is_made_for_who_watches_before_a_second_row_has_the_key() -> None:
    whose = people(is_watched=True)
    whose.note_first("1", ADA)
    assert whose.firsts == {"1": ADA}


@pytest.mark.parametrize("is_watched", [False, True])
@pytest.mark.parametrize(("row", "is_another"), [(BOB, True), ({**ADA}, False)])
def test_somebody_else_under_the_key_is_found(
    row: dict[str, Any], *, is_watched: bool, is_another: bool
) -> None:
    whose = people(is_watched=is_watched)
    whose.note_first("1", ADA)
    assert (whose.another("1", row) is not None) is is_another
