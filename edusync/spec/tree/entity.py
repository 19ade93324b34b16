"""What the rows of a list mean to Edusign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.spec.tree.node import Node, place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Location
    from edusync.spec.tree.rules import Drop
    from edusync.spec.tree.texts import Expression
    from edusync.spec.tree.value import Value


@dataclass(frozen=True, slots=True)
class Entity(Node):
    """What the rows of a list mean to Edusign."""

    kind: str
    source: str
    ignore: Expression | None
    drop: tuple[Drop, ...]
    fields: Mapping[str, Value]
    carry: Mapping[str, Value]
    also_known_as: tuple[Value, ...]
    assumed: str | None
    place: Location = place()
