"""Settle an account's answers with the ERP before a run.

Labels of filters become ids, and answers that must exist in the ERP or on Edusign do.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, NoReturn

from edusync.engine.outcome import Outcome
from edusync.engine.read.filter_values import nearest
from edusync.errors import ConfigurationProblem
from edusync.model import UNKNOWN
from edusync.model.ids import Unreadable, folded, ids_of
from edusync.spec.build.questions import PROFESSORS_ON_EDUSIGN
from edusync.spec.entries import id_part, named_id
from edusync.spec.needs import mentioned

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from edusync.engine.read.lists import Lists
    from edusync.spec.tree import Choices, MustExist, Question, Spec
    from edusync.target.client import EdusignClient


Direction = Literal["down", "up"]


@dataclass(frozen=True, slots=True)
class Settling:
    """One answer that is settled with the ERP, or with Edusign. `settle` raises when it is unknown.

    `direction` is the one that needs it, None for a filter, which both do.
    """

    section: str
    name: str
    direction: Direction | None
    settle: Callable[[], None]


def settle_scope(lists: Lists, client: EdusignClient, direction: Direction | None = None) -> None:
    """Turn the labels of filters into ids, and check answers that have to exist somewhere.

    ConfigurationProblem when one is unknown. A list that could not be read wholly proves nothing.
    In a run only the answers of its direction are checked: what attendance needs does not keep the
    planning back. In a run down an answer that names nobody on Edusign is unknown, and named by an
    event: what needs it is held, and the rest comes down.
    """
    for answer in to_settle(lists, client, is_run=direction == "down"):
        if direction is None or answer.direction in {None, direction}:
            answer.settle()


def to_settle(lists: Lists, client: EdusignClient, *, is_run: bool) -> Iterator[Settling]:
    """Yield every answer that has to be settled, filters first."""
    spec, of_up = lists.spec, _options_of_the_way_up(lists.spec)
    for name, question in spec.filters.items():
        if lists.names["filters"].get(name) and question.choices and question.item != "glob":
            settle = partial(_settle_filter, lists, name, question.choices)
            yield Settling("filters", name, None, settle)
    for section, questions in (("options", spec.options), ("connection", spec.connection)):
        for name, question in questions.items():
            rule, value = question.must_exist_in, lists.names[section].get(name)
            if rule is None or value in (None, "", []):
                continue
            answer = (section, name)
            if rule.resource == PROFESSORS_ON_EDUSIGN:
                settle = partial(_settle_on_edusign, lists, client, answer, rule, is_run=is_run)
            else:
                settle = partial(_check_in_erp, lists, answer, rule, question)
            goes_up = name in of_up and not rule.code.startswith("DOWN_")
            yield Settling(section, name, "up" if goes_up else "down", settle)


def _settle_filter(lists: Lists, name: str, choices: Choices) -> None:
    chosen = lists.names["filters"][name]
    lists.settle_filter(name, _ids(lists, name, chosen, choices))


def _options_of_the_way_up(spec: Spec) -> set[str]:
    """Return the options that attendance goes up by."""
    if spec.writeback is None:
        return set()
    return {
        name[1]
        for expression in mentioned(spec.writeback)
        for name in expression.names
        if name[0] == "options" and len(name) > 1
    }


def _ids(lists: Lists, name: str, chosen: Sequence[str], choices: Choices) -> list[str]:
    """Return the ids that a filter means, which may name labels.

    A name that stands beside an id is compared with the ERP's, and another one is noted. A label
    that several have is refused with their ids: nobody knows which is meant.
    """
    table = lists.table(choices.resource)
    called = {
        one_id: str(choices.label.read(row))
        for row in table.rows
        for one_id in _ids_of(choices.id.read(row))
    }
    ids: dict[str, list[str]] = {}
    for one_id, label in called.items():
        ids.setdefault(folded(label), []).append(one_id)
    settled = []
    for value in chosen:
        label, named = named_id(value)
        meant = [value] if value in called else list(ids.get(folded(value), ()))
        if value not in called and named in called and folded(called[named]) == folded(label):
            meant = list(dict.fromkeys([*meant, named]))
        if len(meant) > 1:
            _refuse_ambiguous(name, value, {one_id: called[one_id] for one_id in meant}, lists.spec)
        whole = meant[0] if meant else None
        settled.append(whole or (named if named in called else None))
        if not whole and named in called and folded(label) != folded(called[named]):
            detail = f"'{value}': {lists.spec.label} calls {named} '{called[named]}'"
            lists.report.once(Outcome("CONF_FILTER_NAME_OTHER", field=name, detail=detail))
    unknown = [value for value, one_id in zip(chosen, settled, strict=True) if not one_id]
    if unknown and table.whole:
        raise ConfigurationProblem(
            "CONF_FILTER_ID_UNKNOWN",
            f"the filter '{name}' names {', '.join(unknown)}, which {lists.spec.label} does not "
            "have",
            f"nearest: {', '.join(nearest(unknown[0], [*called, *called.values()]))}",
        )
    return [one_id or id_part(value) for value, one_id in zip(chosen, settled, strict=True)]


def _refuse_ambiguous(name: str, value: str, meant: Mapping[str, str], spec: Spec) -> NoReturn:
    hint = ", ".join(f"'{label} - {found}'" for found, label in meant.items())
    raise ConfigurationProblem(
        "CONF_FILTER_LABEL_AMBIGUOUS",
        f"the filter '{name}' names '{value}', and {spec.label} has {len(meant)} of that name: "
        f"{', '.join(meant)}",
        f"write the one that is meant: {hint}",
    )


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
    course = lists.spec.entities.get("course")
    place = course.place if course else None
    lists.report.add(Outcome(rule.code, field=f"{section}.{name}", place=place, detail=message))


def _check_in_erp(
    lists: Lists, answer: tuple[str, str], rule: MustExist, question: Question
) -> None:
    """Look whether an answer names something that a list of the ERP holds.

    Of several, one that it does not hold is noted, and the others count.
    """
    section, name = answer
    table, value = lists.table(rule.resource), lists.names[section][name]
    known = {
        folded(found): found
        for row in table.rows
        for path in rule.on
        for found in _ids_of(path.read(row))
    }
    several = isinstance(value, list)
    unknown = [one for one in (value if several else [value]) if folded(str(one)) not in known]
    if not unknown or not table.whole:
        return
    near = f"nearest: {', '.join(nearest(str(unknown[0]), known.values()))}"
    if several:
        which = ", ".join(map(str, unknown))
        detail = f"{which}, which {lists.spec.label} does not have; {near}"
        lists.report.add(Outcome(rule.code, field=f"{section}.{name}", detail=detail))
        return
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
