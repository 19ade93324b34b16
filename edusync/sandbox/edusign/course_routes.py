"""The routes of sheets and attendance."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import Blueprint, request

from edusync.sandbox.edusign.book import end_of, parse, stamp
from edusync.sandbox.edusign.errors import Absent, Refusal, needed

if TYPE_CHECKING:
    from edusync.sandbox.edusign.book import Book
    from edusync.sandbox.edusign.courses import Courses

    Record = dict[str, Any]


LONGEST_SPAN = timedelta(days=90)


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
        courses.archive(row, ATTENDANCE_LIST_GENERATED=f"https://sandbox/sheets/{course_id}.pdf")
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


def _student() -> str:
    student = (request.get_json(silent=True) or {}).get("studentId")
    if not student:
        raise Refusal(["studentId is required"])
    return str(student)
