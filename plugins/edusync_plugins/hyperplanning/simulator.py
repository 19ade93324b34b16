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

from edusync.sandbox.door import Door, Example, Names, Rows, Table
from edusync.sandbox.guard import signed_in
from edusync_plugins.hyperplanning.seed import Absence, Course, Seed, Session
from edusync_plugins.hyperplanning.wsdl import ENCODING, FLAVOURS, NS, OPERATIONS, TABLES, describe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

USER, PASSWORD = "ECOLE\\edusync", "sandbox-password"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
INTERNAL = "http://planning.interne.example:8080/hpsw"
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_SAFE = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


class UnknownKey(Exception):
    """A key that the planning does not have."""


class HyperplanningSimulation:
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
        new = {**asdict(first), "key": 5900, "sessions": sessions}
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
                return _fault("Client", "message illisible")
            if body is None or len(body) != 1:
                return _fault("Client", "corps vide")
            name = etree.QName(body[0]).localname
            where, parameters, result = OPERATIONS.get(name, ("", {}, ""))
            if where != port or request.headers.get("SOAPAction") != f'"{NS}#{name}"':
                return _fault("Client", f"opération inconnue {name}")
            given = {
                etree.QName(child).localname: [inner.text for inner in child]
                if parameters.get(etree.QName(child).localname, "") in TABLES
                else child.text
                for child in body[0]
            }
            if given.keys() != parameters.keys():
                return _fault("Client", f"paramètres de {name}: {', '.join(parameters)}")
            try:
                return _reply(name, result, getattr(self, name)(**given), encoded=flavour == "rpc")
            except (UnknownKey, KeyError):
                return _fault("Server", "EHpSvcWCleInexistante: la clé n'existe pas")

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

    def AbsencesEntre2Dates(self, ADateHeureDebut: str, ADateHeureFin: str) -> list[int]:
        start, end = _moment(ADateHeureDebut), _moment(ADateHeureFin)
        return [
            key for key, row in self.seed.absences.items() if row.start < end and row.end > start
        ]

    def AbsencesEtudiantEntre2Dates(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
    ) -> list[int]:
        return [
            key
            for key in self.AbsencesEntre2Dates(ADateHeureDebut, ADateHeureFin)
            if self.seed.absences[key].student == int(AEtudiant)
        ]

    def EtudiantAbsenceEtudiant(self, AAbsence: str) -> int:
        return self.seed.absences[int(AAbsence)].student

    def DateHeureDebutAbsenceEtudiant(self, AAbsence: str) -> str:
        return f"{self.seed.absences[int(AAbsence)].start.isoformat()}Z"

    def AjouterAbsenceEtudiant(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
        AJustifie: str,
    ) -> bool:
        self._allowed(AEtudiant)
        self.seed.absences[7000 + len(self.seed.absences) + 1] = Absence(
            int(AEtudiant), _moment(ADateHeureDebut), _moment(ADateHeureFin), AJustifie == "true"
        )
        return True

    def EnleverAbsenceEtudiant(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
    ) -> bool:
        """Take away what lies within an interval."""
        self._allowed(AEtudiant)
        for key in self.AbsencesEtudiantEntre2Dates(AEtudiant, ADateHeureDebut, ADateHeureFin):
            del self.seed.absences[key]
        return True

    def ModifierMotifAbsenceEtudiant(self, AAbsence: str, AMotif: str) -> bool:
        if AMotif not in self.seed.reasons:
            raise UnknownKey
        self.seed.absences[int(AAbsence)].reason = AMotif
        return True

    def RetardsEtudiantEntre2Dates(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
    ) -> list[int]:
        start, end = _moment(ADateHeureDebut), _moment(ADateHeureFin)
        return [
            key
            for key, row in enumerate(self.seed.lates, 9001)
            if row.student == int(AEtudiant) and row.start < end and row.end > start
        ]

    def CreerRetardEtudiant(
        self,
        AEtudiant: str,
        ADateHeureDebut: str,
        ADateHeureFin: str,
        AJustifie: str,
    ) -> bool:
        self._allowed(AEtudiant)
        self.seed.lates.append(
            Absence(
                int(AEtudiant),
                _moment(ADateHeureDebut),
                _moment(ADateHeureFin),
                AJustifie == "true",
            )
        )
        return True

    def ModifierAppelTermineCours(self, ACours: str, ASemaine: str, AAppelTermine: str) -> bool:
        key = (self._course(ACours).key, int(ASemaine))
        self.seed.roll_calls.add(key) if AAppelTermine == "true" else self.seed.roll_calls.discard(
            key
        )
        return True

    def _allowed(self, student: str) -> None:
        if int(student) not in self.seed.students:
            raise UnknownKey

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

    def _course(self, key: str) -> Course:
        return self.seed.courses[int(key)]

    def _family(self, key: str) -> tuple[str, list[int]]:
        return (
            next(
                (found[int(key)] for found in self.seed.families.values() if int(key) in found),
                None,
            )
            or _unknown()
        )


