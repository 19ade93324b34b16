"""What the ERP has to choose from: read when it is asked for, never kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from edusync.app.runs.downward import Downward
from edusync.engine.outcome import Report
from edusync.errors import SourceError
from edusync.locale import gettext as _
from edusync.model.composite import composite
from edusync.model.ids import Unreadable, ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.app.files.connector_file import Account, Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.read.lists import Lists
    from edusync.registry import Registry
    from edusync.spec.tree import Path, Question
    from edusync.state.store import Store

_ANY = "?"
"""An answer that nothing has: lists that are read only when there is one are read, and let pass
nothing by it."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing to choose: what the connector file says of it, and how it reads."""

    value: str
    label: str


def offered(
    instance: Instance,
    number: int,
    question: Question,
    store: Store,
    registry: Registry,
    moment: Moment,
) -> list[Offered]:
    """Return what an account may choose from, in the order of the ERP.

    EdusyncError when the ERP cannot be read, or not wholly.
    """
    account = instance.accounts[number]
    alone = replace(instance, accounts=(account,))
    with Downward(alone, store, registry, moment) as downward:
        found = dict.fromkeys(_offered(downward, account, question))
    return list(found)


def _offered(downward: Downward, account: Account, question: Question) -> Iterator[Offered]:
    choices, must = question.choices, question.must_exist_in
    if choices is not None:
        lists = _lists(downward, account, question, [])
        yield from _named(lists, choices.resource, choices.id, choices.label)
    elif question.item == "pair" and question.offer:
        first, second = question.offer
        lists = _lists(downward, account, question, [composite((_ANY, _ANY))])
        for family in _named(lists, first.resource, first.on, None):
            lists = _lists(downward, account, question, [composite((family.value, _ANY))])
            for rubric in _named(lists, second.resource, second.on, None):
                text = f"{family.value}: {rubric.value}"
                yield Offered(text, text)
    elif question.offer:
        one = question.offer[0]
        lists = _lists(downward, account, question, [])
        is_id = question.item in {"id", "integer"}
        for found in _named(lists, one.resource, one.on, one.label):
            yield found if is_id else replace(found, value=found.value.rpartition(" - ")[2])
    elif must is not None:
        answer: Any = [_ANY] if question.type == "list" else _ANY
        lists = _lists(downward, account, question, answer)
        for row in _rows(lists, must.resource):
            texts = [text for path in must.on for text in _texts(path, row)]
            if texts:
                yield Offered(texts[0], " · ".join(dict.fromkeys(texts)))


def _lists(downward: Downward, account: Account, question: Question, answer: Any) -> Lists:
    """Return the lists of an account that gave an answer to a question."""
    answers = account.answers
    if question.type == "filter" or question.name in answers.filters:
        changed = replace(answers, filters={**answers.filters, question.name: tuple(answer)})
    else:
        changed = replace(answers, options={**answers.options, question.name: answer})
    return downward.erp.open_lists(replace(account, answers=changed), Report(account.name))


def _named(lists: Lists, resource: str, on: Path, label: Path | None) -> Iterator[Offered]:
    """Yield the rows of a list as `NAME - ID`, or by their ids alone."""
    for row in _rows(lists, resource):
        names = _texts(label, row) if label is not None else []
        for found in _texts(on, row):
            text = f"{names[0]} - {found}" if names and names[0] != found else found
            yield Offered(text, text)


def _rows(lists: Lists, resource: str) -> list[dict[str, Any]]:
    table = lists.table(resource)
    if not table.whole:
        problems = [one for one in lists.report.outcomes if one.severity == "error"]
        why = problems[0].words if problems else None
        message = _("the list '{name}' could not be read", name=resource)
        raise SourceError("CONN_CALL_FAILED", f"{message}: {why}" if why else message)
    return table.rows


def _texts(path: Path, row: dict[str, Any]) -> list[str]:
    """Return what stands at a path as texts, none where it cannot be read."""
    try:
        return [text.strip() for text in ids_of(path.read(row)) if text.strip()]
    except Unreadable:
        return []
