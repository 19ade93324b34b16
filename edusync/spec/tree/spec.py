"""A whole spec."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from edusync.diagnostics import Location
from edusync.spec.formats import Format
from edusync.spec.forms import HOLES, SCALAR
from edusync.spec.node import Node, key
from edusync.spec.payload import Payload
from edusync.spec.scope import ScopeKeys
from edusync.spec.tree.connection import Question
from edusync.spec.tree.entity import Entity
from edusync.spec.tree.list import Resource
from edusync.spec.tree.own_code import OwnCode
from edusync.spec.tree.rules import Rules
from edusync.spec.tree.schedule import Schedule
from edusync.spec.tree.transport import Transport
from edusync.spec.tree.writeback import Writeback


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Spec(Node):
    """Everything that is particular to one ERP, in the order in which data flows."""

    connector: str = key(
        "The id of the ERP's spec, also API_TYPE on Edusign.", pattern="^[a-z][a-z0-9_-]*$"
    )
    label: str = key("The name of the ERP, for people.")
    file: str
    digest: str
    zone: str = key("The zone of times without an offset.", default="Europe/Paris")
    namespace: Payload | None = key(
        "Goes before every source id, where ids live only within one planning or project. " + HOLES,
        default=None,
        schema=SCALAR,
    )
    connection: Mapping[str, Question] = key("What is needed to reach the ERP.", factory=dict)
    options: Mapping[str, Question] = key("What a customer can switch.", factory=dict)
    filters: Mapping[str, Question] = key("What an account takes.", factory=dict)
    schedule: Schedule = key(
        "When the connector runs, in the zone of the school.", factory=Schedule
    )
    transport: Transport = key("How to talk to the ERP.")
    formats: Mapping[str, Format] = key("How things are spelled, by name.", factory=dict)
    codes: Mapping[str, OwnCode] = key(
        "Reason codes of its own, by name: X_ and capitals. Events show their words.",
        factory=dict,
    )
    resources: Mapping[str, Resource] = key("What can be read, by name.")
    entities: Mapping[str, Entity] = key("What the rows mean to Edusign.")
    rules: Rules = key(
        "Which items are valid, and what happens to those that vanish.", factory=Rules
    )
    writeback: Writeback | None = key(
        "How attendance goes up, or `none` when the ERP has no way for it.", default=None
    )
    assumed_formats: tuple[tuple[str, Location], ...] = field(default=(), compare=False)
    scope: ScopeKeys = field(default_factory=ScopeKeys, compare=False)
    """Which of the keys decide what comes down."""
    rare: Mapping[str, Collection[str]] = field(default_factory=dict, compare=False)
    """The names that some recorded rows of a list have and others lack, by list."""

    @property
    def items(self) -> Mapping[str, Entity]:
        """The entities that come down: all but attendance, which `reconcile` alone reads back."""
        return {kind: one for kind, one in self.entities.items() if kind != "attendance"}

    @property
    def clock(self) -> str:
        """The clock of the schedule, in words."""
        return "Paris time" if self.zone == "Europe/Paris" else f"time of {self.zone}"

    @property
    def assumed(self) -> tuple[tuple[str, Location], ...]:
        """Every fact that the spec takes for granted without evidence, with its place."""
        up = self.writeback
        things: tuple[Any, ...] = (
            self.transport,
            *self.connection.values(),
            *self.options.values(),
            *self.filters.values(),
            *self.resources.values(),
            *self.entities.values(),
            *((up,) if up else ()),
            *((up.transport,) if up and up.transport else ()),
        )
        return (
            *((thing.assumed, thing.place) for thing in things if thing.assumed),
            *self.assumed_formats,
        )
