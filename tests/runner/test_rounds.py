"""Which slots run: each once, whatever the clock and the runner go through."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from edusync.app.runner.planning import take_over
from edusync.model import PARIS
from edusync.state.holds import Pause, Quarantine, end_pause, save_pause, save_quarantine
from edusync.state.lock import alive
from edusync.state.slots import SlotRow, claim, due_slots, next_starts, slots_of
from tests.runner.conftest import Town, Turn

DOWN = ["11:30-13:30", "18:00-21:00"]
UP = ["10:30", "20:30"]


def next_start(town: Town) -> datetime:
    """Return when the next slot starts, as the rows say."""
    return min(next_starts(town.store, town.clock.now).values())


def states(town: Town, direction: str = "down") -> Counter[str]:
    return Counter(row.state for row in slots_of(town.store, "hugo", direction))


@pytest.mark.fault("F24")
@pytest.mark.promise("P14")
def test_400_days_with_both_changes_of_clock_have_each_slot_once(town: Town, turn: Turn) -> None:
    town.write("hugo")
    town.clock.at("2026-03-01T00:00")
    ran: list[tuple[str, str, str]] = []
    end = town.clock.now + timedelta(days=400)
    turn()
    while (start := next_start(town)) < end:
        town.clock.now = start
        ran += turn()
    days = [str(date(2026, 3, 1) + timedelta(days=n)) for n in range(400)]
    expected = Counter(
        (day, way, slot)
        for day in days
        for way, slots in (("down", DOWN), ("up", UP))
        for slot in slots
    )
    assert Counter(ran) == expected


@pytest.mark.fault("F25")
@pytest.mark.promise("P14")
@pytest.mark.parametrize("slots", [1, 3, 30])
def test_an_outage_is_made_up_for_once_in_each_direction(
    slots: int, town: Town, turn: Turn
) -> None:
    town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    town.clock.at("2026-03-16T23:00")
    assert sorted(turn()) == [("2026-03-16", "down", DOWN[1]), ("2026-03-16", "up", UP[1])]
    town.clock.later(hours=12 * slots + 3)
    ran = turn()
    assert sorted(way for _, way, _ in ran) == ["down", "up"]
    missed = [row for row in slots_of(town.store, "hugo", "down") if row.state == "missed"]
    assert [row.code for row in missed] == ["RUN_SLOT_MISSED"] * slots
    assert turn() == []


def test_a_slot_that_is_made_up_for_is_the_last_one(town: Town, turn: Turn) -> None:
    town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    town.clock.at("2026-03-18T09:00")
    assert sorted(turn()) == [("2026-03-17", "down", DOWN[1]), ("2026-03-17", "up", UP[1])]


def test_a_new_connector_makes_up_for_nothing(town: Town, turn: Turn) -> None:
    town.write("hugo")
    town.clock.at("2026-03-16T14:00")
    assert (turn(), states(town)["missed"]) == ([], 0)


def test_a_runner_that_starts_again_knows_what_ran(town: Town, turn: Turn) -> None:
    town.write("hugo")
    town.clock.at("2026-03-16T12:45")
    turn()
    rounds = town.rounds()
    rounds.plan()
    assert rounds.hand_out() == 0


def test_a_changed_schedule_moves_what_is_to_come(town: Town, turn: Turn) -> None:
    town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    town.write("hugo", schedule={"down": ["15:00-16:00"]})
    turn()
    town.clock.at("2026-03-16T17:00")
    assert ("2026-03-16", "down", "15:00-16:00") in turn()
    assert {row.slot for row in slots_of(town.store, "hugo", "down")} == {"15:00-16:00"}


def test_slots_are_in_the_zone_of_the_school(town: Town, turn: Turn) -> None:
    town.write("hugo", zone="Indian/Reunion")
    town.clock.at("2026-03-16T06:00")
    turn()
    first = slots_of(town.store, "hugo", "down")[0]
    begins = datetime(2026, 3, 16, 11, 30, tzinfo=PARIS) - timedelta(hours=3)
    assert begins <= first.starts_at <= begins + timedelta(hours=1)


def test_the_way_up_follows_the_way_down_of_its_slot(town: Town, turn: Turn) -> None:
    town.write("hugo", schedule={"up": "with_down"})
    town.clock.at("2026-03-16T09:00")
    turn()
    town.clock.at("2026-03-16T13:00")
    day = "2026-03-16"
    assert turn() == [(day, "down", DOWN[0]), (day, "up", DOWN[0])]


def test_a_paused_connector_runs_once_when_the_pause_ends(town: Town, turn: Turn) -> None:
    town.write("hugo", schedule={"up": ["09:30"]})
    town.clock.at("2026-03-16T10:00")
    turn()
    until = town.clock.now + timedelta(days=2)
    save_pause(town.store, Pause("hugo", "their ERP moves", town.clock.now, until))
    town.clock.at("2026-03-17T12:45")
    assert turn() == []
    town.clock.at("2026-03-18T10:01")
    assert ("2026-03-17", "down", DOWN[1]) in turn()
    codes = {row.code for row in slots_of(town.store, "hugo", "down") if row.state == "missed"}
    assert codes == {"RUN_PAUSED"}


def test_a_pause_can_be_ended(town: Town, turn: Turn) -> None:
    town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    far = town.clock.now + timedelta(days=9999)
    save_pause(town.store, Pause("hugo", "holidays", town.clock.now, far))
    town.clock.at("2026-03-16T13:00")
    during = turn()
    assert (during, end_pause(town.store, "hugo"), len(turn())) == ([], True, 2)


def test_a_quarantine_passes_slots_over_until_it_ends(town: Town, turn: Turn) -> None:
    file = town.write("hugo", schedule={"up": ["09:30"]})
    town.clock.at("2026-03-16T10:00")
    turn()
    from edusync.app.files.connector_file import load_instance
    from edusync.app.runner.fleet import answers_digest

    answers = answers_digest(load_instance(file, town.registry), town.store.key)
    until = town.clock.now + timedelta(days=1, hours=1)
    save_quarantine(
        town.store,
        Quarantine("hugo", "down", "CONN_AUTH_FAILED", 2, town.clock.now, until, answers),
    )
    ran = []
    for text in ("2026-03-16T13:00", "2026-03-16T20:00", "2026-03-17T13:00"):
        town.clock.at(text)
        ran += [(day, slot) for day, way, slot in turn() if way == "down"]
    assert ran == [("2026-03-17", DOWN[0])]
    missed = [row.code for row in slots_of(town.store, "hugo", "down") if row.state == "missed"]
    assert missed == ["RUN_QUARANTINED", "RUN_QUARANTINED"]


def test_a_connector_that_is_gone_has_nothing_due(town: Town, turn: Turn) -> None:
    file = town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    file.unlink()
    turn()
    assert [row.state for row in slots_of(town.store, "hugo") if row.state == "due"] == []


def test_a_broken_file_keeps_its_slots(town: Town, turn: Turn) -> None:
    file = town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    file.write_text("edusync: 1\nconnector: hugo\nspec: nothing\n", encoding="utf-8")
    turn()
    assert states(town)["due"] == 4


def claimed(town: Town, turn: Turn, owner: str = "other") -> SlotRow:
    town.write("hugo")
    town.clock.at("2026-03-16T09:00")
    turn()
    town.clock.at("2026-03-16T13:00")
    row = next(row for row in slots_of(town.store, "hugo", "down") if row.state == "due")
    assert claim(town.store, row, owner)
    return row


def nothing(_row: SlotRow) -> bool:
    """Say that no worker has a slot."""
    return False


def test_what_a_worker_let_go_of_is_due_again(town: Town, turn: Turn) -> None:
    row = claimed(town, turn, "test")
    held = take_over(town.store, town.clock.now, "test", lambda _row: True)
    free = take_over(town.store, town.clock.now, "test", nothing)
    assert (held, [one.slot for one in free]) == ([], [row.slot])


def test_what_a_dead_runner_had_is_due_again(town: Town, turn: Turn) -> None:
    row = claimed(town, turn)
    taken = take_over(town.store, town.clock.now, "test", nothing)
    assert [one.slot for one in taken] == [row.slot]
    assert (str(row.day), "down", row.slot) in turn()


def test_what_a_living_runner_has_is_left_to_it(town: Town, turn: Turn) -> None:
    claimed(town, turn)
    with alive(town.store, "other"):
        assert take_over(town.store, town.clock.now, "test", nothing) == []
        assert due_slots(town.store, town.clock.now, 10) == []  # nor the way up of the connector


def test_a_run_that_ended_before_its_runner_died_is_not_done_again(town: Town, turn: Turn) -> None:
    claimed(town, turn)
    run = town.store.start_run("hugo", "down", town.store.now())
    town.store.finish_run(run, "success", town.store.now(), None, {}, [])
    take_over(town.store, town.clock.now, "test", nothing)
    row = slots_of(town.store, "hugo", "down")[0]
    assert (row.state, row.run) == ("done", run)


def test_a_slot_is_claimed_by_one(town: Town, turn: Turn) -> None:
    row = claimed(town, turn)
    assert not claim(town.store, row, "test")
