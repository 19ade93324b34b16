"""Groups, sheets and attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.sandbox.edusign.book import parse, stamp
from edusync.sandbox.edusign.errors import Absent, Refusal, needed
from edusync.sandbox.edusign.people import SCHOOL
from edusync.sandbox.edusign.webhooks import ARCHIVED

if TYPE_CHECKING:
    from edusync.sandbox.edusign.book import Book

    Record = dict[str, Any]

_TEXTS = ("NAME", "DESCRIPTION", "CLASSROOM", "API_ID", "API_TYPE", "TRAINING_ID")


class Courses:
    """The rules of sheets over one book. `erase_signatures` reproduces a PATCH that loses them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.erase_signatures = False

    def course(self, course_id: str) -> Record:
        """Return a sheet, or refuse."""
        row = self.book.get("courses", course_id)
        if row is None:
            raise Absent("No course with this ID found")
        return row

    def unlocked(self, course_id: str) -> Record:
        """Return a sheet that may be written, or refuse."""
        row = self.course(course_id)
        if row["LOCKED"]:
            raise Refusal("course locked")
        return row

    def create(self, data: Record, *, from_students: bool) -> Record:
        """Create a sheet."""
        needed(data, "NAME", "START", "END", "PROFESSOR")
        course_id = self.book.new_id("c")
        row: Record = {
            "ID": course_id,
            "id": course_id,
            "LOCKED": 0,
            "ATTENDANCE_LIST_GENERATED": "",
            "DATE_CREATED": self.book.now(),
            "SCHOOL_ID": SCHOOL,
            "STUDENTS": [],
            "SCHOOL_GROUP": [],
            "PROFESSOR_SIGNATURE": "",
            "CREATOR_ID": data.pop("\0creator", "api"),
        }
        row |= dict.fromkeys(_TEXTS, "")
        self._fill(row, data)
        students = (
            [item["studentId"] for item in data.get("STUDENTS") or []]
            if from_students
            else self._members(row["SCHOOL_GROUP"])
        )
        self._roster(row, students)
        return self.book.add("courses", row)

    def change(self, data: Record) -> None:
        """Change a sheet: professors are replaced, the roster is rebuilt when it is sent [A]."""
        row, data = self.unlocked(str(data.get("ID", ""))), self.book.changeable(data)
        self._fill(row, data)
        if "STUDENTS" in data:
            self._roster(row, [item["studentId"] for item in data["STUDENTS"] or []])
        elif "SCHOOL_GROUP" in data:
            self._roster(row, self._members(row["SCHOOL_GROUP"]))

    def archive(self, row: Record, **more: Any) -> None:
        """Archive a sheet, and tell those who want to know it."""
        row.update({"LOCKED": 1, **more, "DATE_UPDATED": self.book.now()})
        self.book.webhooks.tell(ARCHIVED, self.book.habits.school, {"course": row})

    def sign(self, row: Record, student_id: str, **state: Any) -> None:
        """Note that a student signed, or what the professor said of them."""
        for item in row["STUDENTS"]:
            if item["studentId"] == student_id:
                item.update(
                    {
                        "state": True,
                        "timestamp": self.book.now(),
                        "signature": f"https://sandbox/signatures/{student_id}.png",
                    }
                    | state
                )
                row["DATE_UPDATED"] = self.book.now()
                return
        raise Refusal("Student is not in the list")

    def comment(self, row: Record, student_id: str, text: str) -> None:
        """Write something beside the attendance of a student."""
        for state in row["STUDENTS"]:
            if state["studentId"] == student_id:
                state["comment"] = text

    def justify(self, row: Record, student_id: str, reason: str | None, comment: str = "") -> str:
        """Note that a student is absent for a reason, by its name or id; None for none.

        Return the id of the justified absence.
        """
        known = next(
            (
                known_reason
                for known_reason in self.book.all("reasons")
                if reason in {str(known_reason["ID"]), known_reason["NAME"]}
            ),
            None,
        )
        if known is None and reason is not None:
            raise Refusal("absence reason not found")
        absence_id = self.book.new_id("a")
        self.book.add(
            "justified_absences",
            {
                "ID": absence_id,
                "STUDENT_ID": student_id,
                "TYPE": known["ID"] if known else None,
                "COMMENT": comment,
                "FILE_URL": "",
                "DATE_CREATION": self.book.now(),
                "REQUEST_DATE": None,
                "START": row["START"],
                "END": row["END"],
            },
        )
        self.sign(
            row, student_id, state=False, signature=None, timestamp=None, absenceId=absence_id
        )
        return absence_id

    def _fill(self, row: Record, data: Record) -> None:
        start, end = (
            parse(data["START"]) if "START" in data else parse(row["START"]),
            parse(data["END"]) if "END" in data else parse(row["END"]),
        )
        if end <= start:
            raise Refusal("END must be after START")
        professors = {
            name: data[name] or ""
            for name in data
            if name == "PROFESSOR" or (name.startswith("PROFESSOR_") and name[10:].isdigit())
        }
        for professor in filter(None, professors.values()):
            record = self.book.get("professors", professor)
            if record is None:
                raise Refusal("professor not found")
            if record["HIDDEN"]:
                raise Refusal("professor was deleted")
        if "PROFESSOR" in data and not data["PROFESSOR"]:
            raise Refusal(["PROFESSOR is required"])
        for group in data.get("SCHOOL_GROUP") or []:
            if self.book.get("groups", group) is None:
                raise Refusal("group not found")
        row.update(
            {"START": stamp(start), "END": stamp(end), "DATE_UPDATED": self.book.now()} | professors
        )
        row.update({name: str(data[name] or "") for name in _TEXTS if name in data})
        if "SCHOOL_GROUP" in data:
            row["SCHOOL_GROUP"] = list(data["SCHOOL_GROUP"] or [])

    def _members(self, groups: list[str]) -> list[str]:
        students = [
            student
            for group in groups
            for student in (self.book.get("groups", group) or {"STUDENTS": []})["STUDENTS"]
        ]
        return list(dict.fromkeys(students))

    def _roster(self, row: Record, students: list[str]) -> None:
        existing = {item["studentId"]: item for item in row["STUDENTS"]}
        for student in students:
            if self.book.get("students", student) is None:
                raise Refusal("student not found")
        row["STUDENTS"] = [
            self.row(row, student)
            if self.erase_signatures or student not in existing
            else existing[student]
            for student in dict.fromkeys(students)
        ]

    def row(self, course: Record, student: str) -> Record:
        """Return a fresh attendance row."""
        self.book.counter += 1
        return {
            "_id": self.book.counter,
            "studentId": student,
            "courseId": course["ID"],
            "schoolId": SCHOOL,
            "start": course["START"],
            "end": course["END"],
            "state": False,
            "timestamp": None,
            "signature": None,
            "signatureEmail": None,
            "delay": 0,
            "earlyDeparture": None,
            "excluded": None,
            "absenceId": None,
            "comment": "",
        }
