"""A small training centre with two sites, around a given day, with every trap of the facts page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from edusync.sandbox.invented import someone

Record = dict[str, Any]
LILLE, LYON = 36, 37
PERIOD = 5
GONE, TWIN, NO_MAIL_PROFESSOR = 90216, 46, 45


def slash(day: date) -> str:
    """Write a day as Yparéo answers it."""
    return day.strftime("%d/%m/%Y")


class Seed:
    """Every object of the centre, by code."""

    def __init__(self, day: date) -> None:
        self.day = day
        year = day.year if day.month >= 9 else day.year - 1  # noqa: PLR2004 - training years begin in September
        self.sites = {
            LILLE: {"codeSite": LILLE, "nomSite": "CFA Exemple Lille"},
            LYON: {"codeSite": LYON, "nomSite": "CFA Exemple - Lyon"},
        }
        self.periods = [
            {
                "codePeriode": PERIOD - 1,
                "nomPeriode": f"{year - 1}-{year}",
                "dateDeb": f"01/09/{year - 1}",
                "dateFin": f"31/08/{year}",
            },
            {
                "codePeriode": PERIOD,
                "nomPeriode": f"{year}-{year + 1}",
                "dateDeb": f"01/09/{year}",
                "dateFin": f"31/08/{year + 1}",
            },
        ]
        self.groups = {
            code: {
                "codeGroupe": code,
                "nomGroupe": short,
                "abregeGroupe": short[:6],
                "etenduGroupe": long,
                "codeSite": site,
                "codeFormation": 12,
                "prixDeVente": price,
            }
            for code, short, long, site, price in (
                (1201, "BTS-CG1", "BTS Comptabilité 1re année", LILLE, 4200.0),
                (1202, "BTS-CG2", "BTS Comptabilité 2e année", LILLE, 4200.0),
                (1203, "TP-ASR", None, LYON, 5100.0),
                (1299, "TECH", "Groupe technique", LILLE, None),
            )
        }
        self.students = {
            90210 + n: self._student(90210 + n, group, site)
            for n, (group, site) in enumerate(
                [(1201, LILLE)] * 5 + [(1202, LILLE)] * 3 + [(1203, LYON)] * 3, start=1
            )
        }
        self.students[90215]["adresse"]["email"] = None  # the account has one
        self.students[90214]["adresse"]["email"] = None  # and here neither has
        self.students[GONE]["inscriptions"][0]["dateDepart"] = slash(day - timedelta(days=20))
        self.accounts = {
            code: {
                "codeApprenant": code,
                "login": f"a{code}",
                "email": None if code == 90214 else someone(code % 100).email,  # noqa: PLR2004 - the student of above
            }
            for code in self.students
        }
        self.staff = {code: self._staff(code) for code in (42, 43, 44, NO_MAIL_PROFESSOR, TWIN)}
        self.staff[NO_MAIL_PROFESSOR]["email"] = None
        self.staff[TWIN]["email"] = self.staff[44]["email"].upper()
        self.rooms = [
            {"codeSalle": 310, "nomSalle": "Salle B102", "abregeSalle": "B102"},
            {"codeSalle": 311, "nomSalle": "Atelier", "abregeSalle": "ATL"},
        ]
        self.contracts = {
            7001: self._contract(7001, 90211, 501, 400),
            7002: self._contract(7002, 90211, 502, 30),
            7003: self._contract(7003, 90212, 502, 60, ended=1),
            7004: self._contract(7004, 90213, 501, 90),
        }
        self.contacts = {
            501: [self._contact(9001, 71), self._contact(9002, 72)],
            502: {"9003": self._contact(9003, 73)},
        }
        self.absences = {
            880017: {
                "codeAbsence": 880017,
                "codeApprenant": 90211,
                "codeGroupe": 1201,
                "dateDeb": slash(day - timedelta(days=1)),
                "heureDeb": 510,
                "dateFin": slash(day - timedelta(days=1)),
                "heureFin": 720,
                "duree": 210,
                "isJustifie": 0,
                "isRetard": 0,
                "motifAbsence": {"codeMotifAbsence": 3, "nomMotifAbsence": "Absence injustifiée"},
            }
        }
        self.reasons = [
            {"codeMotifAbsence": number, "nomMotifAbsence": name}
            for number, name in (
                (3, "Absence injustifiée"),
                (4, "Maladie"),
                (5, "Convocation officielle"),
            )
        ]
        self.courses = {course["codeSeance"]: course for course in self._courses()}

    def course(
        self,
        code: int,
        days: int,
        name: str | None,
        start: str,
        end: str,
        staff: list[int],
        groups: list[int],
        students: list[int],
        rooms: list[int],
    ) -> Record:
        """Return one class, so many days after the day of the seed."""
        return {
            "codeSeance": code,
            "codeMatiere": 4410,
            "nomMatiere": name,
            "date": slash(self.day + timedelta(days=days)),
            "heureDebut": start,
            "heureFin": end,
            "duree": "210",
            "isDistance": 0,
            "codesSalle": rooms,
            "codesGroupe": groups,
            "codesPersonnel": staff,
            "codesApprenant": students,
        }

    def _courses(self) -> list[Record]:
        first, second = [90211, 90212, 90213, 90214, 90215], [GONE, 90217, 90218]
        return [
            self.course(
                7712001, 1, "COMPTABILITÉ", "08:30:00", "12:00:00", [42], [1201], first, [310]
            ),
            self.course(
                7712002,
                1,
                "DROIT",
                "13:30:00",
                "17:00:00",
                [43],
                [1201, 1202],
                [*first, *second],
                [311],
            ),
            self.course(
                7712003, 2, "ANGLAIS", "08:30:00", "10:30:00", [42, 43], [1202], second, []
            ),
            self.course(
                7712004,
                3,
                "RÉSEAUX",
                "09:00:00",
                "12:30:00",
                [43],
                [1203],
                [90219, 90220, 90221],
                [310],
            ),
            self.course(7712005, 4, "GESTION", "08:30:00", "12:00:00", [], [1201], first, [310]),
            self.course(
                7712006,
                4,
                "FISCALITÉ",
                "13:30:00",
                "17:00:00",
                [NO_MAIL_PROFESSOR],
                [1201],
                first,
                [310],
            ),
            self.course(
                7712007, 5, "MANAGEMENT", "08:30:00", "12:00:00", [44], [1202], second, [310]
            ),
            self.course(
                7712008, 5, "ÉCONOMIE", "13:30:00", "17:00:00", [TWIN], [1202], second, [310]
            ),
            self.course(7712009, 6, "SPORT", "13:30:00", "15:30:00", [42], [1202], [GONE], [310]),
            self.course(7712010, 6, None, "08:30:00", "12:00:00", [42], [1201], first, [310]),
            self.course(7712011, 7, "PROJET", "08:30:00", "12:00:00", [42], [1201], first, [310]),
            self.course(
                7712012, 8, "PLUS TARD", "08:30:00", "12:00:00", [42], [1201], first, [310]
            ),
            self.course(
                7712013, 0, "AUJOURD'HUI", "08:30:00", "10:00:00", [42], [1201], first, [310]
            ),
            self.course(7712014, -1, "HIER", "08:30:00", "12:00:00", [42], [1201], first, [310]),
        ]

    def _student(self, code: int, group: int, site: int) -> Record:
        who, enrolment = someone(code % 100), code + 464800
        here: Record = {
            "codeInscription": enrolment,
            "codePeriode": PERIOD,
            "dateDepart": None,
            "isInscriptionEnCours": 1,
            "site": self.sites[site],
            "statut": {"nomStatut": "Apprenti", "abregeStatut": "APP"},
        }
        before = here | {
            "codeInscription": enrolment - 1000,
            "codePeriode": PERIOD - 1,
            "isInscriptionEnCours": 0,
            "dateDepart": "31/08/2020",
        }
        return {
            "codeApprenant": code,
            "nomApprenant": who.last.upper(),
            "prenomApprenant": who.first,
            "nomJeuneFille": None,
            "dateNaissance": who.birthday,
            "adresse": {
                "adr1": "3 rue des Tilleuls",
                "cp": "59000",
                "ville": "LILLE",
                "tel1": None,
                "email": who.email,
            },
            "informationsCourantes": {"codeInscription": enrolment, "codeGroupe": group},
            "inscriptions": [here, before] if code % 3 == 0 else [here],
        }

    def _staff(self, code: int) -> Record:
        who = someone(code)
        return {
            "codePersonnel": code,
            "login": f"p{code}",
            "nom": who.last,
            "prenom": who.first,
            "email": who.email,
            "isAdministratif": 0,
            "isFormateur": 1,
        }

    def _contract(
        self, code: int, student: int, company: int, days_ago: int, *, ended: int = 0
    ) -> Record:
        return {
            "codeContrat": code,
            "codeApprenant": student,
            "codeEntreprise": company,
            "dateDebContrat": slash(self.day - timedelta(days=days_ago)),
            "dateFinContrat": slash(self.day + timedelta(days=300)),
            "dateResiliation": slash(self.day) if ended else None,
            "resilEnCours": ended,
        }

    def _contact(self, code: int, person: int) -> Record:
        who = someone(person)
        return {
            "codeInterlocuteur": code,
            "nomInterlocuteur": who.last,
            "prenomInterlocuteur": who.first,
            "adresse": {"email": who.email},
        }
