"""An invented school and its year: what the office enters into the ERP, and when.

`guard_year.py` lets the guards look at it. A year is made of a seed, so it comes out the same
every time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

FIRST, LAST = date(2026, 9, 1), date(2027, 7, 2)
HOLIDAYS = (
    (date(2026, 10, 17), date(2026, 11, 1)),
    (date(2026, 12, 19), date(2027, 1, 3)),
    (date(2027, 2, 13), date(2027, 2, 28)),
    (date(2027, 4, 10), date(2027, 4, 25)),
    (date(2027, 5, 6), date(2027, 5, 9)),
)


@dataclass(frozen=True)
class School:
    """How large a school is; `halves` is the share of sessions that half a class attends."""

    name: str
    classes: int
    students: int
    professors: int
    a_week: int
    halves: float = 0.2
    window: int = 14


@dataclass
class Session:
    """A session as the ERP has it."""

    klass: int
    professor: int
    starts_at: datetime
    group: str
    room: str = ""


@dataclass
class Erp:
    """What the ERP holds: the sessions of each day by id, and who is in which class or half."""

    days: defaultdict[date, dict[int, Session]] = field(default_factory=lambda: defaultdict(dict))
    groups: dict[str, set[int]] = field(default_factory=dict)
    last_id: int = 0

    def add(self, session: Session) -> None:
        self.last_id += 1
        self.days[session.starts_at.date()][self.last_id] = session

    def cancel(self, first: date, last: date, when: Callable[[Session], bool]) -> None:
        for day in [day for day in self.days if first <= day <= last]:
            self.days[day] = {key: one for key, one in self.days[day].items() if not when(one)}

    def rewrite(self, first: date, which: Callable[[Session], bool], **fields: int | str) -> None:
        """Enter something else for sessions from a day on."""
        for key, one in self.read(first, LAST).items():
            if which(one):
                self.days[one.starts_at.date()][key] = replace(one, **fields)

    def move(
        self, first: date, last: date, by: timedelta, which: Callable[[Session], bool]
    ) -> None:
        """Move sessions to another time, and keep their ids."""
        moved = {key: one for key, one in self.read(first, last).items() if which(one)}
        for key, one in moved.items():
            del self.days[one.starts_at.date()][key]
        for key, one in moved.items():
            later = replace(one, starts_at=one.starts_at + by)
            self.days[later.starts_at.date()][key] = later

    def read(self, first: date, last: date) -> dict[int, Session]:
        """Return the sessions from one day to another, both included."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return {key: one for day in days for key, one in self.days.get(day, {}).items()}


Happening = tuple[datetime, "Callable[[Erp], None]"]


def school_days() -> list[date]:
    days = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    return [
        day
        for day in days
        if day.weekday() < 5 and not any(first <= day <= last for first, last in HOLIDAYS)
    ]


def timetable(school: School, chance: Random, erp: Erp, since: date) -> None:
    """Enter the sessions of every class from a day on: the same hours each week."""
    for klass in range(school.classes):
        slots = chance.sample(
            [(day, hour) for day in range(5) for hour in (8, 10, 13, 15)], school.a_week
        )
        weekly = [
            (
                day,
                hour,
                chance.randrange(school.professors),
                f"{klass}{chance.choice('ab')}" if chance.random() < school.halves else f"{klass}",
            )
            for day, hour in slots
        ]
        for day in school_days():
            for weekday, hour, professor, group in weekly:
                if day >= since and day.weekday() == weekday:
                    starts_at = datetime.combine(day, time(hour))
                    erp.add(Session(klass, professor, starts_at, group, f"room {klass}"))


def split(school: School, chance: Random, erp: Erp) -> None:
    """Put the students of every class into two halves, anew."""
    for klass in range(school.classes):
        whole = sorted(erp.groups[f"{klass}"])
        chance.shuffle(whole)
        middle = (len(whole) + 1) // 2
        erp.groups[f"{klass}a"], erp.groups[f"{klass}b"] = set(whole[:middle]), set(whole[middle:])


