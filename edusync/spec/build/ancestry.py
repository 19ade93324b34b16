"""The lists that the rows of a list come out of, or are asked for with."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.spec.tree import Resource, Spec


def parents(resource: Resource, *, asked: bool) -> tuple[str, ...]:
    """Return the lists that the rows of a list come out of, and those that it is asked for with."""
    each = resource.for_each
    return (*resource.sources, *(each.lists if asked and each else ()))


def chain(spec: Spec, name: str, *, asked: bool = False) -> set[str]:
    """Return a list and all that its rows come out of, or are `asked` for with."""
    found, waiting = set[str](), [name]
    while waiting:
        here = waiting.pop()
        if here not in found:
            found.add(here)
            waiting += parents(spec.resources[here], asked=asked)
    return found
