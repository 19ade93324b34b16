"""The places where values stand in the answers of an ERP.

And what a spec does with what stands there.

A place is a list and a path: lists are walked through, so all rows of a list share the places of
their fields.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from edusync.diagnostics import Location
    from edusync.spec.formats import Format
    from edusync.transport.message import AnswerKind

    Origins = Mapping["Place | TracedRow", bool]
    """What an expression may give: places, and rows that are made of places; true where it is only
    a part of what is made."""


VERDICTS = "answers"
"""Who reads an answer to judge it: what a line looks at need not stand in every answer."""


class Why(NamedTuple):
    """Who reads a value, such as `student.last_name`, and where the spec says so."""

    label: str
    location: Location | None


@dataclass(slots=True, eq=False)
class Place:
    """One place. `name` is how a person calls it: the list and the path."""

    name: str
    members: dict[str, Place] = field(default_factory=dict)
    each: Place | None = None
    """What stands under every key of an object: the keys are data."""
    picked: list[tuple[Any, Place]] = field(default_factory=list)
    """What is read of those elements alone that fulfil a condition of a path."""
    read: list[Why] = field(default_factory=list)
    whole: bool = False
    """Whether everything below is read."""
    uses: set[str] = field(default_factory=set)
    """What becomes of the value: a field of a person, `text`, `id` or `test`; `~` before a field
    that it is a part of."""
    optional: bool = False
    """Whether the spec says that no row may have it (`optional: true`)."""
    formats: list[Format] = field(default_factory=list)
    document: tuple[AnswerKind, Place] | None = None
    """The kind of a document that the text here is, and the place of what stands in it."""

    def member(self, name: str) -> Place:
        """Return the place of a field."""
        return self.members.setdefault(name, Place(f"{self.name}.{name}"))

    def under_each(self) -> Place:
        """Return the place of what stands under the keys of an object."""
        if self.each is None:
            self.each = Place(f"{self.name}.*")
        return self.each

    def pick(self, condition: Any) -> Place:
        """Return the place of the elements that fulfil a condition, which is a parsed path."""
        elements = Place(self.name)
        self.picked.append((condition, elements))
        return elements

    @property
    def is_of_a_name(self) -> bool:
        """Whether the name of a person stands here, be it a part of it or the whole."""
        return bool(self.uses & _NAMES) or self._is_part_of(_NAMES)

    @property
    def is_of_a_person(self) -> bool:
        """Whether something else stands here that tells a person.

        An e-mail, a log-in, a phone or badge number.
        """
        return bool(self.uses & _HANDLES) or self._is_part_of(_HANDLES)

    def _is_part_of(self, fields: frozenset[str]) -> bool:
        """Whether a field of a person is made of the value and others.

        What reaches Edusign as a text as well is none.
        """
        return "text" not in self.uses and any(f"~{name}" in self.uses for name in fields)


_NAMES = frozenset({"last_name", "first_name"})
_HANDLES = frozenset({"email", "phone", "badge"})
PERSONAL = _NAMES | _HANDLES
"""The fields of a person that no recording holds."""


@dataclass(slots=True, eq=False)
class TracedRow:
    """A row: fields that the spec names or adds, and what the ERP sent."""

    members: dict[str, Origins] = field(default_factory=dict)
    rest: Origins = field(default_factory=dict)
    closed: bool = False
    """Whether the spec itself writes out every name of the row."""

    def lacks(self, name: str) -> bool:
        """Whether the row cannot have a name."""
        return self.closed and name not in self.members

    def member(self, name: str) -> Origins:
        """Return a field; a row that is a plain value stands under `value`."""
        if name in self.members:
            return self.members[name]
        return joined(step(self.rest, name), self.rest if name == "value" else {})


def joined(*several: Origins) -> Origins:
    """Return what any of several may give."""
    merged: dict[Place | TracedRow, bool] = {}
    for origins in several:
        for origin, is_part in origins.items():
            merged[origin] = merged.get(origin, True) and is_part
    return merged


def step(origins: Origins, name: str) -> Origins:
    """Return what stands under a name."""
    results: list[Origins] = []
    for origin, is_part in origins.items():
        inner: Origins = (
            {origin.member(name): False} if isinstance(origin, Place) else origin.member(name)
        )
        results.append(parts(inner) if is_part else inner)
    return joined(*results)


def places(origins: Origins) -> Iterable[Place]:
    """Return the places themselves; of rows, those of the rows that are plain values."""
    return [origin for origin in origins if isinstance(origin, Place)]


def parts(origins: Origins) -> Origins:
    """Return the same, as parts of what is made."""
    return dict.fromkeys(origins, True)


def use(origins: Origins, why: Why, becomes: str) -> None:
    """Note that values are read, and what becomes of them."""
    for origin, is_part in origins.items():
        if isinstance(origin, Place):
            origin.read.append(why)
            origin.uses.add(f"~{becomes}" if is_part and becomes in PERSONAL else becomes)


def use_whole(origins: Origins, why: Why, becomes: str) -> None:
    """Note that values are read with all that stands below them.

    A row that is handed on as it is.
    """
    waiting, met = list(origins), set[Place | TracedRow]()
    use(origins, why, becomes)
    while waiting:
        origin = waiting.pop()
        if origin in met:
            continue
        met.add(origin)
        if isinstance(origin, Place):
            origin.whole = True
            origin.read += [] if origin in origins else [why]
        else:
            waiting += [
                *origin.rest,
                *(inner for member in origin.members.values() for inner in member),
            ]
