"""What is sent: text with holes, or a tree of it. `compile/payloads.py` fills the holes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from edusync.spec.node import Node, walk
from edusync.spec.texts import BodyText, Expression, Template, XmlText


class Payload(Node):
    """Something that is sent."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[Expression, ...]:
        """Every text inside."""
        return tuple(met.node for met in walk(self) if isinstance(met.node, Expression))


@dataclass(frozen=True, slots=True)
class Text(Payload):
    """One text with holes."""

    text: Template


@dataclass(frozen=True, slots=True)
class Fixed(Payload):
    """What is no text and has no holes: a number, true, nothing."""

    value: Any


@dataclass(frozen=True, slots=True)
class Members(Payload):
    """Several things under their names."""

    members: Mapping[str, Payload]


@dataclass(frozen=True, slots=True)
class Items(Payload):
    """Several things in a row."""

    items: tuple[Payload, ...]


@dataclass(frozen=True, slots=True)
class Each(Payload):
    """A list with one thing for each `item` of what an expression gives: `{each: …, of: …}`."""

    each: Payload
    of: Expression


@dataclass(frozen=True, slots=True)
class Pieces(Payload):
    """A text that holds one made of `each` line or item."""

    outer: BodyText
    each: BodyText
    of: Expression | None = None
    """What gives the items; the lines when not said."""


@dataclass(frozen=True, slots=True)
class Document(Payload):
    """A document of XML, which may hold an inner one, and one made of `each` line or item."""

    outer: XmlText
    inner: XmlText | None = None
    each: XmlText | None = None
    of: Expression | None = None
    """What gives the items; the lines when not said."""


@dataclass(frozen=True, slots=True)
class Field(Payload):
    """A document of XML in place of a text, where names and values are sent."""

    document: Document


@dataclass(frozen=True, slots=True)
class Filled(Payload):
    """What a call that is described once sends, with its holes `with.<name>` filled."""

    payload: Payload
    holes: Mapping[str, Payload]


@dataclass(frozen=True, slots=True)
class Together(Payload):
    """What a call that is described once sends, and what is added to it."""

    its: Payload
    ours: Payload
