"""Let invented schools live through a school year, and count how often a guard asks a person.

    python benchmarks/guard_year.py [--years 20] [--rules]

Two runs a day. A year is made of a seed, so it comes out the same every time; what happens in it
stands in `Calendar`. The tables in docs/explanation/guards.md are what this prints; `--rules`
compares rules for deletions.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING

from edusync.engine.plan.guards import (
    is_exchanged,
    is_remade,
    too_many_deletions,
    too_many_moves,
    too_many_remade,
    too_many_removals,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

FIRST, LAST = date(2026, 9, 1), date(2027, 7, 2)
HOLIDAYS = (
    (date(2026, 10, 17), date(2026, 11, 1)),
    (date(2026, 12, 19), date(2027, 1, 3)),
    (date(2027, 2, 13), date(2027, 2, 28)),
    (date(2027, 4, 10), date(2027, 4, 25)),
    (date(2027, 5, 6), date(2027, 5, 9)),
)
RUNS = (time(12, 30), time(19, 30))
LOOK_BACK = timedelta(days=7)
GUARDS = ("deletions", "moves", "seats", "group", "empty read")


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


SCHOOLS = (
    School("2 sessions a week", 1, 12, 1, 2),
    School("2 sessions a week, 7 days ahead", 1, 12, 1, 2, window=7),
    School("lessons of one student each", 6, 1, 2, 2, halves=0),
    School("one class, always in halves", 1, 20, 5, 10, halves=1),
    School("one class", 1, 20, 5, 10),
    School("one class, 7 days ahead", 1, 20, 5, 10, window=7),
    School("5 classes", 5, 20, 12, 10),
    School("40 classes", 40, 20, 80, 10),
)


@dataclass
class Session:
    """A session as the ERP has it."""

    klass: int
    professor: int
    starts_at: datetime
    group: str


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


@dataclass
class Year:
    """What the guards of one school saw, run by run."""

    deletions: list[tuple[int, int]] = field(default_factory=list)
    """How many of how many coming sheets would be deleted; runs without any are left out."""
    moves: list[tuple[int, int]] = field(default_factory=list)
    """How many of how many coming sheets would be moved; runs without any are left out."""
    seats: int = 0
    """Runs that would take too many students off sheets, or out of groups."""
    emptied: int = 0
    """Groups that would be emptied, or have none of their students any more."""
    empty: int = 0
    """Times at which the ERP sent no session while sheets were to come."""
    runs: int = 0

    def asked(self) -> Counter[str]:
        """Return how often each guard asks."""
        return Counter(
            {
                "deletions": sum(too_many_deletions(*seen) for seen in self.deletions),
                "moves": sum(too_many_moves(*seen) for seen in self.moves),
                "seats": self.seats,
                "group": self.emptied,
                "empty read": self.empty,
            }
        )


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
                    erp.add(Session(klass, professor, datetime.combine(day, time(hour)), group))


def split(school: School, chance: Random, erp: Erp) -> None:
    """Put the students of every class into two halves, anew."""
    for klass in range(school.classes):
        whole = sorted(erp.groups[f"{klass}"])
        chance.shuffle(whole)
        middle = (len(whole) + 1) // 2
        erp.groups[f"{klass}a"], erp.groups[f"{klass}b"] = set(whole[:middle]), set(whole[middle:])


class Calendar:
    """What the office enters into the ERP over the year, each with its moment."""

    def __init__(self, school: School, chance: Random, moves: Random) -> None:
        self.school, self.chance, self.moves = school, chance, moves
        self.days = school_days()
        self.found: list[Happening] = []

    def happenings(self) -> list[Happening]:
        """Return everything, in the order in which it happens."""
        self.illness()
        self.single_sessions()
        self.closed_days()
        self.absent_classes()
        self.moved_sessions()
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


def moments() -> Iterator[datetime]:
    day = FIRST - timedelta(days=7)
    while day <= LAST:
        for hour in RUNS:
            yield datetime.combine(day, hour)
        day += timedelta(days=1)


def takes_too_many(
    sheets: Mapping[int, tuple[datetime, frozenset[int]]],
    now_on: Mapping[int, AbstractSet[int]],
    groups: Mapping[str, AbstractSet[int]],
    now_in: Mapping[str, AbstractSet[int]],
) -> bool:
    """Whether a run would take too many students off the sheets that stay, or out of groups."""
    before = {key: on for key, (_, on) in sheets.items()}
    gone = {key: len(before[key] - on) for key, on in now_on.items()}
    out = {name: len(groups[name] - now) for name, now in now_in.items() if groups.get(name)}
    return (
        too_many_removals(sum(gone.values()), sum(map(len, before.values())))
        or too_many_remade(
            sum(is_remade(count, len(before[key])) for key, count in gone.items() if count),
            len(before),
        )
        or too_many_remade(
            sum(is_remade(count, len(groups[name])) for name, count in out.items() if count),
            len(out),
        )
    )


def live(school: School, seed: int) -> Year:
    """Let a school live through one year. Whoever is asked says yes before the next run."""
    chance = Random(f"{school.name} {seed}")
    erp, year = Erp(), Year()
    for klass in range(school.classes):
        erp.groups[f"{klass}"] = set(range(klass * school.students, (klass + 1) * school.students))
    split(school, chance, erp)
    timetable(school, chance, erp, FIRST)
    waiting = Calendar(school, chance, Random(f"{school.name} {seed} moves")).happenings()
    sheets: dict[int, tuple[datetime, frozenset[int]]] = {}
    groups: dict[str, set[int]] = {}
    was_empty = False
    for now in moments():
        while waiting and waiting[0][0] <= now:
            waiting.pop(0)[1](erp)
        last = now.date() + timedelta(days=school.window)
        read = erp.read(now.date() - LOOK_BACK, last)
        sheets = {key: sheet for key, sheet in sheets.items() if sheet[0] > now}
        year.runs += 1
        is_empty = bool(sheets) and not read
        year.empty += is_empty and not was_empty
        was_empty = is_empty
        if is_empty:
            continue
        gone = sheets.keys() - read.keys()
        if gone:
            year.deletions.append((len(gone), len(sheets)))
        sheets = {key: sheet for key, sheet in sheets.items() if key not in gone}
        moved = sum(read[key].starts_at != sheet[0] for key, sheet in sheets.items())
        if moved:
            year.moves.append((moved, len(sheets)))
        wanted = {key: frozenset(erp.groups[one.group]) for key, one in read.items()}
        now_on = {key: wanted[key] for key in sheets if wanted[key]}
        now_in = {name: erp.groups[name] for name in {one.group for one in read.values()}}
        year.seats += takes_too_many(sheets, now_on, groups, now_in)
        for key, one in read.items():
            if wanted[key] and (key in sheets or one.starts_at.date() > now.date()):
                sheets[key] = (one.starts_at, wanted[key])
        for name, now_there in now_in.items():
            before = groups.get(name, set())
            gone = len(before - now_there)
            year.emptied += bool(before) and (not now_there or is_exchanged(gone, len(before)))
            groups[name] = set(now_there)
    return year


def line(school: School, years: int) -> str:
    """Return the line of a school: the mean of so many years, and the most in one of them."""
    lived = [live(school, seed) for seed in range(years)]
    asked = [year.asked() for year in lived]
    means = [f"{sum(one[guard] for one in asked) / years:.1f}" for guard in GUARDS]
    sums = [one.total() for one in asked]
    share = sum(len(year.deletions) for year in lived) / sum(year.runs for year in lived)
    cells = (*means, f"{sum(sums) / years:.1f}", str(max(sums)), f"{share:.0%}")
    return f"| {school.name} | {' | '.join(cells)} |"


def table(years: int) -> str:
    """Return the table as Markdown."""
    heads = ("school", *GUARDS, "in all", "most in one year", "runs with a deletion")
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * (len(heads) - 1)}"]
    return "\n".join((*lines, *(line(school, years) for school in SCHOOLS)))


def large(deletions: int, coming: int) -> bool:
    return deletions > 10 and deletions > 0.2 * coming


RULES: dict[str, Callable[[int, int], bool]] = {
    "large schools only (until now)": large,
    "and at least 3 and half": lambda gone, of: large(gone, of) or (gone >= 3 and 2 * gone >= of),
    "and at least 2 and half (chosen)": too_many_deletions,
    "the chosen one, and the only one": lambda gone, of: too_many_deletions(gone, of) or gone == of,
    "and at least 1 and half": lambda gone, of: large(gone, of) or 2 * gone >= of,
    "and at least 2 and a third": lambda gone, of: (
        large(gone, of) or (gone >= 2 and 3 * gone >= of)
    ),
    "and at least 2 and a quarter": lambda gone, of: (
        large(gone, of) or (gone >= 2 and 4 * gone >= of)
    ),
}


def rules(years: int) -> str:
    """Return how often other rules for deletions would ask: the mean, and the most in a year."""
    heads = ("rule", *(school.name for school in SCHOOLS))
    lines = [f"| {' | '.join(heads)} |", f"| --- |{' ---: |' * len(SCHOOLS)}"]
    lived = {school.name: [live(school, seed) for seed in range(years)] for school in SCHOOLS}
    for name, rule in RULES.items():
        cells = []
        for school in SCHOOLS:
            asked = [sum(rule(*seen) for seen in year.deletions) for year in lived[school.name]]
            cells.append(f"{sum(asked) / years:.1f} ({max(asked)})")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=20)
    parser.add_argument("--rules", action="store_true", help="compare rules for deletions")
    told = parser.parse_args()
    print((rules if told.rules else table)(told.years))
