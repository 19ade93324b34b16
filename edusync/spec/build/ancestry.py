"""The lists that the rows of a list come out of, or are asked for with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.spec.tree import Resource, Spec


def parents(resource: Resource, *, with_for_each: bool) -> tuple[str, ...]:
    """Return the lists that the rows of a list come out of, and those that it is asked for with."""
    each = resource.for_each
    return (*resource.sources, *(each.lists if with_for_each and each else ()))


def chain(spec: Spec, name: str, *, with_for_each: bool = False) -> set[str]:
    """Return a list and all that its rows come out of, or are asked for with, `with_for_each`."""
    lists, waiting = set[str](), [name]
    while waiting:
        here = waiting.pop()
        if here not in lists:
            lists.add(here)
            waiting += parents(spec.resources[here], with_for_each=with_for_each)
    return lists
