"""The way down, put together: read each account, check, plan, apply."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from edusync.app.scope import settle_scope
from edusync.engine.apply.applier import Applier
from edusync.engine.apply.ledger import Context
from edusync.engine.check.checker import Checker
from edusync.engine.map.mapper import Mapper
from edusync.engine.outcome import Outcome, Report
from edusync.engine.plan.all_refused import kinds_refused
from edusync.engine.plan.plan import AccountPlan, Plan
from edusync.engine.plan.planner import Planner
from edusync.engine.plan.scope_digest import Remembered, ScopeGuard
from edusync.engine.plan.setting import Setting
from edusync.engine.read.lists import Lists
from edusync.engine.read.names import names_in_scope
from edusync.engine.read.shared import Shared
from edusync.engine.read.source import AnySource, Source, Tools
from edusync.engine.read.table import UNDECIDED
from edusync.engine.verdicts import decided, why
from edusync.model import UNKNOWN, Window
from edusync.spec.needs import needs
from edusync.target.client import EdusignClient

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from types import TracebackType
    from typing import Self

    from edusync.app.connector_file import Account, Instance
    from edusync.engine.check.wanted import Wanted
    from edusync.engine.plan.plan import Change
    from edusync.registry import Registry
    from edusync.spec import Spec
    from edusync.spec.expressions import Expression
    from edusync.state.store import Store

_REMEMBERED = timedelta(days=14)
_OVERLAP = timedelta(minutes=1)
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
    report: Report
    client: EdusignClient
    checker: Checker
    wanted: Wanted
    planner: Planner
    names: Mapping[str, Any]
    looked_at: datetime
    """When Edusign was looked at, by its own clock."""

    @property
    def plan(self) -> AccountPlan:
        """What is to be done."""
        return self.planner.plan


class Downward:
    """One run of a connector on the way down.

    Use it as a context: it signs out and closes at the end.
    """

    def __init__(
        self,
        instance: Instance,
        store: Store,
        registry: Registry,
        moment: Moment,
        *,
        trace: bool = False,
    ) -> None:
        self.instance, self.store, self.registry, self.moment, self.trace = (
            instance,
            store,
            registry,
            moment,
            trace,
        )
        back = instance.rules.adopt.days_back if instance.rules.adopt else 0
        self.window = Window.around(moment.now, days=instance.schedule.window_days, days_back=back)
        self.is_common = _same_answers(instance)
        self.shared = Shared(
            instance.spec, accounts=len(instance.accounts) if self.is_common else 1
        )
        self.source: AnySource | None = None
        """One sign-in for every account with the same answers."""
        self.stack = ExitStack()
        self.accounts: list[AccountRun] = []
        self.runs = store.runs(instance.name, direction="down")
        self.rare = store.rare_names(instance.name)

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
        """Read the ERP, look at Edusign, and return what would be done.

        Nothing is written anywhere (P23).
        """
        self.accounts = [self._account(account) for account in self.instance.accounts]
        return Plan(self.instance.name, [run.plan for run in self.accounts])

    def apply(
        self, run_id: str, fence: int, *, approved: bool, progress: Callable[[Change], None]
    ) -> None:
        """Write what the plan says; `approved` lets through what waits for a person."""
        for run in self.accounts:
            if approved:
                run.planner.holds.release()
            if not run.plan.changes:
                self._look_again(run, ())
                continue
            rules = self.instance.rules
            asked = {"professor": rules.professor_credentials, "student": rules.student_credentials}
            credentials = {
                kind: self._wanted(run, kind, test)
                for kind, test in asked.items()
                if test is not None
            }
            context = Context(
                self.instance.name,
                run.account.name,
                self.instance.spec,
                self.moment.current,
                run_id,
                fence,
                self.instance.grace,
                credentials,
                self.instance.restore_archived,
                self.moment.tools.sleep,
                progress,
            )
            applier = Applier(context, self.store, run.client, run.wanted, run.report)
            applier.run(run.plan)
            self._note_refused(run, applier.ledger.failed)
            self._look_again(run, applier.ledger.failed)

    def _wanted(self, run: AccountRun, kind: str, test: Expression) -> bool:
        """Whether new people of a kind get credentials; none do when nobody can say."""
        verdict = decided(test, None, run.names)
        if verdict is UNKNOWN:
            detail = f"credentials: {why(test, None, run.names)}"
            run.report.once(Outcome(UNDECIDED, kind, place=test.place, detail=detail))
        return verdict is True

    def _look_again(self, run: AccountRun, failed: Collection[tuple[str, str]]) -> None:
        """Let the next run see an edit by hand of which this one could not dispose (R33)."""
        planner, since = run.planner, run.planner.setting.touched_since
        left = {source_id for kind, source_id in {*failed, *planner.unclear} if kind == "course"}
        if since is not None and not left.isdisjoint(planner.touched):
            run.looked_at = since + _OVERLAP

    def outcomes(self) -> list[Outcome]:
        """Return every event so far."""
        return [outcome for run in self.accounts for outcome in run.report.outcomes]

    def counts(self) -> dict[str, Any]:
        """Return what the next run needs to know of this one.

        How many rows each list had, and when Edusign was looked at, by its own clock.
        """
        return {
            "lists": {run.account.name: dict(run.plan.sent) for run in self.accounts},
            "looked_at": {run.account.name: run.looked_at.isoformat() for run in self.accounts},
        }

    def remember_scope(self, *, first: bool = False) -> None:
        """Write what decided the scope of each account that was read wholly, and what waits.

        With `first`, only where nothing is known yet: a first run that breaks off has made sheets.
        While Edusign does not say whether it has a sheet, the scope of before stays in force.
        """
        for run in self.accounts:
            scope, name = run.planner.setting.scope, run.account.name
            unclear = any(kind == "course" for kind, _ in run.planner.unclear)
            known = scope.before is not None
            if run.wanted.whole and not (unclear and known) and not (first and known):
                beyond = scope.beyond(
                    self.store.coming(self.instance.name, name, self.window.ends_at, _FAR)
                )
                held = {
                    change.source_id: change.because for change in run.plan.held if change.because
                }
                self.store.save_scope(self.instance.name, name, scope.remembered(beyond | held))

    def remember_names(self) -> None:
        """Write which names of rows turned out to be rare."""
        self.store.save_rare_names(self.instance.name, self.rare)

    def _account(self, account: Account) -> AccountRun:
        report = Report(account.name)
        lists, names = self.open_lists(account, report)
        client = open_edusign(account, self.moment.tools)
        self.stack.callback(client.close)
        client.school()
        looked_at = client.answered_at
        settle_scope(lists, client)
        setting = Setting(
            self.instance.name,
            account.name,
            self.instance.spec,
            self.window,
            self.instance.rules.vanished,
            self.instance.restore_archived,
            self._last_looked(account),
            self.moment.current,
            ScopeGuard(
                self.instance.spec,
                {**names, "rules": {"vanished": self.instance.rules.vanished}},
                self.store.key,
                Remembered.from_json(self.store.scope(self.instance.name, account.name)),
            ),
        )
        planner = Planner(setting, self.store, client, report)
        planner.look()
        checker = Checker(
            Mapper(lists, report),
            self.instance.rules,
            self.window,
            planner.linked,
            report,
            stands=planner.stands,
            trace=self.trace,
        )
        wanted = checker.run()
        plan = planner.run(checker, wanted)
        self._guard_reading(plan, lists, report)
        self._note_tutors(lists, report)
        run = AccountRun(account, report, client, checker, wanted, planner, names, looked_at)
        self._note_refused(run, set())
        return run

    def open_lists(self, account: Account, report: Report) -> tuple[Lists, dict[str, Any]]:
        """Return the lists of an account, ready to be read."""
        names = names_in_scope(account.answers, self.window)
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
            rare=self.rare,
        ), names

    def _guard_reading(self, plan: AccountPlan, lists: Lists, report: Report) -> None:
        broken = [
            status
            for status in lists.statuses.values()
            if status.problems and status.problems != ["CONN_OPTIONAL_FORBIDDEN"]
        ]
        codes = {code for status in broken for code in status.problems}
        forbidden_only = all(
            name_is_optional(self.instance.spec, name)
            for name, status in lists.statuses.items()
            if status.problems
        )
        if codes and not forbidden_only:
            code = (
                "RUN_SUSPICIOUS_EMPTY"
                if codes == {"RUN_SUSPICIOUS_EMPTY"}
                else "RUN_READ_INCOMPLETE"
            )
            if code not in plan.guards:
                plan.guards.append(code)
            if not any(outcome.code == code for outcome in report.outcomes):
                report.add(Outcome(code))
        before = self._counts(plan.name)
        plan.sent = {
            **before,
            **{
                name: status.sent
                for name, status in lists.statuses.items()
                if status.whole and not status.switched_off
            },
        }

    def _note_refused(self, run: AccountRun, failed: Collection[tuple[str, str]]) -> None:
        """Say, once, when nothing of a kind comes through."""
        for outcome in kinds_refused(run.planner, run.wanted, failed):
            if not any(
                (said.code, said.kind) == (outcome.code, outcome.kind)
                for said in run.report.outcomes
            ):
                run.report.add(outcome)

    def _note_tutors(self, lists: Lists, report: Report) -> None:
        """Say that tutors do not come down when a list that they come from is switched off."""
        external = self.instance.spec.entities.get("external")
        waiting, met = [external.source] if external else [], set[str]()
        while waiting:
            name = waiting.pop()
            if name not in met:
                met.add(name)
                waiting.extend(needs(self.instance.spec.resources[name]))
        off = sorted(
            name for name in met if name in lists.statuses and lists.statuses[name].switched_off
        )
        if off:
            report.add(
                Outcome(
                    "DOWN_TUTOR_OFF", "external", place=self.instance.spec.resources[off[0]].place
                )
            )

    def _expected(self, account: str) -> dict[str, int]:
        """Return how many rows lists had.

        Those that sheets come from only while sheets are to come.
        """
        before = self._counts(account)
        if not before or self.store.coming(
            self.instance.name, account, self.moment.now, self.window.ends_at, limit=1
        ):
            return before
        return {
            name: count
            for name, count in before.items()
            if name not in _course_lists(self.instance.spec)
        }

    def _counts(self, account: str) -> dict[str, int]:
        for run in self.runs:
            if (
                run["finished_at"] is not None
                and run["finished_at"] > datetime.now(UTC) - _REMEMBERED
                and "lists" in run["counts"]
            ):
                return dict(run["counts"]["lists"].get(account, {}))
        return {}

    def _last_looked(self, account: Account) -> datetime | None:
        """Return when the last run looked at Edusign, by Edusign's clock, before it read the ERP.

        A run of an older edusync kept no such moment; then it is when the run began, by our clock.
        """
        for run in self.runs:
            if run["finished_at"] is not None and run["status"] in {"success", "partial"}:
                seen = run["counts"].get("looked_at", {}).get(account.name)
                last: datetime = datetime.fromisoformat(seen) if seen else run["started_at"]
                return last - _OVERLAP
        return None


def open_edusign(account: Account, tools: Tools) -> EdusignClient:
    """Return the client of an account."""
    return EdusignClient(
        account.base_url,
        account.api_key,
        per_minute=account.requests_per_minute,
        sleep=tools.sleep,
        not_found=account.not_found,
    )


def open_source(
    spec: Spec, names: Mapping[str, Any], tools: Tools, functions: Mapping[str, Callable[..., Any]]
) -> AnySource:
    """Return the ERP as the kind of source that it is."""
    match spec.transport.kind:
        case "sql":
            from edusync.engine.read.sql_source import SqlSource

            return SqlSource(spec, names)
        case "files":
            from edusync.engine.read.folder_source import FolderSource

            return FolderSource(spec, names)
    return Source(spec, names, tools, functions)


def name_is_optional(spec: Spec, name: str) -> bool:
    """Whether a list may be forbidden."""
    return spec.resources[name].optional


def _course_lists(spec: Spec) -> set[str]:
    found, waiting = set(), [spec.entities["course"].source]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(
                other for other, how in needs(spec.resources[name]).items() if how == "from"
            )
    return found


def _same_answers(instance: Instance) -> bool:
    first = instance.accounts[0].answers
    return all(
        account.answers.connection == first.connection and account.answers.options == first.options
        for account in instance.accounts
    )
