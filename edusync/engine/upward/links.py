"""Which session of the ERP a sheet is of, and who in the ERP somebody on it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from edusync.engine.upward.sheet import line_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from edusync.target.records import Attendance

    Ask = Callable[[str, str], str | None]


class Links:
    """Who and what stands behind an Edusign id."""

    def __init__(
        self,
        courses: dict[str, CourseLink],
        people: dict[tuple[str, str], str | None],
        prefix: str,
        *,
        manual: Collection[str],
        elsewhere: Mapping[str, Elsewhere],
        ask: Ask,
        mixed_up: Collection[tuple[str, str]],
        shared: Mapping[str, Sequence[str]],
    ) -> None:
        self.mixed_up, self.shared = mixed_up, shared
        self.courses, self.people, self.prefix, self.manual, self.elsewhere, self.ask = (
            courses,
            people,
            prefix,
            manual,
            elsewhere,
            ask,
        )

    def course(self, edusign_id: str) -> CourseLink | None:
        """Return the session of a sheet that this account sends."""
        return self.courses.get(edusign_id)

    def is_known(self, edusign_id: str) -> bool:
        """Whether anybody is known to have brought a sheet, or made it by hand."""
        known = edusign_id in self.courses or edusign_id in self.elsewhere
        return known or edusign_id in self.manual

    def tie(self, edusign_id: str, source_id: str) -> None:
        """Take a sheet for that of a session: this account sends it."""
        self.courses[edusign_id] = CourseLink(source_id, self.bare(source_id), {})

    def person(self, attendance: Attendance) -> str | None:
        """Return the ERP's id of somebody on a sheet."""
        key = (attendance.role, attendance.edusign_id)
        if key not in self.people:
            self.people[key] = self.ask(*key)  # not ours, or the store was lost
        found = self.people[key]
        return None if found is None else self.bare(found)

    def is_mixed_up(self, attendance: Attendance) -> bool:
        """Whether the ERP sends somebody else under the id of somebody on a sheet."""
        role = attendance.role
        return (role, self.people.get((role, attendance.edusign_id)) or "") in self.mixed_up

    def is_postponed(self, source_id: str) -> bool:
        """Whether the ERP has the session of a sheet on another day by now."""
        return ("course", source_id) in self.mixed_up

    def person_key(self, attendance: Attendance) -> str | None:
        """Return the key of somebody's line."""
        found = self.person(attendance)
        return None if found is None else line_key(attendance.role, found)

    def bare(self, source_id: str) -> str:
        """Return an id without the namespace."""
        return source_id.removeprefix(self.prefix)


class Elsewhere(NamedTuple):
    """Who else sends a sheet: a connector, empty for another account of this one.

    With `is_unsure` both connectors bring it, and nobody knows whose it is.
    """

    connector: str = ""
    is_unsure: bool = False


class CourseLink:
    """The session behind a sheet."""

    __slots__ = ("carry", "erp_id", "is_number", "source_id")

    def __init__(
        self,
        source_id: str,
        erp_id: str,
        carry: Mapping[str, object],
        *,
        is_number: bool = False,
    ) -> None:
        self.source_id, self.erp_id, self.carry = source_id, erp_id, carry
        self.is_number = is_number
        """Whether the id is a number in the ERP."""
