"""Rows of one key that become one: what differs from row to row is gathered into lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.read.table import Dropped
from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.read.stages import Stages
    from edusync.spec.compile.make import Make

    Row = dict[str, Any]


def gathered(stages: Stages, rows: Iterator[Row | Dropped]) -> Iterator[Row | Dropped]:
    """Yield the first row of each key, with what all rows of the key have, each value once."""
    found: dict[str, Row] = {}
    for item in rows:
        if type(item) is Dropped:
            yield item
            continue
        row: Row = item  # type: ignore[assignment]  # dropped rows are gone
        values = {name: _part(stages, row, name, make) for name, make in stages.gathers.items()}
        first = found.setdefault(stages.key_of(row) or "", row)
        if first is not row and stages.whose.are_two(first, row, one_id=True):
            yield stages.whose.dropped(row)
            continue
        if first is row:
            first.update({name: [] for name in values})
        else:
            stages.status.again += 1
        for name, value in values.items():
            first[name] += [
                one
                for one in (value if isinstance(value, list) else [value])
                if one not in (None, "", *first[name])
            ]
    yield from found.values()


def _part(stages: Stages, row: Row, name: str, make: Make) -> Any:
    """Return a value that is gathered, UNKNOWN when it cannot be read."""
    try:
        return make(row, stages.names)
    except Unreadable as error:
        stages.unreadable(row, name, stages.resource.gather[name].place, str(error))
        return UNKNOWN
