"""The way down, put together: look, read, judge and plan each account, then apply."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from edusync.app.runs.claims import check_renamed, check_school
from edusync.app.runs.history import (
    files_before,
    last_approved,
    last_looked,
    rows_before,
    without_course_lists,
)
from edusync.app.runs.keepers import Keepers
from edusync.app.runs.overlaps import with_overlaps
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_edusign, open_source
from edusync.app.runs.stopped import Stopped
from edusync.engine.apply.applier import apply
from edusync.engine.apply.ledger import Context
from edusync.engine.judge.doubles import Standing
from edusync.engine.judge.judge import judge
from edusync.engine.map.snapshot import read
from edusync.engine.outcome import Outcome, Report
from edusync.engine.plan.account import plan
from edusync.engine.plan.again import Again, again
from edusync.engine.plan.all_refused import all_held, kinds_refused
from edusync.engine.plan.incomplete import with_reading
from edusync.engine.plan.look import Look, look, on_edusign
from edusync.engine.plan.only import item_named, only
from edusync.engine.plan.plan import APPROVED_WITHIN, VANISHED, AccountPlan, Plan
from edusync.engine.plan.scope_digest import Remembered, ScopeGuard
from edusync.engine.plan.setting import Setting
from edusync.engine.read.files_seen import seen_now
from edusync.engine.read.filter_values import unmet_values
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import names_in_scope
from edusync.engine.read.shared import Shared
from edusync.engine.read.source import Tools
from edusync.engine.read.table import UNDECIDED
from edusync.engine.verdicts import decided, why
from edusync.errors import UsageProblem
from edusync.model import UNKNOWN, Window
from edusync.state.rename import school_name
from edusync.state.view import StoreView

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from types import TracebackType
    from typing import Self

    from edusync.app.files.connector_file import Account, Instance
    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.plan import Change, Key
    from edusync.engine.read.source import AnySource
    from edusync.registry import Registry
    from edusync.spec.tree import Expression
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient

_FAR = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """When a run begins, and the tools that it uses."""

    now: datetime
    tools: Tools = field(default_factory=lambda: Tools(time.monotonic, time.sleep))
    began: float = field(init=False)

    def __post_init__(self) -> None:
        """Note where the tools' clock stood."""
        object.__setattr__(self, "began", self.tools.clock())

    def current(self) -> datetime:
        """Return what time it is by now: the beginning, and what has passed since."""
        return self.now + timedelta(seconds=self.tools.clock() - self.began)


@dataclass(slots=True)
class AccountRun:
    """One account while it is planned and applied."""

    account: Account
    client: EdusignClient
    verdicts: Verdicts
    view: StoreView
    setting: Setting
    plan: AccountPlan
    names: Mapping[str, Any]
    look: Look
    """What was seen on Edusign; after the plan was applied, the look that the next run follows."""
    report: Report
    """What was noted while the plan was applied."""

    @property
    def outcomes(self) -> list[Outcome]:
        """Every event so far. What became of a sheet counts more than what was planned."""
        told = {
            event.key: event.detail or ""
            for event in self.report.outcomes
            if event.code == VANISHED
        }
        applied = [event for event in self.report.outcomes if event.code != VANISHED]
        return [*self.plan.told(told).outcomes, *applied]


