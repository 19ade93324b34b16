"""A Hyperplanning web service.

A WSDL that names an internal host, Basic on everything, parallel arrays, faults for unknown keys.

The WSDL stands at /hpsw/wsdl, without simple types at /hpsw/wsdl/SansTypeSimple. Local times are
written as if they were UTC.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from lxml import etree

from edusync.sandbox.door import Door, Example
from edusync.sandbox.guard import signed_in
from edusync.sandbox.tables import Names, Rows, Table
from edusync_plugins.hyperplanning.absences import Absences, UnknownKey
from edusync_plugins.hyperplanning.envelopes import ENVELOPE, fault, reply
from edusync_plugins.hyperplanning.seed import Course, Seed, Session
from edusync_plugins.hyperplanning.wsdl import FLAVOURS, NS, OPERATIONS, TABLES, describe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

USER, PASSWORD = "ECOLE\\edusync", "sandbox-password"
INTERNAL = "http://planning.interne.example:8080/hpsw"
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class HyperplanningSimulation(Absences):
    """One planning, seeded around a day."""

    def __init__(self, day: date) -> None:
        self.seed = Seed(day)
        self.wsgi = self._app()

    def answers(self, base_url: str) -> Mapping[str, Mapping[str, Any]]:
        """Return what the school answers."""
        return {
            "connection": {
                "url": f"{base_url}/hpsw/wsdl",
                "scheduleName": "2025-2026",
                "username": USER,
                "password": PASSWORD,
            },
            "options": {"importTutors": True, "tagFamilies": ["Statut"]},
            "reasons": {"sick leave": "Maladie"},
            "filters": {"courseFamilies": {"Filière": ["Tronc commun", "Option"]}},
        }

    def attendance(self) -> Sequence[Mapping[str, Any]]:
        """Return absences, late arrivals, and the roll calls that are closed."""
        rows: list[dict[str, Any]] = []
        for word, found in (("absence", self.seed.absences.values()), ("retard", self.seed.lates)):
            rows += [
                {
                    "quoi": word,
                    "etudiant": row.student,
                    "debut": row.start.isoformat(),
                    "fin": row.end.isoformat(),
                    "justifie": row.justified,
                    "motif": row.reason,
                }
                for row in found
            ]
        return [
            *rows,
            *(
                {"quoi": "appel terminé", "cours": course, "semaine": week}
                for course, week in sorted(self.seed.roll_calls)
            ),
        ]

    def door(self) -> Door:
        """Return the admin door: courses with their sessions, by their keys."""
        seed = self.seed
        first = seed.courses[5045]
        start = first.sessions[0].start
        tables: dict[str, Table] = {
            "cours": Rows(lambda: seed.courses, "key", _course),
            "matieres": Names(seed.subjects),
            "salles": Names(seed.rooms),
        }
        sessions = [{"start": start.replace(hour=15).isoformat(), "hours": 2}]
        later = [{"start": start.replace(hour=17).isoformat(), "hours": 2}]
        new = {**asdict(first), "key": 5900, "sessions": later}
        examples = (
            Example("move the sessions of a course", "PATCH", "cours/5045", {"sessions": sessions}),
            Example("rename a subject", "PATCH", f"matieres/{first.subject}", {"nom": "Langues"}),
            Example("add a course", "POST", "cours", new),
            Example(
                "cancel a course: it is not placed any more",
                "PATCH",
                "cours/5045",
                {"placed": False},
            ),
        )
        return Door(self.wsgi, tables, examples)

    def story(self) -> Sequence[tuple[str, Callable[[], None]]]:
        """Return what happens in the school between two runs."""
        return (
            ("the law session of tomorrow is half an hour longer", self.longer_course),
            ("a student joins that course", self.new_student),
            ("the last session is taken out of the planning", self.remove_course),
            ("the e-mail of the second teacher is emptied", self.break_email),
        )

    def longer_course(self) -> None:
        """Lengthen a session."""
        self.seed.courses[5012].sessions[3].hours = 4

    def new_student(self) -> None:
        """Put a student on a course."""
        self.seed.courses[5012].students.append(305)

    def remove_course(self) -> None:
        """Take a course out of the planning."""
        self.seed.courses.pop(5056, None)

    def break_email(self) -> None:
        """Empty a teacher's e-mail."""
        self.seed.without_email.add(10)
        self.seed.same_email.clear()

    def _app(self) -> Flask:
        app = Flask("edusync-sandbox-hyperplanning")

        @app.before_request
        def enter() -> Response | None:
            return (
                None
                if signed_in(USER, PASSWORD)
                else Response(
                    "<html><body>Unauthorized</body></html>", 401, content_type="text/html"
                )
            )

        @app.get("/hpsw/wsdl")
        @app.get("/hpsw/wsdl/<flavour>")
        def wsdl(flavour: str = "") -> Response:
            if flavour not in FLAVOURS:
                return Response(
                    "<html><body>Not found</body></html>", 404, content_type="text/html"
                )
            return Response(describe(INTERNAL, flavour), content_type="text/xml; charset=utf-8")

        @app.post("/hpsw/<port>")
        @app.post("/hpsw/<flavour>/<port>")
        def call(port: str, flavour: str = "") -> Response:
            try:
                body = etree.fromstring(request.get_data(), _SAFE).find(f"{{{ENVELOPE}}}Body")
            except etree.XMLSyntaxError:
                return fault("Client", "message illisible")
            if body is None or len(body) != 1:
                return fault("Client", "corps vide")
            name = etree.QName(body[0]).localname
            where, parameters, result = OPERATIONS.get(name, ("", {}, ""))
            if where != port or request.headers.get("SOAPAction") != f'"{NS}#{name}"':
                return fault("Client", f"opération inconnue {name}")
            given = {
                etree.QName(child).localname: [inner.text for inner in child]
                if parameters.get(etree.QName(child).localname, "") in TABLES
                else child.text
                for child in body[0]
            }
            if given.keys() != parameters.keys():
                return fault("Client", f"paramètres de {name}: {', '.join(parameters)}")
            try:
                return reply(name, result, getattr(self, name)(**given), encoded=flavour == "rpc")
            except (UnknownKey, KeyError):
                return fault("Server", "EHpSvcWCleInexistante: la clé n'existe pas")

        return app

    # the operations, by their own names

    def Version(self) -> str:
        return "2025.0.1.4"

    def DatePremierJourBase(self) -> str:
        return f"{self.seed.first_day}T00:00:00Z"

    def TousLesCoursEntre2Dates(self, ADate1: str, ADate2: str) -> list[int]:
        return [
            course.key
            for course in self.seed.courses.values()
            if any(
                ADate1 <= session.start.date().isoformat() <= ADate2 for session in course.sessions
            )
        ]

    def SontCoursNonPlaces(self, ATableau: list[str]) -> list[bool]:
        return [not self._course(key).placed for key in ATableau]

    def CoursEstUnCoursPere(self, ACours: str) -> bool:
        return self._course(ACours).parent

    def DetailDesSeancesPlaceesTableauDeCours(self, ATableau: list[str]) -> list[dict[str, Any]]:
        return [
            {
                "Cours": course.key,
                "Matiere": course.subject,
                "TypeCours": "CM",
                "JourEtHeureDebut": f"{session.start.isoformat()}Z",
                "Duree": session.hours / 24,
                "TableauSalle": [12],
                "TableauEnseignant": course.teachers,
            }
            for key in ATableau
            if (course := self._course(key)).placed
            for session in course.sessions
        ]

    def EtudiantsDuCours(self, ACours: str) -> list[int]:
        return self._course(ACours).students

    def PromotionsDuCours(self, ACours: str) -> list[int]:
        return self._course(ACours).promotions

    def RubriqueDuCoursDeFamille(self, AFamille: str, ACours: str) -> list[int]:
        return [
            rubric for rubric in self._course(ACours).rubrics if rubric in self._family(AFamille)[1]
        ]

    def RubriqueDeLEtudiantDeFamille(self, AFamille: str, AEtudiant: str) -> list[int]:
        return [
            rubric
            for rubric in self.seed.rubrics_of.get(int(AEtudiant), [])
            if rubric in self._family(AFamille)[1]
        ]

    def LibellesTableauDeMatieres(self, ATableau: list[str]) -> list[str]:
        return [self.seed.subjects[int(key)] for key in ATableau]

    def NomsTableauDeSalles(self, ATableau: list[str]) -> list[str]:
        return [self.seed.rooms[int(key)] for key in ATableau]

    def NomsTableauDePromotions(self, ATableau: list[str]) -> list[str]:
        return [self.seed.promotions[int(key)][0] for key in ATableau]

    def EtudiantsDeLaPromotion(self, APromotion: str) -> list[int]:
        return self.seed.promotions[int(APromotion)][1]

    def ToutesLesFamillesDuGenre(self, AGenre: str) -> list[int]:
        return list(self.seed.families.get(AGenre, {}))

    def LibellesTableauDeFamilles(self, ATableau: list[str]) -> list[str]:
        return [self._family(key)[0] for key in ATableau]

    def ToutesLesRubriquesDeLaFamille(self, AFamille: str) -> list[int]:
        return self._family(AFamille)[1]

    def LibellesTableauDeRubriques(self, ATableau: list[str]) -> list[str]:
        return [self.seed.rubrics[int(key)] for key in ATableau]

    def MaitresDeStageDeLEtudiant(self, AEtudiant: str) -> list[int]:
        return self.seed.tutors_of.get(int(AEtudiant), [])

    def TousLesMotifs(self) -> list[str]:
        return self.seed.reasons

    def __getattr__(self, name: str) -> Any:
        """Return the operations that read one field of many people."""
        people = {
            "DEtudiants": "students",
            "DEnseignants": "teachers",
            "DeMaitresDeStage": "tutors",
        }
        field, _, kind = name.partition("Tableau")
        if field not in {"Noms", "Prenoms", "EMails"} or kind not in people:
            raise AttributeError(name)
        table = getattr(self.seed, people[kind])

        def read(ATableau: list[str]) -> list[str | None]:
            found = [(int(key), table[int(key)]) for key in ATableau]
            return [
                who.last.upper()
                if field == "Noms"
                else who.first
                if field == "Prenoms"
                else self.seed.email(key, who)
                for key, who in found
            ]

        return read

    def _family(self, key: str) -> tuple[str, list[int]]:
        return (
            next(
                (found[int(key)] for found in self.seed.families.values() if int(key) in found),
                None,
            )
            or _unknown()
        )


def _unknown() -> Any:
    raise UnknownKey


def _course(**row: Any) -> Course:
    """Return a course that the admin door was told of."""
    sessions = [
        Session(datetime.fromisoformat(str(one["start"])), one["hours"]) for one in row["sessions"]
    ]
    return Course(**{**row, "sessions": sessions, "rubrics": tuple(row["rubrics"])})
