"""`--brief` and `--rest` take every test between them, and no test twice."""

from __future__ import annotations

import pytest

pytest_plugins = ("pytester",)

FILE = """
import pytest

@pytest.mark.parametrize("member", range(20))
def test_family(member):
    assert member >= 0

@pytest.mark.walk(every=2)
@pytest.mark.parametrize("member", range(20))
def test_walk(member):
    assert member >= 0

def test_alone():
    assert True
"""


@pytest.mark.parametrize(
    ("words", "count"), [((), 31), (("--brief",), 6), (("--rest",), 25), (("--whole",), 41)]
)
def test_switches_say_how_much_runs(
    pytester: pytest.Pytester, words: tuple[str, ...], count: int
) -> None:
    pytester.makeini("[pytest]\nmarkers = walk(every): a family")
    pytester.makepyfile(FILE)
    done = pytester.runpytest_inprocess("-p", "tests.support.walks", "-q", *words)
    done.assert_outcomes(passed=count, deselected=41 - count)


def test_brief_and_rest_are_all_of_it(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nmarkers = walk(every): a family")
    pytester.makepyfile(FILE)
    names = []
    for words in ((), ("--brief",), ("--rest",)):
        found = pytester.inline_run("-p", "tests.support.walks", *words).getreports(
            "pytest_runtest_logreport"
        )
        names.append([report.nodeid for report in found if report.when == "call"])
    everything, brief, rest = names
    assert sorted(brief + rest) == sorted(everything)
