"""A value of a filter that the ERP does not have is named, with the nearest that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.errors import ConfigurationProblem
from edusync.registry import Registry
from tests.conftest import World
from tests.little import Little, lesson

FILTERS: list[tuple[str, str, Any, str]] = [
    ("adesoft", "folderId", ["9o1"], "901"),
    ("adesoft", "groupsCodes", ["L3TP11"], "L3TP1"),
    ("aurion", "campusCodes", ["BDXX"], "BDX"),
    ("fca", "activityLabels", ["FAC-MGT-01"], "FCA-"),
    ("hyperplanning", "courseFamilies", {"Filière": ["Optoin"]}, "Filière/Option"),
    ("hyperplanning", "studentFamilies", {"statut": ["aprenti"]}, "Statut/Apprenti"),
    ("ammon", "filterActions", ["Soudur"], "Soudure"),
    ("aimaira", "brandIds", ["Ecole Nrod"], "École Nord"),
    ("ypareo", "siteCodes", ["Site de Lyn"], ""),
    ("scform", "companies", ["Compagny"], ""),
]
"""An ERP, its filter, a misspelt value, and how the nearest begins."""


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """Yield a school whose lessons have sites and rooms, with a filter of each."""
    with ExitStack() as stack:
        little = Little(tmp_path, registry, stack)
        little.spec["filters"] = {
            name: {"label": name, "item": "text", "alike": True} for name in ("sites", "rooms")
        }
        little.spec["resources"]["lessons"]["filter_by"] = {"sites": "site", "rooms": "room"}
        little.rows["/lessons"] = [
            lesson(1, site="Lyon", room="A1"),
            lesson(2, site="Paris", room="B2"),
        ]
        yield little


def unmet(little: Little, **filters: list[str]) -> list[str]:
    little.connector = {"filters": filters}
    little.seen.events.clear()
    little.sync()
    return [event[4] for event in little.seen.events if event[0] == "CONF_FILTER_VALUE_UNMET"]


@pytest.mark.walk(every=3)
@pytest.mark.parametrize(("erp", "name", "value", "near"), FILTERS)
def test_misspelt_value_is_named_with_the_nearest_of_the_erp(
    make_world: Callable[..., World], erp: str, name: str, value: Any, near: str
) -> None:
    world = make_world(erp)
    answers = world.simulation.answers(world.erp_url)
    account = {"name": "main", "filters": {name: value}}
    world.write(options=dict(answers.get("options", {})), accounts=[account])
    assert f"nearest: {near}" in told(world)


def told(world: World) -> str:
    """Return what is said of the filters of a school: by an event, or by what stops the run."""
    try:
        plan = world.plan()
    except ConfigurationProblem as problem:
        return f"{problem.code} {problem.hint}"
    outcomes = [one for account in plan.accounts for one in account.outcomes]
    return " ".join(str(one.detail) for one in outcomes if one.code == "CONF_FILTER_VALUE_UNMET")


def test_value_that_some_row_has_is_not_named(little: Little) -> None:
    assert unmet(little, sites=["LYON"], rooms=["a1"]) == []


def test_each_value_that_no_row_has_is_named(little: Little) -> None:
    found = unmet(little, sites=["Lyon", "Pariss"])
    assert found == ["no row from 2026-03-09 to 2026-03-30 has Pariss; nearest: Paris, Lyon"]


def test_value_of_a_row_that_another_filter_leaves_out_is_there(little: Little) -> None:
    assert unmet(little, sites=["Lyon"], rooms=["B2"]) == []


def test_list_without_rows_or_in_part_proves_nothing(little: Little) -> None:
    little.rows["/lessons"] = []
    assert unmet(little, sites=["Pariss"]) == []
    little.rows["/lessons"] = None
    assert unmet(little, sites=["Pariss"]) == []
