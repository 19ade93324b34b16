"""Which reason of the ERP an absence reason of Edusign is, where its name does not say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.runs.downward import Downward
from edusync.app.runs.sides import open_edusign
from edusync.app.setup.prompt import Prompt
from edusync.engine.outcome import Report
from edusync.engine.upward.reasons import ReasonFinder
from edusync.errors import SourceError
from edusync.locale import gettext as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.registry import Registry
    from edusync.state.store import Store


def reason_prompts(
    instance: Instance, answers: Mapping[str, str], store: Store, registry: Registry, moment: Moment
) -> list[Prompt]:
    """Return a question for each reason of Edusign that the ERP does not know by its name.

    `answers` are those of the moment. EdusyncError when a side cannot be read; nothing when
    attendance does not go up, or without reasons.
    """
    rule = instance.spec.writeback.reasons if instance.spec.writeback else None
    if rule is None:
        return []
    prompts: dict[str, Prompt] = {}
    with Downward(instance, store, registry, moment) as downward:
        for account in instance.accounts:
            lists = downward.erp.open_lists(account, Report(account.name))
            client = open_edusign(account, moment.tools)
            downward.stack.callback(client.close)
            names = client.absence_reason_names()
            finder = ReasonFinder(rule, lists, {}, names)
            if not finder.whole:
                message = _("the list '{name}' could not be read", name=rule.source)
                raise SourceError("CONN_CALL_FAILED", message)
            labels = [str(rule.label.read(row)) for row in lists.table(rule.source).rows]
            for number, name in sorted(names.items()):
                if finder.find(number).code is not None and name not in prompts:
                    prompts[name] = Prompt(
                        route=("reasons", name),
                        kind="choice",
                        label=_("Which reason is '{name}' of Edusign?", name=name),
                        value=answers.get(name),
                        values={"": _("none of them"), **dict(zip(labels, labels, strict=True))},
                        is_needed=False,
                    )
    return list(prompts.values())
