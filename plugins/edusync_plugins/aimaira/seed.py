"""A small Aimaira around a given day.

Two brands, type ids unlike anybody else's, common events, agreements in every state.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from edusync.sandbox.invented import someone

Record = dict[str, Any]
NORTH, SOUTH = 2300001, 2300002
NOTHING = "0001-01-01T00:00:00Z"


class Seed:
    """Every entity of the school, by the name of its collection.

    Ids of types follow from the day, so that nobody can hard-code them.
    """

    def __init__(self, day: date) -> None:
        self.day = day
        base = 300000 + day.toordinal() % 1000
        self.kinds = {
            code: base + n for n, code in enumerate(("SEANCE", "EXAMEN", "EVENEMENT", "RESERVATIO"))
        }
        self.types = {
            code: base + 2000 + n
            for n, code in enumerate(("SALLE", "MATERIEL", "APPRENANT", "PROF", "GROUPE"))
        }
        self.lines = 4100200
        self.tables: dict[str, list[Record]] = {
            "Ecole": [
                {"Id": NORTH, "Nom": "École Nord", "Code": "NORD"},
                {"Id": SOUTH, "Nom": "École Sud", "Code": "SUD"},
            ],
            "Programme": [
                {"Id": 2300140, "Nom": "BTS GPME", "EcoleId": NORTH},
                {"Id": 2300141, "Nom": "Bachelor RH", "EcoleId": NORTH},
                {"Id": 2300142, "Nom": "BTS SIO", "EcoleId": SOUTH},
            ],
            "TypePlanification": [
                {"Id": number, "Code": code} for code, number in self.kinds.items()
            ],
            "TypeRessource": [{"Id": number, "Code": code} for code, number in self.types.items()],
            "MotifAbsence": [
                {"Id": 51, "Nom": "Maladie", "Code": "MAL", "Excuse": True},
                {"Id": 52, "Nom": "Convocation", "Code": "CONV", "Excuse": True},
            ],
            "EtatConvention": [
                {"Id": 700 + n, "Code": code}
                for n, code in enumerate(("SAISIE", "ENTR", "COMPLET", "COMPLET", "RUPTURE"))
            ],
            "Apprenant": [
                self._person(2300620 + n, f"A{400 + n:05d}", n, Tuteur1Id=990000 + n)
                for n in range(1, 11)
            ],
            "Enseignant": [self._person(2300510 + n, f"P{n:08d}", 50 + n) for n in range(1, 6)],
            "Professionnel": [self._person(2400000 + n, f"M{n}", 70 + n) for n in range(1, 4)],
        }
        students, professors = self.tables["Apprenant"], self.tables["Enseignant"]
        students[3]["Mail"] = {"Id": 1, "Adresse": ""}
        students[4] |= {"NomUsage": "DE LA TOUR", "PrenomUsage": "Camille"}
        professors[3]["Mail"] = dict(professors[2]["Mail"])
        professors[4]["Mail"] = {"Id": 2, "Adresse": ""}
        self.tables["Convention"] = [
            self._agreement(1, students[0], 2400001, 702),
            self._agreement(2, students[1], 2400002, 700),
            self._agreement(3, students[2], 2400003, 703, DateRupture=self.at(-20, "00:00")),
            self._agreement(4, students[5], 2400003, 703),
        ]
        self.groups = {
            2300700: ("BTS-GPME-1A", ["A00401", "A00402", "A00403"]),
            2300701: ("SIO-1", ["A00408"]),
        }
        self.tables["Planification"] = self._events()

    def at(self, days: int, clock: str) -> str:
        """Return an instant so many days after the day of the seed, with the offset of Paris."""
        moment = datetime.combine(
            self.day + timedelta(days=days),
            datetime.strptime(clock, "%H:%M").time(),  # noqa: DTZ007 - a time has no zone
            ZoneInfo("Europe/Paris"),
        )
        return moment.isoformat()

    def line(
        self, event: int, kind: str, code: str, name: str, reference: int, programme: int = 0
    ) -> Record:
        """Return one line of an event: a student, a professor, a group or a room."""
        self.lines += 1
        return {
            "Id": self.lines,
            "Nom": name,
            "Code": code,
            "PlanificationId": event,
            "TypeRessourceId": self.types[kind],
            "Presence": True,
            "Exclusion": False,
            "Depart": False,
            "Retard": False,
            "Reference": reference,
            "IdProgramme": programme,
            "ControlePresence": None,
            "MotifId": 0,
            "ProvenancePresence": "None",
        }

    def student_line(self, event: int, code: str, programme: int) -> Record:
        """Return the line of a student."""
        person = next(row for row in self.tables["Apprenant"] if row["Code"] == code)
        return self.line(
            event,
            "APPRENANT",
            code,
            f"{person['Nom']} {person['Prenoms']}",
            person["Id"],
            programme,
        )

    def event(
        self,
        number: int,
        days: int,
        name: str,
        start: str,
        end: str,
        kind: str,
        programme: int,
        professors: list[int],
        students: list[str],
        group: int | None,
        *,
        cancelled: bool = False,
    ) -> Record:
        """Return one event with its lines."""
        lines = (
            [self.line(number, "SALLE", "B204", "B204", 2300401)] if kind != "RESERVATIO" else []
        )
        for n in professors:
            person = self.tables["Enseignant"][n - 1]
            lines.append(
                self.line(
                    number,
                    "PROF",
                    person["Code"],
                    f"{person['Nom']} {person['Prenoms']}",
                    person["Id"],
                )
            )
        lines += [self.student_line(number, code, programme or 2300140) for code in students]
        if group is not None:
            lines.append(
                self.line(number, "GROUPE", self.groups[group][0], self.groups[group][0], group)
            )
        return {
            "Id": number,
            "Nom": name,
            "Code": "",
            "Debut": self.at(days, start),
            "Fin": self.at(days, end),
            "TypePlanificationId": self.kinds[kind],
            "Enseignants": "",
            "Annule": cancelled,
            "Realise": False,
            "ProgrammeId": programme,
            "ReferenceMultiple": None,
            "PlanificationsRessource": lines,
        }

    def _events(self) -> list[Record]:
        a = ["A00401", "A00402", "A00403", "A00404", "A00405"]
        return [
            self.event(
                4100231,
                1,
                "Gestion de projet",
                "09:00",
                "12:30",
                "SEANCE",
                2300140,
                [1],
                a,
                2300700,
            ),
            self.event(
                4100232,
                1,
                "Examen de comptabilité",
                "14:00",
                "17:00",
                "EXAMEN",
                2300140,
                [2],
                a,
                2300700,
            ),
            self.event(
                4100233,
                2,
                "Conférence",
                "18:00",
                "19:30",
                "EVENEMENT",
                0,
                [],
                ["A00401", "A00406"],
                None,
            ),
            self.event(
                4100234,
                3,
                "Réseaux",
                "09:00",
                "12:00",
                "SEANCE",
                2300142,
                [2],
                ["A00408", "A00409"],
                2300701,
            ),
            self.event(
                4100235, 3, "Salle réservée", "13:00", "14:00", "RESERVATIO", 0, [], [], None
            ),
            self.event(
                4100236,
                4,
                "Annulée",
                "09:00",
                "12:00",
                "SEANCE",
                2300140,
                [1],
                a,
                2300700,
                cancelled=True,
            ),
            self.event(
                4100237, 5, "Sans enseignant", "09:00", "12:00", "SEANCE", 2300140, [], a, 2300700
            ),
            self.event(
                4100238,
                5,
                "Enseignant sans e-mail",
                "14:00",
                "17:00",
                "SEANCE",
                2300140,
                [5],
                a,
                2300700,
            ),
            self.event(
                4100239, 6, "E-mail en double", "09:00", "12:00", "SEANCE", 2300140, [4], a, 2300700
            ),
            self.event(
                4100240,
                6,
                "Avec l'autre",
                "14:00",
                "17:00",
                "SEANCE",
                2300141,
                [3],
                ["A00406"],
                None,
            ),
            self.event(
                4100241,
                7,
                "Sans apprenant valable",
                "09:00",
                "12:00",
                "SEANCE",
                2300140,
                [1],
                ["A00404"],
                None,
            ),
            self.event(
                4100242, 14, "Dernier jour", "09:00", "12:00", "SEANCE", 2300140, [1], a, 2300700
            ),
            self.event(
                4100243, 15, "Trop tard", "09:00", "12:00", "SEANCE", 2300140, [1], a, 2300700
            ),
            self.event(
                4100244, 0, "Aujourd'hui", "09:00", "10:00", "SEANCE", 2300140, [1], a, 2300700
            ),
            self.event(4100245, -1, "Hier", "09:00", "12:00", "SEANCE", 2300140, [1], a, 2300700),
        ]

    def _agreement(
        self, number: int, student: Record, master: int, state: int, **more: Any
    ) -> Record:
        return {
            "Id": 880000 + number,
            "Code": f"CV{number}",
            "ApprenantId": student["Id"],
            "MaitreId": master,
            "EtatConventionId": state,
            "DateDebut": self.at(-90, "00:00"),
            "DateFin": self.at(200, "00:00"),
            "DateRupture": NOTHING,
        } | more

    def _person(self, number: int, code: str, seed: int, **more: Any) -> Record:
        who = someone(seed)
        return {
            "Id": number,
            "Code": code,
            "Login": code.lower(),
            "Nom": who.last.upper(),
            "Prenoms": who.first,
            "NomUsage": "",
            "PrenomUsage": "",
            "MailId": number + 1,
            "Mail": {"Id": number + 1, "Adresse": who.email},
        } | more
