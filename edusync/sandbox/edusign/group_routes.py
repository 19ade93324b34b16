"""The routes of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, request

from edusync.sandbox.edusign.errors import Absent, Refusal, needed
from edusync.sandbox.edusign.people import SCHOOL

if TYPE_CHECKING:
    from edusync.sandbox.edusign.book import Book

    Record = dict[str, Any]


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
            "WEBHOOKS": [
                {"type": one.type, "url": one.url}
                for one in book.webhooks.registered
                if one.secret is None
            ],
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
        return {"ID": new_group(book, data | {"STUDENTS": _known(data)})["ID"]}

    @routes.patch("/group")
    def change() -> Any:
        data = (request.get_json(silent=True) or {}).get("group") or {}
        row, data = book.get("groups", str(data.get("ID", ""))), book.changeable(data)
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


def new_group(book: Book, data: Record) -> Record:
    """Put a group into the book."""
    group_id = book.new_id("g")
    row = {
        "ID": group_id,
        "id": group_id,
        "NAME": data["NAME"],
        "DESCRIPTION": data.get("DESCRIPTION", ""),
        "SCHOOL_ID": SCHOOL,
        "STUDENTS": list(data.get("STUDENTS") or []),
        "PARENT": data.get("PARENT", ""),
        "HIDDEN": 0,
        "API_ID": data.get("API_ID", ""),
        "API_TYPE": data.get("API_TYPE", ""),
        "DATE_CREATED": book.now(),
        "DATE_UPDATED": book.now(),
    }
    return book.add("groups", row)
