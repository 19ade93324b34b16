"""Students, professors and externals: creation, archive, restore, look-ups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, request

from edusync.sandbox.edusign.book import parse
from edusync.sandbox.edusign.errors import Absent, Refusal, needed

if TYPE_CHECKING:
    from edusync.sandbox.edusign.book import Book

    Record = dict[str, Any]

PROFESSOR_PAGE = 100
STUDENT_PAGE = 100  # [A]
SCHOOL = "school-sandbox"

_STUDENT = (
    "EMAIL",
    "FIRSTNAME",
    "LASTNAME",
    "PHOTO",
    "PHONE",
    "TRAINING_NAME",
    "FILE_NUMBER",
    "COMPANY",
    "BADGE_ID",
    "API_ID",
    "API_TYPE",
)
_PROFESSOR = ("EMAIL", "FIRSTNAME", "LASTNAME", "PHONE", "SPECIALITY", "API_ID", "API_TYPE")
_EXTERNAL = ("EMAIL", "FIRSTNAME", "LASTNAME", "PHONE", "COMPANY", "API_ID", "API_TYPE")


def people_routes(book: Book) -> Blueprint:
    """Return the routes of people."""
    routes = Blueprint("people", __name__)

    @routes.get("/student")
    def students() -> list[Record]:
        rows = [row for row in book.all("students") if not row["HIDDEN"]]
        if since := request.args.get("updatedAfter"):
            rows = [row for row in rows if parse(row.get("DATE_UPDATED", since)) >= parse(since)]
        return _paged(rows, int(request.args.get("limit", STUDENT_PAGE)))

    @routes.post("/student")
    def create_student() -> Record:
        data = _wrapped("student")
        needed(data, "FIRSTNAME", "LASTNAME")
        # Edusign needs the field; an empty one is accepted for students without e-mail [A]
        if "EMAIL" not in data or (book.habits.email_needed and not data["EMAIL"]):
            raise Refusal(["EMAIL is required"])
        _free_email("students", data["EMAIL"], "Student already exists in this school")
        row = new_student(book, data)
        if data.get("SEND_EMAIL_CREDENTIALS"):
            book.emails.append({"to": row["ID"], "kind": "credentials"})
        return {"ID": row["ID"], "id": row["ID"], "TYPE": 1}

    @routes.patch("/student")
    def change_student() -> Any:
        data = _wrapped("student")
        needed(data, "ID", "FIRSTNAME", "LASTNAME")
        row = _existing("students", data["ID"], "No student with this ID found")
        if data.get("EMAIL") and str(data["EMAIL"]).lower() != str(row["EMAIL"]).lower():
            _free_email("students", data["EMAIL"], "Student already exists in this school")
        _merge(row, data, _STUDENT, ("TAGS", "GROUPS", "STUDENT_FOLLOWER_ID"))
        return True

    @routes.get("/student/restore/<record_id>")
    def restore_student(record_id: str) -> Any:
        _existing("students", record_id, "No student with this ID found")["HIDDEN"] = 0
        return True

    @routes.get("/professor")
    def professors() -> list[Record]:
        return _paged([row for row in book.all("professors") if not row["HIDDEN"]], PROFESSOR_PAGE)

    @routes.post("/professor")
    def create_professor() -> Record:
        data = _wrapped("professor")
        needed(data, "FIRSTNAME", "LASTNAME", "EMAIL")
        _free_email("professors", data["EMAIL"], "Professor already exists in this school")
        row = new_professor(book, data)
        if not (request.get_json(silent=True) or {}).get("dontSendCredentials"):
            book.emails.append({"to": row["ID"], "kind": "credentials"})
        return {"ID": row["ID"], "TYPE": 1}

    @routes.patch("/professor")
    def change_professor() -> Record:
        data = _wrapped("professor")
        needed(data, "ID", "FIRSTNAME", "LASTNAME", "EMAIL")
        row = _existing("professors", data["ID"], "professor not found")
        if str(data["EMAIL"]).lower() != str(row["EMAIL"]).lower():
            _free_email("professors", data["EMAIL"], "Professor already exists in this school")
        _merge(row, data, _PROFESSOR, ("TAGS",))
        return {"result": "professor updated"}

    @routes.get("/professor/restore/<record_id>")
    def restore_professor(record_id: str) -> Any:
        _existing("professors", record_id, "professor not found")["HIDDEN"] = []
        return True

    @routes.post("/externals")
    def create_external() -> Record:  # path and wrapper [A]
        data = _wrapped("external")
        needed(data, "FIRSTNAME", "LASTNAME", "EMAIL")
        _free_email("externals", data["EMAIL"], "External already exists in this school")
        row = book.add(
            "externals",
            _new(book, "e", _EXTERNAL, data) | {"HIDDEN": 0, "TYPE": 0, "SCHOOL_ID": SCHOOL},
        )
        del row["id"]  # only ID is seen on externals
        return {"ID": row["ID"]}

    @routes.patch("/externals")
    def change_external() -> Any:  # [A]
        data = _wrapped("external")
        needed(data, "ID")
        _merge(_existing("externals", data["ID"], "external not found"), data, _EXTERNAL, ())
        return True

    for path, kind, unknown in (
        ("student", "students", "No student with this email found"),
        ("professor", "professors", "Error - cannot get professor by email"),
        ("externals", "externals", "ERR_UNKNOWN_EXTERNAL_BY_EMAIL"),
    ):
        _look_ups(routes, book, path, kind, unknown)

    def _merge(row: Record, data: Record, texts: tuple[str, ...], lists: tuple[str, ...]) -> None:
        data = book.changeable(data)
        row.update({name: str(data[name] or "") for name in texts if name in data})
        row.update({name: _ids(data, name) for name in lists if name in data})
        row["DATE_UPDATED"] = book.now()

    def _existing(kind: str, record_id: str, message: str) -> Record:
        row = book.get(kind, record_id)
        if row is None:
            raise Refusal(message)
        return row

    def _free_email(kind: str, email: str, message: str) -> None:
        if email and book.find(kind, EMAIL=email) is not None:  # the check includes archived people
            raise Refusal(message)

    return routes


def new_student(book: Book, data: Record) -> Record:
    """Put a student into the book."""
    return book.add(
        "students",
        _new(book, "s", _STUDENT, data)
        | {
            "HIDDEN": 0,
            "TAGS": list(data.get("TAGS") or []),
            "GROUPS": _ids(data, "GROUPS"),
            "STUDENT_FOLLOWER_ID": _ids(data, "STUDENT_FOLLOWER_ID"),
        },
    )


def new_professor(book: Book, data: Record) -> Record:
    """Put a professor into the book."""
    return book.add(
        "professors",
        _new(book, "p", _PROFESSOR, data)
        | {"HIDDEN": [], "SCHOOL_ID": [SCHOOL], "TAGS": list(data.get("TAGS") or [])},
    )


def _new(book: Book, letter: str, fields: tuple[str, ...], data: Record) -> Record:
    record_id = book.new_id(letter)
    row: Record = {
        "ID": record_id,
        "id": record_id,
        "DATE_CREATED": book.now(),
        "DATE_UPDATED": book.now(),
    }
    return row | {name: str(data.get(name) or "") for name in fields}


def _look_ups(routes: Blueprint, book: Book, path: str, kind: str, unknown: str) -> None:
    def by_email(email: str) -> Record:
        row = book.find(kind, EMAIL=email)
        if row is None:
            raise Absent(unknown)
        return row

    def by_api_id(api_id: str) -> Record:
        row = book.find(kind, API_ID=api_id)
        if row is None:
            raise Absent(f"No {kind.removesuffix('s')} with this ID found")
        return {"id": row["ID"]}

    def by_id(record_id: str) -> Record:
        row = book.get(kind, record_id)
        if row is None:
            raise Absent(f"No {kind.removesuffix('s')} with this ID found")
        return row

    def archive(record_id: str) -> Any:
        row = by_id(record_id)
        row["HIDDEN"] = [SCHOOL] if kind == "professors" else 1
        return True

    routes.add_url_rule(f"/{path}/by-email/<email>", f"{kind}_by_email", by_email, methods=["GET"])
    if kind != "externals":
        routes.add_url_rule(
            f"/{path}/get-id/<path:api_id>", f"{kind}_by_api_id", by_api_id, methods=["GET"]
        )
    routes.add_url_rule(f"/{path}/<record_id>", f"{kind}_by_id", by_id, methods=["GET"])
    routes.add_url_rule(f"/{path}/<record_id>", f"{kind}_archive", archive, methods=["DELETE"])


def _wrapped(name: str) -> Record:
    data = (request.get_json(silent=True) or {}).get(name)
    if not isinstance(data, dict):
        raise Refusal([f"{name} is required"])
    return data


def _ids(data: Record, name: str) -> list[Any]:
    value = data.get(name) or []
    return [value] if isinstance(value, str) else list(value)


def _paged(rows: list[Record], size: int) -> list[Record]:
    page = request.args.get("page")
    return rows if page is None else rows[int(page) * size : (int(page) + 1) * size]
