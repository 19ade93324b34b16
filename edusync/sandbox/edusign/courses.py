"""Groups, sheets and attendance."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import Blueprint, request

from edusync.sandbox.edusign.book import end_of, parse, stamp
from edusync.sandbox.edusign.errors import Absent, Refusal, needed
from edusync.sandbox.edusign.people import SCHOOL

if TYPE_CHECKING:
    from edusync.sandbox.edusign.book import Book

    Record = dict[str, Any]

LONGEST_SPAN = timedelta(days=90)
_TEXTS = ("NAME", "DESCRIPTION", "CLASSROOM", "API_ID", "API_TYPE", "TRAINING_ID")


class Courses:
    """The rules of sheets over one book. `erase_signatures` reproduces a PATCH that loses them."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.erase_signatures = False

    def course(self, course_id: str) -> Record:
        """Return a sheet, or refuse."""
        found = self.book.get("courses", course_id)
        if found is None:
            raise Absent("No course with this ID found")
        return found

    def unlocked(self, course_id: str) -> Record:
        """Return a sheet that may be written, or refuse."""
        found = self.course(course_id)
        if found["LOCKED"]:
            raise Refusal("course locked")
        return found

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
        row = self.unlocked(str(data.get("ID", "")))
        self._fill(row, data)
        if "STUDENTS" in data:
            self._roster(row, [item["studentId"] for item in data["STUDENTS"] or []])
        elif "SCHOOL_GROUP" in data:
            self._roster(row, self._members(row["SCHOOL_GROUP"]))

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

    def justify(self, row: Record, student_id: str, reason: str, comment: str = "") -> str:
        """Note that a student is absent for a reason, by its name or id.

        Return the id of the justified absence.
        """
        known = next(
            (
                found
                for found in self.book.all("reasons")
                if reason in {str(found["ID"]), found["NAME"]}
            ),
            None,
        )
        if known is None:
            raise Refusal("absence reason not found")
        absence_id = self.book.new_id("a")
        self.book.add(
            "justified_absences",
            {
                "ID": absence_id,
                "STUDENT_ID": student_id,
                "TYPE": known["ID"],
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
            found = self.book.get("professors", professor)
            if found is None:
                raise Refusal("professor not found")
            if found["HIDDEN"]:
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
        found = [
            student
            for group in groups
            for student in (self.book.get("groups", group) or {"STUDENTS": []})["STUDENTS"]
        ]
        return list(dict.fromkeys(found))

    def _roster(self, row: Record, students: list[str]) -> None:
        kept = {item["studentId"]: item for item in row["STUDENTS"]}
        for student in students:
            if self.book.get("students", student) is None:
                raise Refusal("student not found")
        row["STUDENTS"] = [
            self.row(row, student)
            if self.erase_signatures or student not in kept
            else kept[student]
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


def course_routes(book: Book, courses: Courses) -> Blueprint:
    """Return the routes of sheets."""
    routes = Blueprint("courses", __name__)

    def _page(rows: list[Record], page: int) -> list[Record]:
        size = book.habits.page
        return rows[page * size : (page + 1) * size]

    @routes.get("/course")
    def listed() -> list[Record]:
        rows = sorted(book.all("courses"), key=lambda row: (row["START"], row["ID"]))
        start, end = request.args.get("start"), request.args.get("end")
        if start and end:
            if parse(end) - parse(start) > LONGEST_SPAN:
                raise Refusal("The span between start and end is limited to 90 days")
            rows = [row for row in rows if parse(start) <= parse(row["START"]) < end_of(end)]
        wanted = set(filter(None, request.args.get("filters", "").split(",")))
        if "locked" in wanted:
            rows = [row for row in rows if row["LOCKED"]]
        if "unlocked" in wanted:
            rows = [row for row in rows if not row["LOCKED"]]
        updated = request.args.get("dateUpdated")
        if updated:
            since, until = (parse(moment) for moment in updated.split(","))
            rows = [
                row
                for row in rows
                if since <= parse(row["DATE_UPDATED"]) <= until + timedelta(seconds=1)
            ]
        page = request.args.get("page")
        return rows if page is None else _page(rows, int(page))

    @routes.post("/course")
    def create() -> Record:
        data = (request.get_json(silent=True) or {}).get("course")
        if not isinstance(data, dict):
            raise Refusal(["course is required"])
        return {
            "ID": courses.create(data, from_students=request.args.get("fromStudents") == "true")[
                "ID"
            ]
        }

    @routes.patch("/course")
    def change() -> Any:
        data = (request.get_json(silent=True) or {}).get("course")
        if not isinstance(data, dict) or not data.get("ID"):
            raise Refusal(["course.ID is required"])
        courses.change(data)
        return True

    @routes.get("/course/get-id/<path:api_id>")
    def by_api_id(api_id: str) -> Record:
        row = book.find("courses", API_ID=api_id)
        if row is None:
            raise Absent("No course with this ID found")
        return {"id": row["ID"]}

    @routes.get("/course/<course_id>")
    def one(course_id: str) -> Record:
        return courses.course(course_id)

    @routes.delete("/course/<course_id>")
    def delete(course_id: str) -> Any:
        courses.unlocked(course_id)  # [A]
        del book.tables["courses"][course_id]
        return True

    @routes.put("/course/attendance/<course_id>")
    def add(course_id: str) -> Any:
        row, student = courses.unlocked(course_id), _student()
        if any(item["studentId"] == student for item in row["STUDENTS"]):
            raise Refusal("Student already in the list")
        if book.get("students", student) is None:
            raise Refusal("student not found")
        row["STUDENTS"].append(courses.row(row, student))
        row["DATE_UPDATED"] = book.now()
        return True

    @routes.delete("/course/attendance/<course_id>")
    def remove(course_id: str) -> Any:
        row, student = courses.unlocked(course_id), _student()
        row["STUDENTS"] = [item for item in row["STUDENTS"] if item["studentId"] != student]
        row["DATE_UPDATED"] = book.now()
        return True

    @routes.get("/course/lock/<course_id>")
    def lock(course_id: str) -> Record:
        row = courses.course(course_id)
        if row["LOCKED"]:
            raise Refusal("Course already locked")
        row.update(
            {
                "LOCKED": 1,
                "ATTENDANCE_LIST_GENERATED": f"https://sandbox/sheets/{course_id}.pdf",
                "DATE_UPDATED": book.now(),
            }
        )
        return {"link": row["ATTENDANCE_LIST_GENERATED"]}

    @routes.patch("/course/unlock/<course_id>")
    def unlock(course_id: str) -> Any:
        courses.course(course_id).update({"LOCKED": 0, "DATE_UPDATED": book.now()})
        return True

    @routes.patch("/presential-states/set-absent/<course_id>/<student_id>")
    def absent(course_id: str, student_id: str) -> Any:
        comment = (request.get_json(silent=True) or {}).get("comment", "")
        courses.sign(
            courses.unlocked(course_id),
            student_id,
            state=False,
            signature=None,
            timestamp=None,
            comment=comment,
        )
        return True

    @routes.patch("/presential-states/set-delay/<course_id>/<student_id>")
    def delay(course_id: str, student_id: str) -> Any:
        courses.sign(
            courses.unlocked(course_id),
            student_id,
            delay=int((request.get_json(silent=True) or {}).get("delay", 0)),
        )
        return True

    @routes.patch("/presential-states/set-early-departure/<course_id>/<student_id>")
    def early(course_id: str, student_id: str) -> Any:
        moment = (request.get_json(silent=True) or {}).get("earlyDate")
        courses.sign(
            courses.unlocked(course_id),
            student_id,
            earlyDeparture=stamp(parse(moment)) if moment else None,
        )
        return True

    @routes.get("/justified-absence/absence-reason")
    def reasons() -> list[Record]:
        return book.all("reasons")

    @routes.get("/justified-absence")
    def justified() -> list[Record]:
        rows, page = book.all("justified_absences"), request.args.get("page")
        return rows if page is None else _page(rows, int(page))

    @routes.post("/justified-absence")
    def justify() -> Record:
        data = request.get_json(silent=True) or {}
        needed(data, "STUDENT_ID", "COURSE_ID", "TYPE")
        return {
            "ID": courses.justify(
                courses.course(data["COURSE_ID"]),
                data["STUDENT_ID"],
                str(data["TYPE"]),
                data.get("COMMENT", ""),
            )
        }

    return routes


def group_routes(book: Book) -> Blueprint:
    """Return the routes of groups, classrooms and the school."""
    routes = Blueprint("groups", __name__)

    @routes.get("/school")
    def school() -> Record:
        reasons = [{"ID": reason["ID"], "NAME": reason["NAME"]} for reason in book.all("reasons")]
        return {
            "ID": book.habits.school,
            "NAME": "Sandbox",
            "TIMEZONE": "Europe/Paris",
            "LANGUAGE": "fr",
            "CONNECTOR": "",
            "ABSENCES_TYPE": reasons,
            "WEBHOOKS": [],
        }

    @routes.get("/classrooms")
    def classrooms() -> list[Record]:
        return book.all("classrooms")

    @routes.get("/group")
    def groups() -> list[Record]:
        return book.all("groups")

    @routes.get("/group/get-id/<path:api_id>")
    def by_api_id(api_id: str) -> Record:
        row = book.find("groups", API_ID=api_id)
        if row is None:
            raise Absent("group not found")
        return {"ID": row["ID"]}

    @routes.get("/group/<group_id>")
    def one(group_id: str) -> Record:
        row = book.get("groups", group_id)
        if row is None:
            raise Absent("group not found")
        return row

    @routes.post("/group")
    def create() -> Record:
        data = (request.get_json(silent=True) or {}).get("group") or {}
        needed(data, "NAME")
        group_id = book.new_id("g")
        row = {
            "ID": group_id,
            "id": group_id,
            "NAME": data["NAME"],
            "DESCRIPTION": data.get("DESCRIPTION", ""),
            "SCHOOL_ID": SCHOOL,
            "STUDENTS": _known(data),
            "PARENT": data.get("PARENT", ""),
            "HIDDEN": 0,
            "API_ID": data.get("API_ID", ""),
            "API_TYPE": data.get("API_TYPE", ""),
            "DATE_CREATED": book.now(),
            "DATE_UPDATED": book.now(),
        }
        book.add("groups", row)
        return {"ID": group_id}

    @routes.patch("/group")
    def change() -> Any:
        data = (request.get_json(silent=True) or {}).get("group") or {}
        row = book.get("groups", str(data.get("ID", "")))
        if row is None:
            raise Refusal("group not found")
        row.update(
            {
                name: data[name]
                for name in ("NAME", "DESCRIPTION", "PARENT", "API_ID", "API_TYPE")
                if name in data
            }
        )
        if "STUDENTS" in data:
            row["STUDENTS"] = _known(data)  # replaced; the rosters of existing sheets stay [A]
        row["DATE_UPDATED"] = book.now()
        return True

    def _known(data: Record) -> list[str]:
        students = list(data.get("STUDENTS") or [])
        if any(book.get("students", student) is None for student in students):
            raise Refusal("student not found")
        return students

    return routes


def _student() -> str:
    student = (request.get_json(silent=True) or {}).get("studentId")
    if not student:
        raise Refusal(["studentId is required"])
    return str(student)
