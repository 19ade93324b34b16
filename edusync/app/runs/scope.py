"""Settle an account's answers with the ERP before a run.

Labels of filters become ids, and answers that must exist in the ERP or on Edusign do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from edusync.engine.outcome import Outcome
from edusync.engine.read.filter_values import nearest
from edusync.errors import ConfigurationProblem
from edusync.model import UNKNOWN
from edusync.model.ids import Unreadable, folded, ids_of
from edusync.spec.build.questions import PROFESSORS_ON_EDUSIGN
from edusync.spec.entries import id_part
from edusync.spec.needs import upward_expressions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.engine.read.lists import Lists
    from edusync.spec.tree import Choices, MustExist, Question, Spec
    from edusync.target.client import EdusignClient


Direction = Literal["down", "up"]


def settle_scope(lists: Lists, client: EdusignClient, direction: Direction | None = None) -> None:
    """Turn the labels of filters into ids, and check answers that have to exist somewhere.

    ConfigurationProblem when one is unknown. A list that could not be read wholly proves nothing.
    In a run only the answers of its direction are checked: what attendance needs does not keep the
    planning back. In a run down an answer that names nobody on Edusign is unknown, and named by an
    event: what needs it is held, and the rest comes down.
    """
    spec, of_up = lists.spec, _options_of_the_way_up(lists.spec)
    for name, question in spec.filters.items():
        chosen = lists.names["filters"].get(name)
        if chosen and question.choices is not None and question.item != "glob":
            lists.settle_filter(name, _ids(lists, name, chosen, question.choices))
    for section, questions in (("options", spec.options), ("connection", spec.connection)):
        for name, question in questions.items():
            rule, value = question.must_exist_in, lists.names[section].get(name)
            if rule is None or value in (None, ""):
                continue
            belongs: Direction = "up" if name in of_up else "down"
            if rule.code.startswith("DOWN_"):
                belongs = "down"
            if direction not in {None, belongs}:
                continue
            if rule.resource == PROFESSORS_ON_EDUSIGN:
                _settle_on_edusign(lists, client, (section, name), rule, is_run=direction == "down")
            else:
                _check_in_erp(lists, name, value, rule, question)


def _options_of_the_way_up(spec: Spec) -> set[str]:
    """Return the options that attendance goes up by."""
    if spec.writeback is None:
        return set()
    return {
        name[1]
        for expression in upward_expressions(spec.writeback)
        for name in expression.names
        if name[0] == "options" and len(name) > 1
    }


def _ids(lists: Lists, name: str, chosen: Sequence[str], choices: Choices) -> list[str]:
    """Return the ids that a filter means, which may name labels."""
    table = lists.table(choices.resource)
    known = {found: found for row in table.rows for found in _ids_of(choices.id.read(row))}
    labels = {
        folded(str(choices.label.read(row))): next(iter(_ids_of(choices.id.read(row))), "")
        for row in table.rows
    }
    settled = [
        known.get(value) or labels.get(folded(value)) or known.get(id_part(value))
        for value in chosen
    ]
    unknown = [value for value, found in zip(chosen, settled, strict=True) if not found]
    if unknown and table.whole:
        names = [*known, *(str(choices.label.read(row)) for row in table.rows)]
        raise ConfigurationProblem(
            "CONF_FILTER_ID_UNKNOWN",
            f"the filter '{name}' names {', '.join(unknown)}, which {lists.spec.label} does not "
            "have",
            f"nearest: {', '.join(nearest(unknown[0], names))}",
        )
    return [found or id_part(value) for value, found in zip(chosen, settled, strict=True)]


def _settle_on_edusign(
    lists: Lists, client: EdusignClient, answer: tuple[str, str], rule: MustExist, *, is_run: bool
) -> None:
    """Look whether an answer names a professor on Edusign who is not archived."""
    section, name = answer
    found = client.person("professor", str(lists.names[section][name]))
    if found is not None and not found.archived:
        return
    words = "does not have" if found is None else "has archived"
    message = f"'{name}' names a professor whom Edusign {words}"
    if not is_run:
        hint = "write the id that Edusign shows for the professor"
        raise ConfigurationProblem(rule.code, message, hint)
    lists.names[section] = {**lists.names[section], name: UNKNOWN}
    place = lists.spec.entities["course"].place
    lists.report.add(Outcome(rule.code, field=f"{section}.{name}", place=place, detail=message))


def _check_in_erp(lists: Lists, name: str, value: Any, rule: MustExist, question: Question) -> None:
    table, wanted = lists.table(rule.resource), folded(str(value))
    there = (
        folded(found) == wanted
        for row in table.rows
        for path in rule.on
        for found in _ids_of(path.read(row))
    )
    if table.whole and not any(there):
        raise ConfigurationProblem(
            rule.code,
            f"'{name}' names something that {lists.spec.label} does not have",
            question.help.en if question.help else None,
        )


def _ids_of(value: object) -> list[str]:
    """Return the ids of a value, none when it cannot be read: nobody can choose it then."""
    try:
        return ids_of(value)
    except Unreadable:
        return []
