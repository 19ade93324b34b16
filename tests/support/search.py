"""Property tests try the same examples every time; `--hypothesis-profile search` looks for others
at random, and `--seconds N` ends that: tests come in another order each time, and none begins once
the time is over. The end of a run says what was tried.
"""

from __future__ import annotations

import re
import time
from collections.abc import Generator
from random import shuffle
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

_PASSED = re.compile(r"(\d+) passing, (\d+) failing")
_TRIED = "examples"

settings.register_profile(
    "repeatable", max_examples=100, derandomize=True, database=None, deadline=None
)
settings.register_profile("search", max_examples=2_000, deadline=None, print_blob=True)
settings.load_profile("repeatable")


def examples(number: int) -> settings:
    """Return the settings of a test that tries more or fewer examples than the 100 of others; a
    search multiplies both.
    """
    return settings(max_examples=number * settings().max_examples // 100)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption("--seconds", type=int, help="Begin no test after so many seconds.")


def pytest_configure(config: pytest.Config) -> None:
    """Note when the time is over."""
    seconds = config.getoption("seconds")
    config.stash[_ENDS] = None if seconds is None else time.monotonic() + seconds


_ENDS = pytest.StashKey[float | None]()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let a search that ends reach other tests each time."""
    if config.stash[_ENDS] is not None and not hasattr(config, "workerinput"):
        shuffle(items)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave a test out once the time is over."""
    ends = item.config.stash[_ENDS]
    if ends is not None and time.monotonic() > ends:
        pytest.skip("the time is over")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Leave the number of examples at the report of a test."""
    report: Any = yield
    if item.config.stash[_ENDS] is not None and report.when == "call":
        said = _PASSED.findall(getattr(item, "hypothesis_statistics", ""))
        report.user_properties.append((_TRIED, sum(int(a) + int(b) for a, b in said)))
    return report


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say how many tests and examples a search tried, and how many fell."""
    if terminalreporter.config.stash[_ENDS] is None:
        return
    tried = [
        (report, value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == _TRIED and report.when == "call"
    ]
    fell = sum(report.failed for report, _ in tried)
    late = len(terminalreporter.stats.get("skipped", []))
    terminalreporter.section("search")
    terminalreporter.write_line(
        f"{len(tried)} tests tried {sum(count for _, count in tried)} examples, {fell} fell; "
        f"{late} tests were left out, most because the time was over"
    )
