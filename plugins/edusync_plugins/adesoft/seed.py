"""A small ADE project around a given day.

Groups inside groups, one inside itself, names in one field, several e-mails in one field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from edusync.sandbox.invented import someone

STUDENTS = "category8"
LAW, LANGUAGES = 900, 901
"""Folders of groups."""


@dataclass(slots=True)
class Resource:
    """A group, a professor, a room or a student.

    `members` are ids of students and of further groups.
    """

    id: int
    name: str
    category: str
    code: str = ""
    email: str = ""
    father: int = 0
    members: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Event:
    """One session.

    Its id is new whenever it is planned again; activity, session and repetition mostly stay.
    """

    id: int
    activity: int
    name: str
    day: date
    start: str
    end: str
    resources: list[int]
    session: int = 0
    repetition: int = 0


class Seed:
    """One project."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.resources: dict[int, Resource] = {}
        for n in range(1, 9):
            who = someone(n)
            email = (
                ""
                if n == 4  # noqa: PLR2004 - one without, one in capitals
                else f"{who.email};{who.first.lower()}@perso.test"
                if n == 1
                else who.email.upper()
                if n == 2  # noqa: PLR2004 - one without, one in capitals
                else who.email
            )
            self.add(
                Resource(
                    70000 + n,
                    f"{who.last.upper()} {who.first}",
                    STUDENTS,
                    code=f"2210{n:04d}",
                    email=email,
                )
            )
        self.add(Resource(70020, "Invité", "category7"))
        for n in range(1, 5):
            who = someone(40 + n)
            self.add(
                Resource(
                    640 + n,
                    f"{who.last.upper()} {who.first}",
                    "instructor",
                    email="" if n == 3 else who.email,  # noqa: PLR2004 - one without
                )
            )
        self.resources[644].email = self.resources[642].email
        self.add(Resource(1596, "B204", "classroom"))
        self.add(
            Resource(
                2286,
                "L3-TD1",
                "trainee",
                code="L3TD1",
                father=LAW,
                members=[70001, 70002, 70003, 2290, 2286],
            )
        )
        self.add(
            Resource(
                2290, "L3-TP1", "trainee", code="L3TP1", father=LAW, members=[70004, 70005, 70020]
            )
        )
        self.add(
            Resource(
                2300, "Anglais A", "trainee", code="ANGA", father=LANGUAGES, members=[70006, 70007]
            )
        )
        self.add(Resource(2310, "Vide", "trainee", code="VIDE", father=LAW))
        self.add(
            Resource(2000, "Licence 3", "trainee", code="L3", father=LAW, members=[2286, 2300])
        )
        self.events = [
            self.event(
                30111,
                8801,
                1,
                "Droit du travail",
                "08:30",
                "10:00",
                [2286, 641, 1596],
                repetition=2,
            ),
            self.event(30112, 8802, 1, "Droit civil", "10:15", "12:15", [2286, 641, 642, 1596]),
            self.event(30113, 8803, 2, "Anglais", "08:30", "10:00", [2300, 642, 1596]),
            self.event(30114, 8804, 3, "Sans enseignant", "08:30", "10:00", [2286, 1596]),
            self.event(
                30115, 8805, 3, "Enseignant sans e-mail", "10:15", "12:15", [2286, 643, 1596]
            ),
            self.event(30116, 8806, 4, "E-mail en double", "08:30", "10:00", [2286, 644, 1596]),
            self.event(30117, 8807, 4, "Groupe vide", "10:15", "12:15", [2310, 641, 1596]),
            self.event(30118, 8808, 7, "Dernier jour", "08:30", "10:00", [2286, 641]),
            self.event(30119, 8809, 8, "Trop tard", "08:30", "10:00", [2286, 641]),
            self.event(30120, 8810, 0, "Aujourd'hui", "08:30", "10:00", [2286, 641]),
            self.event(30121, 8811, -1, "Hier", "08:30", "10:00", [2286, 641]),
        ]

    def add(self, resource: Resource) -> None:
        """Add a resource."""
        self.resources[resource.id] = resource

    def event(
        self,
        number: int,
        activity: int,
        days: int,
        name: str,
        start: str,
        end: str,
        resources: list[int],
        *,
        repetition: int = 0,
    ) -> Event:
        """Return an event so many days after the day of the seed."""
        return Event(
            number,
            activity,
            name,
            self.day + timedelta(days=days),
            start,
            end,
            resources,
            repetition=repetition,
        )

    def under(self, number: int, seen: frozenset[int] = frozenset()) -> set[int]:
        """Return a resource and every group below it."""
        found = {number}
        for member in self.resources[number].members:
            if self.resources[member].category == "trainee" and member not in seen:
                found |= self.under(member, seen | {number})
        return found
