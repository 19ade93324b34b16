"""Cut lists that come whole in one answer: of those looked into by the session, to its rows.

Of others, to rows that are named elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from edusync.spec.needs import mentioned
from edusync.spec.tree import LookUp, walk
from edusync.spec.tree.value import path_of
from edusync.testing.cutting import roots
from edusync.testing.tape import OK
from edusync.testing.without_rows import column, listed, without_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from edusync.spec.tree import Resource, Spec
    from edusync.testing.tape import Heard

_WORD = re.compile(r"[\w.@-]+")


def cut_whole_lists(
    everything: list[Heard],
    alone: list[Heard],
    spec: Spec,
    limit: int,
    sessions: Collection[str],
) -> None:
    """Cut lists among what was heard for one list `alone`.

    Of those that are looked into by the session, only the rows of `sessions` stay; of the others
    the rows that another answer names by their key, and so many more. Lists that others are asked
    for with stay whole, because their calls stay.
    """
    stay = _have_to_stay(spec)
    lists = {
        resource.call.place: resource
        for resource in spec.resources.values()
        if resource.call is not None
        and resource.name not in stay
        and resource.for_each is None
        and not resource.paging
        and resource.inner is None
    }
    links = {str(look.list): path_of(look.on) for look in _by_session(spec)}
    whole = [
        (heard, resource)
        for heard in alone
        if heard.status == OK and heard.asked.place in lists
        for resource in (lists[heard.asked.place],)
    ]
    for heard, resource in whole:
        if resource.name in links:

            def is_of_another(row: Any, resource: Resource = resource) -> bool:
                return column(resource, links[resource.name], row) not in sessions

            _cut(heard, resource, is_of_another, some=True)
    words = {id(heard): Counter(_words(heard)) for heard in everything}
    everywhere = sum(words.values(), Counter[str]())
    for heard, resource in whole:
        key = path_of(resource.key)
        if resource.name in links or key is None:
            continue
        mine, spare = words[id(heard)], [limit]

        def is_spare(
            row: Any,
            resource: Resource = resource,
            key: Any = key,
            mine: Counter[str] = mine,
            spare: list[int] = spare,
        ) -> bool:
            found = column(resource, key, row)
            if found is None or everywhere[found] > mine[found]:
                return False
            spare[0] -= 1
            return spare[0] < 0

        _cut(heard, resource, is_spare)


def _words(heard: Heard) -> list[str]:
    return _WORD.findall(f"{heard.raw.decode('utf-8', 'replace')} {heard.request}")


def _cut(
    heard: Heard, resource: Resource, is_gone: Callable[[Any], bool], *, some: bool = False
) -> None:
    """Take rows out; none when `some` have to stay and none would.

    Then they are told otherwise than we think.
    """
    rows = resource.items.read(heard.asked.decoded(heard.raw, heard.status, heard.kind)[0])
    if isinstance(rows, dict) and resource.shape not in {"keyed", "list_or_keyed"}:
        return
    pairs = list(rows.items()) if isinstance(rows, dict) else list(enumerate(listed(rows)))
    gone = [at for at, row in pairs if is_gone(row)]
    if gone and not (some and len(gone) == len(pairs)):
        heard.raw = without_rows(heard.raw, heard.asked, resource.items, gone) or heard.raw


def _have_to_stay(spec: Spec) -> set[str]:
    """Return the lists that are not cut afterwards.

    Those of sessions, those that others are asked for with or chosen from, single rows.
    """
    whole = {resource.name for resource in roots(spec)}
    waiting = [resource.name for resource in spec.resources.values() if resource.single]
    for resource in spec.resources.values():
        if each := resource.for_each:
            waiting += [*each.lists, *(name for name, _ in each.values)]
        waiting += [
            part[1]
            for expression in mentioned(resource)
            for part in expression.names
            if part[0] == "the" and len(part) > 1
        ]
    for question in (*spec.filters.values(), *spec.options.values(), *spec.connection.values()):
        waiting += [question.choices.resource] if question.choices else []
        waiting += [question.must_exist_in.resource] if question.must_exist_in else []
    while waiting:
        name = waiting.pop()
        if name in spec.resources and name not in whole:
            whole.add(name)
            waiting += spec.resources[name].sources
    return whole


def _by_session(spec: Spec) -> Iterator[LookUp]:
    """Yield where sheets look for rows by the key of their session."""
    keys = {path.source for resource in roots(spec) if (path := path_of(resource.key))}
    values = (
        *spec.entities["course"].fields.values(),
        *(value for resource in roots(spec) for _, value in resource.add),
    )
    for value in values:
        for met in walk(value):
            if isinstance(met.node, LookUp) and path_of(met.node.on):
                by = path_of(met.node.by)
                if by is not None and by.source in keys:
                    yield met.node
