"""What one account should hold after the run, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from edusync.engine.digest import Facts
    from edusync.engine.map.builder import Skipped
    from edusync.model import Course, External, Group, Professor, Student


class WantedCourse(NamedTuple):
    """A sheet that is valid, and that does not stand on Edusign as it should.

    References are to valid items only.
    """

    course: Course
    facts: Facts
    students: tuple[str, ...]
    """The students that are known, also when somebody may be missing and the facts say nothing of
    them."""


@dataclass(frozen=True, slots=True)
class WantedGroup:
    """A group with its valid members, `whole` when nobody may be missing.

    Those who never had a sheet are not on Edusign yet.
    """

    group: Group
    students: tuple[str, ...]
    whole: bool


@dataclass(slots=True)
class OnSheets:
    """Who is on the sheets that come down, in the order in which they are met."""

    professors: dict[str, None] = field(default_factory=dict)
    students: dict[str, None] = field(default_factory=dict)
    groups: dict[str, None] = field(default_factory=dict)
    known_professors: set[str] = field(default_factory=set)
    known_students: set[str] = field(default_factory=set)
    """The same people: a set says three times as fast as a dict whether it holds a whole roster."""

    def add(self, professors: tuple[str, ...], students: tuple[str, ...]) -> None:
        """Note the people of a sheet."""
        self.professors.update(dict.fromkeys(professors))
        self.students.update(dict.fromkeys(students))
        self.known_professors.update(professors)
        self.known_students.update(students)


@dataclass(slots=True)
class Wanted:
    """Everything that one account should hold, by source id.

    People and groups are only those that a sheet refers to (R19, D6).
    """

    professors: dict[str, Professor] = field(default_factory=dict)
    externals: dict[str, External] = field(default_factory=dict)
    students: dict[str, Student] = field(default_factory=dict)
    groups: dict[str, WantedGroup] = field(default_factory=dict)
    courses: dict[str, WantedCourse] = field(default_factory=dict)
    given: dict[tuple[str, str], str] = field(default_factory=dict)
    """References to what stands on Edusign already, with the id there."""
    on_sheets: OnSheets = field(default_factory=OnSheets)
    begun: list[WantedCourse] = field(default_factory=list)
    """Sessions of today and before, which may complete a hand-made sheet (D3)."""
    seen: set[str] = field(default_factory=set)
    """Ids of every session that the ERP sent in scope, valid or not: these did not vanish."""
    gone: dict[str, Skipped] = field(default_factory=dict)
    """Sessions that the ERP sent, but cancelled or out of scope."""
    whole: bool = True
    """Whether every session was read; nothing is deleted otherwise (D5)."""
    unknown_days: list[tuple[date, date]] = field(default_factory=list)
    """The days of a file that is gone: a session that is not seen there may still be."""
