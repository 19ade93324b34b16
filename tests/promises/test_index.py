"""Every promise has a test that bears its number, and the page says which."""

from __future__ import annotations

from tests.promises.page import PAGE, page, promises, shown_by


def test_every_promise_is_shown_and_every_number_is_one() -> None:
    assert list(promises()) == [f"P{number}" for number in range(1, 25)]
    assert shown_by().keys() == promises().keys()


def test_page_is_that_of_the_tests() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m tests.promises.page"
