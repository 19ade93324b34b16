"""What the rows of a list mean to Edusign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edusync.diagnostics import Location
from edusync.spec.node import Node, place
from edusync.spec.texts import Expression
from edusync.spec.tree.rules import Drop
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
