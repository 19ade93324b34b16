"""The clock of a machine was ahead for a while, or years behind: once it is right, slots run on."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from edusync.state.holds import Quarantine, quarantine_of, save_quarantine
from edusync.state.slots import slots_of
from tests.runner.conftest import Town, Turn
from tests.runner.test_rounds import DOWN, UP

AHEAD = (
    timedelta(hours=2),
    timedelta(hours=14),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=40),
    timedelta(days=366),
    timedelta(days=9 * 366),
)


@pytest.mark.fault("F24")
@pytest.mark.promise("P14")
@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("ahead", AHEAD, ids=str)
def test_slots_run_once_each_after_the_clock_was_ahead(
    town: Town, turn: Turn, ahead: timedelta, restarted: bool
) -> None:
    town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    town.clock.now += ahead
    turn()
    town.clock.at("2026-03-16T09:10")
    if restarted:
        rounds = town.rounds()
        rounds.plan()
        assert rounds.hand_out() == 0
    assert turn() == []
    ran = []
    for day in range(16, 20):
        for hour in (12, 23):
            town.clock.at(f"2026-03-{day}T{hour}:45")
            ran += turn()
    expected = {
        (f"2026-03-{day}", way, slot): 1
        for day in range(16, 20)
        for way, slots in (("down", DOWN), ("up", UP))
        for slot in slots
    }
    assert Counter(ran) == expected


@pytest.mark.fault("F24")
@pytest.mark.promise("P14")
def test_a_slot_that_another_machine_did_minutes_too_early_is_not_done_again(
    town: Town, turn: Turn
) -> None:
    town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    early = min(row.starts_at for row in slots_of(town.store, "hugo", "down"))
    town.clock.now = early + timedelta(minutes=1)
    turn()
    town.clock.now = early - timedelta(minutes=9)
    town.write("hugo", labels=["edited"])
    rounds = town.rounds()
    rounds.plan()
    town.clock.now = early + timedelta(minutes=5)
    rounds.plan()
    assert rounds.hand_out() == 0


@pytest.mark.fault("F24")
def test_a_clock_that_was_years_behind_makes_no_end_of_rows(town: Town, turn: Turn) -> None:
    town.write("hugo")
    town.clock.at("2000-01-01T09:00")
    turn()
    town.clock.at("2026-03-16T23:00")
    assert sorted(turn()) == [("2026-03-16", "down", DOWN[1]), ("2026-03-16", "up", UP[1])]
    assert len(slots_of(town.store, "hugo", "down")) < 300


@pytest.mark.fault("F24")
@pytest.mark.promise("P11")
def test_a_quarantine_of_a_clock_that_was_ahead_is_over(town: Town, turn: Turn) -> None:
    town.write("hugo")
    turn()
    later = town.clock.now + timedelta(days=366)
    held = Quarantine("hugo", "down", "CONN_NETWORK_BLOCKED", 2, later, later, "other")
    save_quarantine(town.store, held)
    turn()
    assert quarantine_of(town.store, "hugo", "down") is None