class Calendar:
    """What the office enters into the ERP over the year, each with its moment."""

    def __init__(self, school: School, chance: Random, moves: Random, contents: Random) -> None:
        self.school, self.chance, self.moves, self.contents = school, chance, moves, contents
        self.days = school_days()
        self.found: list[Happening] = []

    def happenings(self) -> list[Happening]:
        """Return everything, in the order in which it happens."""
        self.illness()
        self.single_sessions()
        self.closed_days()
        self.absent_classes()
        self.moved_sessions()
        self.other_contents()
        self.timetables()
        self.students()
        return sorted(self.found, key=lambda one: one[0])

    def at(self, day: date, hour: int, act: Callable[[Erp], None]) -> None:
        """Note that something is entered on a day."""
        self.found.append((datetime.combine(day, time(hour)), act))

    def cancelled(
        self,
        first: date,
        last: date,
        told: int,
        *,
        professor: int | None = None,
        klass: int | None = None,
    ) -> None:
        """Cancel the sessions from one day to another; it is entered so many days before."""

        def gone(one: Session) -> bool:
            return professor in {None, one.professor} and klass in {None, one.klass}

        self.at(first - timedelta(days=told), 9, lambda erp: erp.cancel(first, last, gone))

    def illness(self) -> None:
        """Every professor is ill for a week once and for a day twice; nobody stands in."""
        for professor in range(self.school.professors):
            day = self.chance.choice(self.days)
            self.cancelled(day, day + timedelta(days=6), 0, professor=professor)
            for one in self.chance.sample(self.days, 2):
                self.cancelled(one, one, 0, professor=professor)

    def single_sessions(self) -> None:
        """One session in fifty is called off, one to six days before."""
        chance = self.chance
        for day in self.days:

            def called_off(erp: Erp, day: date = day) -> None:
                erp.cancel(day, day, lambda _: chance.random() < 0.02)

            self.at(day - timedelta(days=chance.randint(1, 6)), 16, called_off)

    def closed_days(self) -> None:
        """A strike, a bridge day, a cold day: told two, ten, no days before. Exams end the year."""
        for told in (2, 10, 0):
            day = self.chance.choice(self.days)
            self.cancelled(day, day, told)
        self.cancelled(LAST - timedelta(days=6), LAST, 10)

    def absent_classes(self) -> None:
        """Every class is out for three days and for a week of practice, told a week before."""
        for klass in range(self.school.classes):
            for day in self.chance.sample(self.days, 3):
                self.cancelled(day, day, 7, klass=klass)
            day = self.chance.choice(self.days)
            self.cancelled(day, day + timedelta(days=6), 7, klass=klass)

    def moved_sessions(self) -> None:
        """One session in thirty is moved by hours or days, one to six days before.

        Every professor puts a day off by a week once, told the day before. From one day in spring
        on all bells ring ten minutes later, told five days before.
        """
        chance = self.moves
        for day in self.days:

            def moved(erp: Erp, day: date = day) -> None:
                by = chance.choice((timedelta(hours=2), timedelta(days=1), timedelta(days=3)))
                erp.move(day, day, by, lambda _: chance.random() < 1 / 30)

            self.at(day - timedelta(days=chance.randint(1, 6)), 15, moved)
        for professor in range(self.school.professors):
            day = chance.choice(self.days)

            def put_off(erp: Erp, day: date = day, professor: int = professor) -> None:
                erp.move(day, day, timedelta(days=7), lambda one: one.professor == professor)

            self.at(day - timedelta(days=1), 14, put_off)
        bells = date(2027, 3, 8)
        self.at(
            bells - timedelta(days=5),
            13,
            lambda erp: erp.move(bells, LAST, timedelta(minutes=10), lambda _: True),
        )

    def other_contents(self) -> None:
        """One professor of each school leaves in spring, and somebody new stands in for good.

        Every class gets another room once, and 3 hours of revision for each of its days of June.
        """
        chance = self.contents
        left, new = chance.randrange(self.school.professors), self.school.professors
        for_good = date(2027, 3, 15)
        self.at(
            for_good - timedelta(days=3),
            10,
            lambda erp: erp.rewrite(for_good, lambda one: one.professor == left, professor=new),
        )
        for klass in range(self.school.classes):
            since = chance.choice(self.days)

            def moves_in(erp: Erp, klass: int = klass, since: date = since) -> None:
                room = f"new room {klass}"
                erp.rewrite(since, lambda one: one.klass == klass, room=room)

            self.at(since - timedelta(days=1), 10, moves_in)

        def revision(erp: Erp) -> None:
            for day in (day for day in self.days if day.month == 6):
                for klass in {one.klass for one in erp.days.get(day, {}).values()}:
                    for hour in (17, 18, 19):
                        at = datetime.combine(day, time(hour))
                        erp.add(Session(klass, 0, at, f"{klass}", f"room {klass}"))

        self.at(date(2027, 5, 25), 10, revision)

    def timetables(self) -> None:
        """The timetable is made anew in September and January: every session gets a new id.

        It is told five days before. With the second term the halves are made anew, too.
        """
        school, chance = self.school, self.chance
        for since in (date(2026, 9, 21), date(2027, 1, 4)):

            def anew(erp: Erp, since: date = since) -> None:
                erp.cancel(since, LAST, lambda _: True)
                timetable(school, chance, erp, since)

            self.at(since - timedelta(days=5), 17, anew)
        self.at(date(2027, 1, 5), 17, lambda erp: split(school, chance, erp))

    def students(self) -> None:
        """One student in ten leaves, one in twenty changes class, most of them in autumn."""
        for student in range(self.school.classes * self.school.students):
            said = self.chance.random()
            day = FIRST + timedelta(days=round(self.chance.triangular(5, 280, 30)))
            if said >= 0.15:
                continue
            to = self.chance.randrange(self.school.classes) if said < 0.05 else None

            def leaves(erp: Erp, student: int = student, to: int | None = to) -> None:
                for members in erp.groups.values():
                    members.discard(student)
                if to is not None:
                    erp.groups[f"{to}"].add(student)
                    erp.groups[f"{to}a"].add(student)

            self.at(day, 11, leaves)