class Downward:
    """One run of a connector on the way down. As a context it signs out and closes at the end.

    `trace` is an item of which somebody wants to know everything: who is on which session is kept,
    and what is wanted of the item, also when it is in step. `again` is what an earlier run took
    away, by account: nothing else is planned, and its sessions count as brought down before.
    """

    def __init__(
        self,
        instance: Instance,
        store: Store,
        registry: Registry,
        moment: Moment,
        *,
        trace: Key | None = None,
        again: Mapping[str, Again] | None = None,
    ) -> None:
        self.instance, self.store, self.registry, self.moment, self.trace = (
            instance,
            store,
            registry,
            moment,
            trace,
        )
        self.again = again
        back = instance.rules.adopt.days_back if instance.rules.adopt else 0
        self.window = Window.around(
            moment.now,
            days=instance.schedule.window_days,
            days_back=back,
            zone=ZoneInfo(instance.spec.zone),
        )
        self.is_common = _same_answers(instance)
        self.shared = Shared(
            instance.spec, accounts=len(instance.accounts) if self.is_common else 1
        )
        self.source: AnySource | None = None
        """One sign-in for every account with the same answers."""
        self.stack = ExitStack()
        self.accounts: list[AccountRun] = []
        self.schools: dict[str, str | None] = {}
        """The id of the school that each account belongs to, where Edusign names it."""
        self.stopped = Stopped(instance)

    @cached_property
    def runs(self) -> Sequence[Mapping[str, Any]]:
        """The runs of before, newest first."""
        return self.store.runs(self.instance.name, direction="down")

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
                run = self._account(account)
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
        accounts = [*(keepers.told(run) for run in self.accounts), *stopped]
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
        for outcome in _refused(run, failed):
            run.report.add(outcome)
        return failed

    def _context(
        self, run: AccountRun, run_id: str, fence: int, progress: Callable[[Change], None]
    ) -> Context:
        instance, tools = self.instance, self.moment.tools
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
            grace=instance.grace,
            send_credentials={
                kind: _get_credentials(run, kind, test)
                for kind, test in asked.items()
                if test is not None
            },
            restore_archived=instance.restore_archived,
            sleep=tools.sleep,
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
        """Write which school the links of each account are for."""
        for account, school in self.schools.items():
            name = school_name(self.instance.name, account)
            if school is not None and self.store.setting(name) is None:
                self.store.save_setting(name, school)

    def remember_scope(self, *, first: bool = False) -> None:
        """Write what decided the scope of each account that was read wholly, and what waits.

        With `first`, only where nothing is known yet: a first run that breaks off has made sheets.
        """
        for run in self.accounts:
            scope, name = run.setting.scope, run.account.name
            if run.verdicts.whole and not (first and scope.before is not None):
                coming = self.store.coming(self.instance.name, name, self.moment.now, _FAR)
                open_still = scope.open_still(coming - _settled(run))
                held = {
                    change.source_id: change.because for change in run.plan.held if change.because
                }
                self.store.save_scope(self.instance.name, name, scope.remembered(open_still | held))

    def _account(self, account: Account) -> AccountRun:
        """Look at Edusign, read the ERP, judge it, and plan."""
        instance, name = self.instance, account.name
        lists = self.open_lists(account, Report(name))
        client = open_edusign(account, self.moment.tools)
        self.stack.callback(client.close)
        school = client.school()
        check_renamed(self.store, instance, name, school)
        self.schools[name] = check_school(self.store, instance.name, name, school)
        looked_at = on_edusign(client.answered_at, self.moment.current())
        settle_scope(lists, client, "down")
        view = StoreView.read(self.store, instance.name, name)
        seen = look(client, view, self.window, looked_at, last_looked(self.runs, name))
        snapshot = read(lists)
        known = seen.known_sheets(view)
        if self.trace is not None and self.trace[0] == "course":
            known = replace(known, unsettled=known.unsettled | {self.trace[1]})
        if self.again is not None:
            known = known.with_sessions(self.again.get(name, Again()).sessions)
        standing, traced = Standing(view.fingerprints, client.person_by_email), bool(self.trace)
        verdicts = judge(snapshot, instance.rules, self.window, known, standing, trace=traced)
        client.know(verdicts.people.names)
        setting = self._setting(account, lists.names, client)
        planned = with_reading(
            plan(verdicts, view, seen, setting),
            instance.spec,
            lists.statuses,
            rows_before(self.runs, name, self.store.now()),
        )
        run = AccountRun(
            account, client, verdicts, view, setting, planned, lists.names, seen, Report(name)
        )
        files = {
            name: seen_now(lists.files.get(name, {}), status, self.window)
            for name, status in lists.statuses.items()
            if status.patterns
        }
        days = f"from {self.window.first} to {self.window.last}"
        unmet = unmet_values(instance.spec, lists.names["filters"], lists.statuses, days)
        held = all_held(verdicts, view, planned)
        come_to = [*_refused(run, frozenset()), *([held] if held is not None else [])]
        noted = planned.with_outcomes([*unmet, *come_to])
        run.plan = replace(noted, files={**lists.files, **files})
        return run

    def _setting(
        self, account: Account, names: Mapping[str, Any], client: EdusignClient
    ) -> Setting:
        instance = self.instance
        scope = ScopeGuard(
            instance.spec,
            {
                **names,
                "options": account.answers.options,
                "connection": account.answers.connection,
                "rules": {"vanished": instance.rules.vanished},
            },
            self.store.key,
            Remembered.from_json(self.store.scope(instance.name, account.name)),
        )
        return Setting(
            account.name,
            instance.spec,
            self.window,
            instance.rules.vanished,
            instance.rules.adopt,
            instance.restore_archived,
            scope,
            client,
            now=self.moment.current,
        )

    @cached_property
    def rare(self) -> dict[str, set[str]]:
        """The names that not every row of a list has, by list."""
        return self.store.rare_names(self.instance.name)

    def remember_names(self) -> None:
        """Write which names of rows turned out to be rare."""
        self.store.save_rare_names(self.instance.name, self.rare)

    def open_lists(self, account: Account, report: Report) -> Lists:
        """Return the lists of an account, ready to be read."""
        names = names_in_scope(account.answers, self.window, self.moment.tools.watch)
        source = self.source
        if source is None:
            source = open_source(
                self.instance.spec, names, self.moment.tools, self.registry.functions
            )
            self.stack.callback(source.close)
            self.source = source if self.is_common else None
        expected = self._expected(account.name)
        return Lists(
            self.instance.spec,
            source,
            names,
            report,
            self.registry.functions,
            self.shared,
            expected=expected,
            window=self.window,
            files=files_before(self.runs, account.name),
            singles=account.answers.singles,
            rare=self.rare,
        )

    def _expected(self, account: str) -> dict[str, int]:
        """Return how many rows lists had; those of sessions only while sheets are to come."""
        name, before = self.instance.name, rows_before(self.runs, account, self.store.now())
        if not before or self.store.coming(
            name, account, self.moment.now, self.window.ends_at, limit=1
        ):
            return before
        return without_course_lists(before, self.instance.spec)


