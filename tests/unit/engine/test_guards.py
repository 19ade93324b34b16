"""The numbers of the guards, at their exact thresholds (F13, D5)."""

from __future__ import annotations

import pytest

from edusync.engine.plan.guards import all_refused, too_many_deletions, too_many_removals

HELD_AT = {
    # the first number of deletions that is held, by how many sheets are to come
    1: None,
    2: 2,
    3: 2,
    4: 2,
    5: 3,
    6: 3,
    10: 5,
    19: 10,
    20: 10,
    21: 11,
    22: 11,
    50: 11,
    54: 11,
    55: 12,
    100: 21,
    500: 101,
    5000: 1001,
}


@pytest.mark.fault("F13")
@pytest.mark.parametrize("coming", HELD_AT)
def test_deletions_are_held_from_an_exact_number_on(coming: int) -> None:
    held = [too_many_deletions(count, coming) for count in range(coming + 1)]
    first = HELD_AT[coming]
    assert held == [first is not None and count >= first for count in range(coming + 1)]


@pytest.mark.fault("F13")
@pytest.mark.parametrize("coming", [50, 500, 5000])
@pytest.mark.parametrize(
    ("percent", "held"),
    [(5, False), (10, False), (11, False), (20, False), (21, True), (50, True), (100, True)],
)
def test_shares_of_the_fault_matrix(coming: int, percent: int, held: bool) -> None:
    # of 50 sheets 21 % are 10.5: ten are no more than ten, eleven are more than both
    deletions = -(-coming * percent // 100)
    assert too_many_deletions(deletions, coming) is held


@pytest.mark.parametrize(
    ("removed", "seats", "held"),
    [
        (0, 0, False),
        (1, 1, False),
        (2, 2, False),
        (3, 3, True),
        (3, 5, True),
        (3, 6, False),
        (20, 40, False),
        (21, 40, True),
        (2500, 5000, False),
        (2501, 5000, True),
    ],
)
def test_seats_are_held_from_three_on_when_they_are_more_than_half(
    removed: int, seats: int, held: bool
) -> None:
    assert too_many_removals(removed, seats) is held


@pytest.mark.parametrize(
    ("wanted", "refused", "fine", "all_of_them"),
    [
        ("", "", "", False),
        ("a", "", "", False),
        ("a", "a", "", True),
        ("ab", "a", "b", False),
        ("ab", "a", "", True),
        ("ab", "ab", "", True),
        ("a", "b", "", False),
    ],
)
def test_everything_is_refused_when_something_is_and_nothing_is_fine(
    wanted: str, refused: str, fine: str, all_of_them: bool
) -> None:
    assert all_refused(set(wanted), set(refused), set(fine)) is all_of_them
