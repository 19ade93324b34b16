"""Every promise has a test that bears its number, every fault too or a reason, and the pages say
which.
"""

from __future__ import annotations

import pytest

from tests.promises.page import CATALOGUES, FAULTS, PROMISES, Catalogue, fault_table, promises


def test_every_promise_is_shown_and_every_number_is_one() -> None:
    assert list(promises()) == [f"P{number}" for number in range(1, 25)]
    assert PROMISES.borne().keys() == promises().keys()


def test_every_fault_is_injected_or_says_why_not_and_every_number_is_one() -> None:
    table = fault_table()
    assert list(table) == [f"F{number}" for number in range(1, 39)]
    not_tried = {number for number, said in table.items() if "not_tried" in said}
    assert FAULTS.borne().keys() == table.keys() - not_tried
    assert len(not_tried) <= 2, "faults that nothing tries are few"


@pytest.mark.parametrize("catalogue", CATALOGUES, ids=lambda found: found.marker)
def test_page_is_that_of_the_tests(catalogue: Catalogue) -> None:
    written = catalogue.file.read_text(encoding="utf-8")
    assert written == catalogue.page(), "run python -m tests.promises.page"
