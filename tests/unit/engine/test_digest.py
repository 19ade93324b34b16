"""Fingerprints tell a change from none, also when the ERP sends its lists in another order."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from edusync.engine.digest import Facts, is_known_as

KEY = b"k" * 32
IDS = st.lists(st.text("0123456789", min_size=1, max_size=3), unique=True, max_size=6)
SHEETS = st.fixed_dictionaries(
    {"name": st.sampled_from(["A", "B"]), "professors": IDS.map(tuple), "students": IDS.map(tuple)},
    optional={"groups": IDS.map(tuple)},
)


def meant(values: dict[str, Any]) -> dict[str, Any]:
    """Return what a sheet means: only the professors have an order."""
    return {
        name: sorted(value) if name in {"students", "groups"} else value
        for name, value in values.items()
    }


@given(SHEETS, SHEETS)
def test_fingerprint_is_known_exactly_when_the_sheets_mean_the_same(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert is_known_as(after, Facts(before).fingerprint(KEY), KEY) == (
        meant(before) == meant(after)
    )


@given(SHEETS, st.randoms(use_true_random=False))
def test_order_of_people_and_groups_is_no_change_and_that_of_professors_is(
    values: dict[str, Any], random: Any
) -> None:
    shuffled = {
        name: tuple(random.sample(value, len(value))) if name in {"students", "groups"} else value
        for name, value in values.items()
    }
    assert is_known_as(shuffled, Facts(values).fingerprint(KEY), KEY)
    assert Facts(shuffled).sorted_fingerprint(KEY) == Facts(values).sorted_fingerprint(KEY)
    assert Facts(shuffled).changed(Facts(values).field_digests(KEY), KEY) == []
    turned = {**values, "professors": values["professors"][::-1]}
    assert Facts(turned).changed(Facts(values).field_digests(KEY), KEY) == (
        [] if turned == values else ["professors"]
    )


def test_fingerprint_of_a_store_of_before_is_known() -> None:
    values = {"name": "A", "students": ("2", "1")}
    assert is_known_as(values, Facts(values).sorted_fingerprint(KEY), KEY)


def test_another_key_knows_nothing() -> None:
    assert not is_known_as({"name": "A"}, Facts({"name": "A"}).fingerprint(KEY), b"l" * 32)
