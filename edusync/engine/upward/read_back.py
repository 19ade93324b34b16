"""What the ERP holds of the attendance of people, as the entity `attendance` of a spec reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from edusync.engine.map.mapper import entity_expressions
from edusync.engine.read.table import Dropped
from edusync.model import UNKNOWN, as_id
from edusync.spec.evaluate import Unreadable
from edusync.spec.tree.step import STATES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.engine.read.lists import Lists
    from edusync.engine.upward.sheet import UpSheet
    from edusync.model import Unknown
    from edusync.spec.tree import Entity

    Row = dict[str, Any]


@dataclass(slots=True, eq=False)
class AttendanceRow:
    """One row: whose it is, and of which course, by its id or by when it starts."""

    student: str
    course: str | None
    starts_at: datetime | None
    say: Callable[[UpSheet], str | Unknown | None]
    """What the row says of somebody on a sheet."""
    row: Row
    is_met: bool = False
    """Whether somebody on a sheet was held against it."""

    def is_of(self, sheet: UpSheet) -> bool:
        """Whether the row is about a sheet."""
        if self.course is not None:
            return self.course == sheet.erp_id
        at = sheet.archived.sheet
        return self.starts_at is not None and at.starts_at <= self.starts_at < at.ends_at

    def known_state(self, sheet: UpSheet) -> str | None:
        """Return the state that the row says, None when it cannot be read."""
        found = self.say(sheet)
        return None if found is UNKNOWN else found


@dataclass(slots=True)
class ReadBack:
    """The rows of one account, read for some sheets.

    `is_whole` says whether every row was read and understood; where it was not, nobody is said to
    be missing.
    """

    entity: Entity
    lists: Lists
    is_whole: bool = True
    rows: list[AttendanceRow] = field(default_factory=list)
    by_student: dict[str, list[AttendanceRow]] = field(default_factory=dict)

    @classmethod
    def read(cls, lists: Lists, entity: Entity) -> ReadBack:
        """Read what the ERP holds; `lists` are opened for the sheets in question."""
        lists.names = lists.scope(entity_expressions(entity))
        found = cls(entity, lists)
        make = {name: lists.compile(value) for name, value in entity.fields.items()}
        for row in lists.rows(entity.source):
            if isinstance(row, Dropped):
                found.is_whole = found.is_whole and not row.undecided
                continue
            kept = found._attendance(make, row)
            if kept is None:
                found.is_whole = False
            elif kept.student:
                found.rows.append(kept)
                found.by_student.setdefault(kept.student, []).append(kept)
        found.is_whole = found.is_whole and lists.is_whole(entity.source)
        return found

    def _attendance(self, make: Mapping[str, Callable[..., Any]], row: Row) -> AttendanceRow | None:
        """Return what a row is about, None when that cannot be read; ignored ones have nobody."""
        names = self.lists.names
        try:
            for test in self.entity.ignores:
                ignored = test.run(row, names)
                if ignored is UNKNOWN:
                    return None
                if ignored:
                    return AttendanceRow("", None, None, _nothing, row)
            student = make["student"](row, names)
            course = make["course"](row, names) if "course" in make else None
            start = make["starts_at"](row, names) if "starts_at" in make else None
            if UNKNOWN in (student, course, start):
                return None
            say = partial(self._state, "state", row)
            return AttendanceRow(as_id(student) or "", as_id(course), _instant(start), say, row)
        except Unreadable:
            return None

    def state_of(self, sheet: UpSheet, person: str) -> str | Unknown | None:
        """Return the state that the ERP holds of somebody on a sheet.

        None when it holds nothing, UNKNOWN when that was not read.
        """
        mine = [kept for kept in self.by_student.get(person, ()) if kept.is_of(sheet)]
        for kept in mine:
            kept.is_met = True
        states = [kept.say(sheet) for kept in mine]
        found = next((state for state in states if state is not None), None)
        if found is not None:
            return found
        if not self.is_whole:
            return UNKNOWN
        return self._state("otherwise", {}, sheet) if "otherwise" in self.entity.fields else None

    def detail_of(self, sheet: UpSheet, person: str, name: str) -> Any:
        """Return a field of the row that says somebody's state, UNKNOWN when it is unreadable.

        Args:
            sheet: The sheet on which they are.
            person: Their id in the ERP.
            name: The field of the entity; nothing where the spec does not say it.

        Returns:
            What the row holds; None where there is no row, or nothing in it.

        """
        mine = (kept for kept in self.by_student.get(person, ()) if kept.is_of(sheet))
        telling = next((kept for kept in mine if kept.say(sheet) is not None), None)
        if telling is None or name not in self.entity.fields:
            return None
        make = self.lists.compile(self.entity.fields[name])
        try:
            return make(telling.row, {**self.lists.names, "course": sheet.course()})
        except Unreadable:
            return UNKNOWN

    def _state(self, name: str, row: Row, sheet: UpSheet) -> str | Unknown | None:
        make = self.lists.compile(self.entity.fields[name])
        try:
            found = make(row, {**self.lists.names, "course": sheet.course()})
        except Unreadable:
            return UNKNOWN
        return found if found is None or found in STATES else UNKNOWN


def _instant(found: object) -> datetime | None:
    return found if isinstance(found, datetime) else None


def _nothing(_sheet: UpSheet) -> None:
    """Say nothing: the row is about nobody."""
