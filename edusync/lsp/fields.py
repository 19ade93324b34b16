"""The names of the rows of a list: recorded ones, and those that the spec adds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.app.files.recordings import recorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from edusync.diagnostics import Route
    from edusync.lsp.understood import Understood

_OF_OTHER = {"on", "take", "where", "first_by", "last_by", "again"}
"""Keys of a look-up that are about the rows of the list that is looked into."""


def list_at(here: Understood, route: Route) -> str | None:
    """Return the list whose rows a text or a path at a route is about."""
    for depth in range(len(route) - 1, 0, -1):
        above, step = here.document.get(route[:depth]), route[depth]
        if isinstance(above, dict) and step in _OF_OTHER:
            other = above.get("look_up") or above.get("look_up_all")
            if isinstance(other, str):
                return other
    if route[0] == "resources" and len(route) > 1:
        return str(route[1])
    if route[0] in {"entities", "filters", "connection", "options"}:
        part = here.document.get(route[:2])
        chosen = part.get("choices") or part.get("must_exist_in") if isinstance(part, dict) else {}
        list_name = part.get("from") if isinstance(part, dict) else None
        return list_name or (chosen or {}).get("resource")
    if route[:2] == ("writeback", "reasons"):
        return str((here.document.get(route[:2]) or {}).get("from"))
    return None


def fields_of(here: Understood, name: str, file: Path) -> list[str]:
    """Return the paths into the rows of a list that are known; those of its own rows first."""
    recordings = recorded(file)
    known: Mapping[str, Sequence[str]] = {} if recordings is None else recordings.rows
    paths = dict.fromkeys(_fields(here, name, known, frozenset()))
    if not paths and recordings is not None:  # nobody ran the cases yet: any name that occurs
        paths = dict.fromkeys(sorted(recordings.keys))
    return list(paths)


def _fields(
    here: Understood, name: str, known: Mapping[str, Sequence[str]], visited: frozenset[str]
) -> Iterator[str]:
    resource = here.spec.resources.get(name)
    if resource is None or name in visited:
        return
    yield from known.get(name, ())
    yield from resource.columns
    yield from (column for column, _ in resource.add)
    visited |= {name}
    for source in resource.sources:
        below = list(_fields(here, source, known, visited))
        at = f"{resource.items.source}."
        yield from (path.removeprefix(at) for path in below if path.startswith(at))
        if resource.items.source == "@":
            yield from below
        yield source
        yield from (f"{source}.{path}" for path in below)
    for source in resource.for_each.lists if resource.for_each else ():
        yield source
        yield from (f"{source}.{path}" for path in _fields(here, source, known, visited))
    if resource.for_each:
        yield "parent"
