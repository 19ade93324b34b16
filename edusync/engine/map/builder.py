"""Build the items of an entity from its rows: students, professors, groups and the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.engine.map.fields import LOST, FieldMaker, nothing
from edusync.engine.outcome import Outcome
from edusync.engine.read.table import UNDECIDED
from edusync.engine.verdicts import decided, why
from edusync.model import UNKNOWN, Classroom, Course, External, Group, Professor, Student, as_id
from edusync.model.ids import REPLACEMENT
from edusync.spec.evaluate import Unreadable, is_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.map.fields import Ids
    from edusync.engine.outcome import Report
    from edusync.model import Unknown
    from edusync.model.people import Field, References
    from edusync.spec.compile.values import ValueCompiler
    from edusync.spec.tree import Entity, Expression, Value

    Row = dict[str, Any]
    Make = Callable[[Row, Mapping[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item whose row was dropped.

    A course keeps its start, since the day is the first reason to name. With the code
    DOWN_UNDECIDED nobody can say whether it is: it stays as it is.
    """

    kind: str
    source_id: str
    code: str
    place: Location
    detail: str | None
    starts_at: datetime | None

    @property
    def undecided(self) -> bool:
        """Whether nobody can say if the item counts."""
        return self.code == UNDECIDED

    @property
    def outcome(self) -> Outcome:
        """Why the item does not come down."""
        return Outcome(self.code, self.kind, self.source_id, place=self.place, detail=self.detail)


