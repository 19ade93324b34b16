"""Ids that are numbers in the ERP: said once, at the key of a list, as in `{path: id, as: number}`.

Inside of edusync ids are text. Where such an id goes back to the ERP it is a number again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.formats.filtered import FilterFormat
from edusync.spec.tree import PathValue
from edusync.spec.tree.list import SHEETS

if TYPE_CHECKING:
    from edusync.spec.tree import Path, Resource, Spec, Value


def is_number(key: Value | None) -> bool:
    """Whether a key says that its ids are numbers."""
    if not isinstance(key, PathValue) or key.format is None:
        return False
    return key.format.gives == "number" or (
        isinstance(key.format, FilterFormat) and key.format.name == "number"
    )


def holds_numbers(spec: Spec, name: str, path: Path) -> bool:
    """Whether what a path reads of the rows of a list is its key, and a number."""
    if name == SHEETS:
        return path.source == "source_id" and entity_has_numbers(spec, "course")
    keyed = _keyed(spec, spec.resources.get(name))
    return isinstance(keyed, PathValue) and is_number(keyed) and keyed.path == path


def entity_has_numbers(spec: Spec, kind: str) -> bool:
    """Whether the ids of a kind of items are numbers in the ERP."""
    entity = spec.entities.get(kind)
    if entity is None:
        return False
    source_id = entity.fields["source_id"]
    return isinstance(source_id, PathValue) and holds_numbers(spec, entity.source, source_id.path)


def as_it_came(text: str) -> int | str:
    """Return the number that an id is, the id itself where it is none, such as 007."""
    whole = text.removeprefix("-").isdecimal() and text.isascii()
    return int(text) if whole and str(int(text)) == text else text


def _keyed(spec: Spec, resource: Resource | None) -> Value | None:
    """Return the key of a list, of the one whose rows it has where it says none itself."""
    visited: set[str] = set()
    while resource is not None and resource.key is None and resource.name not in visited:
        visited.add(resource.name)
        whole = len(resource.sources) == 1 and resource.items.source == "@"
        resource = spec.resources.get(resource.sources[0]) if whole else None
    return resource.key if resource is not None else None
