"""Values of filters, and what the rows of the ERP have for them."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.model.ids import folded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from edusync.engine.read.table import Status
    from edusync.spec.tree import Question, Spec

_MOST_NAMED = 5
_MOST_COMPARED = 2_000


def is_open(question: Question) -> bool:
    """Whether no list of the ERP says which values a filter can have."""
    return question.choices is None or question.item == "glob"


def has_value(question: Question, wanted: str, found: Collection[str]) -> bool:
    """Whether one of the values that were found is what an entry of a filter means."""
    fold: Callable[[str], str] = folded if question.alike else str
    meant = fold(wanted)
    if question.item == "glob":
        return any(fnmatchcase(fold(value), meant) for value in found)
    return any(fold(value) == meant for value in found)


def mismatch(found: Sequence[str], allowed: Sequence[object]) -> str:
    """Return what a row has that a filter leaves out, and what the filter lists: ids of both."""
    lists = _few([str(one) for one in allowed])
    has = _few(found)
    return f"it has {has}, the filter lists {lists}" if has else f"it has none of {lists}"


def _few(ids: Sequence[str]) -> str:
    each = list(dict.fromkeys(ids))
    more = len(each) - _MOST_NAMED
    words = ", ".join(each[:_MOST_NAMED])
    return f"{words} and {more} more" if more > 0 else words


def nearest(wanted: str, found: Iterable[str]) -> list[str]:
    """Return the values of the ERP that are most like a text, the nearest first."""
    near = {folded(value): value for value in sorted(set(found))[:_MOST_COMPARED]}
    return [near[one] for one in get_close_matches(folded(wanted), near, _MOST_NAMED, 0.0)]


def unmet_values(
    spec: Spec, filters: Mapping[str, Any], statuses: Mapping[str, Status], days: str
) -> Iterator[Outcome]:
    """Yield an event for each value of a filter that no row has, with the nearest that rows have.

    Nothing is said of a filter whose lists were not read wholly, or had no rows: they prove
    nothing. `days` says which days were read.
    """
    for name, question in spec.filters.items():
        lists = [
            statuses[resource.name]
            for resource in spec.resources.values()
            if any(by.name == name for by in resource.filter_by) and resource.name in statuses
        ]
        found = {value for status in lists for value in status.filter_values.get(name, ())}
        if not is_open(question) or not found or not all(status.whole for status in lists):
            continue
        for wanted in filters.get(name) or ():
            if not has_value(question, wanted, found):
                near = ", ".join(nearest(wanted, found))
                detail = f"no row {days} has {wanted}; nearest: {near}"
                yield Outcome("CONF_FILTER_VALUE_UNMET", field=f"filters.{name}", detail=detail)
