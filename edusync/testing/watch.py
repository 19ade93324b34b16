"""Note what each line of a spec was seen to do while cases run."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from edusync.model import UNKNOWN
from edusync.spec.tree import (
    Call,
    Expression,
    FilterBy,
    ReadAs,
    Resource,
    StateRule,
    Value,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.diagnostics import Location
    from edusync.spec.due import NamesDue
    from edusync.spec.tree import Node

EMPTY: tuple[object, ...] = (None, "", [], ())
"""What says nothing."""


class Seen:
    """What was seen of each thing on a line, in words. It watches runs."""

    def __init__(self) -> None:
        self.words: dict[tuple[int, int, str], set[str]] = defaultdict(set)
        """By line, column and what it is."""

    def note(self, place: Location | None, what: str, *words: str) -> None:
        """Note words about a thing on a line."""
        if place is not None:
            self.words[place.line, place.column, what].update(words)

    def saw(self, part: Node, value: object) -> None:
        """Note what a part of the spec did."""
        match part:
            case Expression():
                known = () if value is UNKNOWN else ("true" if value else "false",)
                self.note(part.place, "text", "used", *known)
            case Value() if value is not UNKNOWN and value not in EMPTY:
                self.note(part.place, "value", "filled")
            case ReadAs() if value not in EMPTY:
                self.note(part.place, "as", "filled")
            case Resource():
                self.note(part.place, "list", "read")
            case FilterBy():
                self.note(part.place, "filter_by", "kept" if value else "dropped")
            case Call():
                self.note(part.place, "call", "called")
            case StateRule():
                self.note(part.place, "state", "met")

    def rows(
        self, _due: NamesDue, _resource: Resource, rows: Iterator[dict[str, Any]]
    ) -> Iterator[dict[str, Any]]:
        """Let the rows of lists go by."""
        return rows

    def answer(self, _name: str, _path: str, *, met: bool) -> None:
        """Let answers go by."""
