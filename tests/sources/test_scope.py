"""Which entries of a filter feed which account: names, ids, and what two accounts both take."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from edusync.app.files.connector_file import load_instance
from edusync.errors import ConfigurationProblem
from tests.conftest import World


def accounts(first: dict[str, Any], second: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"name": "one", **first}, {"name": "two", **second}]


def overlaps(world: World) -> list[tuple[str | None, str | None]]:
    plan = world.plan()
    return [
        (outcome.account, outcome.detail)
        for account in plan.accounts
        for outcome in account.outcomes
        if outcome.code == "CONF_SCOPE_OVERLAP"
    ]


def rows(world: World, view: str) -> list[Any]:
    with closing(sqlite3.connect(world.simulation.file)) as connection:
        return connection.execute(f"select * from {view}").fetchall()


def warned(world: World) -> list[str]:
    instance = load_instance(world.file, world.registry)
    return [found.code for found in instance.warnings]


@pytest.mark.source("S181")
@pytest.mark.parametrize("entry", ["CFA Exemple Lille - 36", "cfa exemple lille", 36, "36"])
def test_ypareo_site_is_named_as_the_source_writes_it(
    make_world: Callable[..., World], entry: Any
) -> None:
    world = make_world("ypareo", filters={"siteCodes": [entry]})
    result = world.sync()
    assert [event.code for event in result.outcomes if event.code.startswith("CONF")] == []
    assert world.book.find("courses", API_ID="7712001")
    assert not world.book.find("courses", API_ID="7712004")


@pytest.mark.source("S181", "S189")
def test_other_name_for_an_id_is_a_warning_that_shows_both(
    make_world: Callable[..., World],
) -> None:
    world = make_world("ypareo", filters={"siteCodes": "CFA Paris - 36"})
    result = world.sync()
    named = [event for event in result.outcomes if event.code == "CONF_FILTER_NAME_OTHER"]
    assert [(event.field, event.detail) for event in named] == [
        ("siteCodes", "'CFA Paris - 36': Yparéo calls 36 'CFA Exemple Lille'")
    ]
    assert world.book.find("courses", API_ID="7712001")


@pytest.mark.source("S169", "S173")
def test_scform_company_and_base_are_named_with_a_plus(make_world: Callable[..., World]) -> None:
    world = make_world("scform")
    (company, *_), (base, *_) = rows(world, "V_SOCIETE"), rows(world, "V_BASE")
    world.write(
        filters={"companies": f"{company[1]} + {company[0]}", "bases": f"{base[1]} + {base[0]}"}
    )
    result = world.sync()
    assert [event.code for event in result.outcomes if event.code.startswith("CONF")] == []
    assert {course["API_ID"].partition(":")[0] for course in world.book.all("courses")} != set()


@pytest.mark.source("S184", "S190", "S195")
@pytest.mark.parametrize(
    ("first", "second", "at_once", "in_a_run"),
    [
        ([36], [37], False, False),
        ([36], [36, 37], True, True),
        ("CFA Exemple Lille - 36", [36], True, True),
        (["cfa exemple lille"], [36], False, True),
        (["CFA Exemple Lille"], ["37", "CFA Exemple Lille - 36"], False, True),
        ([], [37], True, True),
        ([], [], True, True),
    ],
)
def test_site_that_feeds_two_accounts_is_warned_of(
    make_world: Callable[..., World], first: Any, second: Any, *, at_once: bool, in_a_run: bool
) -> None:
    world = make_world("ypareo")
    filters = [{"filters": {"siteCodes": entries}} for entries in (first, second)]
    world.write(accounts=accounts(*filters))
    assert ("CONF_SCOPE_OVERLAP" in warned(world)) is at_once
    found = overlaps(world)
    assert bool(found) is in_a_run
    assert all(who == "two" and "doubled" in str(words) for who, words in found)


@pytest.mark.source("S172")
def test_one_company_split_over_its_bases_is_no_overlap(make_world: Callable[..., World]) -> None:
    world = make_world("scform")
    company = rows(world, "V_SOCIETE")[0][0]
    bases = [code for code, *_ in rows(world, "V_BASE")]
    world.write(
        accounts=accounts(
            *({"filters": {"companies": [company], "bases": [code]}} for code in bases[:2])
        )
    )
    assert ("CONF_SCOPE_OVERLAP" in warned(world), overlaps(world)) == (False, [])


@pytest.mark.source("S200")
def test_adesoft_folders_with_the_same_sessions_are_an_overlap(
    make_world: Callable[..., World],
) -> None:
    world = make_world("adesoft")
    options = world.simulation.answers(world.erp_url)["options"]
    world.write(
        options=options,
        accounts=accounts({"filters": {"groupsCodes": ["G1", "G2"]}}, {"filters": {}}),
    )
    assert overlaps(world) != []


def test_accounts_of_two_erps_are_told_apart(make_world: Callable[..., World]) -> None:
    world = make_world("ypareo")
    connection = world.simulation.answers(world.erp_url)["connection"]
    other = {**connection, "apiKey": "${file:key}"}
    world.write(accounts=accounts({}, {"connection": other}))
    assert "CONF_SCOPE_OVERLAP" not in warned(world)


def same_label(world: World) -> None:
    sites = world.simulation.seed.sites
    sites[37]["nomSite"] = sites[36]["nomSite"] = "CFA Exemple"


@pytest.mark.source("S181")
@pytest.mark.parametrize("entry", ["CFA Exemple", "cfa exemple"])
def test_label_that_two_sites_have_is_named_and_never_guessed(
    make_world: Callable[..., World], entry: str
) -> None:
    world = make_world("ypareo", filters={"siteCodes": [entry]})
    same_label(world)
    with pytest.raises(ConfigurationProblem) as stopped:
        world.sync()
    assert stopped.value.code == "CONF_FILTER_LABEL_AMBIGUOUS"
    assert stopped.value.message.endswith(f"names '{entry}', and Yparéo has 2 of that name: 36, 37")
    assert "'CFA Exemple - 36', 'CFA Exemple - 37'" in str(stopped.value.hint)
    assert world.book.all("courses") == []


@pytest.mark.parametrize("entry", ["CFA Exemple - 36", "36", 36])
def test_id_beside_a_label_of_two_sites_decides(
    make_world: Callable[..., World], entry: Any
) -> None:
    world = make_world("ypareo", filters={"siteCodes": [entry]})
    same_label(world)
    result = world.sync()
    assert [event.code for event in result.outcomes if event.code.startswith("CONF")] == []
    assert world.book.find("courses", API_ID="7712001")
    assert not world.book.find("courses", API_ID="7712004")


def test_entry_that_is_the_label_of_one_site_and_names_another_is_ambiguous(
    make_world: Callable[..., World],
) -> None:
    world = make_world("ypareo", filters={"siteCodes": ["CFA - 37"]})
    sites = world.simulation.seed.sites
    sites[36]["nomSite"], sites[37]["nomSite"] = "CFA - 37", "CFA"
    with pytest.raises(ConfigurationProblem, match="36, 37"):
        world.sync()
