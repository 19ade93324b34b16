"""Lists that are the same for every account of a connector are read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from edusync.spec.needs import SHEETS, mentioned, needs

if TYPE_CHECKING:
    from edusync.engine.read.table import Status, Table
    from edusync.spec.tree import Spec


class Shared:
    """Lists that are the same for every account of a connector: read once, kept for the others."""

    def __init__(self, spec: Spec, *, accounts: int) -> None:
        self.tables: dict[str, tuple[Table, Status]] = {}
        self.names: frozenset[str] = frozenset(
            name for name in spec.resources if accounts > 1 and _is_common(spec, name)
        )


def _is_common(spec: Spec, name: str) -> bool:
    if name == SHEETS:
        return False
    resource = spec.resources[name]
    if resource.filter_by or any(
        part[0] in {"filters", "account"}
        for expression in mentioned(resource)
        for part in expression.names
    ):
        return False
    return all(_is_common(spec, other) for other in needs(resource))
