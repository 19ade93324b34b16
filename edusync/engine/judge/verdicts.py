"""What judging one account comes to: the sheets that should be written, and why others are not."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.engine.digest import as_before, is_known_as

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime

    from edusync.engine.digest import Facts
    from edusync.engine.judge.groups import Groups
    from edusync.engine.judge.people import Everybody
    from edusync.engine.map.mapper import Skipped
    from edusync.engine.outcome import Outcome
    from edusync.model import Course, Window

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KnownSheets:
    """The sheets that were brought down before. `key` is that of the digests."""

    fingerprints: Mapping[str, str]
    """What each held then, by source id."""
    unsettled: AbstractSet[str]
    """Those whose fingerprint does not say all: touched on Edusign, or with a write in doubt."""
    key: bytes
    formers: Mapping[Key, Sequence[str]] = field(default_factory=dict)
    """The ids that people and groups had before they were linked anew."""

    def __contains__(self, source_id: object) -> bool:
        return source_id in self.fingerprints

    def with_sessions(self, source_ids: AbstractSet[str]) -> KnownSheets:
        """Return the same, with sessions that had a sheet, and that are looked at anew."""
        gone = dict.fromkeys(source_ids, "")
        return replace(
            self, fingerprints=gone | dict(self.fingerprints), unsettled=self.unsettled | source_ids
        )

    def in_step(self, source_id: str, values: Mapping[str, Any]) -> bool:
        """Whether a sheet holds these values on Edusign already."""
        known = self.fingerprints.get(source_id)
        if known is None or source_id in self.unsettled:
            return False
        if is_known_as(values, known, self.key):
            return True
        return any(is_known_as(one, known, self.key) for one in as_before(values, self.formers))


class WantedSheet(NamedTuple):
    """A sheet that is valid, and not in step on Edusign. References are to valid items only."""

    course: Course
    facts: Facts
    students: tuple[str, ...]
    """The students that are known, also when somebody may be missing and the facts name none."""


@dataclass(slots=True)
class OnSheets:
    """Who is on the sheets that come down, in the order in which they are met."""

    professors: dict[str, None] = field(default_factory=dict)
    students: dict[str, None] = field(default_factory=dict)
    groups: dict[str, None] = field(default_factory=dict)
    known_professors: set[str] = field(default_factory=set)
    known_students: set[str] = field(default_factory=set)
    """The same people: a set says three times as fast as a dict if it holds a whole roster."""

    def add(self, professors: tuple[str, ...], students: tuple[str, ...]) -> None:
        """Note the people of a sheet."""
        self.professors.update(dict.fromkeys(professors))
        self.students.update(dict.fromkeys(students))
        self.known_professors.update(professors)
        self.known_students.update(students)

    def holds(self, professors: tuple[str, ...], students: tuple[str, ...]) -> bool:
        """Whether everybody on a sheet was noted before."""
        return self.known_professors.issuperset(professors) and self.known_students.issuperset(
            students
        )


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What one account should hold by the rules, by source id."""

    window: Window
    outcomes: Sequence[Outcome]
    """What reading and judging noted, in the order in which it came up."""
    reasons: Mapping[Key, Outcome]
    """Why an item stays away; one reason for each."""
    sheets: Mapping[str, WantedSheet]
    """The sheets that are not in step."""
    begun: Sequence[WantedSheet]
    """Sessions of today and before, which may complete a hand-made sheet (D3)."""
    today: Mapping[str, WantedSheet]
    """Sessions of today that have not begun, and are not known by their id."""
    blocked: Mapping[str, Facts]
    """When coming sessions take place that are blocked by their data, and their names."""
    seen: AbstractSet[str]
    """Every session that the ERP sent in scope, valid or not: these did not vanish."""
    dropped: Mapping[str, Skipped]
    """Sessions that the ERP sent, but cancelled or out of scope."""
    undecided: AbstractSet[str]
    """Sessions that were seen, and of which nobody can say whether they count."""
    stuck: Mapping[str, str]
    """Sessions that stay away for their data or for what could not be read, with the code."""
    came: int
    """How many coming sessions there are of which nothing is wrong."""
    left_alone: Mapping[str, datetime]
    """When sessions start that have begun by now, and whose sheets were brought down before."""
    whole: bool
    """Whether every session was read; nothing is deleted otherwise (D5)."""
    blurred: Sequence[str]
    """Kinds of which a row could be any item: none of theirs that was not seen is gone."""
    unknown_days: Sequence[tuple[date, date]]
    """The days of a file that is gone: a session that is not seen there may still be."""
    people: Everybody
    groups: Groups
    professors_on_sheets: Sequence[str]
    students_on_sheets: Sequence[str]
    groups_on_sheets: Sequence[str]
    ids_in_spec: Mapping[Key, str]
    """References of the spec to what stands on Edusign already, with the id there."""
    references: Mapping[Key, Sequence[str]]
    """Who is on which session, valid or not; only filled when somebody asks why."""
