"""`--kills N --seed FIRST`: how many kills at random moments are tried, and from which seed on.

Each seed is one test and always the same kill, as far as a moment can be, so a search goes on where
it ended with the next seed. The end of a run says how many were tried and how many fell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

KILLED = "killed"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the two options."""
    parser.addoption("--kills", type=int, default=4, help="Try so many kills at random moments.")
    parser.addoption("--seed", type=int, default=1, help="The seed of the first of them.")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Make a test of each kill."""
    if "kill_seed" in metafunc.fixturenames:
        first = metafunc.config.getoption("seed")
        last = first + metafunc.config.getoption("kills")
        metafunc.parametrize("kill_seed", range(first, last))


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say how many kills were tried, how many of them met a run, and how many fell."""
    tried = [
        (report, value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == KILLED and report.when == "call"
    ]
    if not tried:
        return
    fell = sum(report.failed for report, _ in tried)
    met = sum(count for _, count in tried)
    following = terminalreporter.config.getoption("seed") + len(tried)
    terminalreporter.section("kills at random moments")
    terminalreporter.write_line(
        f"{len(tried)} runs tried, {met} kills met one, {fell} fell; go on with --seed {following}"
    )
