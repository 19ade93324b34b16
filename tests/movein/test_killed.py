"""Killed at any write of an adoption, or of giving back: nothing doubled, nothing lost."""

from __future__ import annotations

import signal
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.sandbox.edusign.faults import Fault
from tests.movein.school import OLD, School
from tests.movein.test_choices import choose, open_pairs, other_email, planned, two_records
from tests.reliability.test_kill import several
from tests.support.killing import kill_at

pytestmark = pytest.mark.slow
WRITES = 21  # of the adoption of the simulated school: 22 items, less a sheet that is signed
POINTS = [(number, moment) for number in range(1, WRITES, 2) for moment in ("before", "after")]


def kill_adoption_at(school: School, number: int, moment: str, *more: str) -> int:
    """Run an adoption in a process of its own and kill it at a write; return how it ended."""
    asked = ["adopt", str(school.file), "--from-type", OLD, *more]
    at = ["--state", str(school.state), "--at", school.now.isoformat()]

    def gather() -> None:
        school.sides[0].gather(school.at_once)

    code = kill_at(school.faults, number, moment, *asked, *at, gather=gather)
    school.settle()
    return code


def state_of(school: School) -> dict[str, Any]:
    """Return all that counts in the end: what stands, whose it is, what the store knows."""
    return {"held": school.held(), "owners": school.owners(), "links": school.links()}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, registry: Any) -> dict[str, Any]:
    with ExitStack() as stack:
        school = School(tmp_path_factory.mktemp("calm"), registry, "ypareo", stack, grace="50ms")
        school.seed()
        before = school.owners()
        school.move_in()
        return state_of(school) | {"before": before}


def test_points_are_twenty_and_more() -> None:
    assert len(POINTS) >= 20


@pytest.mark.fault("F1")
@pytest.mark.walk(every=5)
@several
@pytest.mark.parametrize(("number", "moment"), POINTS)
def test_killed_at_a_write_it_goes_on_under_its_id_and_ends_the_same(
    make_school: Callable[..., School],
    undisturbed: dict[str, Any],
    number: int,
    moment: str,
    at_once: int,
) -> None:
    school = make_school(grace="50ms", at_once=at_once)
    plan_id = school.adopt().plan_id
    assert kill_adoption_at(school, number, moment, "--apply", plan_id) == -signal.SIGKILL
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]  # it is not over
    assert school.adopt(apply=plan_id, real_sleep=True).status == "held"
    expected = {name: undisturbed[name] for name in ("held", "owners", "links")}
    assert state_of(school) == expected
    assert school.sync().plan.is_empty
    school.give_back(apply=school.give_back().plan_id)
    assert school.owners() == undisturbed["before"]


@pytest.mark.fault("F1")
@pytest.mark.walk(every=5)
@several
@pytest.mark.parametrize(("number", "moment"), POINTS)
def test_killed_while_giving_back_it_goes_on(
    make_school: Callable[..., School],
    undisturbed: dict[str, Any],
    number: int,
    moment: str,
    at_once: int,
) -> None:
    school = make_school(grace="50ms", at_once=at_once)
    school.move_in()
    plan_id = school.give_back().plan_id
    assert kill_adoption_at(school, number, moment, "--undo", "--apply", plan_id) == -signal.SIGKILL
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]
    school.give_back(apply=plan_id, real_sleep=True)
    assert school.owners() == undisturbed["before"]
    assert school.links() == {kind: set() for kind in school.links()}


@pytest.mark.fault("F3")
def test_killed_three_times_in_a_row(
    make_school: Callable[..., School], undisturbed: dict[str, Any]
) -> None:
    school = make_school(grace="50ms")
    plan_id = school.adopt().plan_id
    for number in (6, 5, 4):
        assert kill_adoption_at(school, number, "after", "--apply", plan_id) == -signal.SIGKILL
    assert school.adopt(apply=plan_id, real_sleep=True).status == "held"
    assert state_of(school) == {name: undisturbed[name] for name in ("held", "owners", "links")}


@pytest.mark.fault("F5")
@pytest.mark.walk(every=3)
@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "text500", "truncated", "502"])
@pytest.mark.parametrize("skip", [0, 7, 14])
def test_write_whose_answer_is_lost_is_looked_at_again(
    make_school: Callable[..., School], undisturbed: dict[str, Any], kind: str, skip: int
) -> None:
    school = make_school(grace="10ms")
    school.faults.active.append(Fault(kind, verb="PATCH", skip=skip))
    plan_id = school.adopt().plan_id
    assert school.adopt(apply=plan_id, real_sleep=True).status == "held"
    assert state_of(school) == {name: undisturbed[name] for name in ("held", "owners", "links")}


@pytest.mark.fault("F5")
def test_edusign_that_goes_away_for_good_leaves_it_open_and_the_next_go_ends_it(
    make_school: Callable[..., School], undisturbed: dict[str, Any]
) -> None:
    school = make_school(grace="10ms")
    plan_id = school.adopt().plan_id
    school.faults.active.append(Fault("drop_before", verb="PATCH", skip=4, times=1_000))
    result = school.adopt(apply=plan_id, real_sleep=True)
    assert result.status == "partial"
    assert any(one.code == "EDU_IN_DOUBT" for one in result.outcomes)
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]
    school.faults.active.clear()
    school.adopt(apply=plan_id, real_sleep=True)
    assert state_of(school) == {name: undisturbed[name] for name in ("held", "owners", "links")}


def with_choices(school: School) -> Path:
    """Lay two who wait, and say that one is the one on Edusign and the other is none of them."""
    _, source_id, edusign_id = two_records(school)
    other_email(school)
    path = open_pairs(school, school.adopt())
    choose(path, source_id, edusign_id)
    choose(path, "90211", "none")
    return path


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory, registry: Any) -> dict[str, Any]:
    """Return what stands after an adoption with choices that nothing disturbed."""
    with ExitStack() as stack:
        school = School(tmp_path_factory.mktemp("chosen"), registry, "ypareo", stack, grace="50ms")
        school.seed()
        path = with_choices(school)
        before = school.owners()
        done = planned(school, path, apply=planned(school, path).plan_id)
        assert len(done.adoption.accounts[0].items if done.adoption else []) == WRITES
        return state_of(school) | {"before": before}


@pytest.mark.fault("F1")
@pytest.mark.walk(every=3)
@pytest.mark.parametrize(("number", "moment"), POINTS)
def test_killed_with_choices_it_goes_on_with_them_and_ends_the_same(
    make_school: Callable[..., School], chosen: dict[str, Any], number: int, moment: str
) -> None:
    """Whom a person chose is taken over once, whom they kept apart stays apart."""
    school = make_school(grace="50ms")
    path = with_choices(school)
    plan_id = planned(school, path).plan_id
    asked = ("--match", str(path), "--apply", plan_id)
    assert kill_adoption_at(school, number, moment, *asked) == -signal.SIGKILL
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]
    assert planned(school, path, apply=plan_id, real_sleep=True).status == "held"
    assert state_of(school) == {name: chosen[name] for name in ("held", "owners", "links")}
    assert ("student", "90211") not in {one.key for one in school.adopt().held}
    school.give_back(apply=school.give_back().plan_id)
    assert school.owners() == chosen["before"]
