"""Plan, and apply what was planned, once per connector at a time; every run leaves its events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from edusync.app.runs.claims import (
    check_file,
    dropped_accounts,
    refuse_in_shadow,
    remember_dropped,
    remember_file,
)
from edusync.app.runs.closing import close_run, closed_when_broken
from edusync.app.runs.clues import remember_clues
from edusync.app.runs.downward import Downward
from edusync.app.runs.history import may_approve
from edusync.app.runs.lateness import missed_slot
from edusync.app.runs.taken_ids import note_taken
from edusync.codes.own import meant_by
from edusync.engine.collector import collector_at_rest
from edusync.engine.outcome import Outcome
from edusync.errors import EdusyncError, Guarded
from edusync.state.lock import locked
from edusync.state.runs import ONE_ITEM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.plan.again import Again
    from edusync.engine.plan.plan import Change, Key, Plan
    from edusync.registry import Registry
    from edusync.state.store import Store


Status = Literal["success", "held", "partial", "failed", "crashed"]
"""How a run ended.

`held` is one in which nothing failed, and a guard keeps something back.
"""
DONE = {
    "DOWN_CREATED": "created",
    "DOWN_ADOPTED": "adopted",
    "DOWN_UPDATED": "updated",
    "DOWN_COMPLETED": "completed",
    "DOWN_DELETED": "deleted",
}
"""What was done, in the words of a summary."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run did."""

    run_id: str
    status: Status
    plan: Plan
    outcomes: Sequence[Outcome]
    plan_id: str
    """That of the plan as it was made, before anything of it was let through."""
    stopped: EdusyncError | None = None
    """What stopped an account while others went on."""


def make_plan(instance: Instance, store: Store, registry: Registry, moment: Moment) -> Plan:
    """Return what a run would do; nothing is written anywhere (P23)."""
    check_file(instance, store)
    with (
        collector_at_rest(),
        meant_by(instance.spec.connector),
        Downward(instance, store, registry, moment) as downward,
    ):
        return downward.plan()


def sync(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    *,
    only_plan: str | None = None,
    approve: str | None = None,
    only: Key | None = None,
    again: Mapping[str, Again] | None = None,
    planned: Callable[[Plan], None] = lambda _plan: None,
    progress: Callable[[Change], None] = lambda _change: None,
) -> Result:
    """Plan and apply.

    `only_plan` is the id of the one plan that may be applied; it refuses when the world moved.
    `approve` is that of a plan of which may go through what a guard held back; it refuses when
    something else is held by now. `only` is the one item that is brought down, whatever
    else is to be done: the next run goes on from the one before, as if this one had not been.
    `again` is what an earlier run took away, by account, and is put back: nothing else is done.
    """
    refuse_in_shadow(instance)
    with (
        collector_at_rest(),
        meant_by(instance.spec.connector),
        locked(store, instance.name) as fence,
    ):
        check_file(instance, store)
        direction = "down" if only is None and again is None else ONE_ITEM
        run_id = store.start_run(instance.name, direction, store.now())
        sent = moment.tools.sent.since()
        with closed_when_broken(store, run_id, moment, sent):
            return _run(
                instance,
                store,
                registry,
                moment,
                run_id,
                fence,
                sent,
                only_plan=only_plan,
                approve=approve,
                only=only,
                again=again,
                planned=planned,
                progress=progress,
            )


def _run(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    run_id: str,
    fence: int,
    sent: Callable[[], dict[str, int]],
    *,
    only_plan: str | None,
    approve: str | None,
    only: Key | None,
    again: Mapping[str, Again] | None,
    planned: Callable[[Plan], None],
    progress: Callable[[Change], None],
) -> Result:
    with Downward(instance, store, registry, moment, again=again) as downward:
        plan = downward.plan()
        if again is not None:
            plan = downward.only_again()
        plan_id, held_id = plan.plan_id, plan.held_id
        if (only_plan is not None and only_plan not in plan.ids) or (
            approve is not None and not _approves(approve, plan, downward)
        ):
            raise Guarded(
                "RUN_PLAN_MOVED",
                f"the plan is now {plan_id}, not {only_plan or approve}",
                "make a new plan and look at it",
            )
        if only is not None:
            plan = downward.narrow(only)
        planned(plan)
        remember_file(instance, store)
        of_others = [
            outcome
            for run in downward.accounts
            for outcome in note_taken(store, instance, run, downward.runs)
        ]
        downward.remember_schools()
        downward.remember_scope(first=True)
        if approve is not None:
            plan = downward.approve()
        if only is None and again is None:
            downward.remember_waiting()
        counts: dict[str, Any] = {"at": moment.now.isoformat()}
        try:
            downward.apply(run_id, fence, progress)
        except EdusyncError as error:
            outcomes = [*downward.outcomes(), *of_others, Outcome(error.code, detail=error.message)]
            counts |= {"held": held_id, "requests": sent()}
            close_run(store, run_id, "failed", outcomes, plan_id=plan_id, counts=counts)
            raise
        is_part = only is not None or again is not None
        if not is_part:
            downward.settle_links()
        outcomes = [*downward.outcomes(), *of_others]
        if not is_part:
            outcomes += _about_all(downward)
        status = status_of(outcomes, plan.guards)
        if status in {"partial", "failed"}:
            outcomes.append(Outcome("RUN_PARTIAL" if status == "partial" else "RUN_FAILED"))
        downward.erp.remember_names()
        if not is_part:
            remember_clues(downward)
            downward.remember_scope()
            counts = {**downward.counts(), "held": held_id}
        counts["requests"] = sent()
        if approve is not None and held_id is not None and status != "failed":
            counts["approved"] = approve
        close_run(store, run_id, status, outcomes, plan_id=plan_id, counts=counts)
        return Result(run_id, status, plan, outcomes, plan_id, downward.stopped.first)


def _about_all(downward: Downward) -> list[Outcome]:
    """Return what a run says of the connector as a whole: accounts that left, a slot missed."""
    instance, store = downward.instance, downward.store
    outcomes: list[Outcome] = []
    if not any(error.code == "CONF_ACCOUNT_RENAMED" for error in downward.stopped.errors.values()):
        outcomes += dropped_accounts(instance, store)
        remember_dropped(instance, store)
    late = missed_slot(
        instance.schedule.down, downward.runs, downward.moment.now, downward.window.zone
    )
    if late is not None:
        outcomes.append(Outcome("RUN_LATE", detail=late))
    return outcomes


def _approves(approved_id: str, plan: Plan, downward: Downward) -> bool:
    """Whether an id stands for what a plan holds: its own, or that of a run that held the same."""
    now = downward.store.now()
    return approved_id in plan.ids or may_approve(approved_id, plan.held_id, downward.runs, now)


def status_of(outcomes: Sequence[Outcome], guards: Sequence[str] = ()) -> Status:
    """Grade a run by its events (R56) and the guards that fired (D5).

    What little was done in an account where nothing of a kind came through counts for nothing.
    """
    if not any(map(is_failure, outcomes)):
        return "held" if guards else "success"
    refused = {outcome.account for outcome in outcomes if outcome.code == "RUN_ALL_REFUSED"}
    done = any(outcome.code in DONE and outcome.account not in refused for outcome in outcomes)
    return "partial" if done else "failed"


def is_failure(outcome: Outcome) -> bool:
    """Whether an event says that something could not be done that should have been."""
    return outcome.severity == "error" or outcome.code == "EDU_IN_DOUBT"
