"""One account on the way down: what was read, judged and planned, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome, Report
from edusync.engine.plan.all_refused import kinds_refused
from edusync.engine.plan.plan import VANISHED, AccountPlan
from edusync.engine.plan.waiting import Waiting
from edusync.engine.read.table import UNDECIDED
from edusync.engine.verdicts import decided, why
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from edusync.app.files.connector_file import Account
    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.look import Look
    from edusync.engine.plan.plan import Key
    from edusync.engine.plan.setting import Setting
    from edusync.spec.tree import Expression
    from edusync.state.view import StoreView
    from edusync.target.client import EdusignClient


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
        details = {
            event.key: event.detail or ""
            for event in self.report.outcomes
            if event.code == VANISHED
        }
        applied = [event for event in self.report.outcomes if event.code != VANISHED]
        return [*self.plan.with_details(details).outcomes, *applied]


def get_credentials(run: AccountRun, kind: str, test: Expression) -> bool:
    """Whether new people of a kind get credentials; none do when nobody can say."""
    verdict = decided(test, None, run.names)
    if verdict is UNKNOWN:
        detail = f"credentials: {why(test, None, run.names)}"
        run.report.once(Outcome(UNDECIDED, kind, place=test.place, detail=detail))
    return verdict is True


def settled(run: AccountRun) -> AbstractSet[str]:
    """Return the sessions that are in scope for sure, and the sheets that the guard judged."""
    verdicts, plan = run.verdicts, run.plan
    deletions = {
        change.source_id
        for change in (*plan.changes, *plan.held)
        if change.kind == "course" and change.action == "delete"
    }
    return (verdicts.seen - verdicts.undecided) | deletions


def waits(run: AccountRun) -> Waiting:
    """Return what guards hold, and what they held before of which nobody can say anything now."""
    verdicts, before = run.verdicts, run.setting.waiting
    decided = verdicts.seen - verdicts.undecided - verdicts.stuck.keys()
    planned = {change.key for change in run.plan.changes}

    people: Mapping[str, Mapping[str, object]] = {
        "professor": run.plan.people.professors,
        "external": run.plan.people.externals,
        "student": run.plan.people.students,
    }

    def is_open(key: Key) -> bool:
        kind, source_id = key
        if kind in people:
            is_decided = source_id in people[kind]
        else:
            is_decided = source_id in decided if kind == "course" else verdicts.groups.whole
        return key in run.view.links and key not in planned and not is_decided

    still = Waiting(
        frozenset(one for one in before.deletions if is_open(("course", one))),
        frozenset(filter(is_open, before.removals)),
        frozenset(one for one in before.moves if is_open(("course", one))),
        frozenset(one for one in before.contents if is_open(one[:2])),
    )
    return Waiting.of(run.plan.held) | still


def kinds_held_up(run: AccountRun, failed: frozenset[tuple[str, str]]) -> list[Outcome]:
    """Return what has to be said when nothing of a kind comes through, unless it was said."""
    noted = {(event.code, event.kind) for event in run.outcomes}
    return [
        outcome
        for outcome in kinds_refused(run.verdicts, run.view, run.plan, failed)
        if (outcome.code, outcome.kind) not in noted
    ]
