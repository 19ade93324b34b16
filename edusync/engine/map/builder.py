"""Build the items of one entity from the rows of its list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.engine.read.table import UNDECIDED, ids_of
from edusync.engine.verdicts import decided, why
from edusync.model import UNKNOWN, Classroom, Course, External, Group, Professor, Student, as_id
from edusync.spec.evaluate import Unreadable, is_unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.map.mapper import Mapper
    from edusync.model import Unknown
    from edusync.model.people import Field, References
    from edusync.spec.expressions import Expression
    from edusync.spec.types import Entity, Value

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


_KINDS_OF_IDS = frozenset({frozenset({int}), frozenset({str})})
"""Lists of numbers alone, or of texts alone, need no look at each item."""


class Builder:
    """Build the items of one entity."""

    def __init__(self, mapper: Mapper, entity: Entity, makes: Mapping[str, Make]) -> None:
        self.mapper, self.entity, self.names = mapper, entity, mapper.names
        self.makes = makes
        self.carry = {name: mapper.lists.compile(value) for name, value in entity.carry.items()}
        self.make_item: Callable[[str, Row], Any] = getattr(self, entity.kind)()
        self.make_start = self.value("starts_at")

    def gone(self, row: Row, *, ignored: bool | Unknown) -> tuple[str, Location, str | None] | None:
        """Return why an item does not count, or that nobody can say; None when it does."""
        if ignored is UNKNOWN:
            return self.undecided(row, self.entity.ignore, "ignore")
        for code, test, place in self.entity.drop:
            verdict = decided(test, row, self.names)
            if verdict is UNKNOWN:
                return self.undecided(row, test, f"drop {code}")
            if verdict:
                return code, place, None
        return None

    def undecided(
        self, row: Row, test: Expression | None, word: str
    ) -> tuple[str, Location, str | None]:
        """Return that nobody can say whether an item counts."""
        assert test is not None  # noqa: S101 - there is a condition that cannot be decided
        return UNDECIDED, test.place or self.entity.place, f"{word}: {why(test, row, self.names)}"

    def item(self, row: Row) -> Any:
        """Return the item of a row, None when its id is empty or cannot be read."""
        source_id = self.id(row)
        if source_id is None:
            self.mapper.report.add(
                Outcome(
                    f"DOWN_{_FAMILY[self.entity.kind]}_FIELD_MISSING",
                    self.entity.kind,
                    field="source_id",
                    place=self.place("source_id"),
                    detail="a row without an id",
                )
            )
            return None
        return self.make_item(source_id, row)

    def skipped(self, row: Row, code: str, place: Location, detail: str | None) -> Skipped | None:
        """Return a dropped row as an item that was skipped, None when it has no id."""
        source_id = self.id(row)
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

    def id(self, row: Row) -> str | None:
        """Return the id of an item, None when there is none.

        One that cannot be read may be any item of its kind, so the kind is not whole.
        """
        try:
            found = self.makes["source_id"](row, self.names)
        except Unreadable as error:
            self.unreadable(None, "source_id", self.place("source_id"), str(error))
            found = UNKNOWN
        if found is UNKNOWN:
            self.mapper.not_whole.add(self.entity.kind)
        source_id = as_id(found)
        return None if source_id is None else self.mapper.prefix + source_id

    def unreadable(self, source_id: str | None, field: str, place: Location, reason: str) -> None:
        """Note that a value cannot be read."""
        self.mapper.report.add(
            Outcome(
                "DOWN_VALUE_UNREADABLE",
                self.entity.kind,
                source_id,
                field=field,
                place=place,
                detail=reason,
            )
        )

    def further(self, row: Row, source_id: str, field: str, value: Value, make: Make) -> Any:
        """Return a value that is kept with an item, UNKNOWN when it cannot be read."""
        try:
            return make(row, self.names)
        except Unreadable as error:
            self.unreadable(source_id, field, value.place, str(error))
            return UNKNOWN

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

    def place(self, field: str) -> Location:
        """Return where a field is declared; the entity's place when it is not."""
        value: Value | None = self.entity.fields.get(field)
        return value.place if value else self.entity.place

    def value(self, field: str) -> Callable[[Row, str], Any]:
        """Return what makes a field of an item.

        A value that cannot be read is reported and empty.
        """
        make, names = self.makes.get(field), self.names
        if make is None:
            return _nothing

        def value(row: Row, source_id: str) -> Any:
            try:
                return make(row, names)
            except Unreadable as error:
                self.unreadable(source_id, field, self.place(field), str(error))
                return None

        return value

    def plain(self, field: str) -> Make | None:
        """Return what makes a field that is a bare path, which cannot fail; None for any other."""
        value = self.entity.fields.get(field)
        return (
            self.makes[field]
            if value is not None
            and value.kind == "path"
            and value.format is None
            and value.when is None
            else None
        )

    def text(self, field: str) -> Callable[[Row, str], Field]:
        """Return what makes a text; blanks are empty, numbers are written out."""
        names = self.names
        value, plain = self.value(field), self.plain(field)

        def text(row: Row, source_id: str) -> Field:
            found = plain(row, names) if plain is not None else value(row, source_id)
            if isinstance(found, str):
                return found if found and not found.isspace() else None
            return UNKNOWN if found is UNKNOWN else as_id(found)

        return _nothing if value is _nothing else text

    def references(self, field: str) -> Callable[[Row, str], References]:
        """Return what makes references.

        Distinct ids with the namespace, UNKNOWN when any of them could not be read.
        """
        value, plain, names = self.value(field), self.plain(field), self.names
        known = self.mapper.ids

        def references(row: Row, source_id: str) -> References:
            found = plain(row, names) if plain is not None else value(row, source_id)
            if (
                type(found) is list
                and frozenset(map(type, found)) in _KINDS_OF_IDS
                and "" not in found
            ):
                return tuple(dict.fromkeys(map(known.__getitem__, found)))  # by far the most
            ids = ids_of(found)
            if found is UNKNOWN or (
                isinstance(found, list) and len(ids) != len(found) and UNKNOWN in found
            ):
                return UNKNOWN
            return tuple(dict.fromkeys(known[found] for found in ids))

        return references

    def instant(self, field: str) -> Callable[[Row, str], datetime | Unknown | None]:
        """Return what makes an instant."""
        value = self.value(field)

        def instant(row: Row, source_id: str) -> datetime | Unknown | None:
            found = value(row, source_id)
            if found is UNKNOWN and field == "starts_at":
                self.mapper.not_whole.add(self.entity.kind)
            return found if isinstance(found, datetime) or found is UNKNOWN else None

        return instant

    def person(self) -> tuple[Callable[[Row, str], Field], ...]:
        """Return what makes the fields that all people have."""
        return tuple(self.text(field) for field in ("last_name", "first_name", "email", "phone"))

    # one method a kind: what makes an item of a row

    def student(self) -> Callable[[str, Row], Student]:
        """Return what makes a student of an id and a row."""
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
        """Return what makes a professor of an id and a row."""
        last, first, email, phone = self.person()
        return lambda source_id, row: Professor(
            source_id,
            last(row, source_id),
            first(row, source_id),
            email(row, source_id),
            phone(row, source_id),
        )

    def external(self) -> Callable[[str, Row], External]:
        """Return what makes a tutor of an id and a row."""
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
        """Return what makes a group of an id and a row."""
        name, students = self.text("name"), self.references("students")
        return lambda source_id, row: Group(
            source_id, name(row, source_id), students(row, source_id)
        )

    def classroom(self) -> Callable[[str, Row], Classroom]:
        """Return what makes a room of an id and a row."""
        name = self.text("name")
        return lambda source_id, row: Classroom(source_id, name(row, source_id))

    def course(self) -> Callable[[str, Row], Course]:
        """Return what makes a session of an id and a row."""
        name, description, starts_at, ends_at = (
            self.text("name"),
            self.text("description"),
            self.instant("starts_at"),
            self.instant("ends_at"),
        )
        professors, groups, place = (
            self.references("professors"),
            self.references("groups"),
            self.place_of(),
        )
        students: Callable[[Row, str], References | None] = (
            self.references("students") if "students" in self.makes else _nothing
        )
        carry, nothing, prefix = self.carry, dict[str, object](), self.mapper.prefix
        aliases = [(value, self.mapper.lists.compile(value)) for value in self.entity.also_known_as]
        further = self.further
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
            self.carried(row, source_id) if carry else nothing,
            tuple(
                f"{n}:{prefix}{found}"
                for n, (value, make) in enumerate(aliases)
                if (found := as_id(further(row, source_id, "also_known_as", value, make)))
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


def _nothing(_row: Row, _source_id: str) -> None:
    return None


_FAMILY = {
    "student": "STUDENT",
    "professor": "PROFESSOR",
    "external": "TUTOR",
    "group": "GROUP",
    "classroom": "COURSE",
    "course": "COURSE",
}
