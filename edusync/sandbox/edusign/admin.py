"""/_sandbox: look at what the sandbox holds, play a class, switch faults on.

People use it; edusync never does.
"""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from flask import Blueprint, render_template_string, request

from edusync.sandbox.door import Example
from edusync.sandbox.edusign.errors import Refusal
from edusync.sandbox.edusign.faults import KINDS, Fault, Faults
from edusync.sandbox.edusign.old_connector import OldConnector
from edusync.sandbox.edusign.play import play_sheet

if TYPE_CHECKING:
    from edusync.sandbox.edusign.book import Book
    from edusync.sandbox.edusign.courses import Courses

EXAMPLES = (
    Example(
        "play a class: its id and those of its students in the ERP, and what became of each; the "
        "sheet is archived then",
        "POST",
        "attendance",
        {"course": "7001", "students": {"12": "present", "13": {"late": 12}, "14": "absent"}},
    ),
    Example(
        "other states: minutes before the end, minutes after the beginning, the name of a reason; "
        "not archived yet",
        "POST",
        "attendance",
        {
            "course": "7002",
            "students": {
                "12": {"left": 45},
                "13": {"excluded": 60},
                "14": {"justified": "sick leave"},
                "15": "pending",
            },
            "archive": False,
        },
    ),
    Example(
        "call an address when a sheet is archived, as Edusign does; with a secret it is signed, as "
        "that of an application",
        "POST",
        "webhooks",
        {"url": "http://127.0.0.1:8550/webhooks/application", "secret": "sandbox-secret"},
    ),
    Example("answer 502 instead of Edusign, twice", "POST", "faults", {"kind": "502", "times": 2}),
    Example("mend everything", "DELETE", "faults"),
)
"""What `edusync sandbox edusign --help` shows."""


def door_help() -> str:
    """Return what can be done at the door of the sandbox, for people."""
    return "\n".join(
        [
            "While it runs, /_sandbox shows in a browser what it holds, and changes it:",
            "",
            "  GET /_sandbox/state     everything, as JSON",
            "  GET /_sandbox/requests  what was asked of it",
            "",
            *(
                f"  # {example.what}\n  {example.as_command('http://127.0.0.1:PORT')}"
                for example in EXAMPLES
            ),
            "",
            "A student who is not named is absent. `edusync writeback` sends archived sheets, once",
            "their class is over: for a class of another day say --at with a moment after its end.",
        ]
    )


