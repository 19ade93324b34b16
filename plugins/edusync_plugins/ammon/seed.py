"""A small Ammon around a given day.

Two structures, status ids unlike anybody else's, every trap of the facts page.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from edusync.sandbox.invented import someone

Record = dict[str, Any]
NORTH, SOUTH = 36, 37
PREPARED, ONGOING, FINISHED, CANCELLED = 11, 27, 30, 45  # ids differ per installation, codes do not


class Seed:
    """Every object of the school."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.structures = [
            {"idStructure": NORTH, "code": "NORD", "libelle": "Centre Nord", "desactive": 0},
            {"idStructure": SOUTH, "code": "SUD", "libelle": "Centre Sud", "desactive": 0},
        ]
        self.statuses = [
            {"idStatut": number, "code": code, "libelle": label}
            for number, code, label in (
                (PREPARED, "PREP", "En préparation"),
                (ONGOING, "ENCOURS", "En cours"),
                (FINISHED, "TERM", "Terminée"),
                (CANCELLED, "ANNUL", "Annulée"),
            )
        ]
        self.actions = [
            {"idAction": 812, "code": "ELEC", "libelle": "Électricité", "idStructure": NORTH},
            {"idAction": 813, "code": "SOUD", "libelle": "Soudure", "idStructure": NORTH},
            {"idAction": 814, "code": "SST", "libelle": "Secourisme", "idStructure": SOUTH},
        ]
        self.sessions = [
            {
                "idSession": number,
                "libelle": label,
                "idAction": action,
                "idStructure": structure,
                "idStatut": status,
            }
            for number, label, action, structure, status in (
                (3102, "Électricité printemps", 812, NORTH, ONGOING),
                (3103, "Soudure printemps", 813, NORTH, ONGOING),
                (3104, "Secourisme", 814, SOUTH, ONGOING),
                (3105, "Électricité été", 812, NORTH, PREPARED),
            )
        ]
        self.trainees = {9000 + n: self._person(9000 + n, "STA") for n in range(1, 13)}
        self.trainees[9003]["emailPro"] = ""  # the personal one is filled
        self.trainees[9004] |= {
            "emailPro": "",
            "emailPerso": "",
        }  # none at all: comes down all the same
        self.trainees[9005]["desactive"] = -1
        self.trainers = {2040 + n: self._person(2040 + n, "INT") for n in range(1, 6)}
        self.trainers[2043]["emailPro"] = ""
        self.trainers[2045]["emailPro"] = self.trainers[2044]["emailPro"]
        self.groups = [
            {
                "idGroupe": 77,
                "libelle": "Groupe A",
                "idSession": 3102,
                "stagiaires": [9001, 9002, 9003],
            },
            {"idGroupe": 78, "libelle": "Groupe B", "idSession": 3103, "stagiaires": []},
            {"idGroupe": 79, "libelle": "SST 1", "idSession": 3104, "stagiaires": [9010, 9011]},
        ]
        self.rooms = [
            {"idSalle": 14, "code": "AT1", "libelle": "Atelier 1", "lieu": "Nord"},
            {"idSalle": 15, "code": "S2", "libelle": "Salle 2", "lieu": "Sud"},
        ]
        self.reasons = [
            {"idMotif": 5, "code": "MAL", "libelle": "Maladie", "justifie": -1},
            {"idMotif": 12, "code": "DEP", "libelle": "Départ anticipé", "justifie": 0},
        ]
        self.classes = self._classes()
        self.individual = [
            self.course(
                55901,
                3,
                "Entretien individuel",
                "14:00",
                "15:00",
                3102,
                812,
                NORTH,
                [2041],
                [],
                [],
                single=9006,
            )
        ]

    def course(
        self,
        number: int,
        days: int,
        name: str,
        start: str,
        end: str,
        session: int,
        action: int,
        structure: int,
        trainers: list[int],
        groups: list[int],
        trainees: list[int],
        *,
        single: int | None = None,
        cancelled: int = 0,
    ) -> Record:
        """Return one class, so many days after the day of the seed.

        An individual one has one trainee and no groups.
        """
        row: Record = {
            "idSeance": number,
            "refExterne": f"SEA-{number}",
            "intitule": name,
            "date": (self.day + timedelta(days=days)).strftime("%d/%m/%Y"),
            "heureDebut": start,
            "heureFin": end,
            "idSession": session,
            "idAction": action,
            "idStructure": structure,
            "idSalle": 14 if structure == NORTH else 15,
            "annulee": cancelled,
            "formateurs": trainers,
            "creeLe": "04/12/2025 16:20",
            "modifieLe": "07/01/2026 08:02",
        }
        return row | (
            {"idStagiaire": single} if single else {"groupes": groups, "stagiaires": trainees}
        )

    def _classes(self) -> list[Record]:
        a = [9001, 9002, 9003, 9004, 9005]
        return [
            self.course(
                55120,
                1,
                "Habilitation électrique",
                "08:30",
                "12:00",
                3102,
                812,
                NORTH,
                [2041],
                [77],
                a,
            ),
            self.course(
                55121,
                1,
                "Habilitation pratique",
                "13:30",
                "17:00",
                3102,
                812,
                NORTH,
                [2041, 2042],
                [77],
                a,
            ),
            self.course(
                55122,
                2,
                "Soudure TIG",
                "08:30",
                "12:00",
                3103,
                813,
                NORTH,
                [2042],
                [78],
                [9007, 9008],
            ),
            self.course(
                55123,
                3,
                "Gestes de secours",
                "09:00",
                "16:30",
                3104,
                814,
                SOUTH,
                [2042],
                [79],
                [9010, 9011],
            ),
            self.course(
                55124, 4, "En préparation", "08:30", "12:00", 3105, 812, NORTH, [2041], [], a
            ),
            self.course(
                55125,
                5,
                "Annulée",
                "08:30",
                "12:00",
                3102,
                812,
                NORTH,
                [2041],
                [77],
                a,
                cancelled=-1,
            ),
            self.course(
                55126, 6, "Sans formateur", "08:30", "12:00", 3102, 812, NORTH, [], [77], a
            ),
            self.course(
                55127,
                6,
                "Formateur sans e-mail",
                "13:30",
                "17:00",
                3102,
                812,
                NORTH,
                [2043],
                [77],
                a,
            ),
            self.course(
                55128, 7, "E-mail en double", "08:30", "12:00", 3102, 812, NORTH, [2044], [77], a
            ),
            self.course(
                55134,
                9,
                "Autre formateur en double",
                "08:30",
                "12:00",
                3102,
                812,
                NORTH,
                [2045],
                [77],
                a,
            ),
            self.course(
                55129, 8, "Sans stagiaire", "08:30", "12:00", 3103, 813, NORTH, [2042], [78], []
            ),
            self.course(
                55130, 14, "Dernier jour", "08:30", "12:00", 3102, 812, NORTH, [2041], [77], a
            ),
            self.course(
                55131, 15, "Trop tard", "08:30", "12:00", 3102, 812, NORTH, [2041], [77], a
            ),
            self.course(
                55132, 0, "Aujourd'hui", "08:30", "10:00", 3102, 812, NORTH, [2041], [77], a
            ),
            self.course(55133, -1, "Hier", "08:30", "12:00", 3102, 812, NORTH, [2041], [77], a),
        ]

    def _person(self, number: int, category: str) -> Record:
        who = someone(number % 100 + (50 if category == "INT" else 0))
        return {
            "idPersonne": number,
            "refExterne": f"PER-{number:06d}",
            "civilite": "MME" if number % 2 else "M.",
            "nom": who.last.upper(),
            "prenom": who.first,
            "emailPro": who.email.replace("ecole", "entreprise"),
            "emailPerso": who.email,
            "telPortable": "",
            "categories": category,
            "desactive": 0,
        }
