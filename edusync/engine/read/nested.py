"""The rows of a list that comes from other lists: the same rows, or what stands inside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.read.ancestors import ancestor_names, with_ancestors
from edusync.engine.read.shape import row_of
from edusync.engine.read.table import UNDECIDED, Dropped
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.read.reading import Reading
    from edusync.spec.tree import Resource, Spec

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
    for row in (
        _written_out(resource, outer) if resource.written_out else _rows_inside(reading, outer)
    ):
        yield with_ancestors(dict(row_of(row)), above, resource)


def _written_out(resource: Resource, outer: Row) -> Iterator[Row]:
    """Yield the rows that the spec writes out, without those of which nothing is there."""
    for row in resource.written_out:
        found = {name: path.read(outer) for name, path in row.items()}
        if any(value not in (None, "", []) for value in found.values()):
            yield found


def _rows_inside(reading: Reading, outer: Row) -> list[Any]:
    """Return what stands inside a row; the list is not whole when that is unknown."""
    items = reading.resource.items
    inner = items.read(outer)
    if inner is UNKNOWN and UNDECIDED not in reading.status.problems:
        reading.note_problem(UNDECIDED, f"nobody knows '{items.source}' of a row")
    if inner is None or inner is UNKNOWN:
        return []
    return inner if isinstance(inner, list) else [inner]


def above_of(spec: Spec, source: str, outer: Row) -> Row:
    """Return a row and its ancestors by the names under which rows below it see them."""
    names = ancestor_names(spec, source)
    ancestors = {name: outer[name] for name in names if name in outer}
    return {"parent": outer, source: outer, **ancestors}
