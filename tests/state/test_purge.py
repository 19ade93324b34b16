"""What is old goes, and what the next run needs stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from edusync.errors import UsageProblem
from edusync.state.holds import Pause, pauses, save_pause
from edusync.state.latest import last_runs
from edusync.state.open import open_store
from edusync.state.purge import purge_connector, purge_older
from edusync.state.slots import Wanted, plan_slots, slots_of
from edusync.state.store import Store

NOW = datetime(2026, 3, 16, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(str(tmp_path / "state.db"))) as store:
        yield store


def run_at(store: Store, at: datetime, connector: str = "hugo") -> str:
    run = store.start_run(connector, "down", at)
    event = {"code": "DOWN_CREATED", "severity": "info", "account": None, "kind": None}
    rest = dict.fromkeys(("source_id", "edusign_id", "field", "spec", "detail"))
    store.finish_run(run, "success", at, None, {}, [event | rest])
    return run


def events(store: Store, run: str) -> int:
    return len(store.events(run, code=None, kind=None, source_id=None))


def plan(store: Store, at: datetime) -> None:
    row = {"day": date(2026, 3, 1), "slot": "x", "starts_at": at, "ends_at": at}
    plan_slots(store, at, [Wanted("hugo", "down", [row])])


def test_events_and_slots_that_are_old_go(store: Store) -> None:
    old, young = run_at(store, NOW - timedelta(days=200)), run_at(store, NOW)
    plan(store, NOW - timedelta(days=200))
    purge_older(store, NOW - timedelta(days=180))
    assert (events(store, old), events(store, young), slots_of(store, "hugo")) == (0, 1, [])


def test_the_last_runs_stay_whatever_their_age(store: Store) -> None:
    runs = [run_at(store, NOW - timedelta(days=300 - n)) for n in range(60)]
    purge_older(store, NOW - timedelta(days=180))
    kept = [run["id"] for run in store.runs("hugo", 100)]
    assert kept == runs[:9:-1]


def test_nothing_of_a_connector_stays(store: Store) -> None:
    run_at(store, NOW)
    plan(store, NOW)
    save_pause(store, Pause("hugo", "x", NOW, NOW + timedelta(days=1)))
    run_at(store, NOW, "zola")
    purge_connector(store, "hugo")
    assert (slots_of(store, "hugo"), pauses(store), list(last_runs(store))) == (
        [],
        {},
        [("zola", "down")],
    )


def test_a_name_of_which_nothing_is_kept_is_said(store: Store) -> None:
    with pytest.raises(UsageProblem) as stopped:
        purge_connector(store, "hugo")
    assert stopped.value.message == "the store has nothing of 'hugo'"
