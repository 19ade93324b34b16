"""Walks: tests that go through a whole family. A run takes every nth member of each, `--whole`
takes all.

`@pytest.mark.walk(every=N)` on a parametrised test keeps the first of its parameters and every Nth
after it. A test that asks for `sample` keeps all its parameters and cuts what it goes through
itself. The end of a run says how many of how many.

`--brief` takes the first of the parameters of every test and every eighth after it, `--rest` all
others: together they are what runs without either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

_BRIEF = 8

Sample = Callable[[Iterable[Any]], list[Any]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switches."""
    parser.addoption(
        "--whole", action="store_true", help="Walk through every member, not through a sample."
    )
    parser.addoption(
        "--brief",
        action="store_true",
        help=f"Of the parameters of each test take the first, and every {_BRIEF}th after it.",
    )
    parser.addoption("--rest", action="store_true", help="Take what --brief leaves out.")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep every nth of the parameters that were asked for."""
    families: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("walk") and "sample" not in getattr(item, "fixturenames", ()):
            families.setdefault(_family(item.nodeid), []).append(item)
    left_out = set[pytest.Item]()
    for whole in families.values():
        kept = whole[:: _stride(whole[0])]
        left_out |= {*whole} - {*kept}
        for item in kept:
            _note(item, tried=1, of=len(whole))
    left_out |= _by_length(config, [item for item in items if item not in left_out])
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=list(left_out))


def _by_length(config: pytest.Config, items: list[pytest.Item]) -> set[pytest.Item]:
    """Return what is left out by `--brief`, or by `--rest`."""
    brief, rest = config.getoption("brief"), config.getoption("rest")
    if not (brief or rest):
        return set()
    families: dict[str, list[pytest.Item]] = {}
    for item in items:
        families.setdefault(_family(item.nodeid), []).append(item)
    taken = {item for whole in families.values() for item in whole[::_BRIEF]}
    return {item for item in items if (item in taken) == rest}


@pytest.fixture
def sample(request: pytest.FixtureRequest) -> Sample:
    """Return what cuts a family down to the members that this run walks through."""

    def cut(members: Iterable[Any]) -> list[Any]:
        whole = list(members)
        kept = whole[:: _stride(request.node)]
        _note(request.node, tried=len(kept), of=len(whole))
        return kept

    return cut


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Say how many members of how many each walk went through."""
    tried, sizes = Counter[str](), dict[str, dict[str, int]]()
    for category, reports in terminalreporter.stats.items():
        for report in reports if category != "deselected" else ():
            for name, value in getattr(report, "user_properties", ()):
                if name == "walk" and report.when == "call":
                    member, count, of = value
                    tried[_family(member)] += count
                    sizes.setdefault(_family(member), {})[member] = of
    if tried:
        terminalreporter.section("walks (--whole goes through every member)")
    for family, sum_of in sorted((family, sum(of.values())) for family, of in sizes.items()):
        terminalreporter.write_line(f"{tried[family]:>6} of {sum_of:>6}  {family}")


def _stride(item: pytest.Item) -> int:
    mark = item.get_closest_marker("walk")
    assert mark is not None, f"{item.nodeid} asks for a sample and is not marked as a walk"
    return 1 if item.config.getoption("whole") else int(mark.kwargs["every"])


def _note(item: pytest.Item, *, tried: int, of: int) -> None:
    """Leave the numbers at the report of a test; of a family whose members are tests, each says the
    same size.
    """
    in_test = "sample" in getattr(item, "fixturenames", ())
    item.user_properties.append(
        ("walk", (item.nodeid if in_test else _family(item.nodeid), tried, of))
    )


def _family(nodeid: str) -> str:
    """Return the test without its parameters."""
    return nodeid.partition("[")[0]
