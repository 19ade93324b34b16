"""One sheet of a batch: which one is meant, whom it names, and who may not be taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.sandbox.edusign.batch_items import BatchItems, ItemRefused, needed, only
from edusync.sandbox.edusign.book import parse
from edusync.sandbox.edusign.errors import Refusal

if TYPE_CHECKING:
    from edusync.sandbox.edusign.book import Book
    from edusync.sandbox.edusign.courses import Courses

    Record = dict[str, Any]

_FIELDS = (
    "courseId",
    "externalReferenceId",
    "externalReferenceType",
    "name",
    "startDateTime",
    "endDateTime",
    "professorIds",
    "professorExternalReferenceIds",
    "classroomId",
    "classroomExternalReferenceId",
    "students",
)
_STUDENTS = ("studentIds", "studentExternalReferenceIds", "groupIds", "groupExternalReferenceIds")


class BatchCourses:
    """What a batch of sheets does to a book."""

    def __init__(self, book: Book, courses: Courses) -> None:
        self.book, self.courses, self.items = book, courses, BatchItems(book)

    def course(self, item: Record) -> tuple[Record, bool]:
        """Create or change a sheet; return the record, and whether it is new."""
        only(item, *_FIELDS)
        row = self.items.meant("course", item)
        if row is None:
            needed(item, "name", "startDateTime", "endDateTime")
        professors = self._named(item, "professor")
        if not professors:
            raise ItemRefused("REQUIRED_FIELD_MISSING")
        self._check_dates(item, row)
        data = {
            "API_ID": item.get("externalReferenceId"),
            "API_TYPE": item.get("externalReferenceType"),
            "NAME": item.get("name"),
            "START": item.get("startDateTime"),
            "END": item.get("endDateTime"),
            "CLASSROOM": self._classroom(item),
        }
        data = {name: value for name, value in data.items() if value is not None}
        for number, professor in enumerate(professors, start=1):
            data["PROFESSOR" if number == 1 else f"PROFESSOR_{number}"] = professor["ID"]
        roster = self._roster(item, row, data)
        if roster is not None:
            data["STUDENTS"] = [{"studentId": one} for one in roster]
        try:
            if row is None:
                return self.courses.create(data, from_students=True), True
            is_locked, row["LOCKED"] = row["LOCKED"], 0  # an archived one may be written here [A]
            try:
                self.courses.change(data | {"ID": row["ID"]})
            finally:
                row["LOCKED"] = is_locked
        except Refusal:
            raise ItemRefused("CREATE_FAILED" if row is None else "UPDATE_FAILED") from None
        return row, False

    def _check_dates(self, item: Record, row: Record | None) -> None:
        before = row or {}
        start = item.get("startDateTime") or before.get("START")
        end = item.get("endDateTime") or before.get("END")
        try:
            is_one = parse(str(end)) > parse(str(start))
        except ValueError:
            raise ItemRefused("VALIDATION_ERROR") from None
        if not is_one:
            raise ItemRefused("INVALID_DATE_RANGE")

    def _named(self, item: Record, kind: str) -> list[Record]:
        """Return the records that an item names by one of two ids."""
        ids, refs = item.get(f"{kind}Ids"), item.get(f"{kind}ExternalReferenceIds")
        if ids is not None and refs is not None:
            raise ItemRefused(f"AMBIGUOUS_{kind.upper()}_IDENTIFIER")
        records = []
        for one in ids or refs or ():
            fits = (
                [self.book.get(f"{kind}s", str(one))]
                if ids
                else [row for row in self.book.all(f"{kind}s") if row["API_ID"] == one]
            )
            record = fits[0] if fits else None
            if len(fits) > 1:
                raise ItemRefused(f"AMBIGUOUS_{kind.upper()}_IDENTIFIER")
            if record is None:
                raise ItemRefused(f"{kind.upper()}S_NOT_FOUND")
            if record.get("HIDDEN"):
                raise ItemRefused(f"ARCHIVED_{kind.upper()}_EXISTS")
            records.append(record)
        return records

    def _classroom(self, item: Record) -> str | None:
        """Return the name of the classroom that an item names, as v1 shows it [A]."""
        own, ref = item.get("classroomId"), item.get("classroomExternalReferenceId")
        if own and ref:
            raise ItemRefused("AMBIGUOUS_CLASSROOM_IDENTIFIER")
        if not (own or ref):
            return None
        room = (
            self.book.get("classrooms", str(own))
            if own
            else self.book.find("classrooms", API_ID=ref)
        )
        if room is None:
            raise ItemRefused("CLASSROOM_NOT_FOUND")
        return str(room["NAME"])

    def _roster(self, item: Record, row: Record | None, data: Record) -> list[str] | None:
        """Return who is on the sheet then; None when nothing is said of it.

        Everybody else is taken off, but for whom the sheet protects: it is over or archived.
        """
        students = item.get("students")
        if students is None:
            return None
        only(students, *_STUDENTS)
        groups = self._named(students, "group")
        if students.keys() & {"groupIds", "groupExternalReferenceIds"}:
            data["SCHOOL_GROUP"] = [group["ID"] for group in groups]
        wanted = [student["ID"] for student in self._named(students, "student")]
        wanted += [student for group in groups for student in group["STUDENTS"]]
        if row is not None:
            is_over = bool(row["LOCKED"]) or parse(row["END"]) < self.book.clock()
            wanted += [one["studentId"] for one in row["STUDENTS"]] if is_over else []
        wanted = list(dict.fromkeys(wanted))
        most = (row or {}).get("MAX_STUDENTS")
        if most and len(wanted) > most:
            raise ItemRefused("MAX_STUDENTS_EXCEEDED")
        return wanted
