"""Edusign's clock is not ours: nothing is passed over, whichever of them is ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from edusync.app.runs import archived
from tests.conftest import World, codes

SHEET = "7712001"


def edusigns_clock(world: World, **ahead: int) -> None:
    """Let the clock of Edusign be ahead of ours; behind when that is less than nothing."""
    world.book.clock = lambda: world.now + timedelta(**ahead)


def edited(world: World) -> None:
    """Let a person change a sheet on Edusign."""
    world.course(SHEET).update({"NAME": "À la main", "DATE_UPDATED": world.book.now()})


@pytest.mark.fault("F24")
@pytest.mark.parametrize("hours", [-48, -2, 2, 48])
def test_sheet_archived_while_the_clocks_differ_goes_up_with_the_next_run(
    make_world: Callable[..., World], monkeypatch: pytest.MonkeyPatch, hours: int
) -> None:
    monkeypatch.setattr(archived, "MOST", 0)  # by the list of changes alone
    world = make_world()
    world.write(options=dict(world.simulation.answers(world.erp_url)["options"]))
    edusigns_clock(world, hours=hours)
    world.sync()
    world.to_evening()
    world.write_back()
    world.later(minutes=10)
    world.play(SHEET)
    world.later(hours=12)
    sent = [one.source_id for one in world.write_back().outcomes if one.code == "UP_SENT"]
    assert sent == [SHEET]


@pytest.mark.parametrize("hours", [-24, -2, 2, 24])
def test_edit_by_hand_is_seen_after_a_run_in_which_edusigns_clock_was_wrong(
    world: World, hours: int
) -> None:
    world.sync()
    edusigns_clock(world, hours=hours)
    world.simulation.seed.courses[int(SHEET)]["nomMatiere"] = "AUTRE"
    world.later(hours=1)
    assert world.sync().status == "success"
    edusigns_clock(world)
    world.later(hours=1)
    edited(world)
    world.later(hours=1)
    assert codes(world.sync()).get(SHEET) == "DOWN_COURSE_OVERWRITTEN"
    assert world.course(SHEET)["NAME"] == "AUTRE"
