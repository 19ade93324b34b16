"""A simulated school year: the guards ask a person a few times (explanation/guards.md)."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
MOST = 8
YEARS = 5


@pytest.fixture(scope="module")
def guard_year() -> ModuleType:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        return import_module("guard_year")


def test_guards_ask_a_few_times_in_a_school_year(guard_year: ModuleType) -> None:
    """Every size but the largest, which takes longer than the others together; the page has it."""
    schools = [school for school in guard_year.SCHOOLS if school.classes < 40]
    asked = {
        school.name: [guard_year.live(school, seed).asked().total() for seed in range(YEARS)]
        for school in schools
    }
    assert len(asked) == 7
    assert {name: counts for name, counts in asked.items() if max(counts) > MOST} == {}
    assert {name for name, counts in asked.items() if sum(counts) == 0} == set()


def test_year_of_a_seed_is_always_the_same(guard_year: ModuleType) -> None:
    school = guard_year.SCHOOLS[0]
    assert guard_year.live(school, 3) == guard_year.live(school, 3)


def test_page_says_what_the_simulation_prints(guard_year: ModuleType) -> None:
    """One line of the table, made anew; the others come of the same function."""
    page = (ROOT / "docs" / "explanation" / "guards.md").read_text(encoding="utf-8")
    assert guard_year.line(guard_year.SCHOOLS[0], 20) in page
    named = [school.name for school in guard_year.SCHOOLS]
    assert [name for name in named if f"| {name} |" not in page] == []
