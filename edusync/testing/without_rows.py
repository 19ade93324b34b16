"""Take rows out of an answer as it went over the wire."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from edusync.engine.read.shape import steps_to_rows
from edusync.testing import xlsx_rows
from edusync.testing.csv_rows import without_lines
from edusync.testing.xml_rows import without_elements
from edusync.transport.envelope import totals

if TYPE_CHECKING:
    from collections.abc import Collection

    from edusync.spec.tree import Path, Resource
    from edusync.testing.tape import Asked


def without_rows(raw: bytes, request: Asked, items: Path, gone: Collection[Any]) -> bytes | None:
    """Return an answer without some of its rows, by their places or keys.

    None when it is not plain where they stand in it.
    """
    body, kind, *_ = request.decoded(raw)
    rows = items.read(body)
    count = len(rows) if isinstance(rows, list | dict) else 0
    if kind == "csv":
        return without_lines(raw, request.promised, gone)
    if kind == "xlsx":
        return xlsx_rows.without_lines(raw, request.promised, gone)
    if kind == "json" and count:
        for at in sorted(gone, reverse=True):
            del rows[at]
        left = items.read(body)
        is_plain = isinstance(left, list | dict) and len(left) == count - len(gone)
        return json.dumps(body, ensure_ascii=False).encode() if is_plain else None
    if kind in {"xml", "soap"} and isinstance(rows, list):
        charset = request.promised.charset if kind == "xml" else None
        shortened = without_elements(raw, items, count, gone, charset)
        left = items.read(request.decoded(shortened)[0]) if shortened is not None else None
        return shortened if len(listed(left)) == count - len(gone) else None
    return None


def listed(rows: Any) -> list[Any]:
    """Return rows as a list: objects keyed by id, and one alone, too."""
    if isinstance(rows, dict):
        return (
            list(rows.values()) if all(isinstance(row, dict) for row in rows.values()) else [rows]
        )
    return rows if isinstance(rows, list) else []


def column(resource: Resource, path: Path | None, row: Any) -> str | None:
    """Return what stands in a column of a row.

    The ERP may call it otherwise than the spec does.
    """
    if path is None or not isinstance(row, dict):
        return None
    found = (
        row.get(resource.columns[path.source])
        if path.source in resource.columns
        else path.read(row)
    )
    return None if found is None else str(found)


def total_of(resource: Resource, body: Any) -> int | None:
    """Return how many rows an answer says that there are on all pages.

    None when it does not say so.
    """
    total = resource.paging.total if resource.paging else None
    found = "" if total is None else str(total.read(body))
    return int(found) if found.isdigit() else None


def last_page(body: Any, resource: Resource, before: int, count: int) -> None:
    """Make an answer say that it is the last page, and that it holds so many rows.

    Without `paging`, a total that was that of the rows before stays that of the rows.
    """
    paging = resource.paging
    if paging is None:
        for part, name in totals(body, steps_to_rows(resource)):
            if str(part[name]) == str(before):
                part[name] = type(part[name])(count)
        return
    ends: dict[str, Any] = {path.source: value for path, value in paging.at_the_end}
    ends |= {} if paging.total is None else {paging.total.source: count}
    for path, value in ends.items():
        here = body
        *above, last = str(path).split(".")
        for step in above:
            here = here.get(step) if isinstance(here, dict) else None
        if isinstance(here, dict) and last in here:
            here[last] = value
