"""A whole spec."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from edusync.diagnostics import Location
from edusync.spec.formats import Format
from edusync.spec.node import Node
from edusync.spec.payload import Payload
from edusync.spec.scope import ScopeKeys
from edusync.spec.tree.connection import Question
from edusync.spec.tree.entity import Entity
from edusync.spec.tree.list import Resource
from edusync.spec.tree.rules import Rules
from edusync.spec.tree.schedule import Schedule
from edusync.spec.tree.transport import Transport
from edusync.spec.tree.writeback import Writeback


@dataclass(frozen=True, slots=True, eq=False)
class Spec(Node):
    """A whole spec, checked. Its parts are compared, it is itself: much is kept for one of them."""

    connector: str
    label: str
    file: str
    digest: str
    zone: str
    namespace: Payload | None
    connection: Mapping[str, Question]
    options: Mapping[str, Question]
    filters: Mapping[str, Question]
    schedule: Schedule
    transport: Transport
    formats: Mapping[str, Format]
    resources: Mapping[str, Resource]
    entities: Mapping[str, Entity]
    rules: Rules
    writeback: Writeback | None = None
    """None: this ERP has no way up."""
    assumed_formats: tuple[tuple[str, Location], ...] = ()
    scope: ScopeKeys = field(default_factory=ScopeKeys)
    """Which of the keys decide what comes down."""
    rare: Mapping[str, Collection[str]] = field(default_factory=dict)
    """The names that some recorded rows of a list have and others lack, by list."""

    @property
    def assumed(self) -> tuple[tuple[str, Location], ...]:
        """Every fact that the spec takes for granted without evidence, with its place."""
        things: tuple[Any, ...] = (
            self.transport,
            *self.connection.values(),
            *self.options.values(),
            *self.filters.values(),
            *self.resources.values(),
            *self.entities.values(),
            *((self.writeback,) if self.writeback else ()),
        )
        return (
            *((thing.assumed, thing.place) for thing in things if thing.assumed),
            *self.assumed_formats,
        )
