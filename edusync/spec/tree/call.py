"""What is asked of an ERP: over HTTP, as an operation of SOAP, as a statement, as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from edusync.diagnostics import Location
from edusync.spec.node import Node, place
from edusync.spec.payload import Members, Payload
from edusync.spec.texts import Expression, Path
from edusync.spec.verdicts import Verdict
from edusync.transport.message import JSON, AnswerKind

SOAP, ROWS = AnswerKind("soap"), AnswerKind("rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """One thing asked of the ERP. As a step of a sign-in it has a condition, and is read from."""

    answers: tuple[Verdict, ...] = ()
    read: Mapping[str, Path] = field(default_factory=dict)
    when: Expression | None = None
    answer: AnswerKind = JSON
    place: Location = place()

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        raise NotImplementedError

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Every text of what it sends."""
        return tuple(part for payload in self.sent if payload for part in payload.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpCall(Call):
    """A call over HTTP."""

    verb: str
    path: Payload
    query: Payload | None = None
    headers: Payload | None = None
    json: Payload | None = None
    form: Payload | None = None
    text: Payload | None = None
    xml: Payload | None = None
    basic: Payload | None = None

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        bodies = (self.json, self.form, self.text, self.xml)
        return (self.path, self.query, self.headers, *bodies, self.basic)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Call):
    """An operation of a SOAP service, as Port.Operation."""

    operation: str
    arguments: Payload | None = None
    answer: AnswerKind = SOAP

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        return (self.arguments,)


@dataclass(frozen=True, slots=True)
class Piece(Node):
    """A piece of a statement, which may count only when a condition holds."""

    text: str
    when: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Call):
    """A statement of SQL: its text is never a template, its values are bound."""

    pieces: tuple[Piece, ...]
    values: Members | None = None
    answer: AnswerKind = ROWS

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        return (self.values,)

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Every text of what it sends, and the conditions of its pieces."""
        conditions = tuple(piece.when for piece in self.pieces if piece.when)
        return (*conditions, *(self.values.parts if self.values else ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCall(Call):
    """Files that are read or written, by a name or a pattern below the folder."""

    name: Payload

    @property
    def sent(self) -> tuple[Payload | None, ...]:
        """What it sends."""
        return (self.name,)
