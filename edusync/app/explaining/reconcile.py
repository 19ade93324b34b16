"""Why do Edusign and the ERP not say the same? Both are read anew; nothing is written (P23)."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date, timedelta
from typing import TYPE_CHECKING

from edusync.app.explaining.reconcile_account import Reconciled, ReconciledAccount
from edusync.app.runs.owners import Owners
from edusync.app.runs.stopped import Stopped
from edusync.errors import ConfigurationProblem, UsageProblem

if TYPE_CHECKING:
    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.errors import EdusyncError
    from edusync.registry import Registry
    from edusync.state.store import Store

LONGEST = 60
"""How many days are compared at once; Edusign lists 90."""


def week_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of the week of a day."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def reconcile(
    instance: Instance,
    store: Store,
    registry: Registry,
    moment: Moment,
    first: date,
    last: date,
    *,
    named: bool = True,
) -> tuple[list[Reconciled], EdusyncError | None]:
    """Hold the attendance of some days against the ERP, account by account.

    Args:
        instance: The connector.
        store: What is known of what was sent.
        registry: What the plugins brought.
        moment: Now, and the tools of a run.
        first: The first day, in the zone of the school.
        last: The last day.
        named: Whether Edusign is asked how those are called who are not equal.

    Returns:
        The accounts, and what stopped one of them while others went on.

    Raises:
        UsageProblem: The days are in the wrong order, or too many.
        ConfigurationProblem: The ERP has no way for attendance.

    """
    if not 0 <= (last - first).days < LONGEST:
        hint = f"name up to {LONGEST} days, the first one first"
        raise UsageProblem("RUN_USAGE", f"from {first} to {last} cannot be compared", hint)
    if instance.spec.writeback is None:
        raise ConfigurationProblem(
            "UP_IMPOSSIBLE",
            f"{instance.spec.label} has no way for attendance, so there is nothing to compare",
            "see the page of the connector; who writes its spec: `edusync help writeback`",
        )
    stopped, accounts = Stopped(instance), list[Reconciled]()
    owners = Owners(store, instance.name, [account.name for account in instance.accounts])
    with ExitStack() as stack:
        for account in instance.accounts:
            with stopped.guarding(account.name):
                days = (first, last)
                one = ReconciledAccount(instance, store, registry, moment, account, days, stack)
                accounts.append(one.reconciled(owners, named=named))
    return accounts, stopped.first
