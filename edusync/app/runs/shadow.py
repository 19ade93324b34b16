"""Beside another connector: what edusync would have done, slot by slot; Edusign is never written.

A run leaves its events like any other. Of each day the last look before it counts, so days add up;
of people and groups the last look that read all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from edusync.app.runs.claims import check_file, remember_file
from edusync.app.runs.closing import close_run, closed_when_broken
from edusync.app.runs.downward import Downward
from edusync.app.runs.history import rows_before
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_edusign
from edusync.engine import calls
from edusync.engine.collector import collector_at_rest
from edusync.engine.judge.doubles import Standing
from edusync.engine.judge.judge import judge
from edusync.engine.judge.verdicts import KnownSheets
from edusync.engine.map.snapshot import read
from edusync.engine.outcome import Outcome, Report
from edusync.engine.plan.beside import CHANGED, DELETED, MADE, Beside, Known
from edusync.engine.plan.beside_people import BesidePeople
from edusync.engine.plan.incomplete import with_reading
from edusync.engine.plan.plan import AccountPlan
from edusync.engine.read.files_seen import files_of
from edusync.state.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.runs.moment import Moment
    from edusync.app.runs.sync import Status
    from edusync.errors import EdusyncError
    from edusync.registry import Registry
    from edusync.state.store import Store

SHADOW = "shadow"
"""The direction of such a run; no other goes on from it."""
DIFFERENCES = (MADE, CHANGED, DELETED)
_EVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Shadowed:
    """What a run saw: by account how many sheets were compared a day, and what differs.

    A day that was not read whole has None. `guards` say why it was not.
    """

    run_id: str
    status: Status
    outcomes: Sequence[Outcome]
    days: Mapping[str, Mapping[date, int | None]]
    guards: Sequence[str] = ()
    stopped: EdusyncError | None = None

    @property
    def differences(self) -> list[Outcome]:
        """What edusync would have done otherwise."""
        return [one for one in self.outcomes if one.code in DIFFERENCES]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of an account as it was seen last before it came, of the looks that read it whole.

    `compared` is None when none of them did.
    """

    account: str
    day: date
    looked_at: datetime
    compared: int | None
    differences: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class People:
    """The people and groups of an account, as the last look saw them that read all of them.

    `compared` says how many of each kind, None when no look read all of them.
    """

    account: str
    looked_at: datetime
    compared: Mapping[str, int] | None
    differences: Sequence[Mapping[str, Any]]


def shadow(instance: Instance, store: Store, registry: Registry, moment: Moment) -> Shadowed:
    """Read both sides, and note what edusync would have made, changed or deleted.

    Nothing is written to Edusign. Raises what stops every account.
    """
    with collector_at_rest(), locked(store, instance.name):
        check_file(instance, store)
        run_id = store.start_run(instance.name, SHADOW, store.now())
        counts: dict[str, Any] = {"at": moment.now.isoformat()}
        sent = moment.tools.sent.since()
        with (
            closed_when_broken(store, run_id, moment, sent),
            Downward(instance, store, registry, moment, direction=SHADOW) as downward,
        ):
            looks = _looks(downward)
            stopped = downward.stopped
            remember_file(instance, store)
        outcomes = [one for look in looks.values() for one in look.outcomes]
        outcomes += stopped.outcomes()
        guards = [*dict.fromkeys(look.guard for look in looks.values() if look.guard)]
        status: Status = "partial" if stopped.errors else "held" if guards else "success"
        counts["requests"] = sent()
        counts["lists"] = {name: look.rows for name, look in looks.items()}
        counts["files"] = {name: look.files for name, look in looks.items()}
        counts["days"] = {
            name: {day.isoformat(): count for day, count in look.days.items()}
            for name, look in looks.items()
        }
        counts["people"] = {name: look.people for name, look in looks.items()}
        close_run(store, run_id, status, outcomes, counts=counts)
        days = {name: look.days for name, look in looks.items()}
        return Shadowed(run_id, status, outcomes, days, guards, stopped.first)


@dataclass(frozen=True, slots=True)
class _Look:
    """One account: what differs, and what the next look needs to know of this one."""

    outcomes: Sequence[Outcome]
    days: Mapping[date, int | None]
    people: Mapping[str, int] | None
    guard: str | None
    rows: Mapping[str, int]
    files: Mapping[str, Any]