def _moment(text: str) -> datetime:
    """Read a local time, whatever Z stands behind it."""
    return datetime.fromisoformat(text).replace(tzinfo=None)


def _unknown() -> Any:
    raise UnknownKey


def _reply(name: str, kind: str, value: Any, *, encoded: bool) -> Response:
    envelope = etree.Element(
        f"{{{ENVELOPE}}}Envelope",
        nsmap={"soap": ENVELOPE, "enc": ENCODING, "xsi": XSI}
        if encoded
        else {"soap": ENVELOPE, None: NS},  # type: ignore[dict-item]  # the default name space has no name
    )
    answer = etree.SubElement(
        etree.SubElement(envelope, f"{{{ENVELOPE}}}Body"), f"{{{NS}}}{name}Response"
    )
    _write(
        etree.SubElement(answer, "return" if encoded else f"{{{NS}}}return"),
        kind,
        value,
        encoded=encoded,
    )
    return Response(
        etree.tostring(envelope, encoding="utf-8", xml_declaration=True),
        content_type="text/xml; charset=utf-8",
    )


def _write(element: Any, kind: str, value: Any, *, encoded: bool) -> None:
    """Write a value.

    A table as its members, which are called by their type, and `item` in an encoded array.
    """
    if kind not in TABLES:
        element.text = ("true" if value else "false") if isinstance(value, bool) else str(value)
        return
    space = "" if encoded else f"{{{NS}}}"
    if encoded:
        element.set(f"{{{XSI}}}type", "enc:Array")
    for item in value:
        child = etree.SubElement(element, "item" if encoded else f"{space}{TABLES[kind]}")
        if isinstance(item, dict):
            for name, inner in item.items():
                _write(
                    etree.SubElement(child, f"{space}{name}"),
                    {"TableauSalle": "TableSalle", "TableauEnseignant": "TableEnseignant"}.get(
                        name, ""
                    ),
                    inner,
                    encoded=encoded,
                )
        elif item is not None:
            _write(child, "", item, encoded=encoded)


def _fault(code: str, message: str) -> Response:
    envelope = etree.Element(f"{{{ENVELOPE}}}Envelope", nsmap={"soap": ENVELOPE})
    fault = etree.SubElement(
        etree.SubElement(envelope, f"{{{ENVELOPE}}}Body"), f"{{{ENVELOPE}}}Fault"
    )
    etree.SubElement(fault, "faultcode").text = f"soap:{code}"
    etree.SubElement(fault, "faultstring").text = message
    return Response(
        etree.tostring(envelope, encoding="utf-8", xml_declaration=True),
        500,
        content_type="text/xml; charset=utf-8",
    )


def _course(**row: Any) -> Course:
    """Return a course that the admin door was told of."""
    sessions = [
        Session(datetime.fromisoformat(str(one["start"])), one["hours"]) for one in row["sessions"]
    ]
    return Course(**{**row, "sessions": sessions, "rubrics": tuple(row["rubrics"])})
