"""Map the rows of lists to students, professors, groups, classrooms, courses and externals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.engine.outcome import Outcome
from edusync.engine.table import Dropped, ids_of
from edusync.model import UNKNOWN, Classroom, Course, External, Group, Professor, Student, as_id
from edusync.spec.formats import Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from edusync.diagnostics import Location
    from edusync.engine.lists import Lists
    from edusync.engine.outcome import Report
    from edusync.model import Unknown
    from edusync.model.people import Field, References
    from edusync.spec.paths import Path
    from edusync.spec.types import Entity, Value

    Row = dict[str, Any]
    Make = Callable[[Row, Mapping[str, Any]], Any]

KINDS = ("professor", "external", "student", "group", "classroom", "course")


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item whose row was dropped; a course keeps its start, since the day is the first reason to name."""

    kind: str
    source_id: str
    code: str
    place: Location
    detail: str | None
    starts_at: datetime | None


class Mapper:
    """Turn rows into what they mean. References and ids carry the namespace of the spec."""

    def __init__(self, lists: Lists, report: Report) -> None:
        self.lists, self.report, self.names = lists, report, lists.names
        self.never_seen: set[tuple[str, str]] = set()
        """Fields whose path no row had: a renamed column. What they feed is unknown, not empty (ruling L3)."""
        namespace = lists.spec.namespace
        prefix = namespace.render(None, lists.names) if namespace else None
        self.prefix = f"{prefix}/" if prefix else ""

    def items(self, kind: str) -> Iterator[Any]:
        """Yield the items of a kind, and a `Skipped` for each row that was dropped; nothing when the spec has no such kind."""
        entity = self.lists.spec.entities.get(kind)
        if entity is None:
            return
        self.lists.prepare(entity_expressions(entity))
        makes = {name: self.lists.compile(value) for name, value in entity.fields.items()}
        build = _Builder(self, entity, makes)
        reports = self.lists.spec.rules.report.get(kind, ())
        unseen = {name: paths for name, value in entity.fields.items() if (paths := plain_paths(value))}
        count = 0
        for row in self.lists.rows(entity.source):
            if type(row) is Dropped:
                skipped = build.skipped(row.row, row.code, row.place, row.detail)
                if skipped is not None:
                    yield skipped
                continue
            if entity.ignore is not None and entity.ignore.run(row, self.names):
                continue
            count += 1
            if unseen:
                unseen = {name: paths for name, paths in unseen.items() if not any(path.is_present(row) for path in paths)}
            gone = next(((code, place) for code, test, place in entity.drop if test.run(row, self.names)), None)
            item = build.skipped(row, *gone, None) if gone else build.item(row)  # type: ignore[arg-type]  # dropped rows are gone
            if item is None:
                continue
            yield item
            for code, test, place in reports:
                if test.run(row, self.names) is True:
                    self.report.add(Outcome(code, kind, item.source_id, place=place))
        if count:
            for name, paths in unseen.items():
                self.never_seen.add((kind, name))
                self.report.add(Outcome("SPEC_PATH_NEVER_SEEN", kind, field=" or ".join(path.source for path in paths), place=entity.fields[name].place,
                                        detail=f"no row of '{entity.source}' has it"))  # fmt: skip

    def is_whole(self, kind: str) -> bool:
        """Whether every row of a kind was read and can be told apart; a kind that the spec does not have is whole."""
        entity = self.lists.spec.entities.get(kind)
        return entity is None or (self.lists.is_whole(entity.source) and not self.never_seen & {(kind, "source_id"), (kind, "starts_at")})


def plain_paths(value: Value) -> tuple[Path, ...]:
    """Return the paths that a value may take, nothing when it may be absent from every row or is made otherwise."""
    if value.optional:
        return ()
    if value.kind == "path" and value.path is not None and value.path.steps:
        return (value.path,)
    if value.kind in {"first_of", "all_of"}:
        parts = [plain_paths(part) for part in value.parts]
        return tuple(path for paths in parts for path in paths) if all(parts) else ()
    return ()


def entity_expressions(entity: Entity) -> Iterator[Any]:
    """Yield every expression of an entity."""
    from edusync.spec.needs import value_expressions

    if entity.ignore:
        yield entity.ignore
    yield from (test for _, test, _ in entity.drop)
    for value in (*entity.fields.values(), *entity.carry.values()):
        yield from value_expressions(value)