def _looks(downward: Downward) -> dict[str, _Look]:
    looks: dict[str, _Look] = {}
    for account in downward.instance.accounts:
        with downward.stopped.guarding(account.name):
            looks[account.name] = _account(downward, account)
    return looks


def _account(downward: Downward, account: Account) -> _Look:
    """Judge what the ERP sends as if nothing had come down yet, and hold it against Edusign."""
    report, spec = Report(account.name), downward.instance.spec
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
    before = rows_before(downward.runs, account.name, downward.store.now())
    read_now = with_reading(AccountPlan(account.name), spec, lists.statuses, before)
    guard = next(iter(read_now.guards), None)
    students = Known.of(verdicts.people.students.valid, people["student"])
    professors = Known.of(verdicts.people.professors.valid, people["professor"])
    beside = Beside(verdicts, sheets, students, professors, guard).compared()
    namespace = calls.setting(spec.namespace, lists.names, "namespace")
    directory = BesidePeople(
        verdicts,
        spec,
        {"student": students, "professor": professors},
        people,
        [*client.groups()] if verdicts.groups_on_sheets else [],
        client.person_by_email,
        restores=downward.instance.restore_archived,
        prefix=f"{namespace}/" if namespace else "",
    ).compared(whole=guard is None)
    if guard is None and None in beside.days.values():
        guard = "RUN_READ_INCOMPLETE"
    unread = [one for one in verdicts.outcomes if one.code.startswith("CONN_")] if guard else []
    for outcome in (
        *beside.outcomes,
        *directory.outcomes,
        *unread,
        *([Outcome(guard)] if guard else []),
    ):
        report.add(outcome)
    files = {
        name: {file: file_seen.as_json() for file, file_seen in some.items()}
        for name, some in files_of(lists, window).items()
    }
    return _Look(report.outcomes, beside.days, directory.counts, guard, read_now.sent, files)


def days_seen(store: Store, connector: str, *, since: datetime | None = None) -> list[Day]:
    """Return the days that shadow runs looked at, each as it was seen last before it came."""
    found: dict[tuple[str, date], Day] = {}
    for look in _looks_before(store, connector, since):
        for account, days in look.counts["days"].items():
            for text, compared in days.items():
                known = found.get((account, date.fromisoformat(text)))
                if known is not None and (known.compared is not None or compared is None):
                    continue
                mine = [
                    one for one in look.of(account) if one["kind"] == "course" and _is_on(one, text)
                ]
                day = date.fromisoformat(text)
                found[account, day] = Day(account, day, look.at, compared, mine)
    return sorted(found.values(), key=lambda one: (one.account, one.day))


def people_seen(store: Store, connector: str, *, since: datetime | None = None) -> list[People]:
    """Return the people and groups of each account as the last whole look saw them."""
    found: dict[str, People] = {}
    for look in _looks_before(store, connector, since):
        for account, compared in look.counts.get("people", {}).items():
            known = found.get(account)
            if known is None or (known.compared is None and compared is not None):
                mine = [one for one in look.of(account) if one["kind"] != "course"]
                found[account] = People(account, look.at, compared, mine)
    return [found[account] for account in sorted(found)]


@dataclass
class _Before:
    """A look of before; its events are read when somebody asks for them."""

    store: Store
    id: str
    at: datetime
    counts: Mapping[str, Any]

    @cached_property
    def differences(self) -> list[Mapping[str, Any]]:
        """What differed, of all accounts."""
        every = self.store.events(self.id, code=None, kind=None, source_id=None)
        return [one for one in every if one["code"] in DIFFERENCES]

    def of(self, account: str) -> list[Mapping[str, Any]]:
        """Return what differed on an account."""
        return [one for one in self.differences if one["account"] == account]


def _looks_before(store: Store, connector: str, since: datetime | None) -> Iterator[_Before]:
    """Yield the looks of a connector, newest first."""
    for run in store.runs(connector, limit=_LOOKED_AT, direction=SHADOW):
        if "days" in run["counts"]:
            at = datetime.fromisoformat(run["counts"]["at"])
            if since is None or at >= since:
                yield _Before(store, run["id"], at, run["counts"])


def _is_on(event: Mapping[str, Any], day: str) -> bool:
    return str(event["detail"]).startswith(day)


_LOOKED_AT = 500
"""How many runs are looked through: some months of two slots a day."""
