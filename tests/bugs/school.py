"""A school whose ERP writes files: a spec, three lists, and everything that is seen of a run."""

from __future__ import annotations

import json
from datetime import date, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.serve import serving
from tests.support.commands import edusync

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import ExitStack
    from pathlib import Path

AT = "2026-03-16T11:30"
LESSONS = (
    "Code;Intitulé;Date;Début;Fin;Salle;Formateur;Groupe\n"
    "S1;Compta;17/03/2026;09:00;12:00;B12;T1;A\n"
    "S2;Droit;18/03/2026;14:00;16:00;B13;T1;A\n"
)
PEOPLE = (
    "Matricule;Nom;Prénom;E-mail;Groupe\n"
    "001;MARTEL;Inès;ines.martel@ecole.test;A\n"
    "002;ROLAND;Tim;tim.roland@ecole.test;A\n"
)
TEACHERS = "Code;Nom;Prénom;E-mail\nT1;GARNIER;Paule;paule.garnier@ecole.test\n"
PERSON = {"source_id": "id", "last_name": "last", "first_name": "first"}
MAIL = {"email": {"path": "mail", "as": "mail"}}


def spec(kind: str = "csv") -> dict[str, Any]:
    """Return the spec of the school, for files of a kind."""
    iso = kind == "xlsx"
    return {
        "edusync": 1,
        "connector": "files",
        "label": "Files",
        "connection": {"folder": {"type": "text", "label": {"en": "Folder", "fr": "Dossier"}}},
        "transport": {"kind": "files", "url": "{{ connection.folder }}", "answer": kind},
        "formats": {
            "day": {"kind": "date", "pattern": "iso" if iso else "%d/%m/%Y"},
            "clock": {"kind": "time", "pattern": "iso" if iso else "%H:%M"},
        },
        "resources": {
            "lessons": {
                "file": f"lessons*.{kind}",
                "columns": {
                    "id": "Code",
                    "title": "Intitulé",
                    "day": "Date",
                    "from": "Début",
                    "to": "Fin",
                    "room": "Salle",
                    "prof": "Formateur",
                    "group": "Groupe",
                },
                "as": {"day": "day", "from": "clock", "to": "clock"},
                "key": "id",
            },
            "people": {
                "file": f"*people*.{kind}",
                "columns": {
                    "id": "Matricule",
                    "last": "Nom",
                    "first": "Prénom",
                    "mail": "E-mail",
                    "group": "Groupe",
                },
                "key": "id",
            },
            "teachers": {
                "file": f"teachers.{kind}",
                "columns": {"id": "Code", "last": "Nom", "first": "Prénom", "mail": "E-mail"},
                "key": "id",
            },
        },
        "entities": {
            "student": {"from": "people", **PERSON, **MAIL},
            "professor": {"from": "teachers", **PERSON, **MAIL},
            "course": {
                "from": "lessons",
                "source_id": "id",
                "name": "title",
                "starts_at": {"day": "day", "time": "from"},
                "ends_at": {"day": "day", "time": "to"},
                "professors": "prof",
                "students": {
                    "look_up_all": "people",
                    "by": "group",
                    "on": "group",
                    "take": "id",
                },
                "classroom_name": {"path": "room", "optional": True},
            },
        },
        "writeback": "none",
    }


class Run(NamedTuple):
    """What a run ended with, and what stands on Edusign after it."""

    code: int
    events: str
    sheets: dict[str, list[str]]
    """The students of each sheet."""
    names: list[str]
    """Those of sheets, classrooms, students and professors."""


class School:
    """One school. `spec` and the files are changed at will before a run."""

    def __init__(self, folder: Path, stack: ExitStack, kind: str = "csv") -> None:
        self.folder, self.spec = folder, spec(kind)
        self.filters: dict[str, Any] = {}
        self.book = Book()
        self.edusign = stack.enter_context(serving(create_app(self.book)))
        self.connection: dict[str, Any] = {"folder": str(folder / "files")}
        (folder / "files").mkdir()
        if kind == "csv":
            self.write("lessons.csv", LESSONS)
            self.write("people.csv", PEOPLE)
            self.write("teachers.csv", TEACHERS)

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file of the ERP."""
        raw = content if isinstance(content, bytes) else content.encode()
        (self.folder / "files" / name).write_bytes(raw)

    def remove(self, name: str) -> None:
        """Take a file of the ERP away."""
        (self.folder / "files" / name).unlink()

    def command(self, *words: str, at: str | None = AT) -> tuple[int, str]:
        """Run a command on the connector file; return its exit code and what it printed."""
        (self.folder / "spec.yaml").write_text(json.dumps(self.spec), encoding="utf-8")
        account = {"name": "main", "edusign": {"base_url": self.edusign, "api_key": "${env:KEY}"}}
        data = {
            "edusync": 1,
            "connector": "school",
            "spec": "spec.yaml",
            "connection": self.connection,
            "accounts": [{**account, **self.filters}],
        }
        (self.folder / "school.yaml").write_text(json.dumps(data), encoding="utf-8")
        when = ["--at", at] if at else []
        env = {"KEY": "sandbox-key", "COLUMNS": "400", "NO_COLOR": "1"}
        done = edusync(*words, *when, cwd=self.folder, env=env)
        return done.returncode, " ".join((done.stdout + done.stderr).split())

    def sync(self, at: str = AT) -> Run:
        """Bring the planning down."""
        code, printed = self.command("sync", "school.yaml", "--state", "state.db", at=at)
        events = self.command("events", "school.yaml", "--state", "state.db", at=None)[1]
        tables = self.book.tables
        known = {row["ID"]: str(row["API_ID"]) for row in tables["students"].values()}
        sheets = {
            str(row["API_ID"]): sorted(known[one["studentId"]] for one in row["STUDENTS"])
            for row in self.book.all("courses")
        }
        names = [
            str(row.get(name) or "")
            for table in ("courses", "students", "professors")
            for row in tables[table].values()
            for name in ("NAME", "CLASSROOM", "LASTNAME", "FIRSTNAME", "EMAIL")
        ]
        return Run(code, f"{printed} {events}", sheets, names)


# Excel

LINES: dict[str, list[list[Any]]] = {
    "lessons": [
        ["Code", "Intitulé", "Date", "Début", "Fin", "Salle", "Formateur", "Groupe"],
        ["S1", "Compta", date(2026, 3, 17), time(9), time(12), "B12", "T1", "A"],
        ["S2", "Droit", date(2026, 3, 18), time(14), time(16), "B13", "T1", "A"],
    ],
    "people": [
        ["Matricule", "Nom", "Prénom", "E-mail", "Groupe"],
        ["001", "MARTEL", "Inès", "ines.martel@ecole.test", "A"],
        ["002", "ROLAND", "Tim", "tim.roland@ecole.test", "A"],
    ],
    "teachers": [
        ["Code", "Nom", "Prénom", "E-mail"],
        ["T1", "GARNIER", "Paule", "paule.garnier@ecole.test"],
    ],
}


def workbook(lines: list[list[Any]], after: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return a workbook of one sheet; `after` changes the workbook and its sheet."""
    from openpyxl import Workbook

    book = Workbook()
    for line in lines:
        book.active.append(line)
    if after:
        after(book, book.active)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
