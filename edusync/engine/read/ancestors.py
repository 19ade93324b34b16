"""What a row stands under: the rows that it came out of, and those that it was asked for with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.errors import ConfigurationProblem

if TYPE_CHECKING:
    from edusync.spec.tree import Resource, Spec

    Row = dict[str, Any]


def with_ancestors(row: Row, above: Row, resource: Resource) -> Row:
    """Return a row with what it stands under, which none of its own names may hide."""
    for name in above:
        if name in row:
            raise ConfigurationProblem(
                "SPEC_NAME_CLASH",
                f"a row of '{resource.name}' owns the name '{name}'",
                "rename the column with `columns`",
            )
    row.update(above)
    return row


def ancestor_names(spec: Spec, name: str) -> frozenset[str]:
    """Return the lists that a list comes out of or is asked for with, at any depth (ruling L1)."""
    if name not in spec.resources:
        return frozenset()
    resource = spec.resources[name]
    above = frozenset(resource.sources) | frozenset(
        resource.for_each.lists if resource.for_each else ()
    )
    return above.union(*(ancestor_names(spec, other) for other in above)) if above else above
