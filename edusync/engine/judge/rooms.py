"""The classrooms of one account; only their names reach Edusign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from edusync.engine.map.mapper import Skipped
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from typing import Self

    from edusync.engine.map.snapshot import Items
    from edusync.engine.outcome import Outcome
    from edusync.model import Classroom, Course
    from edusync.model.people import Field


@dataclass(frozen=True, slots=True)
class Rooms:
    """The names of the classrooms of one account, by source id."""

    names: Mapping[str, Field]
    whole: bool
    dropped: AbstractSet[str]
    undecided: Mapping[str, Outcome]
    """Those of which nobody can say whether they count, and why."""
    mapped: bool
    """Whether sessions refer to classrooms; else they have the name of the place."""

    @classmethod
    def read(cls, items: Items[Classroom], *, mapped: bool) -> Self:
        """Read the classrooms."""
        names: dict[str, Field] = {}
        dropped: set[str] = set()
        undecided: dict[str, Outcome] = {}
        for room in items:
            if not isinstance(room, Skipped):
                names[room.source_id] = room.name
                continue
            dropped.add(room.source_id)
            if room.undecided:
                undecided[room.source_id] = room.outcome
        return cls(names, items.whole, dropped, undecided, mapped)

    def absent(self, course: Course) -> list[str]:
        """Return the classrooms of a session that no list holds.

        A list without any was not asked for: the school wants none of them.
        """
        if not self.mapped or not self.whole or not isinstance(course.classroom, str):
            return []
        known = self.names.keys() | self.dropped
        refs = course.classroom.split("\n")
        return [ref for ref in refs if known and ref and ref not in known]

    def place_of(self, course: Course) -> Field:
        """Return where a session is: the names of its classrooms, or the text that it has."""
        if course.classroom is UNKNOWN or course.classroom is None or not self.mapped:
            return course.classroom
        refs = str(course.classroom).split("\n")
        if not self.whole or not self.undecided.keys().isdisjoint(refs):
            return UNKNOWN
        names = [self.names.get(ref) for ref in refs]
        return ", ".join(str(name) for name in names if name) or None
