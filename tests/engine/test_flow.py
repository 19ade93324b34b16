"""The steps of a run pass values on: what one returned, no later one changes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from edusync.app.runs.account_run import AccountRun
from edusync.app.runs.downward import Downward
from edusync.app.runs.moment import Moment
from edusync.engine.plan.account import plan
from edusync.engine.read.source import Tools
from edusync.registry import Registry
from edusync.state.open import open_store
from tests.little import Little, lesson


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


@contextmanager
def opened(little: Little) -> Iterator[Downward]:
    """Open a run of which each step can be taken by itself."""
    with ExitStack() as stack:
        store = open_store(str(little.folder / "state.db"))
        stack.callback(store.close)
        moment = Moment(little.now, Tools(lambda: 0.0, lambda _seconds: None))
        yield stack.enter_context(Downward(little.instance(), store, little.registry, moment))


@contextmanager
def planned(little: Little) -> Iterator[AccountRun]:
    with opened(little) as downward:
        downward.plan()
        yield downward.accounts[0]


def values(value: Any) -> dict[str, Any]:
    """Return a copy of the fields of a value."""
    return {field.name: deepcopy(getattr(value, field.name)) for field in fields(value)}


def everything_goes_wrong(little: Little) -> None:
    """Bring six sheets down, then lose four sessions and change one; three more stay away."""
    little.rows["/lessons"] = [lesson(number) for number in range(1, 7)]
    little.sync()
    little.rows["/lessons"] = [
        lesson(1),
        lesson(2, title="Another title"),
        lesson(7, teacher=99),
        lesson(8, learners=[]),
        lesson(9, on="2026-03-16"),
    ]


def test_planning_changes_no_verdict(little: Little) -> None:
    everything_goes_wrong(little)
    with planned(little) as run:
        before = values(run.verdicts)
        plan(run.verdicts, run.view, run.look, run.setting)
        assert values(run.verdicts) == before


@pytest.mark.promise("P15")
def test_same_values_give_the_same_plan(little: Little) -> None:
    everything_goes_wrong(little)
    with planned(little) as run:
        first, second = (plan(run.verdicts, run.view, run.look, run.setting) for _ in range(2))
        assert values(first) == values(second)


def test_approving_a_plan_leaves_it_as_it_was(little: Little) -> None:
    everything_goes_wrong(little)
    with planned(little) as run:
        before = values(run.plan)
        assert [change.action for change in run.plan.held] == ["delete"] * 4
        run.plan.approved()
        assert values(run.plan) == before


def test_approved_plan_speaks_of_no_guard(little: Little) -> None:
    everything_goes_wrong(little)
    with planned(little) as run:
        approved = run.plan.approved()
        assert [*approved.held, *approved.guards] == []
        assert not any(outcome.code == "RUN_DELETIONS_HELD" for outcome in approved.outcomes)


@pytest.mark.promise("P10")
def test_each_session_that_stays_away_has_one_reason(little: Little) -> None:
    everything_goes_wrong(little)
    with planned(little) as run:
        found = [
            (outcome.source_id, outcome.code)
            for outcome in run.verdicts.outcomes
            if outcome.kind == "course"
        ]
    assert found == [
        ("7", "DOWN_COURSE_PROFESSOR_INVALID"),
        ("8", "DOWN_COURSE_NO_STUDENT"),
        ("9", "DOWN_COURSE_SAME_DAY"),
    ]


def test_session_whose_sheet_is_in_step_is_let_go_of(little: Little) -> None:
    everything_goes_wrong(little)
    with planned(little) as run:
        assert sorted(run.verdicts.seen) == ["1", "2", "7", "8", "9"]
        assert list(run.verdicts.sheets) == ["2"]


def test_people_of_a_sheet_in_step_are_still_among_those_who_come_down(little: Little) -> None:
    little.sync()
    with planned(little) as run:
        assert list(run.verdicts.sheets) == []
        assert sorted(run.plan.people.students) == ["1", "2"]


def test_store_is_asked_for_no_link_when_nothing_changed(little: Little) -> None:
    little.sync()
    with planned(little) as run:
        assert "links" not in vars(run.view)


def test_opening_a_run_asks_neither_side(little: Little) -> None:
    with opened(little):
        assert little.seen.asked == []


def test_first_run_looks_at_no_change_and_the_next_one_does(little: Little) -> None:
    with planned(little) as first:
        assert first.look.since is None
    little.sync()
    with planned(little) as second:
        assert second.look.since is not None
