"""Try a connector: sign in on both sides and read one row of each list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.app.explaining.reasons import reasons_of
from edusync.app.runs.downward import Downward, Moment
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_edusign
from edusync.engine.outcome import Report
from edusync.errors import EdusyncError
from edusync.locale import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from edusync.app.files.connector_file import Account, Instance
    from edusync.engine.read.lists import Lists
    from edusync.registry import Registry
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient


@dataclass(frozen=True, slots=True)
class Tried:
    """One thing that was tried. `error` stops the whole when `side` cannot be used at all."""

    account: str
    what: str
    works: bool
    words: str
    error: EdusyncError | None = None


def check_connector(
    instance: Instance, store: Store, registry: Registry, moment: Moment
) -> Iterator[Tried]:
    """Yield what works and what does not, account by account."""
    with Downward(instance, store, registry, moment) as downward:
        for account in instance.accounts:
            client = open_edusign(account, moment.tools)
            downward.stack.callback(client.close)
            signed_in = try_edusign(account, client)
            yield signed_in
            if signed_in.works:
                yield _look_ups(account, client)
            report = Report(account.name)
            try:
                lists = downward.open_lists(account, report)
                yield _probe(instance, account, lists)
                settle_scope(lists, client)
            except EdusyncError as error:
                yield _refused(instance, account, error)
                continue
            for name in instance.spec.resources:
                yield _list(account, lists, name, report)
            yield from _answers(account, report)
            yield from _reasons(instance, account, lists, client)


def try_edusign(account: Account, client: EdusignClient) -> Tried:
    """Say whether an account of Edusign lets us in."""
    try:
        name = client.school().get("NAME", "")
    except EdusyncError as error:
        return Tried(
            account.name,
            "Edusign",
            works=False,
            words=f"{error.code}: {error.message}",
            error=error,
        )
    return Tried(
        account.name, "Edusign", works=True, words=_("signed in to the school '{name}'", name=name)
    )


def _look_ups(account: Account, client: EdusignClient) -> Tried:
    """Try whether it is understood how Edusign says that something is not there."""
    try:
        unclear = client.unclear_look_ups()
    except EdusyncError as error:
        words = f"{error.code}: {error.message}"
        return Tried(account.name, _("Edusign look-ups"), works=False, words=words, error=error)
    if not unclear:
        return Tried(account.name, _("Edusign look-ups"), works=True, words=_("are understood"))
    words = "EDU_LOOKUP_REFUSED: " + "; ".join(sorted(set(unclear.values())))
    return Tried(account.name, _("Edusign look-ups"), works=False, words=words)


def try_erp(instance: Instance, account: Account, open_lists: Callable[[], Lists]) -> Tried:
    """Say whether the ERP lets us in."""
    try:
        return _probe(instance, account, open_lists())
    except EdusyncError as error:
        return _refused(instance, account, error)


def _refused(instance: Instance, account: Account, error: EdusyncError) -> Tried:
    words = f"{error.code}: {error.message}"
    return Tried(account.name, instance.spec.label, works=False, words=words, error=error)


def _probe(instance: Instance, account: Account, lists: Lists) -> Tried:
    probe = instance.spec.transport.probe
    if probe is not None:
        lists.source.call(probe.call, lists.names)
    return Tried(account.name, instance.spec.label, works=True, words=_("signed in"))


def _list(account: Account, lists: Lists, name: str, report: Report) -> Tried:
    before = len(report.outcomes)
    try:
        first = next(iter(lists.rows(name)), None)
    except EdusyncError as error:
        return Tried(
            account.name, name, works=False, words=f"{error.code}: {error.message}", error=error
        )
    problems = [outcome for outcome in report.outcomes[before:] if outcome.code.startswith("CONN_")]
    if problems:
        return Tried(
            account.name,
            name,
            works=problems[0].severity == "info",
            words=f"{problems[0].code}: {problems[0].words}",
        )
    if lists.statuses[name].switched_off:
        return Tried(account.name, name, works=True, words=_("switched off by an option"))
    return Tried(
        account.name, name, works=True, words=_("has rows") if first is not None else _("is empty")
    )


def _answers(account: Account, report: Report) -> Iterator[Tried]:
    """Yield the answers of the connector file that do not fit what the ERP has."""
    for outcome in report.outcomes:
        if outcome.code.startswith("CONF_"):
            words = f"{outcome.code}: {outcome.words}"
            works = outcome.severity != "error"
            yield Tried(account.name, str(outcome.field), works=works, words=words)


def _reasons(
    instance: Instance, account: Account, lists: Lists, client: EdusignClient
) -> Iterator[Tried]:
    """Yield which reasons of absences are on one side only; `edusync reasons` says more."""
    if instance.spec.writeback is None or instance.spec.writeback.reasons is None:
        return
    try:
        found = [*reasons_of(instance, account, lists, client)]
    except EdusyncError as error:
        words = f"{error.code}: {error.message}"
        yield Tried(account.name, _("reasons"), works=False, words=words)
        return
    missing = ", ".join(reason.label for reason in found if reason.is_to_do)
    words = (
        _("on one side only: {reasons}; see `edusync reasons`", reasons=missing)
        if missing
        else _("are on both sides")
    )
    yield Tried(account.name, _("reasons"), works=True, words=words)
