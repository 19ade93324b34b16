"""After a mistake: make again what a run deleted, and put back the seats that it took.

What the ERP says now decides: what it cancelled itself stays away, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.runs.claims import check_file
from edusync.app.runs.downward import Downward
from edusync.app.runs.sync import sync
from edusync.engine.collector import collector_at_rest
from edusync.engine.plan.again import Again
from edusync.errors import UsageProblem
from edusync.state.taken import taken_away

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.sync import Result
    from edusync.engine.plan.plan import Change, Key, Plan
    from edusync.registry import Registry
    from edusync.state.store import Store


def run_named(store: Store, connector: str, wanted: str) -> Mapping[str, Any]:
    """Return a run by its id or the beginning of it; UsageProblem when there is none, or several.

    `last` is the last run that took something away.
    """
    runs = store.runs(connector, limit=_LOOKED_AT)
    if wanted == "last":
        runs_meant = [run for run in runs if taken_away(store, connector, run["id"])][:1]
    else:
        runs_meant = [run for run in runs if run["id"].startswith(wanted)]
    if len(runs_meant) == 1:
        return runs_meant[0]
    message = f"{len(runs_meant)} runs of '{connector}' begin with {wanted}"
    if wanted == "last":
        message = f"no run of '{connector}' deleted a sheet or took a seat"
    raise UsageProblem("RUN_USAGE", message, "see `edusync events FILE --runs`")


def taken_by(store: Store, connector: str, run_id: str) -> dict[str, Again]:
    """Return what a run took away, by account."""
    sheets: dict[str, set[str]] = {}
    seats: dict[str, dict[Key, list[str]]] = {}
    for one in taken_away(store, connector, run_id):
        seats.setdefault(one.account, {})
        sheets.setdefault(one.account, set())
        if one.kind == "course":
            sheets[one.account].add(one.source_id)
        else:
            key = (one.of_kind, one.of_id)
            seats[one.account].setdefault(key, []).append(one.source_id)
    return {name: Again(frozenset(source_ids), seats[name]) for name, source_ids in sheets.items()}


def plan_undo(
    instance: Instance, store: Store, registry: Registry, moment: Moment, run_id: str
) -> Plan:
    """Return what would be put back of what a run took away; nothing is written (P23)."""
    check_file(instance, store)
    again = taken_by(store, instance.name, run_id)
    with (
        collector_at_rest(),
        Downward(instance, store, registry, moment, again=again) as downward,
    ):
        downward.plan()
        return downward.only_again()


def undo(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    run_id: str,
    plan_id: str,
    *,
    progress: Callable[[Change], None] = lambda _change: None,
) -> Result:
    """Put back what a run took away, by exactly the plan that was looked at.

    Raises:
        Guarded: The plan is another one by now, or another run is under way.

    """
    again = taken_by(store, instance.name, run_id)
    return sync(
        instance, store, registry, moment, only_plan=plan_id, again=again, progress=progress
    )


_LOOKED_AT = 500
"""How many runs are looked through."""
