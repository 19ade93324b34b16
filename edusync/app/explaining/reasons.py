"""Compare the reasons of absences on both sides: what has to be entered on Edusign.

Edusign's API has no documented way to create a reason, so what is missing is listed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.app.runs.downward import Downward
from edusync.app.runs.scope import settle_scope
from edusync.app.runs.sides import open_edusign
from edusync.engine.outcome import Report
from edusync.engine.upward.reasons import ReasonFinder
from edusync.errors import ConfigurationProblem, SourceError
from edusync.locale import gettext as _
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.read.lists import Lists
    from edusync.registry import Registry
    from edusync.state.store import Store
    from edusync.target.client import EdusignClient


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of an account, and whether it is on both sides."""

    account: str
    label: str
    words: str
    code: str | None = None
    """Why one of Edusign's does not go up as itself; None for one of the ERP."""
    is_to_do: bool = False
    """Whether somebody has to enter it."""


def compare_reasons(
    instance: Instance, store: Store, registry: Registry, moment: Moment
) -> Iterator[Reason]:
    """Yield the reasons of the ERP and then those of Edusign that it does not have, by account.

    Nothing is written. ConfigurationProblem when the ERP knows no reasons.
    """
    writeback = instance.spec.writeback
    if writeback is None or writeback.reasons is None:
        message = f"{instance.spec.label} takes no reasons of absences"
        hint = "see the page of the connector; who writes its spec: `edusync help reasons`"
        raise ConfigurationProblem("UP_IMPOSSIBLE", message, hint)
    with Downward(instance, store, registry, moment) as downward:
        for account in instance.accounts:
            lists = downward.erp.open_lists(account, Report(account.name))
            client = open_edusign(account, moment.tools)
            downward.stack.callback(client.close)
            probe = instance.spec.transport.probe
            if probe is not None:
                lists.source.call(probe.call, lists.names)
            settle_scope(lists, client, "up")
            yield from reasons_of(instance, account, lists, client)


def reasons_of(
    instance: Instance, account: Account, lists: Lists, client: EdusignClient
) -> Iterator[Reason]:
    """Yield the reasons of one account; nothing when the ERP knows none."""
    writeback = instance.spec.writeback
    rule = writeback.reasons if writeback is not None else None
    if rule is None:
        return
    names = client.absence_reason_names()
    finder = ReasonFinder(rule, lists, instance.reasons, names)
    table = lists.table(rule.source)
    if not finder.whole:
        message = f"the list '{rule.source}' could not be read"
        raise SourceError("CONN_CALL_FAILED", message)
    meant = {folded(finder.named.get(folded(name), name)) for name in names.values()}
    for row in table.rows:
        texts = [str(path.read(row)) for path in (rule.label, rule.id)]
        if meant.isdisjoint(map(folded, texts)):
            words = _("enter it on Edusign, or name the one that it is under `reasons`")
            yield Reason(account.name, texts[0], words, is_to_do=True)
        else:
            yield Reason(account.name, texts[0], _("is on both sides"))
    for dropped in table.dropped:
        label: Any = rule.label.read(dropped.row)
        words = _("is not imported ({code})", code=dropped.code)
        yield Reason(account.name, str(label), words)
    for number, name in sorted(names.items()):
        match = finder.find(number)
        if match.code is not None:
            has_default = match.reason is not None
            words = (
                _("is on Edusign alone: the default goes up")
                if has_default
                else _("is on Edusign alone: none goes up")
            )
            yield Reason(account.name, name, words, match.code, is_to_do=match.reason is None)
