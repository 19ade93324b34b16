"""Hyperplanning: what the questionnaire says of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from edusync.errors import EdusyncError
from tests.conftest import World


def tags(world: World, student: str) -> list[str]:
    row = world.book.find("students", API_ID=f"2025-2026/{student}")
    assert row is not None
    return sorted(row["TAGS"])


@pytest.fixture
def tagged(make_world: Callable[..., World]) -> World:
    world = make_world("hyperplanning", options={"tagFamilies": ["statut"]})
    world.sync()
    return world


@pytest.mark.source("S163")
def test_section_of_a_student_is_their_tag_as_it_is_written(tagged: World) -> None:
    assert (tags(tagged, "301"), tags(tagged, "303")) == (["Apprenti"], ["Initial"])


@pytest.mark.source("S163", "S164")
def test_tag_that_the_school_added_stays_when_ours_change(tagged: World) -> None:
    row = tagged.book.find("students", API_ID="2025-2026/301")
    assert row is not None
    row["TAGS"].append("Délégué")
    tagged.simulation.seed.rubrics_of[301] = [502]
    tagged.later(hours=7)
    tagged.sync()
    assert tags(tagged, "301") == ["Délégué", "Initial"]


@pytest.mark.source("S163")
def test_tag_that_the_school_added_is_no_difference(tagged: World) -> None:
    row = tagged.book.find("students", API_ID="2025-2026/301")
    assert row is not None
    tagged.later(minutes=5)
    row["TAGS"].append("Délégué")
    row["DATE_UPDATED"] = tagged.book.now()
    tagged.later(hours=7)
    assert [change for account in tagged.plan().accounts for change in account.changes] == []


@pytest.mark.source("S163")
def test_misspelt_family_of_tags_is_named_with_the_nearest(
    make_world: Callable[..., World],
) -> None:
    world = make_world("hyperplanning", options={"tagFamilies": ["Statuts", "Boursier"]})
    result = world.sync()
    named = [event for event in result.outcomes if event.code == "CONF_OPTION_VALUE"]
    assert [(event.field, event.detail) for event in named] == [
        (
            "options.tagFamilies",
            "Statuts, which Hyperplanning does not have; nearest: Statut, Boursier",
        )
    ]
    assert result.status == "partial"


@pytest.mark.source("S154", "S156")
@pytest.mark.parametrize("path", ["/hpsw/wrong", "/"])
def test_wrong_address_says_to_open_it(make_world: Callable[..., World], path: str) -> None:
    world = make_world("hyperplanning")
    answers = world.simulation.answers(world.erp_url)["connection"]
    world.write(connection={**answers, "url": world.erp_url + path})
    with pytest.raises(EdusyncError) as stopped:
        world.sync()
    assert stopped.value.code == "CONN_WEBSERVICE_INACTIVE"
    assert "a page should appear" in str(stopped.value.hint)


def rename_family(world: World, old: str, new: str) -> None:
    families = world.simulation.seed.families["gfEtudiant"]
    number = next(key for key, (name, _) in families.items() if name == old)
    families[number] = (new, families[number][1])


@pytest.fixture
def two_families(make_world: Callable[..., World]) -> World:
    """A student of two families of tags, with a tag of the school's own."""
    world = make_world("hyperplanning", options={"tagFamilies": ["Statut", "Boursier"]})
    seed = world.simulation.seed
    seed.families["gfEtudiant"][53] = ("Boursier", [601])
    seed.rubrics[601] = "Boursier du Crous"
    seed.rubrics_of[301].append(601)
    world.sync()
    row = world.book.find("students", API_ID="2025-2026/301")
    assert row is not None
    assert sorted(row["TAGS"]) == ["Apprenti", "Boursier du Crous"]
    row["TAGS"].append("Délégué")
    world.later(hours=7)
    return world


@pytest.mark.source("S163", "S164")
def test_tags_of_a_family_that_is_renamed_go_and_those_of_the_school_stay(
    two_families: World,
) -> None:
    world = two_families
    rename_family(world, "Statut", "Situation")
    result = world.sync()
    named = [event for event in result.outcomes if event.code == "CONF_OPTION_VALUE"]
    assert [event.field for event in named] == ["options.tagFamilies"]
    assert tags(world, "301") == ["Boursier du Crous", "Délégué"]
    world.write(options={"tagFamilies": ["Situation", "Boursier"]})
    world.later(hours=7)
    world.sync()
    assert tags(world, "301") == ["Apprenti", "Boursier du Crous", "Délégué"]


@pytest.mark.source("S163", "S164")
def test_only_family_that_is_renamed_is_held_until_the_option_follows(
    two_families: World,
) -> None:
    """Nobody would have a tag any more: a list that is empty at once proves nothing (D5)."""
    world = two_families
    world.write(options={"tagFamilies": ["Statut"]})
    world.sync()
    assert tags(world, "301") == ["Apprenti", "Délégué"]
    rename_family(world, "Statut", "Situation")
    for _ in range(2):
        world.later(hours=7)
        result = world.sync()
        assert "RUN_SUSPICIOUS_EMPTY" in result.plan.guards
        assert tags(world, "301") == ["Apprenti", "Délégué"]
    world.simulation.seed.rubrics[501] = "Alternant"
    world.write(options={"tagFamilies": ["Situation"]})
    world.later(hours=7)
    world.sync()
    assert tags(world, "301") == ["Alternant", "Délégué"]


@pytest.mark.source("S163", "S164")
def test_family_that_is_not_asked_for_any_more_takes_its_tags_along(two_families: World) -> None:
    world = two_families
    world.write(options={"tagFamilies": []})
    world.sync()
    assert tags(world, "301") == ["Délégué"]
