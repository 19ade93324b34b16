"""Aimaira: common events, and absences that count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from edusync_plugins.aimaira.seed import NORTH
from tests.conftest import World, codes

COMMON = {"importEvenementsCommuns": True, "defaultProfsForEvenementsCommun": "default"}


def with_common_events(make_world: Callable[..., World], **connector: Any) -> World:
    """Return a school with a common event without people, and one with a group only."""
    world = make_world("aimaira", options=COMMON, **connector)
    world.book.add(
        "professors",
        {
            "ID": "default",
            "id": "default",
            "FIRSTNAME": "Zoé",
            "LASTNAME": "Default",
            "EMAIL": "default@ecole.test",
            "API_ID": "",
            "API_TYPE": "",
            "HIDDEN": [],
            "TAGS": [],
        },
    )
    seed = world.simulation.seed
    seed.tables["Planification"] += [
        seed.event(4100246, 2, "Forum", "15:00", "16:00", "EVENEMENT", 0, [], [], None),
        seed.event(4100247, 2, "Atelier", "16:00", "17:00", "EVENEMENT", 0, [], [], 2300700),
    ]
    return world


@pytest.mark.source("S066", "S080")
def test_common_event_of_no_brand_is_named_under_a_filter(make_world: Callable[..., World]) -> None:
    world = with_common_events(make_world, filters={"brandIds": [str(NORTH)]})
    found = codes(world.sync(), "course")
    assert found["4100246"] == found["4100247"] == "DOWN_COURSE_STRUCTURE_UNKNOWN"
    assert world.book.find("courses", API_ID="4100233")


@pytest.mark.source("S066", "S082")
def test_common_event_without_learners_is_named_without_a_filter(
    make_world: Callable[..., World],
) -> None:
    found = codes(with_common_events(make_world).sync(), "course")
    assert found["4100246"] == found["4100247"] == "DOWN_COURSE_NO_STUDENT"


@pytest.mark.source("S067")
def test_without_a_default_professor_the_other_sheets_come_down(
    make_world: Callable[..., World],
) -> None:
    world = make_world("aimaira", options={"importEvenementsCommuns": True})
    result = world.sync()
    assert codes(result, "course")["4100233"] == "DOWN_COURSE_COMMON_EVENT_NO_DEFAULT"
    assert result.status == "partial"
    assert world.book.find("courses", API_ID="4100231")


@pytest.mark.source("S072", "S073", "S197")
@pytest.mark.parametrize("completes", [True, False])
def test_absences_count_in_aimaira_with_a_completed_planning_only(
    make_world: Callable[..., World], *, completes: bool
) -> None:
    options = {"sendAttendance": True, "planifRealise": completes}
    world = make_world("aimaira", options=options)
    world.sync()
    world.to_evening()
    world.play("4100231")
    result = world.write_back()
    assert bool(world.simulation.effective_absences()) is completes
    warned = "UP_PLANNING_NOT_COMPLETED" in {event.code for event in result.outcomes}
    assert warned is not completes
