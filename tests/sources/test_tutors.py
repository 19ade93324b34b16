"""Tutors come down with every apprentice whom they follow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.conftest import World


def followers(world: World) -> dict[str, list[str]]:
    """Return, by the ERP id of a student, the e-mails of the tutors who follow them."""
    tutors = {row["ID"]: row["EMAIL"] for row in world.book.all("externals")}
    return {
        row["API_ID"]: sorted(tutors[one] for one in row["STUDENT_FOLLOWER_ID"])
        for row in world.book.all("students")
        if row["STUDENT_FOLLOWER_ID"]
    }


@pytest.mark.source("S185")
def test_ypareo_tutor_of_an_employer_follows_each_of_its_apprentices(
    make_world: Callable[..., World],
) -> None:
    world = make_world("ypareo", options={"importTutors": True})
    world.simulation.seed.contracts[7004]["codeEntreprise"] = 502
    world.sync()
    found = followers(world)
    assert found["90211"] == found["90213"] != []


@pytest.mark.source("S070", "S071", "S196", "S197")
def test_aimaira_tutor_of_completed_agreements_follows_each_of_their_students(
    make_world: Callable[..., World],
) -> None:
    world = make_world("aimaira", options={"importStudentTutors": True})
    agreements: list[dict[str, Any]] = world.simulation.seed.tables["Convention"]
    agreements[1] |= {"MaitreId": 2400001, "EtatConventionId": 702}
    world.sync()
    found = followers(world)
    first, second = (f"A{400 + n:05d}" for n in (1, 2))
    assert found[first] == found[second] != []
    agreements[1]["EtatConventionId"] = 700
    world.later(hours=7)
    world.sync()
    assert second not in followers(world)


@pytest.mark.source("S162")
def test_hyperplanning_tutor_follows_each_of_their_students(
    make_world: Callable[..., World],
) -> None:
    world = make_world("hyperplanning", options={"importTutors": True})
    world.simulation.seed.tutors_of[302] = [601]
    world.sync()
    assert set(followers(world)) == {"2025-2026/301", "2025-2026/302"}