class ItemBuilder(FieldMaker):
    """Build the items of one entity."""

    def __init__(
        self,
        entity: Entity,
        compiler: ValueCompiler,
        names: Mapping[str, Any],
        ids: Ids,
        report: Report,
    ) -> None:
        super().__init__(entity, compiler, names, ids, report)
        self.carry = {name: self.compile(value) for name, value in entity.carry.items()}
        self.whole = True
        """Whether the id of every row could be read, so that items can be told apart."""
        self.make_item: Callable[[str, Row], Any] = getattr(self, entity.kind)()
        self.make_start = self.value("starts_at")

    def ignored(self, row: Row) -> bool | Unknown:
        """Whether a row is no item at all."""
        test = self.entity.ignore
        return test is not None and decided(test, row, self.names)

    def report_on(
        self, row: Row, source_id: str, code: str, test: Expression, place: Location
    ) -> None:
        """Note what the rules want noted of an item, or that it cannot be decided."""
        verdict, kind = decided(test, row, self.names), self.entity.kind
        if verdict is UNKNOWN:
            detail = f"report {code}: {why(test, row, self.names)}"
            self.report.add(Outcome(UNDECIDED, kind, source_id, place=place, detail=detail))
        elif verdict:
            self.report.add(Outcome(code, kind, source_id, place=place))

    def gone(self, row: Row, *, ignored: bool | Unknown) -> tuple[str, Location, str | None] | None:
        """Return why an item does not count, or that nobody can say; None when it does."""
        if ignored is UNKNOWN:
            return self.undecided(row, self.entity.ignore, "ignore")
        for drop in self.entity.drop:
            verdict = decided(drop.test, row, self.names)
            if verdict is UNKNOWN:
                return self.undecided(row, drop.test, f"drop {drop.code}")
            if verdict:
                return drop.code, drop.place, None
        return None

    def undecided(
        self, row: Row, test: Expression | None, word: str
    ) -> tuple[str, Location, str | None]:
        """Return that nobody can say whether an item counts."""
        assert test is not None  # noqa: S101 - there is a condition that cannot be decided
        return UNDECIDED, test.place or self.entity.place, f"{word}: {why(test, row, self.names)}"

    def item(self, row: Row) -> Any:
        """Return the item of a row; None, with the event, when it has no id."""
        source_id = self.id(row)
        return None if source_id is None else self.make_item(source_id, row)

    def skipped(self, row: Row, code: str, place: Location, detail: str | None) -> Skipped | None:
        """Return what stands for the item of a row that was dropped; None as for `item`."""
        source_id = self.id(row, dropped=True)
        if source_id is None:
            return None
        starts_at = self.make_start(row, source_id)
        return Skipped(
            self.entity.kind,
            source_id,
            code,
            place,
            detail,
            starts_at if isinstance(starts_at, datetime) else None,
        )

    def id(self, row: Row, *, dropped: bool = False) -> str | None:
        """Return the id of an item; None, with the event, when it has none that can be read.

        Its row may be any item of its kind, so the kind is not whole. A row of a join that has no
        tutor is normal: tutors are not deleted.
        """
        place, reason, found = self.place("source_id"), None, None
        try:
            found = self.makes["source_id"](row, self.names)
            source_id = as_id(found)
        except Unreadable as error:
            source_id, found, reason = None, UNKNOWN, str(error)
        if source_id is not None and REPLACEMENT in source_id:
            source_id, found, reason = None, UNKNOWN, LOST
        if source_id is not None and not source_id.isspace():
            return self.ids.prefix + source_id
        kind = self.entity.kind
        if kind != "external" or found is UNKNOWN:
            self.whole = False
        if reason is not None:
            self.unreadable(None, "source_id", place, reason)
        elif kind != "external" or not dropped:
            code, detail = f"DOWN_{_FAMILY[kind]}_FIELD_MISSING", "a row without an id"
            self.report.add(Outcome(code, kind, field="source_id", place=place, detail=detail))
        return None

    def alias(self, row: Row, source_id: str, value: Value, make: Make) -> str | None:
        """Return another id of an item, None when it has none or it cannot be read."""

        def made(row: Row, names: Mapping[str, Any]) -> Any:
            return as_id(make(row, names))

        return self.further(row, source_id, "also_known_as", value, made) or None

    def carried(self, row: Row, source_id: str) -> dict[str, object]:
        """Return what an item keeps for the way up, without what cannot be read or kept."""
        found = {}
        for name, make in self.carry.items():
            value = self.entity.carry[name]
            kept = self.further(row, source_id, f"carry.{name}", value, make)
            if is_plain(kept):
                found[name] = kept
            elif not is_unknown(kept):
                self.unreadable(source_id, f"carry.{name}", value.place, "this cannot be kept")
        return found

    # one method a kind: what makes an item of a row

    def student(self) -> Callable[[str, Row], Student]:
        """Return what makes a student."""
        last, first, email, phone = self.person()
        tags, badge = self.references("tags"), self.text("badge")
        return lambda source_id, row: Student(
            source_id,
            last(row, source_id),
            first(row, source_id),
            email(row, source_id),
            phone(row, source_id),
            tags(row, source_id),
            badge(row, source_id),
        )

    def professor(self) -> Callable[[str, Row], Professor]:
        """Return what makes a professor."""
        last, first, email, phone = self.person()
        return lambda source_id, row: Professor(
            source_id,
            last(row, source_id),
            first(row, source_id),
            email(row, source_id),
            phone(row, source_id),
        )

    def external(self) -> Callable[[str, Row], External]:
        """Return what makes a tutor."""
        last, first, email, phone = self.person()
        students = self.references("students")
        return lambda source_id, row: External(
            source_id,
            last(row, source_id),
            first(row, source_id),
            email(row, source_id),
            phone(row, source_id),
            students(row, source_id),
        )

    def group(self) -> Callable[[str, Row], Group]:
        """Return what makes a group."""
        name, students = self.text("name"), self.references("students")
        return lambda source_id, row: Group(
            source_id, name(row, source_id), students(row, source_id)
        )

    def classroom(self) -> Callable[[str, Row], Classroom]:
        """Return what makes a classroom."""
        name = self.text("name")
        return lambda source_id, row: Classroom(source_id, name(row, source_id))

    def start(self) -> Callable[[Row, str], datetime | Unknown | None]:
        """Return what makes the start; one that is unknown may be on any day."""
        instant = self.instant("starts_at")

        def start(row: Row, source_id: str) -> datetime | Unknown | None:
            found = instant(row, source_id)
            if found is UNKNOWN:
                self.whole = False
            return found

        return start

    def course(self) -> Callable[[str, Row], Course]:
        """Return what makes a course."""
        name, description, starts_at, ends_at = (
            self.text("name"),
            self.text("description"),
            self.start(),
            self.instant("ends_at"),
        )
        professors, groups, place = (
            self.references("professors"),
            self.references("groups"),
            self.place_of(),
        )
        students: Callable[[Row, str], References | None] = (
            self.references("students") if "students" in self.makes else nothing
        )
        carry, no_carry, prefix = self.carry, dict[str, object](), self.ids.prefix
        aliases = [(value, self.compile(value)) for value in self.entity.also_known_as]
        return lambda source_id, row: Course(
            source_id,
            name(row, source_id),
            starts_at(row, source_id),
            ends_at(row, source_id),
            professors(row, source_id),
            students(row, source_id),
            groups(row, source_id),
            place(row, source_id),
            description(row, source_id),
            self.carried(row, source_id) if carry else no_carry,
            tuple(
                f"{n}:{prefix}{found}"
                for n, (value, make) in enumerate(aliases)
                if (found := self.alias(row, source_id, value, make))
            )
            if aliases
            else (),
        )

    def place_of(self) -> Callable[[Row, str], Field]:
        """Return what makes the place of a course: ids of classrooms, one a line, or a text."""
        if "classroom" not in self.makes:
            return self.text("classroom_name")
        references = self.references("classroom")

        def place(row: Row, source_id: str) -> Field:
            found = references(row, source_id)
            return UNKNOWN if found is UNKNOWN else "\n".join(found) or None

        return place


def is_plain(value: object) -> bool:
    """Whether a value is what JSON holds, so that the store can keep it."""
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and all(map(is_plain, value.values()))
    if isinstance(value, list | tuple):
        return all(map(is_plain, value))
    return value is None or isinstance(value, str | int | float)


_FAMILY = {
    "student": "STUDENT",
    "professor": "PROFESSOR",
    "external": "TUTOR",
    "group": "GROUP",
    "classroom": "COURSE",
    "course": "COURSE",
}
