"""A slot is done by real runs against real servers; how one ends decides what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from edusync.app.runner import endings
from edusync.app.runner.endings import Ended, fails_technically
from edusync.app.runner.ladder import (
    MOST_TRIES,
    NEVER,
    OFF_AFTER,
    after_failure,
    is_off,
    next_try,
)
from edusync.app.runner.work import Work
from edusync.app.runs.moment import Moment
from edusync.engine.outcome import Outcome
from edusync.sandbox.edusign.faults import Fault
from edusync.state.holds import Quarantine, quarantine_of
from edusync.state.lock import locked
from edusync.state.slots import SlotRow, slots_of
from tests.conftest import World
from tests.runner.conftest import START, Town, Turn


class Live:
    """A town whose connector is run against the servers of a world."""

    def __init__(self, town: Town, world: World, turn: Turn) -> None:
        self.town, self.world = town, world
        self.seen: list[tuple[str, str | None]] = []
        self.file = town.write("hugo", world.erp_url, world.edusign)
        self.fleet = town.fleet()
        self.fleet.calendars()
        self.work = Work(town.store, self.fleet, "test", self.moment, self.observe)
        town.clock.at("2026-03-16T09:00")
        turn()
        town.clock.at("2026-03-16T12:45")

    def moment(self) -> Moment:
        return Moment(self.town.clock.now, self.world.moment().tools)

    def observe(self, row: SlotRow, ended: Ended, seconds: float) -> None:
        assert seconds >= 0
        self.seen.append((row.direction, ended.code))

    def row(self, direction: str = "down") -> SlotRow:
        return slots_of(self.town.store, "hugo", direction)[0]

    def do(self, direction: str = "down") -> SlotRow:
        """Do the first slot of a direction; return how it stands then."""
        self.work.do(self.row(direction))
        return self.row(direction)


@pytest.fixture
def live(town: Town, make_world: Callable[..., World], turn: Turn) -> Live:
    return Live(town, make_world(), turn)


def test_a_slot_that_is_done_has_its_run(live: Live) -> None:
    row = live.do()
    run = live.town.store.runs("hugo")[0]
    assert (row.state, row.run, run["status"]) == ("done", run["id"], "success")
    assert live.world.writes() != []


def test_a_way_up_has_a_slot_of_its_own(live: Live) -> None:
    row = live.do("up")
    assert (row.state, live.town.store.runs("hugo")[0]["direction"]) == ("done", "up")


def test_an_edusign_out_of_reach_is_tried_again_with_growing_pauses(live: Live) -> None:
    live.world.faults.active.append(Fault("502", times=10_000))
    pauses = []
    while (row := live.do()).state == "due":
        pauses.append((row.again_at - live.town.clock.now) / timedelta(minutes=1))
        live.town.clock.now = row.again_at
    assert (pauses, row.state, row.code) == ([1, 2, 4, 8, 16], "failed", "EDU_UNREACHABLE")
    assert row.ends_at > live.town.clock.now
    held = quarantine_of(live.town.store, "hugo", "down")
    assert held is not None
    assert (held.failures, held.not_before) == (1, None)


def test_a_side_that_comes_back_inside_the_slot_leaves_no_quarantine(live: Live) -> None:
    live.world.faults.active.append(Fault("502", times=4))
    states = [live.do().state, live.do().state]
    assert (states, quarantine_of(live.town.store, "hugo", "down")) == (["due", "done"], None)


@pytest.mark.fault("F22")
@pytest.mark.promise("P11")
def test_a_refused_sign_in_is_not_tried_again_in_the_slot(live: Live) -> None:
    (live.town.folder / "key").write_text("wrong")
    row = live.do()
    held = quarantine_of(live.town.store, "hugo", "down")
    assert (row.state, row.code) == ("failed", "EDU_AUTH_FAILED")
    assert held is not None
    assert held.code == "EDU_AUTH_FAILED"


@pytest.mark.fault("F22")
@pytest.mark.promise("P11")
def test_another_password_is_tried_at_once(live: Live, turn: Turn) -> None:
    (live.town.folder / "key").write_text("wrong")
    live.do()
    (live.town.folder / "key").write_text("sandbox-key")
    ran = turn()
    assert ("2026-03-16", "down", "11:30-13:30") in ran
    assert quarantine_of(live.town.store, "hugo", "down") is None


def test_records_that_are_refused_put_nothing_into_quarantine(live: Live) -> None:
    live.world.faults.active.append(
        Fault("refused", verb="POST", path="/course", message="E17", times=10_000)
    )
    row = live.do()
    assert row.state in {"done", "failed"}
    assert quarantine_of(live.town.store, "hugo", "down") is None


def test_a_file_with_a_mistake_fails_its_slot_and_is_no_quarantine(live: Live) -> None:
    live.file.write_text("edusync: 1\nconnector: hugo\nspec: ypareo\n", encoding="utf-8")
    row = live.do()
    assert (row.state, row.code, live.seen) == (
        "failed",
        "SPEC_INVALID",
        [("down", "SPEC_INVALID")],
    )
    assert quarantine_of(live.town.store, "hugo", "down") is None


@pytest.mark.fault("F8")
def test_a_run_by_hand_is_waited_for(live: Live) -> None:
    with locked(live.town.store, "hugo"):
        row = live.do()
    assert (row.state, row.tries, row.again_at - live.town.clock.now) == (
        "due",
        0,
        timedelta(minutes=1),
    )


def test_a_slot_that_another_runner_has_is_not_done(live: Live) -> None:
    row = live.row()
    live.do()
    assert live.work.do(row) is None


def test_a_pause_doubles_until_the_slot_ends() -> None:
    ends_at = START + timedelta(hours=2)
    assert next_try(3, START, ends_at) == START + timedelta(minutes=4)
    assert next_try(3, ends_at - timedelta(minutes=3), ends_at) is None
    assert next_try(3, ends_at, ends_at) == ends_at + timedelta(minutes=4)
    assert next_try(MOST_TRIES, START, ends_at) is None


def slot_at(days: float) -> SlotRow:
    start = START + timedelta(days=days)
    return SlotRow(
        "hugo", "down", start.date(), "x", start, start, "running", start, 1, "t", start, None, None
    )


def failing(*days: float) -> Quarantine:
    held: Quarantine | None = None
    for day in days:
        held = after_failure(held, slot_at(day), "CONN_AUTH_FAILED", "digest")
    assert held is not None
    return held


def test_after_the_first_failure_the_next_slot_runs() -> None:
    assert failing(0).not_before is None


def test_after_the_second_failure_one_slot_a_day_runs() -> None:
    held = failing(0, 0.5)
    assert held.not_before is not None
    assert slot_at(1).starts_at < held.not_before <= slot_at(1.5).starts_at


@pytest.mark.promise("P11")
def test_after_28_days_nothing_runs_until_a_person_says_so() -> None:
    held = failing(0, *range(1, OFF_AFTER.days + 1))
    assert (held.not_before, is_off(held), is_off(failing(0, *range(1, 28)))) == (
        NEVER,
        True,
        False,
    )


def test_other_answers_begin_anew() -> None:
    held = after_failure(failing(0, 1, 2), slot_at(3), "CONN_AUTH_FAILED", "other")
    assert (held.failures, held.not_before) == (1, None)


@pytest.mark.promise("P11")
@pytest.mark.parametrize(
    ("doubt", "done", "refused", "counts"),
    [(20, 29, 0, True), (20, 30, 0, False), (19, 0, 0, False), (20, 0, 500, True)],
)
def test_from_twenty_on_and_above_forty_percent_a_run_fails_technically(
    doubt: int, done: int, refused: int, counts: bool
) -> None:
    codes = ["EDU_IN_DOUBT"] * doubt + ["DOWN_CREATED"] * done + ["EDU_REJECTED"] * refused
    assert fails_technically([Outcome(code) for code in codes]) is counts


def test_a_run_of_which_many_writes_broke_off_is_tried_again(
    live: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "MANY", 2)  # the school is a small one
    monkeypatch.setattr(endings, "SHARE", 0.05)
    inner = live.world.sides[0].application

    def half(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == "/v1/course":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = BytesIO(body)
            if sum(body.partition(b"API_ID")[2][:12]) % 2:
                start_response("504 Gateway Timeout", [("Content-Type", "text/html")])
                return [b"<html>"]
        return inner(environ, start_response)

    live.world.sides[0].application = half
    row = live.do()
    assert live.seen == [("down", "RUN_MANY_FAILED")]
    assert (row.state, row.tries, row.code) == ("due", 1, "RUN_MANY_FAILED")
    live.world.sides[0].application = inner
    live.town.clock.later(minutes=2)
    assert live.do().state == "done"
