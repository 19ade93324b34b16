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
