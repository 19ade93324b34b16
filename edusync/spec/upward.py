"""What a spec can say about the way up.

Which states there are, what a person's line holds, and the steps that write it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from edusync.diagnostics import Location
    from edusync.spec.expressions import Expression
    from edusync.spec.paths import Path
    from edusync.spec.types import Call, Payload, Transport, Value

STATES = ("present", "absent", "absent_justified", "late", "excluded", "early_departure")
"""The states of the attendance of one person (U2)."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Reasons:
    """The reasons of the ERP: by exact label or id, then the default (U4)."""

    source: str
    id: Path
    label: Path
    default: Payload | None
    when_unknown: str
    place: Location


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StateRule:
    """What a state adds to a line; when it may be sent, and what is sent in its place."""

    added: Payload | None
    needs: Expression | None
    instead: str | None
    skip: bool
    place: Location


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Refused:
    """How an answer names the lines that the ERP refused.

    `rest` says what became of the others: stored or lost.
    """

    items: Path | None
    when: Expression | None
    who: Path | None
    line_key: str | None
    message: Path | None
    rest: str


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InDoubt:
    """What happens to a write whose answer never came (ruling L2): repeat, look or person."""

    kind: str
    look: Value | None = None
    done: Expression | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Step:
    """One call of the way up. Without `in_doubt` it only reads."""

    call: Call
    when: Expression | None
    states: tuple[str, ...]
    read: Mapping[str, Path]
    refused: Refused | None
    in_doubt: InDoubt | None
    csv: Mapping[str, Payload] | None
    place: Location

    @property
    def writes(self) -> bool:
        """Whether the step changes the ERP."""
        return self.in_doubt is not None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Writeback:
    """How attendance goes up.

    `people` and `sheets` hold values that are looked up for a person and for a sheet.
    """

    needs: Expression | None
    transport: Transport | None
    at_once: int
    reasons: Reasons | None
    people: Mapping[str, Value]
    sheets: Mapping[str, Value]
    hold: tuple[tuple[str, Expression, Location], ...]
    report: tuple[tuple[str, Expression, Location], ...]
    override: tuple[tuple[Expression, str], ...]
    lines: Mapping[str, Payload]
    states: Mapping[str, StateRule]
    for_person: tuple[Step, ...]
    for_sheet: tuple[Step, ...]
    then: tuple[Step, ...]
    assumed: str | None
    place: Location
    tries: int = field(default=5)
    """How often a line is sent that the ERP refuses."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """Every step."""
        return (*self.for_person, *self.for_sheet, *self.then)
