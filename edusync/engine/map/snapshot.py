"""What the ERP holds of one account, kind by kind. The items flow: each kind is walked once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from edusync.engine.map.mapper import Mapper
from edusync.model import Classroom, Course, External, Group, Professor, Student

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from edusync.diagnostics import Location
    from edusync.engine.map.mapper import Skipped
    from edusync.engine.outcome import Report
    from edusync.engine.read.lists import Lists
    from edusync.spec.tree import Spec

Item = TypeVar("Item", Professor, Student, External, Group, Classroom, Course)


@dataclass(frozen=True, slots=True)
class Items(Generic[Item]):
    """The items of one kind, read while they are walked."""

    kind: str
    mapper: Mapper

    def __iter__(self) -> Iterator[Item | Skipped]:
        """Yield the items, and a `Skipped` for each row that was dropped."""
        return self.mapper.items(self.kind)

    @property
    def whole(self) -> bool:
        """Whether every item was read; known once they were walked."""
        return self.mapper.is_whole(self.kind)

    @property
    def told_apart(self) -> bool:
        """Whether no row could be any item of the kind; known once the items were walked."""
        return self.kind not in self.mapper.not_whole

    @property
    def prefix(self) -> str:
        """What stands before every id of the ERP."""
        return self.mapper.ids.prefix

    @property
    def mapped(self) -> frozenset[str]:
        """The fields that the spec maps."""
        entity = self.mapper.lists.spec.entities.get(self.kind)
        return frozenset(entity.fields) if entity is not None else frozenset()

    @property
    def of_sheets(self) -> bool:
        """Whether the students of a group are those on its sheets."""
        entity = self.mapper.lists.spec.entities.get(self.kind)
        return entity is not None and entity.of_sheets

    def decide(self, **decided: Any) -> None:
        """Let reports see what became of the item that was handed out last."""
        self.mapper.decided = decided

    @property
    def unknown_days(self) -> list[tuple[date, date]]:
        """The days of files that are gone; known once the items were walked."""
        statuses = self.mapper.lists.statuses.values()
        return [days for status in statuses for days in status.unknown_days]

    def place(self, field: str) -> Location | None:
        """Return the line of the spec that makes a field."""
        entity = self.mapper.lists.spec.entities.get(self.kind)
        if entity is None:
            return None
        value = entity.fields.get(field)
        return value.place if value else entity.place


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the ERP holds of one account. `report` is where the reading notes its events."""

    spec: Spec
    report: Report
    professors: Items[Professor]
    students: Items[Student]
    externals: Items[External]
    groups: Items[Group]
    classrooms: Items[Classroom]
    courses: Items[Course]

    @property
    def blurred(self) -> tuple[str, ...]:
        """The kinds of which a row could be any item; known once all items were walked."""
        every: tuple[Items[Any], ...] = (
            self.professors,
            self.students,
            self.externals,
            self.groups,
            self.classrooms,
            self.courses,
        )
        return tuple(items.kind for items in every if not items.told_apart)


def read(lists: Lists) -> Snapshot:
    """Return what the ERP holds of an account; nothing is fetched before it is walked."""
    mapper = Mapper(lists, lists.report)
    return Snapshot(
        lists.spec,
        lists.report,
        professors=Items("professor", mapper),
        students=Items("student", mapper),
        externals=Items("external", mapper),
        groups=Items("group", mapper),
        classrooms=Items("classroom", mapper),
        courses=Items("course", mapper),
    )
