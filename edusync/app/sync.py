"""Plan, and apply what was planned, once per connector at a time; every run leaves its events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from edusync.app.downward import Downward, Moment
from edusync.app.lateness import missed_slot
from edusync.engine.collector import collector_at_rest
from edusync.engine.outcome import Outcome
from edusync.errors import EdusyncError, Guarded
from edusync.state.lock import held

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from edusync.app.connector_file import Instance
    from edusync.engine.plan import Change, Plan
    from edusync.registry import Registry
    from edusync.state.store import Store


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
    """What a run did. `status` is success, partial or failed."""

    run_id: str
    status: str
    plan: Plan
    outcomes: Sequence[Outcome]


def make_plan(instance: Instance, store: Store, registry: Registry, moment: Moment) -> Plan:
    """Return what a run would do; nothing is written anywhere (P23)."""
    with collector_at_rest(), Downward(instance, store, registry, moment) as downward:
        return downward.plan()


def sync(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    *,
    only_plan: str | None = None,
    allow_deletions: str | None = None,
    planned: Callable[[Plan], None] = lambda _plan: None,
    progress: Callable[[Change], None] = lambda _change: None,
) -> Result:
    """Plan and apply.

    `only_plan` is the id of the one plan that may be applied, `allow_deletions` that of a plan whose held deletions may
    go through. Both refuse when the world moved since.
    """
    with collector_at_rest(), held(store, instance.name) as fence:
        run_id = store.start_run(instance.name, "down", datetime.now(UTC))
        try:
            return _run(
                instance,
                store,
                registry,
                moment,
                run_id,
                fence,
                only_plan=only_plan,
                allow_deletions=allow_deletions,
                planned=planned,
                progress=progress,
            )
        except EdusyncError as error:
            close_run(
                store,
                run_id,
                "failed",
                None,
                [Outcome(error.code, detail=error.message)] if error.code != "SPEC_INVALID" else [],
                {},
            )
            raise
        except BaseException:
            close_run(store, run_id, "crashed", None, [Outcome("RUN_CRASHED")], {})
            raise


def _run(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    run_id: str,
    fence: int,
    *,
    only_plan: str | None,
    allow_deletions: str | None,
    planned: Callable[[Plan], None],
    progress: Callable[[Change], None],
) -> Result:
    with Downward(instance, store, registry, moment) as downward:
        plan = downward.plan()
        wanted_id = only_plan or allow_deletions
        if wanted_id is not None and plan.plan_id != wanted_id:
            raise Guarded(
                "RUN_PLAN_MOVED",
                f"the plan is now {plan.plan_id}, not {wanted_id}",
                "make a new plan and look at it",
            )
        plan_id = plan.plan_id
        planned(plan)
        try:
            downward.apply(run_id, fence, allowed=allow_deletions is not None, progress=progress)
        except EdusyncError as error:
            outcomes = [*downward.outcomes(), Outcome(error.code, detail=error.message)]
            close_run(store, run_id, "failed", plan_id, outcomes, {})
            raise
        outcomes = downward.outcomes()
        late = missed_slot(instance.schedule.down, downward.runs, moment.now)
        if late is not None:
            outcomes.append(Outcome("RUN_LATE", detail=late))
        status = status_of(outcomes)
        if status != "success":
            outcomes.append(Outcome("RUN_PARTIAL" if status == "partial" else "RUN_FAILED"))
        close_run(store, run_id, status, plan_id, outcomes, downward.counts())
        return Result(run_id, status, plan, outcomes)


def status_of(outcomes: Sequence[Outcome]) -> str:
    """Grade a run by its events (R56)."""
    bad = [outcome for outcome in outcomes if is_failure(outcome)]
    if not bad:
        return "success"
    return "partial" if any(outcome.code in DONE for outcome in outcomes) else "failed"


def is_failure(outcome: Outcome) -> bool:
    """Whether an event says that something could not be done that should have been."""
    return outcome.severity == "error" or outcome.code == "EDU_IN_DOUBT"


def close_run(
    store: Store,
    run_id: str,
    status: str,
    plan_id: str | None,
    outcomes: Sequence[Outcome],
    counts: dict[str, Any],
) -> None:
    """Write the events of a run and close it."""
    store.finish_run(
        run_id,
        status,
        datetime.now(UTC),
        plan_id,
        counts,
        [event_row(outcome) for outcome in outcomes],
    )


def event_row(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome as a row of the store."""
    return {
        "account": outcome.account,
        "code": outcome.code,
        "severity": str(outcome.severity),
        "kind": outcome.kind,
        "source_id": outcome.source_id,
        "edusign_id": outcome.edusign_id,
        "field": outcome.field,
        "spec": outcome.spec,
        "detail": outcome.detail,
    }
