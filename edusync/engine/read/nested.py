"""The rows of a list that comes from other lists: the same rows, or what stands inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.read.table import Dropped
from edusync.errors import ConfigurationProblem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.read.reading import Reading
    from edusync.spec.types import Resource, Spec

    Row = dict[str, Any]


def nested(reading: Reading) -> Iterator[Row | Dropped]:
    """Yield the rows of a list that comes from others; what a dropped row holds is dropped, too."""
    resource = reading.resource
    inside = resource.items.source != "@" or bool(resource.written_out)
    changes = bool(resource.columns or resource.formats or resource.add)
    for source in resource.sources:
        for row in reading.rows_of(source):
            if type(row) is not Dropped:
                outer: Row = row  # type: ignore[assignment]  # the only other type
                if inside:
                    yield from _inside(reading, source, outer)
                else:
                    yield dict(outer) if changes else outer
            elif inside:
                for inner in _inside(reading, source, row.row):
                    yield Dropped(inner, row.code, row.place, row.detail)
            else:
                yield Dropped(dict(row.row), row.code, row.place, row.detail) if changes else row


def _inside(reading: Reading, source: str, outer: Row) -> Iterator[Row]:
    """Yield what stands inside a row, with the rows above it."""
    resource = reading.resource
    above = above_of(reading.spec, source, outer)
    for row in _written_out(resource, outer) if resource.written_out else _found(resource, outer):
        yield with_ancestors(
            dict(row) if isinstance(row, dict) else {"value": row}, above, resource
        )


def _written_out(resource: Resource, outer: Row) -> Iterator[Row]:
    """Yield the rows that the spec writes out, without those of which nothing is there."""
    for row in resource.written_out:
        found = {name: path.read(outer) for name, path in row.items()}
        if any(value not in (None, "", []) for value in found.values()):
            yield found


def _found(resource: Resource, outer: Row) -> list[Any]:
    inner = resource.items.read(outer)
    if inner is None:
        return []
    return inner if isinstance(inner, list) else [inner]


def above_of(spec: Spec, source: str, outer: Row) -> Row:
    """Return a row and its ancestors by the names under which rows below it see them."""
    names = _ancestor_names(spec, source)
    ancestors = {name: outer[name] for name in names if name in outer}
    return {"parent": outer, source: outer, **ancestors}


def with_ancestors(row: Row, above: Row, resource: Resource) -> Row:
    """Put the ancestors of a row into it. Raises ConfigurationProblem when it owns such a name."""
    for name in above:
        if name in row:
            raise ConfigurationProblem(
                "SPEC_NAME_CLASH",
                f"a row of '{resource.name}' owns the name '{name}'",
                "rename the column with `columns`",
            )
    row.update(above)
    return row


def _ancestor_names(spec: Spec, name: str) -> frozenset[str]:
    if name not in spec.resources:
        return frozenset()
    resource = spec.resources[name]
    fanned = resource.for_each.lists if resource.for_each else ()
    above = frozenset(resource.sources) | frozenset(fanned)
    return above.union(*(_ancestor_names(spec, other) for other in above)) if above else above