def _get_credentials(run: AccountRun, kind: str, test: Expression) -> bool:
    """Whether new people of a kind get credentials; none do when nobody can say."""
    verdict = decided(test, None, run.names)
    if verdict is UNKNOWN:
        detail = f"credentials: {why(test, None, run.names)}"
        run.report.once(Outcome(UNDECIDED, kind, place=test.place, detail=detail))
    return verdict is True


def _settled(run: AccountRun) -> AbstractSet[str]:
    """Return the sessions that are in scope for sure, and the sheets that the guard judged."""
    verdicts, plan = run.verdicts, run.plan
    deletions = {
        change.source_id
        for change in (*plan.changes, *plan.held)
        if change.kind == "course" and change.action == "delete"
    }
    return (verdicts.seen - verdicts.undecided) | deletions


def _refused(run: AccountRun, failed: frozenset[tuple[str, str]]) -> list[Outcome]:
    """Return what has to be said when nothing of a kind comes through, unless it was said."""
    noted = {(event.code, event.kind) for event in run.outcomes}
    return [
        outcome
        for outcome in kinds_refused(run.verdicts, run.view, run.plan, failed)
        if (outcome.code, outcome.kind) not in noted
    ]


def _same_answers(instance: Instance) -> bool:
    first = instance.accounts[0].answers
    return all(
        account.answers.connection == first.connection and account.answers.options == first.options
        for account in instance.accounts
    )
