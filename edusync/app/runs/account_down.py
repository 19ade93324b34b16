"""One account on the way down: look at Edusign, read the ERP, judge and plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.app.runs.account_run import AccountRun, kinds_held_up
from edusync.app.runs.beside import beside_another, decided_types
from edusync.app.runs.claims import check_renamed, check_school
from edusync.app.runs.history import done_last, last_looked, rows_before, was_whole
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_edusign
from edusync.engine.judge.doubles import Standing
from edusync.engine.judge.judge import judge
from edusync.engine.map.snapshot import read
from edusync.engine.outcome import Report
from edusync.engine.plan.account import plan
from edusync.engine.plan.all_refused import all_held, nobody_brought
from edusync.engine.plan.incomplete import with_reading
from edusync.engine.plan.look import look, on_edusign
from edusync.engine.plan.plan import AccountPlan
from edusync.engine.plan.scope_digest import Remembered, ScopeGuard
from edusync.engine.plan.setting import Setting
from edusync.engine.plan.shared_links import shared_links
from edusync.engine.plan.waiting import Waiting
from edusync.engine.read.files_seen import files_of
from edusync.engine.read.filter_values import unmet_values
from edusync.state.adoptions import apart_on
from edusync.state.settings import waiting_name
from edusync.state.view import StoreView

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.app.files.connector_file import Account
    from edusync.app.runs.downward import Downward
    from edusync.engine.judge.verdicts import Verdicts
    from edusync.engine.plan.look import Look
    from edusync.engine.read.lists import Lists
    from edusync.target.client import EdusignClient


class AccountRead(NamedTuple):
    """Both sides of an account, as they were read."""

    lists: Lists
    client: EdusignClient
    view: StoreView
    look: Look
    verdicts: Verdicts


def read_account(downward: Downward, account: Account) -> AccountRead:
    """Look at what the store and Edusign hold, read the ERP, and judge it. Nothing is written.

    Raises what stops the account: SourceError, TargetError, or a fault of the answers.
    """
    instance, store, moment = downward.instance, downward.store, downward.moment
    name, window = account.name, downward.window
    lists = downward.erp.open_lists(account, Report(name))
    client = open_edusign(account, moment.tools)
    downward.stack.callback(client.close)
    school = client.school()
    check_renamed(store, instance, name, school)
    downward.schools[name] = check_school(store, instance.name, name, school)
    looked_at = on_edusign(client.answered_at, moment.current())
    settle_scope(lists, client, "down")
    view = StoreView.read(store, instance.name, name)
    since, done = last_looked(downward.runs, name), done_last(store, downward.runs, name)
    look_now = look(client, view, window, looked_at, since, done)
    verdicts = _judged(downward, name, lists, client, view, look_now)
    return AccountRead(lists, client, view, look_now, verdicts)


def _judged(
    downward: Downward,
    name: str,
    lists: Lists,
    client: EdusignClient,
    view: StoreView,
    look_now: Look,
) -> Verdicts:
    """Read the lists of an account, and judge what they hold."""
    known, trace = look_now.known_sheets(view), downward.trace
    if trace is not None and trace[0] == "course":
        known = replace(known, unsettled=known.unsettled | {trace[1]})
    if downward.again is not None and name in downward.again:
        known = known.with_sessions(downward.again[name].sessions)
    standing = Standing(view.fingerprints, client.person_by_email)
    verdicts = judge(
        read(lists),
        downward.instance.rules,
        downward.window,
        known,
        standing,
        trace=trace is not None,
    )
    client.know(verdicts.people.names)
    return verdicts


def _planned(
    downward: Downward, account: Account, found: AccountRead, setting: Setting
) -> tuple[AccountRead, AccountPlan]:
    """Return the plan of an account, and what it was made of.

    Rows may go from one page to another while pages come, and a row that no page had would cost a
    sheet, or somebody a seat. So where something is to go because the ERP did not send it, and a
    list came on several pages, all is read a second time, and what goes is missing in both.
    """
    first = plan(found.verdicts, found.view, found.look, setting)
    if not (
        first.takes
        and found.verdicts.whole
        and any(one.may_have_shifted for one in found.lists.statuses.values())
    ):
        return found, first
    lists = downward.erp.open_lists(account, Report(account.name), anew=True)
    settle_scope(lists, found.client, "down")
    verdicts = _judged(downward, account.name, lists, found.client, found.view, found.look)
    again = found._replace(lists=lists, verdicts=verdicts)
    setting = replace(setting, confirmed=first.takes)
    return again, plan(verdicts, found.view, found.look, setting)


def plan_account(downward: Downward, account: Account) -> AccountRun:
    """Return what was read of an account, how it was judged, and its plan. Nothing is written.

    Where another connector's sheets stand and nobody decided about them, nothing is planned. Raises
    as `read_account`.
    """
    instance, store, name = downward.instance, downward.store, account.name
    found = read_account(downward, account)
    client, view, look_now = found.client, found.view, found.look
    setting = _setting(downward, account, found.lists.names, client, view)
    beside = beside_another(store, instance, view, client, downward.window)
    first = AccountPlan(name)
    if not beside.guard:
        found, first = _planned(downward, account, found, setting)
    lists, verdicts = found.lists, found.verdicts
    planned = with_reading(
        beside.noted(first),
        instance.spec,
        lists.statuses,
        rows_before(downward.runs, name, store.now()),
    )
    run = AccountRun(
        account, client, verdicts, view, setting, planned, lists.names, look_now, Report(name)
    )
    if not beside.guard:
        run.plan = _with_events(downward, run, lists)
    return run


def _with_events(downward: Downward, run: AccountRun, lists: Lists) -> AccountPlan:
    """Return the plan with what has to be said of the whole account, and of the files read."""
    spec, window = downward.instance.spec, downward.window
    days = f"from {window.first} to {window.last}"
    unmet = unmet_values(spec, lists.names["filters"], lists.statuses, days)
    whole = (
        all_held(run.verdicts, run.view, run.plan),
        nobody_brought(run.verdicts, run.view, run.plan),
    )
    come_to = [*kinds_held_up(run, frozenset()), *filter(None, whole)]
    return replace(run.plan.with_outcomes([*unmet, *come_to]), files=files_of(lists, window))


def _setting(
    downward: Downward,
    account: Account,
    names: Mapping[str, Any],
    client: EdusignClient,
    view: StoreView,
) -> Setting:
    instance, store = downward.instance, downward.store
    scope = ScopeGuard(
        instance.spec,
        {
            **names,
            "options": account.answers.options,
            "connection": account.answers.connection,
            "rules": {"vanished": instance.rules.vanished},
        },
        store.key,
        Remembered.from_json(store.scope(instance.name, account.name)),
    )
    return Setting(
        account.name,
        instance.spec,
        downward.window,
        instance.rules.vanished,
        instance.rules.adopt,
        instance.restore_archived,
        scope,
        client,
        now=downward.moment.current,
        left=decided_types(store, instance.name, account.name, "left"),
        taken=decided_types(store, instance.name, account.name, "adopted"),
        waiting=Waiting.from_json(store.setting(waiting_name(instance.name, account.name))),
        shared=shared_links(view, client, instance.spec.connector),
        was_whole=was_whole(downward.runs, account.name),
        apart=apart_on(store, instance.name, account.name),
    )
