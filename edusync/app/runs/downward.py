"""The way down, put together: look, read, judge and plan each account, then apply."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.app.runs.account_down import plan_account
from edusync.app.runs.account_run import get_credentials, kinds_held_up, settled, waits
from edusync.app.runs.erp_side import ErpSide
from edusync.app.runs.history import last_approved
from edusync.app.runs.keepers import Keepers
from edusync.app.runs.overlaps import with_overlaps
from edusync.app.runs.stopped import Stopped
from edusync.engine.apply.applier import apply
from edusync.engine.apply.ledger import Context
from edusync.engine.grace import Grace
from edusync.engine.outcome import Outcome, Report
from edusync.engine.plan.again import Again, again
from edusync.engine.plan.let_in import left_out
from edusync.engine.plan.only import item_named, only
from edusync.engine.plan.plan import APPROVED_WITHIN, AccountPlan, Plan
from edusync.errors import UsageProblem
from edusync.model import Window
from edusync.state.rename import address_name, school_name
from edusync.state.settings import waiting_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.account_run import AccountRun
    from edusync.app.runs.moment import Moment
    from edusync.engine.plan.plan import Change, Key
    from edusync.registry import Registry
    from edusync.state.store import Store

_FAR = datetime(9999, 1, 1, tzinfo=UTC)


class Downward:
    """One run of a connector on the way down. As a context it signs out and closes at the end.

    `trace` is an item of which somebody wants to know everything: who is on which session is kept,
    and what is wanted of the item, also when it is in step. `window` are the days that are read,
    when they are others than those of the schedule. `again` is what an earlier run took away, by
    account: nothing else is planned, and its sessions count as brought down before. `direction` is
    that of the runs from which it goes on.
    """

    def __init__(
        self,
        instance: Instance,
        store: Store,
        registry: Registry,
        moment: Moment,
        *,
        trace: Key | None = None,
        window: Window | None = None,
        again: Mapping[str, Again] | None = None,
        direction: str = "down",
    ) -> None:
        self.instance, self.store, self.registry, self.moment, self.trace = (
            instance,
            store,
            registry,
            moment,
            trace,
        )
        self.again = again
        self.grace = Grace(instance.grace, moment.tools.clock, moment.tools.sleep)
        self.window = window or _window(instance, moment.now)
        self.stack = ExitStack()
        self.erp = ErpSide(instance, store, registry, moment, self.window, self.stack, direction)
        self.accounts: list[AccountRun] = []
        self.schools: dict[str, str | None] = {}
        """The id of the school that each account belongs to, where Edusign names it."""
        self.stopped = Stopped(instance)

    @property
    def runs(self) -> Sequence[Mapping[str, Any]]:
        """The runs of before, newest first."""
        return self.erp.runs

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stack.close()

    def plan(self) -> Plan:
        """Return what would be done, from both sides. Nothing is written anywhere (P23)."""
        for account in self.instance.accounts:
            with self.stopped.guarding(account.name):
                run = plan_account(self, account)
                self.accounts.append(with_overlaps(self.instance.spec, run, self.accounts))
        return self._planned()

    def narrow(self, asked: Key) -> Plan:
        """Let the plan say only what is to be done with one item; UsageProblem for an unknown one.

        An account that was stopped says so, whatever is asked for.
        """
        try:
            key = item_named(asked, [(run.verdicts, run.view) for run in self.accounts])
        except UsageProblem:
            if self.stopped.first is not None:  # the account that was stopped may know it
                raise self.stopped.first from None
            raise
        for run in self.accounts:
            run.plan = only(run.plan, key)
        return self._planned()

    def only_again(self) -> Plan:
        """Let the plan say only what becomes of that which an earlier run took away."""
        for run in self.accounts:
            taken = (self.again or {}).get(run.account.name, Again())
            run.plan = again(run.plan, taken, run.verdicts, run.view)
        return self._planned()

    def approve(self) -> Plan:
        """Let through what waits for a person, and return the plan as it is then."""
        for run in self.accounts:
            run.plan = run.plan.approved()
        return self._planned()

    def _planned(self) -> Plan:
        """Return the plans of all accounts; that of one that was stopped says only why."""
        stopped = [
            AccountPlan(str(outcome.account), outcomes=[outcome])
            for outcome in self.stopped.outcomes()
        ]
        keepers = self._keepers()
        accounts = [*(keepers.with_keepers(run) for run in self.accounts), *stopped]
        approved = last_approved(self.runs)
        period = int(self.store.now().timestamp() / (APPROVED_WITHIN / 2).total_seconds())
        return Plan(self.instance.name, accounts, approved["id"] if approved else "", period)

    def apply(self, run_id: str, fence: int, progress: Callable[[Change], None]) -> None:
        """Write what the plan says."""
        for run in self.accounts:
            run.report = Report(run.account.name, reasons=dict(run.plan.reasons))
            failed = frozenset(change.key for change in run.plan.changes)
            with self.stopped.guarding(run.account.name):
                failed = self._apply(run, run_id, fence, progress)
            run.look = run.look.after(run.plan, failed)

    def _apply(
        self, run: AccountRun, run_id: str, fence: int, progress: Callable[[Change], None]
    ) -> frozenset[tuple[str, str]]:
        """Write what the plan of an account says; return the items that failed."""
        if not run.plan.changes:
            return frozenset()
        context = self._context(run, run_id, fence, progress)
        failed = apply(run.plan, context, self.store, run.client, run.report)
        for outcome in kinds_held_up(run, failed):
            run.report.add(outcome)
        return failed

    def _context(
        self, run: AccountRun, run_id: str, fence: int, progress: Callable[[Change], None]
    ) -> Context:
        instance = self.instance
        asked = {
            "professor": instance.rules.professor_credentials,
            "student": instance.rules.student_credentials,
        }
        return Context(
            instance.name,
            run.account.name,
            instance.spec,
            self.window,
            now=self.moment.current,
            run_id=run_id,
            fence=fence,
            grace=self.grace,
            send_credentials={
                kind: get_credentials(run, kind, test)
                for kind, test in asked.items()
                if test is not None
            },
            restore_archived=instance.restore_archived,
            progress=progress,
            keeper=partial(self._keepers().keeper, run),
        )

    def _keepers(self) -> Keepers:
        """Return who keeps sheets, by the plans as they are now."""
        names = [account.name for account in self.instance.accounts]
        return Keepers(self.store, self.instance.name, names, self.schools, self.accounts)

    def outcomes(self) -> list[Outcome]:
        """Return every event so far."""
        noted = [outcome for run in self.accounts for outcome in run.outcomes]
        return [*noted, *self.stopped.outcomes()]

    def counts(self) -> dict[str, Any]:
        """Return what the next run needs to know of this one.

        How many rows each list had, and when Edusign was looked at, by its own clock.
        """
        return {
            "at": self.moment.now.isoformat(),
            "whole": sorted(
                {run.account.name for run in self.accounts} - self.stopped.errors.keys()
            ),
            "lists": {run.account.name: dict(run.plan.sent) for run in self.accounts},
            "looked_at": {run.account.name: run.look.at.isoformat() for run in self.accounts},
            "files": {
                run.account.name: {
                    name: {file: seen.as_json() for file, seen in files.items()}
                    for name, files in run.plan.files.items()
                }
                for run in self.accounts
            },
        }

    def remember_schools(self) -> None:
        """Write which school of which Edusign the links of each account are for."""
        for one in self.instance.accounts:
            name = address_name(self.instance.name, one.name)
            if one.name in self.schools and self.store.setting(name) != one.address:
                self.store.save_setting(name, one.address)
        for account, school in self.schools.items():
            name = school_name(self.instance.name, account)
            if school is not None and self.store.setting(name) is None:
                self.store.save_setting(name, school)

    def settle_links(self) -> None:
        """Forget links that lead to the item of another, or to none; the next run makes these."""
        for run in self.accounts:
            for (kind, ref), link in run.setting.shared.items():
                if link.is_false:
                    self.store.drop_link(self.instance.name, run.account.name, kind, ref)
                    run.report.add(Outcome("RUN_LINK_FORGOTTEN", kind, ref, link.edusign_id))

    def remember_waiting(self) -> None:
        """Write what guards hold of each account."""
        for run in self.accounts:
            waiting = waits(run)
            if waiting != run.setting.waiting:
                name = waiting_name(self.instance.name, run.account.name)
                self.store.save_setting(name, waiting.as_json())

    def remember_scope(self, *, first: bool = False) -> None:
        """Write what decided the scope of each account that was read wholly, and what waits.

        With `first`, only where nothing is known yet: a first run that breaks off has made sheets.
        """
        for run in self.accounts:
            scope, name = run.setting.scope, run.account.name
            if run.verdicts.whole and not (first and scope.before is not None):
                coming = self.store.coming(self.instance.name, name, self.moment.now, _FAR)
                open_still = scope.open_still(coming - settled(run))
                held = {
                    change.source_id: change.because for change in run.plan.held if change.because
                }
                left = left_out(run.verdicts, run.plan.held, scope.before)
                remembered = scope.remembered(open_still | held, left)
                self.store.save_scope(self.instance.name, name, remembered)


def _window(instance: Instance, now: datetime) -> Window:
    """Return the days that a run reads: those to come, and those whose sheets are completed."""
    back = instance.rules.adopt.days_back if instance.rules.adopt else 0
    days, zone = instance.schedule.window_days, ZoneInfo(instance.spec.zone)
    return Window.around(now, days=days, days_back=back, zone=zone)
