"""Ids that are made of several values never collide, and give back what went in (B07)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edusync.model.composite import composite, parts
from tests.support.search import examples

VALUES = st.lists(st.text(st.sampled_from("/~01aé "), min_size=1), min_size=1, max_size=4)


@examples(300)
@given(values=VALUES)
def test_b07_what_went_in_comes_out(values: list[str]) -> None:
    assert parts(composite(values)) == values


@examples(300)
@given(one=VALUES, other=VALUES)
def test_b07_different_values_make_different_ids(one: list[str], other: list[str]) -> None:
    assert (composite(one) == composite(other)) == (one == other)


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (["A", "12"], "A/12"),
        (["A~B", "12~"], "A~B/12~"),
        (["A", "S/12"], "A/S~112"),
        (["A/S", "12"], "A~1S/12"),
        (["~1", "~/"], "~01/~~1"),
    ],
)
def test_ids_without_slashes_look_as_they_always_did(values: list[str], text: str) -> None:
    assert composite(values) == text
