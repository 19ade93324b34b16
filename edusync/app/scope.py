"""Settle an account's answers with the ERP before a run: filter labels become ids, answers that must exist do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.engine.read.table import ids_of
from edusync.errors import ConfigurationProblem
from edusync.model.ids import folded
from edusync.spec.build.questions import PROFESSORS_ON_EDUSIGN
from edusync.spec.entries import id_part

if TYPE_CHECKING:
    from edusync.engine.read.lists import Lists
    from edusync.target.client import EdusignClient


def settle_scope(lists: Lists, client: EdusignClient) -> None:
    """Turn the labels of filters into ids, and check answers that have to exist in the ERP or on Edusign.

    ConfigurationProblem when one is unknown. A list that could not be read wholly proves nothing.
    """
    spec, names = lists.spec, lists.names
    for name, question in spec.filters.items():
        chosen = names["filters"].get(name)
        if not chosen or question.choices is None or question.item == "glob":
            continue
        table = lists.table(question.choices.resource)
        known = {
            found: found for row in table.rows for found in ids_of(question.choices.id.read(row))
        }
        labels = {
            folded(str(question.choices.label.read(row))): next(
                iter(ids_of(question.choices.id.read(row))), ""
            )
            for row in table.rows
        }
        settled = [
            known.get(value) or labels.get(folded(value)) or known.get(id_part(value))
            for value in chosen
        ]
        unknown = [value for value, found in zip(chosen, settled, strict=True) if not found]
        if unknown and table.whole:
            raise ConfigurationProblem(
                "CONF_FILTER_ID_UNKNOWN",
                f"the filter '{name}' names {', '.join(unknown)}, which {spec.label} does not have",
                f"known ids: {', '.join(sorted(known)[:10])}",
            )
        lists.settle_filter(
            name, [found or id_part(value) for value, found in zip(chosen, settled, strict=True)]
        )
    for section, questions in (("options", spec.options), ("connection", spec.connection)):
        for name, question in questions.items():
            rule, value = question.must_exist_in, names[section].get(name)
            if rule is None or value in (None, ""):
                continue
            if rule.resource == PROFESSORS_ON_EDUSIGN:
                found = client.person("professor", str(value))
                if found is None or found.archived:
                    raise ConfigurationProblem(
                        rule.code,
                        f"'{name}' names a professor whom Edusign does not have",
                        "write the id that Edusign shows for the professor",
                    )
                continue
            table = lists.table(rule.resource)
            wanted = folded(str(value))
            if table.whole and not any(
                folded(found) == wanted
                for row in table.rows
                for path in rule.on
                for found in ids_of(path.read(row))
            ):
                raise ConfigurationProblem(
                    rule.code,
                    f"'{name}' names something that {spec.label} does not have",
                    question.help.en if question.help else None,
                )
