"""An Aurion that answers as the facts page says.

One POST a saved query, credentials in the body, errors under 200 with the root `erreur`.

The form envelope is served at /ws/favori, the service envelope at /ws/services/executeFavori;
`as_page` answers with a page for people.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from lxml import etree

from edusync.sandbox.door import Door, Example
from edusync.sandbox.tables import Rows
from edusync_plugins.aurion import seed as saved
from edusync_plugins.aurion.seed import Row, Seed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

USER, PASSWORD, DATABASE = "edusync", "sandbox-password", "prod"
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class AurionSimulation:
    """One Aurion, seeded around a day."""

    def __init__(self, day: date) -> None:
        self.seed = Seed(day)
        self.as_page = False
        self.may_write = True
        self.wsgi = self._app()

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what the school answers."""
        return {
            "connection": {
                "url": f"{base_url}/ws/favori",
                "username": USER,
                "password": PASSWORD,
                "database": DATABASE,
            },
            "options": {
                "favoriSeances": saved.SESSIONS,
                "favoriSeanceIntervenants": saved.TEACHERS_OF,
                "favoriSeanceApprenants": saved.STUDENTS_OF,
                "favoriIntervenants": saved.TEACHERS,
                "favoriApprenants": saved.STUDENTS,
                "favoriGroupes": saved.GROUPS,
                "favoriTuteurs": saved.TUTORS,
                "favoriMotifs": saved.REASONS,
                "sendAttendance": True,
            },
            "reasons": {"sick leave": "Maladie"},
            "filters": {"campusCodes": ["BDX"]},
        }

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return the absences that were imported, by their key."""
        return [{"key": key, **row} for key, row in sorted(self.seed.absences.items())]

    def door(self) -> Door:
        """Return the admin door: the rows of the saved queries, by the id that comes first."""
        seed = self.seed
        keys = {saved.TEACHERS: "id.Individu", saved.STUDENTS: "id.Individu"}
        names = {
            "seances": saved.SESSIONS,
            "intervenants-par-seance": saved.TEACHERS_OF,
            "apprenants-par-seance": saved.STUDENTS_OF,
            "intervenants": saved.TEACHERS,
            "apprenants": saved.STUDENTS,
        }
        tables = {
            name: Rows(lambda n=number: seed.queries[n], keys.get(number, "id.Evenement"))  # type: ignore[misc]  # a lambda with a default
            for name, number in names.items()
        }
        first = seed.queries[saved.SESSIONS][0]
        later = {
            name: f"{first[name][:10]} {clock}"
            for name, clock in (("Début.Evenement", "15:00"), ("Fin.Evenement", "17:00"))
        }
        new = {**first, "id.Evenement": "880900", "Libellé.Evenement": "Théâtre", **later}
        examples = (
            Example("move a session", "PATCH", "seances/880412", later),
            Example(
                "rename a session", "PATCH", "seances/880412", {"Libellé.Evenement": "Réseaux"}
            ),
            Example("add a session", "POST", "seances", new),
            Example(
                "add its teacher",
                "POST",
                "intervenants-par-seance",
                {"id.Evenement": "880900", "id.Individu": "7001"},
            ),
            Example(
                "add a student to it",
                "POST",
                "apprenants-par-seance",
                {"id.Evenement": "880900", "id.Individu": "61001", "Code.Groupe": "26_E1_TD1"},
            ),
            Example("cancel a session", "PATCH", "seances/880412", {"Statut.Evenement": "Annulé"}),
        )
        return Door(self.wsgi, tables, examples)

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs."""
        return (
            ("'TD Réseaux & protocoles' of tomorrow moves to 10:00", self.move_course),
            ("a student joins that session", self.new_student),
            ("the session of the last day is cancelled", self.cancel_course),
            ("the e-mail of the second teacher is emptied", self.break_email),
        )

    def move_course(self) -> None:
        """Move the first session by an hour."""
        row = self.seed.queries[saved.SESSIONS][0]
        row |= {
            "Début.Evenement": row["Début.Evenement"].replace("09:00", "10:00"),
            "Fin.Evenement": row["Fin.Evenement"].replace("12:00", "13:00"),
        }

    def new_student(self) -> None:
        """Put a student on the first session."""
        self.seed.queries[saved.STUDENTS_OF].append(
            {"id.Evenement": "880412", "id.Individu": "61005", "Code.Groupe": "26_E1_TD1"}
        )

    def cancel_course(self) -> None:
        """Cancel a session."""
        for row in self.seed.queries[saved.SESSIONS]:
            if row["id.Evenement"] == "880420":
                row["Statut.Evenement"] = "Annulé"

    def break_email(self) -> None:
        """Empty a teacher's e-mail."""
        self.seed.queries[saved.TEACHERS][1]["Coordonnée.Coordonnée"] = ""

    def _app(self) -> Flask:
        app = Flask("edusync-sandbox-aurion")

        @app.post("/ws/favori")
        def by_form() -> Response:
            return self._enter(
                request.form.get("login", ""),
                request.form.get("password", ""),
                request.form.get("data", ""),
            )

        @app.post("/ws/services/executeFavori")
        def by_service() -> Response:
            if not request.content_type.startswith("text/plain"):
                return _error("Content-Type text/plain attendu")
            try:
                service = etree.fromstring(request.get_data(), _SAFE)
            except etree.XMLSyntaxError:
                return _error("service illisible")
            return self._enter(
                service.findtext("user") or "",
                service.findtext("password") or "",
                service.findtext("dataxml") or "",
                service.findtext("database"),
            )

        return app

    def _enter(
        self, user: str, password: str, data: str, database: str | None = DATABASE
    ) -> Response:
        if self.as_page:
            return Response(
                "<html><body>Erreur technique</body></html>",
                content_type="text/html; charset=utf-8",
            )
        if (user, password) != (USER, PASSWORD):
            return _error("Utilisateur ou mot de passe incorrect")
        try:
            command = etree.fromstring(data.encode(), _SAFE)
        except etree.XMLSyntaxError:
            return _error("commande illisible")
        if command.tag == "importData" and command.findtext("database") == DATABASE:
            return self._import(command.findtext("xml") or "")
        if (
            command.tag != "executeFavori"
            or command.findtext("database") != DATABASE
            or database != DATABASE
        ):
            return _error("base inconnue")
        number = command.findtext("favori/id") or ""
        rows = self.seed.queries.get(int(number)) if number.isdigit() else None
        return _error(f"favori {number} introuvable") if rows is None else _rows(rows)

    def _import(self, text: str) -> Response:
        """Import absences: all of a document, or none of it. A key that is known is replaced."""
        try:
            root = etree.fromstring(text.encode(), _SAFE)
        except etree.XMLSyntaxError:
            return _error("import illisible")
        if (
            not self.may_write
            or root.tag != "import_absences"
            or root.get("DatabaseName") != DATABASE
        ):
            return _error(
                "Utilisateur ou mot de passe incorrect" if not self.may_write else "import inconnu"
            )
        known = {
            (row["id.Evenement"], row["id.Individu"])
            for row in self.seed.queries[saved.STUDENTS_OF]
        }
        reasons = {row["id.MotifAbsence"] for row in self.seed.queries[saved.REASONS]}
        found: dict[str, Row | None] = {}
        messages: list[str] = []
        for absence in root:
            student, event, reason = (
                absence.find(name) for name in ("individu", "evenement", "motif_absence")
            )
            person, session = (
                element.get("objet_id") or "" if element is not None else ""
                for element in (student, event)
            )
            if (session, person) not in known or absence.get("key") != f"EDS_{session}_{person}":
                messages.append(f"Objet {person} introuvable")
            elif reason is not None and reason.get("objet_id") not in reasons:
                messages.append(f"Objet {reason.get('objet_id')} introuvable")
            elif absence.get("UpdateMode") == "delete":
                found[str(absence.get("key"))] = None
            elif (
                absence.get("A900004") not in {"ABS", "RET", "DEP", "EXC"}
                or not str(absence.get("A900001")).isdigit()
            ):
                messages.append("Attribut invalide")
            else:
                row = {
                    "evenement": session,
                    "individu": person,
                    "type": str(absence.get("A900004")),
                    "minutes": str(absence.get("A900001")),
                    "saisie": str(absence.get("A900002")),
                }
                found[str(absence.get("key"))] = row | (
                    {"motif": str(reason.get("objet_id"))} if reason is not None else {}
                )
        if not messages:
            for key, imported in found.items():
                self.seed.absences.pop(key, None)
                if imported is not None:
                    self.seed.absences[key] = imported
        return _done(messages)


def _done(messages: list[str]) -> Response:
    root = etree.Element("result")
    etree.SubElement(root, "execute").text = "false" if messages else "true"
    box = etree.SubElement(root, "messages")
    for message in messages:
        etree.SubElement(box, "message").text = message
    return _document(root)


def _rows(rows: list[Row]) -> Response:
    root = etree.Element("result")
    for row in rows:
        element = etree.SubElement(root, "row")
        for name, value in row.items():
            etree.SubElement(element, name).text = value or None
    return _document(root)


def _error(message: str) -> Response:
    root = etree.Element("erreur")
    root.text = message
    return _document(root)


def _document(root: Any) -> Response:
    return Response(
        etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True),
        content_type="text/xml; charset=utf-8",
    )