class _Builder:
    """Build the items of one entity."""

    def __init__(self, mapper: Mapper, entity: Entity, makes: Mapping[str, Make]) -> None:
        self.mapper, self.entity, self.names = mapper, entity, mapper.names
        self.makes = makes
        self.carry = {name: mapper.lists.compile(value) for name, value in entity.carry.items()}
        self.make_item: Callable[[str, Row], Any] = getattr(self, entity.kind)

    def item(self, row: Row) -> Any:
        source_id = self.id(row)
        if source_id is None:
            self.mapper.report.add(Outcome(f"DOWN_{_FAMILY[self.entity.kind]}_FIELD_MISSING", self.entity.kind, field="source_id",
                                           place=self.place("source_id"), detail="a row without an id"))  # fmt: skip
            return None
        return self.make_item(source_id, row)

    def skipped(self, row: Row, code: str, place: Location, detail: str | None) -> Skipped | None:
        source_id = self.id(row)
        if source_id is None:
            return None
        starts_at = self.value("starts_at", row, source_id) if "starts_at" in self.makes else None
        return Skipped(self.entity.kind, source_id, code, place, detail, starts_at if isinstance(starts_at, datetime) else None)

    def id(self, row: Row) -> str | None:
        found = as_id(self.makes["source_id"](row, self.names))
        return None if found is None else self.mapper.prefix + found

    def place(self, field: str) -> Location:
        value: Value | None = self.entity.fields.get(field)
        return value.place if value else self.entity.place

    def value(self, field: str, row: Row, source_id: str) -> Any:
        make = self.makes.get(field)
        if make is None:
            return None
        try:
            return make(row, self.names)
        except Unreadable as error:
            self.mapper.report.add(Outcome("DOWN_VALUE_UNREADABLE", self.entity.kind, source_id, field=field, place=self.place(field), detail=str(error)))
            return None

    def text(self, field: str, row: Row, source_id: str) -> Field:
        found = self.value(field, row, source_id)
        if isinstance(found, str):
            return found if found and not found.isspace() else None
        return UNKNOWN if found is UNKNOWN else as_id(found)

    def references(self, field: str, row: Row, source_id: str) -> References:
        found = self.value(field, row, source_id)
        if found is UNKNOWN or (isinstance(found, list) and UNKNOWN in found):
            return UNKNOWN
        ids = ids_of(found)
        prefix = self.mapper.prefix
        return tuple(dict.fromkeys(prefix + found for found in ids) if prefix else dict.fromkeys(ids))

    def student(self, source_id: str, row: Row) -> Student:
        tags = self.value("tags", row, source_id)
        return Student(source_id, self.text("last_name", row, source_id), self.text("first_name", row, source_id), self.text("email", row, source_id),
                       self.text("phone", row, source_id), UNKNOWN if tags is UNKNOWN else tuple(ids_of(tags)), self.text("badge", row, source_id))  # fmt: skip

    def professor(self, source_id: str, row: Row) -> Professor:
        return Professor(source_id, self.text("last_name", row, source_id), self.text("first_name", row, source_id), self.text("email", row, source_id),
                         self.text("phone", row, source_id))  # fmt: skip

    def external(self, source_id: str, row: Row) -> External:
        return External(source_id, self.text("last_name", row, source_id), self.text("first_name", row, source_id), self.text("email", row, source_id),
                        self.text("phone", row, source_id), self.references("students", row, source_id))  # fmt: skip

    def group(self, source_id: str, row: Row) -> Group:
        return Group(source_id, self.text("name", row, source_id), self.references("students", row, source_id))

    def classroom(self, source_id: str, row: Row) -> Classroom:
        return Classroom(source_id, self.text("name", row, source_id))

    def course(self, source_id: str, row: Row) -> Course:
        carry = {name: make(row, self.names) for name, make in self.carry.items()} if self.carry else {}
        students = self.references("students", row, source_id) if "students" in self.makes else None
        return Course(
            source_id, self.text("name", row, source_id), self.instant("starts_at", row, source_id), self.instant("ends_at", row, source_id),
            self.references("professors", row, source_id), students, self.references("groups", row, source_id),
            self.classroom_of(row, source_id), self.text("description", row, source_id), carry,
        )  # fmt: skip

    def instant(self, field: str, row: Row, source_id: str) -> datetime | Unknown | None:
        found = self.value(field, row, source_id)
        return found if isinstance(found, datetime) or found is UNKNOWN else None

    def classroom_of(self, row: Row, source_id: str) -> Field:
        if "classroom" not in self.makes:
            return self.text("classroom_name", row, source_id)
        found = self.references("classroom", row, source_id)
        if found is UNKNOWN:
            return UNKNOWN
        return "\n".join(found) or None


_FAMILY = {"student": "STUDENT", "professor": "PROFESSOR", "external": "TUTOR", "group": "GROUP", "classroom": "COURSE", "course": "COURSE"}
