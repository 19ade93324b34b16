"""A small Aurion around a given day.

Saved queries as flat rows of different grain, columns with dots and accents, empty and absent
elements.
"""

from __future__ import annotations

from datetime import date, timedelta

from edusync.sandbox.invented import someone

Row = dict[str, str]
SESSIONS, TEACHERS_OF, STUDENTS_OF, TEACHERS, STUDENTS, GROUPS, TUTORS, REASONS = (
    4101,
    4102,
    4103,
    4104,
    4105,
    4106,
    4107,
    4108,
)
"""Ids of the saved queries; every site has its own."""


class Seed:
    """The rows of every saved query, by its id."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.queries: dict[int, list[Row]] = {
            number: [] for number in (SESSIONS, TEACHERS_OF, STUDENTS_OF)
        }
        self.queries[STUDENTS] = [self.person(61000 + n, n) for n in range(1, 9)]
        self.queries[TEACHERS] = [self.person(7000 + n, 40 + n) for n in range(1, 6)]
        self.queries[STUDENTS][3]["Coordonnée.Coordonnée"] = ""
        self.queries[TEACHERS][2].pop("Coordonnée.Coordonnée")
        self.queries[TEACHERS][4]["Coordonnée.Coordonnée"] = self.queries[TEACHERS][3][
            "Coordonnée.Coordonnée"
        ]
        self.queries[GROUPS] = [
            {"Code.Groupe": "26_E1_TD1", "Libellé.Groupe": "TD 1", "id.Individu": str(61000 + n)}
            for n in (1, 2, 3)
        ] + [{"Code.Groupe": "26_E1_TD2", "Libellé.Groupe": "TD 2", "id.Individu": "61006"}]
        tutor = someone(77)
        self.queries[TUTORS] = [
            {
                "id.Individu": "61001",
                "id.Tuteur": "9001",
                "Nom.Tuteur": tutor.last.upper(),
                "Prénom.Tuteur": tutor.first,
                "Mail.Tuteur": tutor.email,
            }
        ]
        self.queries[REASONS] = [
            {
                "id.MotifAbsence": "3021",
                "Libellé.MotifAbsence": "Maladie",
                "EstExcusé.MotifAbsence": "true",
            },
            {
                "id.MotifAbsence": "3022",
                "Libellé.MotifAbsence": "Convocation",
                "EstExcusé.MotifAbsence": "true",
            },
        ]
        self.absences: dict[str, Row] = {}
        self._fill()

    def session(
        self,
        number: int,
        days: int,
        name: str,
        start: str,
        end: str,
        rooms: list[str],
        teachers: list[int],
        students: list[int],
        *,
        status: str = "Confirmé",
        campus: str = "BDX",
        group: str = "26_E1_TD1",
    ) -> None:
        """Plan one session.

        A row for each of its rooms, each of its teachers and each of its students.
        """
        at = (self.day + timedelta(days=days)).strftime("%d-%m-%Y")
        self.queries[SESSIONS] += [
            {
                "id.Evenement": str(number),
                "Libellé.Evenement": name,
                "Début.Evenement": f"{at} {start}",
                "Fin.Evenement": f"{at} {end}",
                "Statut.Evenement": status,
                "Libellé.Module": "",
                "id.Salle": str(5120 + n),
                "Libellé.Salle": room,
                "Code.Campus": campus,
            }
            for n, room in enumerate(rooms)
        ]
        self.queries[TEACHERS_OF] += [
            {"id.Evenement": str(number), "id.Individu": str(person)} for person in teachers
        ]
        self.queries[STUDENTS_OF] += [
            {"id.Evenement": str(number), "id.Individu": str(person), "Code.Groupe": group}
            for person in students
        ]

    def person(self, number: int, seed: int) -> Row:
        """Return the row of a person."""
        who = someone(seed)
        return {
            "id.Individu": str(number),
            "login.Individu": f"i{number}",
            "Nom.Individu": who.last.upper(),
            "Prénom.Individu": who.first,
            "Coordonnée.Coordonnée": who.email,
            "Mobile.Coordonnée": "",
        }

    def _fill(self) -> None:
        a = [61001, 61002, 61003, 61004]
        self.session(880412, 1, "TD Réseaux & protocoles", "09:00", "12:00", ["Amphi C"], [7001], a)
        self.session(880413, 1, "Projet", "13:30", "17:30", ["Labo 1", "Labo 2"], [7001, 7002], a)
        self.session(
            880414,
            2,
            "Anglais",
            "09:00",
            "11:00",
            ["B12"],
            [7002],
            [61006],
            campus="PAR",
            group="26_E1_TD2",
        )
        self.session(880415, 3, "Annulé", "09:00", "11:00", ["B12"], [7001], a, status="Annulé")
        self.session(880416, 4, "Sans intervenant", "09:00", "11:00", ["B12"], [], a)
        self.session(880417, 5, "Intervenant sans e-mail", "09:00", "11:00", ["B12"], [7003], a)
        self.session(880418, 5, "E-mail en double", "14:00", "16:00", ["B12"], [7005], a)
        self.session(
            880419, 6, "Sans apprenant valable", "09:00", "11:00", ["B12"], [7001], [61004]
        )
        self.session(880420, 14, "Dernier jour", "09:00", "11:00", ["B12"], [7001], a)
        self.session(880421, 15, "Trop tard", "09:00", "11:00", ["B12"], [7001], a)
        self.session(880422, 0, "Aujourd'hui", "09:00", "10:00", ["B12"], [7001], a)
        self.session(880423, -1, "Hier", "09:00", "11:00", ["B12"], [7001], a)
