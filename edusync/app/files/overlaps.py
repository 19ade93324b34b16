"""Whether two accounts take the same: their sheets and students would be doubled (R29, D12)."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.engine.read.names import Answers
    from edusync.spec import Spec
    from edusync.spec.tree import Question

    Filters = Mapping[str, Sequence[str]]


def in_common(spec: Spec, first: Filters, second: Filters) -> dict[str, list[str]] | None:
    """Return what two accounts both let pass, by filter; None when some filter tells them apart.

    A filter that both, or one of them, leave empty lets everything of the other pass.
    """
    common: dict[str, list[str]] = {}
    for name, question in spec.filters.items():
        ours, theirs = first.get(name) or (), second.get(name) or ()
        if ours and theirs:
            common[name] = [one for one in ours if any(_meet(question, one, two) for two in theirs)]
            if not common[name]:
                return None
        elif ours or theirs:
            common[name] = list(ours or theirs)
    return common


def are_told_apart(spec: Spec, first: Answers, second: Answers) -> bool:
    """Whether two accounts read another ERP, or an answer that each account has of its own."""
    return first.connection != second.connection or any(
        first.options.get(name) != second.options.get(name)
        for name, question in spec.options.items()
        if question.per_account
    )


def in_words(common: Mapping[str, Sequence[str]]) -> str:
    """Say what two accounts both take."""
    if not common:
        return "everything"
    return "; ".join(f"{name}: {', '.join(values)}" for name, values in common.items())


def _meet(question: Question, one: str, two: str) -> bool:
    """Whether two entries may mean the same."""
    if question.alike:
        one, two = folded(one), folded(two)
    if question.item == "glob":
        return fnmatchcase(one, two) or fnmatchcase(two, one)
    return one == two
