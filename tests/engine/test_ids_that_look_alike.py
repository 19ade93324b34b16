"""Ids that look alike are two: nothing of an id is folded or cut on its way (D8, I1)."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

from edusync.plugins import load_registry
from tests.little import Little, lesson, person

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAIRS = {
    "case": ("A1", "a1"),
    "a zero before": ("007", "7"),
    "forms of Unicode": ("\u00e91", "e\u03011"),
    "a space before": ("1", " 1"),
    "a space that does not break": ("1", "1\u00a0"),
    "a space without width": ("1", "1\u200b"),
    "wide digits": ("1", "\uff11"),
    "sharp s": ("straße", "strasse"),
    "dotted i": ("i", "İ"),
    "the last of 300 letters": ("x" * 300, "x" * 299 + "y"),
    "the last of 5,000 letters": ("x" * 5000, "x" * 4999 + "y"),
    "an exponent": ("1e3", "1000"),
    "a sign": ("+7", "7"),
    "a slash in a URL": ("a/b", "a%2Fb"),
    "a query": ("a?b=1&c", "a"),
    "a fragment": ("a#b", "a"),
    "words for nothing": ("null", "None"),
}
"""Pairs of ids; `..`, which no URL can hold, is refused and named."""


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, load_registry(), stack)


@pytest.mark.fault("F16")
@pytest.mark.walk(every=4)
@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_ids_that_look_alike_are_of_two(little: Little, pair: tuple[str, str]) -> None:
    first, second = pair
    little.rows["/learners"] = [person(1, id=first), person(2, id=second)]
    little.rows["/lessons"] = [
        lesson(1, id=first, learners=[first]),
        lesson(2, id=second, learners=[first, second]),
    ]
    little.sync()
    requests = len(little.book.requests)
    little.sync()
    seats = {one[0]: one[6] for one in little.look().sheets}
    assert seats == {first: [first], second: sorted([first, second])}
    assert {one[1] for one in little.seen.people if one[0] == "students"} == {first, second}
    assert {one["verb"] for one in little.book.requests[requests:]} <= {"GET"}
    assert {event[0] for event in little.seen.events} == {"DOWN_CREATED"}