_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Edusign sandbox</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;
max-width:70rem;color:#1c2430;padding:0 1rem}
h1{font-size:1.4rem}
h2{font-size:1.05rem;margin-top:2rem}table{border-collapse:collapse;width:100%}
td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #dde3ea}
th{font-weight:600;color:#556}code{color:#556}.none{color:#889}</style>
<h1>Edusign sandbox</h1><p>An honest stand-in for Edusign on this machine. Nothing here leaves it.
<a href="state">state as JSON</a> ·
<a href="requests">requests</a> · <a href="faults">faults</a></p>
{% for title, columns, rows in tables %}<h2>{{ title }} ({{ rows|length }})</h2>
{% if rows %}<table><tr>{% for column in columns %}<th>{{ column }}</th>{% endfor %}</tr>
{% for row in rows %}<tr>{% for column in columns %}<td>{{ row[column] }}</td>{% endfor %}</tr>
{% endfor %}</table>{% else %}<p class="none">none yet</p>{% endif %}{% endfor %}
"""


_Table = tuple[str, list[str], list[dict[str, Any]]]


def admin_routes(book: Book, courses: Courses, faults: Faults) -> Blueprint:
    """Return the routes for people."""
    routes = Blueprint("admin", __name__)

    @routes.get("/")
    def page() -> str:
        return render_template_string(_PAGE, tables=_tables(book))

    @routes.get("/state")
    def state() -> dict[str, Any]:
        return book.dump()

    @routes.get("/requests")
    def requests() -> dict[str, Any]:
        return {"requests": book.requests}

    @routes.post("/course/<course_id>/sign")
    def sign(course_id: str) -> dict[str, Any]:
        """Play one student: {"student": id, "delay": 5, "excluded": …, "earlyDeparture": …}.

        Without a student, everybody.
        """
        data = request.get_json(force=True, silent=True) or {}
        row = courses.unlocked(course_id)
        students = (
            [data.pop("student")]
            if "student" in data
            else [item["studentId"] for item in row["STUDENTS"]]
        )
        for student in students:
            courses.sign(row, student, **data)
        return {"signed": len(students)}

    @routes.post("/attendance")
    def attendance() -> tuple[dict[str, Any], int]:
        """Play a class by the ids of the ERP, as a case tells it, and archive its sheet."""
        played = request.get_json(force=True, silent=True)
        if not isinstance(played, dict):
            return {"error": "send a mapping with 'course' and 'students', as JSON"}, 400
        with book.lock:
            try:
                return play_sheet(courses, played), 200
            except Refusal as refusal:
                return {"error": str(refusal)}, 400
            finally:
                book.save()

    @routes.post("/course/<course_id>/professor-sign")
    def professor_sign(course_id: str) -> dict[str, Any]:
        """Let a professor sign: {"number": 2} is the second one of the sheet."""
        number = int((request.get_json(force=True, silent=True) or {}).get("number", 1))
        row = courses.unlocked(course_id)
        row["PROFESSOR_SIGNATURE" if number == 1 else f"PROFESSOR_SIGNATURE_{number}"] = (
            "https://sandbox/signatures/professor.png"
        )
        row["DATE_UPDATED"] = book.now()
        return {"signed": 1}

    @routes.post("/course/<course_id>/lock")
    def lock(course_id: str) -> dict[str, Any]:
        courses.archive(courses.course(course_id))
        return {"locked": 1}

    @routes.post("/course")
    def handmade() -> dict[str, Any]:
        """Make a sheet by hand, as a professor would: the fields of a course, without an API_ID."""
        data = dict(request.get_json(force=True, silent=True) or {})
        data["\0creator"] = "user"
        return {"ID": courses.create(data, from_students=True)["ID"]}

    @routes.post("/old-connector")
    def old_connector() -> dict[str, Any]:
        """Play a connector of before: `?type=NAME`, with the state of a sandbox that has it all.

        `&seed=1` makes the school of years of use; without it, the connector goes on writing.
        """
        connector = OldConnector(courses, request.args.get("type", "old-connector"))
        bring = connector.seed if request.args.get("seed") == "1" else connector.bring
        with book.lock:
            written = bring(request.get_json())
            book.save()
        return {"written": written}

    @routes.route("/habits", methods=["GET", "POST"])
    def habits() -> dict[str, Any]:
        """Show, or change, what differs from school to school: {"page": 25}."""
        changed = request.get_json(force=True, silent=True) or {}
        for name in asdict(book.habits).keys() & changed.keys():
            setattr(book.habits, name, changed[name])
        return asdict(book.habits)

    @routes.get("/faults")
    def listed() -> dict[str, Any]:
        return {"faults": faults.listed(), "kinds": list(KINDS)}

    @routes.post("/faults")
    def switch() -> tuple[dict[str, Any], int]:
        data = request.get_json(force=True, silent=True) or {}
        if data.get("kind") not in KINDS:
            return {"error": f"kind is one of {', '.join(KINDS)}"}, 400
        faults.active.append(
            Fault(**{name.name: data[name.name] for name in fields(Fault) if name.name in data})
        )
        return {"faults": faults.listed()}, 200

    @routes.delete("/faults")
    def clear() -> dict[str, Any]:
        faults.active.clear()
        return {"faults": []}

    return routes


def _tables(book: Book) -> list[_Table]:
    """Return what the page shows: title, columns and rows of each table."""
    people = {
        kind: [
            {
                "last name": row["LASTNAME"],
                "first name": row["FIRSTNAME"],
                "e-mail": row["EMAIL"],
                "ERP id": row["API_ID"],
                "archived": "yes" if row["HIDDEN"] else "",
            }
            for row in book.all(kind)
        ]
        for kind in ("students", "professors", "externals")
    }
    groups = [
        {"name": row["NAME"], "students": len(row["STUDENTS"]), "ERP id": row["API_ID"]}
        for row in book.all("groups")
    ]
    columns = ["last name", "first name", "e-mail", "ERP id", "archived"]
    return [
        (
            "Sheets",
            [
                "start (UTC)",
                "name",
                "professor",
                "room",
                "students",
                "signed",
                "archived",
                "ERP id",
            ],
            _sheets(book),
        ),
        ("Students", columns, people["students"]),
        ("Professors", columns, people["professors"]),
        ("Tutors", columns, people["externals"]),
        ("Groups", ["name", "students", "ERP id"], groups),
    ]


def _sheets(book: Book) -> list[dict[str, Any]]:
    """Return a row for each sheet, by its start."""
    names = {
        row["ID"]: f"{row['FIRSTNAME']} {row['LASTNAME']}"
        for kind in ("students", "professors")
        for row in book.all(kind)
    }
    return [
        {
            "start (UTC)": row["START"][:16].replace("T", " "),
            "name": row["NAME"],
            "professor": names.get(row.get("PROFESSOR", ""), "?"),
            "room": row["CLASSROOM"],
            "students": len(row["STUDENTS"]),
            "signed": sum(bool(item["state"]) for item in row["STUDENTS"]),
            "archived": "yes" if row["LOCKED"] else "",
            "ERP id": row["API_ID"],
        }
        for row in sorted(book.all("courses"), key=lambda row: str(row["START"]))
    ]
