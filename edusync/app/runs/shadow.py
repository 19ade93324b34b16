"""Beside another connector: what edusync would have done, slot by slot; Edusign is never written.

A run leaves its events like any other. Of each day the last look before it counts, so days add up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from edusync.app.runs.claims import check_file, remember_file
from edusync.app.runs.downward import Downward
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_edusign
from edusync.app.runs.sync import close_run
from edusync.engine.collector import collector_at_rest
from edusync.engine.judge.doubles import Standing
from edusync.engine.judge.judge import judge
from edusync.engine.judge.verdicts import KnownSheets
from edusync.engine.map.snapshot import read
from edusync.engine.outcome import Outcome, Report
from edusync.engine.plan.beside import CHANGED, DELETED, MADE, Beside, Compared, Known
from edusync.errors import EdusyncError
from edusync.state.lock import locked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.sync import Status
    from edusync.registry import Registry
    from edusync.state.store import Store

SHADOW = "shadow"
"""The direction of such a run; no other goes on from it."""
DIFFERENCES = (MADE, CHANGED, DELETED)
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shadowed:
    """What a run saw: by account how many sheets were compared a day, and what differs."""

    run_id: str
    status: Status
    outcomes: Sequence[Outcome]
    days: Mapping[str, Mapping[date, int]]
    stopped: EdusyncError | None = None

    @property
    def differences(self) -> list[Outcome]:
        """What edusync would have done otherwise."""
        return [one for one in self.outcomes if one.code in DIFFERENCES]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an account as it was seen last before it came."""

    account: str
    day: date
    looked_at: datetime
    compared: int
    differences: Sequence[Mapping[str, Any]]


def shadow(instance: Instance, store: Store, registry: Registry, moment: Moment) -> Shadowed:
    """Read both sides, and note what edusync would have made, changed or deleted.

    Nothing is written to Edusign. Raises what stops every account.
    """
    with collector_at_rest(), locked(store, instance.name):
        check_file(instance, store)
        run_id = store.start_run(instance.name, SHADOW, store.now())
        counts: dict[str, Any] = {"at": moment.now.isoformat()}
        try:
            with Downward(instance, store, registry, moment) as downward:
                outcomes, days = _accounts(downward)
                stopped = downward.stopped
                remember_file(instance, store)
        except EdusyncError as error:
            reasons = [Outcome(error.code, detail=error.message)]
            close_run(store, run_id, "failed", reasons, counts=counts)
            raise
        except BaseException:
            close_run(store, run_id, "crashed", [Outcome("RUN_CRASHED")], counts=counts)
            raise
        outcomes += stopped.outcomes()
        status: Status = "partial" if stopped.errors else "success"
        counts["days"] = {
            name: {day.isoformat(): count for day, count in found.items()}
            for name, found in days.items()
        }
        close_run(store, run_id, status, outcomes, counts=counts)
        return Shadowed(run_id, status, outcomes, days, stopped.first)


def _accounts(downward: Downward) -> tuple[list[Outcome], dict[str, Mapping[date, int]]]:
    outcomes, days = list[Outcome](), dict[str, "Mapping[date, int]"]()
    for account in downward.instance.accounts:
        with downward.stopped.guarding(account.name):
            report = Report(account.name)
            found = _account(downward, account, report)
            for outcome in found.outcomes:
                report.add(outcome)
            outcomes += report.outcomes
            days[account.name] = found.days
    return outcomes, days


def _account(downward: Downward, account: Account, report: Report) -> Compared:
    """Judge what the ERP sends as if nothing had come down yet, and hold it against Edusign."""
    lists = downward.erp.open_lists(account, Report(account.name))
    client = open_edusign(account, downward.moment.tools)
    downward.stack.callback(client.close)
    client.school()
    settle_scope(lists, client, "down")
    window, rules = downward.window, downward.instance.rules
    known = KnownSheets({}, frozenset(), downward.store.key)
    standing = Standing({}, client.person_by_email)
    verdicts = judge(read(lists), rules, window, known, standing)
    client.know(verdicts.people.names)
    sheets = [*client.sheets(window.today + timedelta(days=1), window.last)]
    people = {
        kind: [*client.people(kind, updated_since=_EVER)] for kind in ("student", "professor")
    }
    return Beside(
        verdicts,
        sheets,
        Known.of(verdicts.people.students.valid, people["student"]),
        Known.of(verdicts.people.professors.valid, people["professor"]),
        report,
    ).compared()


def days_seen(store: Store, connector: str, *, since: datetime | None = None) -> list[Day]:
    """Return the days that shadow runs looked at, each as it was seen last before it came."""
    found: dict[tuple[str, date], Day] = {}
    for run in store.runs(connector, limit=_LOOKED_AT, direction=SHADOW):
        at = datetime.fromisoformat(run["counts"]["at"]) if "days" in run["counts"] else None
        if at is None or (since is not None and at < since):
            continue
        events: list[Mapping[str, Any]] | None = None
        for account, days in run["counts"]["days"].items():
            for text, compared in days.items():
                if (account, date.fromisoformat(text)) in found:
                    continue
                if events is None:
                    every = store.events(run["id"], code=None, kind=None, source_id=None)
                    events = [one for one in every if one["code"] in DIFFERENCES]
                mine = [
                    one
                    for one in events
                    if one["account"] == account and str(one["detail"]).startswith(text)
                ]
                day = date.fromisoformat(text)
                found[account, day] = Day(account, day, at, compared, mine)
    return sorted(found.values(), key=lambda one: (one.account, one.day))


_LOOKED_AT = 500
"""How many runs are looked through: some months of two slots a day."""
