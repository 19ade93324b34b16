"""Which items are valid, and what happens to those that vanish."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edusync.diagnostics import Location
from edusync.spec.node import Node, place
from edusync.spec.texts import Expression


@dataclass(frozen=True, slots=True)
class Drop(Node):
    """A condition under which something is left out, held or reported, with its reason code."""

    code: str
    test: Expression
    place: Location = place()


@dataclass(frozen=True, slots=True)
class Adopt(Node):
    """How a hand-made sheet is matched to a session of the ERP (D3)."""

    match: tuple[str, ...] = ("starts_at", "ends_at", "name")
    days_back: int = 7


@dataclass(frozen=True, slots=True)
class Rules(Node):
    """Which items are valid and what happens to those that vanish."""

    student_email: str = "needed"
    student_needed: bool = True
    group_students_needed: bool = True
    professor_email_twice: str = "block_later"
    vanished: str = "delete"
    adopt: Adopt | None = Adopt()
    professor_credentials: Expression | None = None
    student_credentials: Expression | None = None
    report: Mapping[str, tuple[Drop, ...]] = field(default_factory=dict)
