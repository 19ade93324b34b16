"""Slots in both databases that hold a store: planned once, claimed by one, seen as they stand."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from edusync.state.episodes import begin_episodes, end_episodes, open_episodes
from edusync.state.holds import (
    Pause,
    Quarantine,
    end_pause,
    end_quarantine,
    quarantine_of,
    save_pause,
    save_quarantine,
)
from edusync.state.latest import last_runs, last_slots, named_last
from edusync.state.lock import alive, is_alive
from edusync.state.purge import purge_connector, purge_older
from edusync.state.slots import (
    Wanted,
    claim,
    due_slots,
    give_up,
    next_starts,
    overtaken,
    plan_slots,
    reopen,
    running_slots,
    settle,
    slots_of,
)
from edusync.state.store import Store
from tests.state.test_store import store

__all__ = ["store"]  # a fixture: the one with both databases
NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def plan(store: Store, *starts: datetime, connector: str = "hugo", direction: str = "down") -> None:
    rows: list[dict[str, Any]] = [
        {"day": at.date(), "slot": f"{at:%H:%M}", "starts_at": at, "ends_at": at + HOUR}
        for at in starts
    ]
    plan_slots(store, min(starts) - HOUR, [Wanted(connector, direction, rows)])


def test_a_slot_is_planned_once(store: Store) -> None:
    plan(store, NOW, NOW + HOUR)
    plan(store, NOW, NOW + HOUR)
    assert [row.slot for row in slots_of(store, "hugo")] == ["12:00", "13:00"]


def test_a_slot_that_ran_is_not_planned_anew(store: Store) -> None:
    plan(store, NOW)
    row = slots_of(store, "hugo")[0]
    claim(store, row, "me")
    settle(store, row, "me", {"state": "done"})
    plan(store, NOW)
    assert [row.state for row in slots_of(store, "hugo")] == ["done"]


def test_a_slot_is_claimed_by_one_of_many(store: Store) -> None:
    plan(store, NOW)
    row = slots_of(store, "hugo")[0]
    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(lambda n: claim(store, row, f"runner {n}"), range(32)))
    assert won.count(True) == 1


def test_what_is_due_comes_in_the_order_of_starts_down_before_up(store: Store) -> None:
    plan(store, NOW, connector="zola", direction="up")
    plan(store, NOW, connector="zola")
    plan(store, NOW - HOUR, connector="hugo")
    plan(store, NOW + HOUR, connector="sand")
    found = [(row.connector, row.direction) for row in due_slots(store, NOW, 10)]
    assert found == [("hugo", "down"), ("zola", "down")]


def test_no_more_is_due_than_there_is_room(store: Store) -> None:
    for number in range(5):
        plan(store, NOW, connector=f"school-{number}")
    assert len(due_slots(store, NOW, 3)) == 3


def test_what_a_pause_or_a_quarantine_holds_is_not_due(store: Store) -> None:
    for name in ("hugo", "zola"):
        plan(store, NOW, connector=name)
    save_pause(store, Pause("hugo", "x", NOW - HOUR, NOW + HOUR))
    save_quarantine(store, Quarantine("zola", "down", "C", 2, NOW, NOW + HOUR, "d"))
    held = due_slots(store, NOW, 10)
    ended = end_pause(store, "hugo"), end_quarantine(store, "zola", "down")
    assert (held, ended, len(due_slots(store, NOW, 10))) == ([], (True, True), 2)
    assert quarantine_of(store, "zola", "down") is None


def test_a_later_slot_overtakes_an_earlier_one(store: Store) -> None:
    plan(store, NOW - 2 * HOUR, NOW)
    rows = overtaken(store, NOW)
    gave_up = [give_up(store, row, "RUN_SLOT_MISSED") for row in rows]
    found = [(row.slot, row.state, row.code) for row in slots_of(store, "hugo")]
    assert (gave_up, found) == (
        [True],
        [("10:00", "missed", "RUN_SLOT_MISSED"), ("12:00", "due", None)],
    )


def test_a_slot_that_failed_is_opened_again(store: Store) -> None:
    plan(store, NOW)
    row = slots_of(store, "hugo")[0]
    claim(store, row, "me")
    owners = [one.owner for one in running_slots(store)]
    settle(store, row, "me", {"state": "failed"})
    reopen(store, "hugo", NOW + HOUR)
    again = slots_of(store, "hugo")[0]
    assert (owners, again.state, again.again_at) == (["me"], "due", NOW + HOUR)


def test_the_next_starts_are_known(store: Store) -> None:
    plan(store, NOW, NOW + HOUR)
    assert next_starts(store, NOW) == {("hugo", "down"): NOW + HOUR}


def test_the_last_runs_and_what_they_named_are_known(store: Store) -> None:
    rest = dict.fromkeys(("account", "kind", "edusign_id", "field", "spec", "detail"))
    event = {"code": "UP_IN_DOUBT", "severity": "warning", "source_id": "7", **rest}
    for hours, events in ((2, [event, event]), (1, [event])):
        run = store.start_run("hugo", "up", NOW - hours * HOUR)
        store.finish_run(run, "partial", NOW, None, {}, events)
    store.start_run("zola", "up", NOW)  # one that runs has not ended
    named = [
        (one.connector, one.code, one.times, one.source_id)
        for one in named_last(store, ["UP_IN_DOUBT"])
    ]
    assert (list(last_runs(store)), named) == ([("hugo", "up")], [("hugo", "UP_IN_DOUBT", 1, "7")])


def test_the_last_slot_that_is_over_is_known(store: Store) -> None:
    plan(store, NOW - HOUR, NOW)
    row = slots_of(store, "hugo")[0]
    claim(store, row, "me")
    settle(store, row, "me", {"state": "failed", "code": "EDU_UNREACHABLE"})
    found = last_slots(store)["hugo", "down"]
    assert (found.slot, found.code) == ("11:00", "EDU_UNREACHABLE")


def test_an_episode_begins_and_ends(store: Store) -> None:
    begin_episodes(store, [("hugo", "A"), ("zola", "A")], NOW)
    begin_episodes(store, [("hugo", "A")], NOW + HOUR)
    end_episodes(store, [("zola", "A")])
    assert open_episodes(store) == {("hugo", "A")}


def test_a_runner_is_alive_until_it_ends(store: Store) -> None:
    with alive(store, "one"):
        during = is_alive(store, "one")
    assert (during, is_alive(store, "one")) == (True, False)


@pytest.mark.parametrize("days", [0, 400])
def test_what_is_old_goes(days: int, store: Store) -> None:
    plan(store, NOW - timedelta(days=days))
    purge_older(store, NOW - timedelta(days=180))
    assert len(slots_of(store, "hugo")) == (days == 0)


def test_all_of_a_connector_goes(store: Store) -> None:
    plan(store, NOW)
    plan(store, NOW, connector="zola")
    purge_connector(store, "hugo")
    assert (slots_of(store, "hugo"), len(slots_of(store, "zola"))) == ([], 1)
