"""A small Hyperplanning around a given day.

Recurring courses, a parent, an unplaced one, families with rubrics for students and courses.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from edusync.sandbox.invented import Someone, someone

APPRENTICES, INITIAL, CORE, OPTIONAL = 501, 502, 511, 512
"""Rubrics: of the student family "Statut" and of the course family "Filière"."""


@dataclass(slots=True)
class Session:
    """One placed session of a course. `hours` may have a half."""

    start: datetime
    hours: float


@dataclass(slots=True)
class Course:
    """A course: a recurring thing with sessions."""

    key: int
    subject: int
    teachers: list[int]
    students: list[int]
    promotions: list[int]
    sessions: list[Session] = field(default_factory=list)
    placed: bool = True
    parent: bool = False
    rubrics: tuple[int, ...] = (CORE,)


@dataclass(slots=True)
class Absence:
    """An absence or a late arrival of a student; local times."""

    student: int
    start: datetime
    end: datetime
    justified: bool
    reason: str = ""


class Seed:
    """One planning."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.first_day = day - timedelta(days=day.weekday() + 7 * 28)
        self.students: dict[int, Someone] = {300 + n: someone(n) for n in range(1, 9)}
        self.teachers: dict[int, Someone] = {8 + n: someone(40 + n) for n in range(1, 5)}
        self.tutors: dict[int, Someone] = {601: someone(80)}
        self.without_email = {304, 11}
        self.same_email = {12: 10}
        self.tutors_of = {301: [601]}
        self.rooms = {12: "Amphi A", 13: "Salle 13"}
        self.promotions = {41: ("L2 Droit", [301, 302, 303, 304]), 42: ("L2 Gestion", [305, 306])}
        self.subjects = {
            77: "Droit des affaires",
            78: "Comptabilité",
            79: "Anglais",
            80: "Conférence",
        }
        self.families = {
            "gfEtudiant": {51: ("Statut", [APPRENTICES, INITIAL]), 53: ("Boursier", [])},
            "gfCours": {52: ("Filière", [CORE, OPTIONAL]), 54: ("Langue", [])},
        }
        self.rubrics = {
            APPRENTICES: "Apprenti",
            INITIAL: "Initial",
            CORE: "Tronc commun",
            OPTIONAL: "Option",
        }
        self.rubrics_of = {
            301: [APPRENTICES],
            302: [APPRENTICES],
            303: [INITIAL],
            304: [INITIAL],
            305: [APPRENTICES],
            306: [],
        }
        self.reasons = ["Maladie", "Convocation"]
        self.absences: dict[int, Absence] = {}
        self.lates: list[Absence] = []
        self.roll_calls: set[tuple[int, int]] = set()
        self.courses = {course.key: course for course in self._courses()}

    def session(self, days: int, clock: str, hours: float) -> Session:
        """Return a session so many days after the day of the seed."""
        return Session(
            datetime.combine(self.day + timedelta(days=days), time.fromisoformat(clock)), hours
        )

    def email(self, number: int, who: Someone) -> str | None:
        """Return the e-mail of somebody; an empty text in a table reads as nothing."""
        return (
            None
            if number in self.without_email
            else self.teachers[self.same_email[number]].email
            if number in self.same_email
            else who.email
        )

    def _courses(self) -> list[Course]:
        a = [301, 302, 303, 304]
        weekly = [self.session(1 + 7 * week, "08:30", 3.5) for week in range(-3, 4)]
        return [
            Course(5012, 77, [9], list(a), [41], weekly),
            Course(
                5044,
                78,
                [9, 10],
                [305, 306],
                [42],
                [self.session(2, "13:30", 2)],
                rubrics=(OPTIONAL,),
            ),
            Course(5045, 79, [10], list(a), [41], [self.session(3, "10:15", 1.75)]),
            Course(5050, 80, [9], list(a), [41], [self.session(3, "14:00", 2)], parent=True),
            Course(5051, 80, [9], list(a), [41], [self.session(4, "14:00", 2)], placed=False),
            Course(5052, 80, [], list(a), [41], [self.session(4, "08:30", 2)]),
            Course(5053, 80, [11], list(a), [41], [self.session(5, "08:30", 2)]),
            Course(5054, 80, [12], list(a), [41], [self.session(5, "14:00", 2)]),
            Course(5055, 80, [9], [304], [], [self.session(6, "08:30", 2)]),
            Course(5056, 80, [9], list(a), [41], [self.session(14, "08:30", 2)]),
            Course(5057, 80, [9], list(a), [41], [self.session(0, "08:30", 2)]),
        ]
