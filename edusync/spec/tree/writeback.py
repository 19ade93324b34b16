"""The way up: states, lines, and the steps that write them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from edusync.diagnostics import Location
from edusync.spec.node import Node, place
from edusync.spec.payload import Payload
from edusync.spec.texts import Expression, Path
from edusync.spec.tree.call import Call
from edusync.spec.tree.rules import Drop
from edusync.spec.tree.transport import Transport
from edusync.spec.tree.value import Value

STATES = ("present", "absent", "absent_justified", "late", "excluded", "early_departure")
"""The states of the attendance of one person (U2)."""


@dataclass(frozen=True, slots=True)
class Reasons(Node):
    """The reasons of the ERP: by exact label or id, then the default (U4)."""

    source: str
    id: Path
    label: Path
    default: Payload | None
    when_unknown: str
    place: Location = place()


@dataclass(frozen=True, slots=True)
class StateRule(Node):
    """What a state adds to a line; when it may be sent, and what is sent in its place."""

    added: Payload | None
    needs: Expression | None
    instead: str | None
    skip: bool
    place: Location = place()


@dataclass(frozen=True, slots=True)
class Refused(Node):
    """How an answer names the lines that the ERP refused.

    `rest` says what became of the others: stored or lost.
    """

    items: Path | None
    when: Expression | None
    who: Path | None
    line_key: str | None
    message: Path | None
    rest: str


@dataclass(frozen=True, slots=True)
class InDoubt(Node):
    """What happens to a write whose answer never came (ruling L2): repeat, look or person."""

    kind: str
    look: Value | None = None
    done: Expression | None = None


@dataclass(frozen=True, slots=True)
class Step(Node):
    """One call of the way up. Without `in_doubt` it only reads."""

    call: Call
    when: Expression | None
    states: tuple[str, ...]
    read: Mapping[str, Path]
    refused: Refused | None
    in_doubt: InDoubt | None
    csv: Mapping[str, Payload] | None
    place: Location = place()

    @property
    def writes(self) -> bool:
        """Whether the step changes the ERP."""
        return self.in_doubt is not None


@dataclass(frozen=True, slots=True)
class Override(Node):
    """A condition under which another state goes up."""

    when: Expression
    state: str


@dataclass(frozen=True, slots=True)
class Writeback(Node):
    """How attendance goes up.

    `people` and `sheets` hold values that are looked up for a person and for a sheet.
    """

    needs: Expression | None
    transport: Transport | None
    at_once: int
    reasons: Reasons | None
    people: Mapping[str, Value]
    sheets: Mapping[str, Value]
    hold: tuple[Drop, ...]
    report: tuple[Drop, ...]
    override: tuple[Override, ...]
    lines: Mapping[str, Payload]
    states: Mapping[str, StateRule]
    for_person: tuple[Step, ...]
    for_sheet: tuple[Step, ...]
    then: tuple[Step, ...]
    assumed: str | None
    place: Location = place()
    tries: int = 5
    """How often a line is sent that the ERP refuses."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step."""
        return (*self.for_person, *self.for_sheet, *self.then)
