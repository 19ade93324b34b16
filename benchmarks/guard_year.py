"""Let invented schools live through a school year, and count how often a guard asks a person.

    python benchmarks/guard_year.py [--years 20] [--rules]

Two runs a day. What happens in a year stands in `school_year.py`. The tables in
docs/explanation/guards.md are what this prints; `--rules` compares rules for deletions.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from school_year import FIRST, LAST, Calendar, Erp, School, split, timetable

from edusync.engine.plan.guards import (
    is_exchanged,
    is_remade,
    too_many_additions,
    too_many_deletions,
    too_many_moves,
    too_many_remade,
    too_many_removals,
    too_many_rewritten,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from school_year import Session

RUNS = (time(12, 30), time(19, 30))
LOOK_BACK = timedelta(days=7)
GUARDS = ("deletions", "moves", "seats", "group", "contents", "additions", "empty read")


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


class Sheet(NamedTuple):
    """A sheet as edusync brought it down."""

    starts_at: datetime
    students: frozenset[int]
    professor: int
    room: str


@dataclass
class Year:
    """What the guards of one school saw, run by run."""

    deletions: list[tuple[int, int]] = field(default_factory=list)
    """How many of how many coming sheets would be deleted; runs without any are left out."""
    moves: list[tuple[int, int]] = field(default_factory=list)
    """How many of how many coming sheets would be moved; runs without any are left out."""
    contents: list[tuple[int, int]] = field(default_factory=list)
    """Of how many of how many coming sheets one field would be another."""
    additions: list[tuple[int, int]] = field(default_factory=list)
    """How many sheets would come on days that had some, and how many these had."""
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
                "contents": sum(too_many_rewritten(*seen) for seen in self.contents),
                "additions": sum(too_many_additions(*seen) for seen in self.additions),
                "empty read": self.empty,
            }
        )


def moments() -> Iterator[datetime]:
    day = FIRST - timedelta(days=7)
    while day <= LAST:
        for hour in RUNS:
            yield datetime.combine(day, hour)
        day += timedelta(days=1)


def takes_too_many(
    sheets: Mapping[int, Sheet],
    now_on: Mapping[int, AbstractSet[int]],
    groups: Mapping[str, AbstractSet[int]],
    now_in: Mapping[str, AbstractSet[int]],
) -> bool:
    """Whether a run would take too many students off the sheets that stay, or out of groups."""
    before = {key: sheet.students for key, sheet in sheets.items()}
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


def contents(sheets: Mapping[int, Sheet], read: Mapping[int, Session]) -> Iterator[tuple[int, int]]:
    """Yield of how many of how many sheets each field would be another."""
    for count in (
        sum(read[key].professor != sheet.professor for key, sheet in sheets.items()),
        sum(read[key].room != sheet.room for key, sheet in sheets.items()),
    ):
        if count:
            yield count, len(sheets)


def additions(sheets: Mapping[int, Sheet], made: Mapping[int, Sheet]) -> Iterator[tuple[int, int]]:
    """Yield how many sheets would come on days that have some, and how many these have."""
    days = Counter(sheet.starts_at.date() for sheet in sheets.values())
    new = Counter(sheet.starts_at.date() for key, sheet in made.items() if key not in sheets)
    if beside := sum(count for day, count in new.items() if days[day]):
        yield beside, sum(days[day] for day in new)


def live(school: School, seed: int) -> Year:
    """Let a school live through one year. Whoever is asked says yes before the next run."""
    chance = Random(f"{school.name} {seed}")
    erp, year = Erp(), Year()
    for klass in range(school.classes):
        erp.groups[f"{klass}"] = set(range(klass * school.students, (klass + 1) * school.students))
    split(school, chance, erp)
    timetable(school, chance, erp, FIRST)
    others = (Random(f"{school.name} {seed} {what}") for what in ("moves", "contents"))
    waiting = Calendar(school, chance, *others).happenings()
    sheets: dict[int, Sheet] = {}
    groups: dict[str, set[int]] = {}
    was_empty = False
    for now in moments():
        while waiting and waiting[0][0] <= now:
            waiting.pop(0)[1](erp)
        last = now.date() + timedelta(days=school.window)
        read = erp.read(now.date() - LOOK_BACK, last)
        sheets = {key: sheet for key, sheet in sheets.items() if sheet.starts_at > now}
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
        moved = sum(read[key].starts_at != sheet.starts_at for key, sheet in sheets.items())
        if moved:
            year.moves.append((moved, len(sheets)))
        year.contents += contents(sheets, read)
        wanted = {key: frozenset(erp.groups[one.group]) for key, one in read.items()}
        now_on = {key: wanted[key] for key in sheets if wanted[key]}
        now_in = {name: erp.groups[name] for name in {one.group for one in read.values()}}
        year.seats += takes_too_many(sheets, now_on, groups, now_in)
        made = {
            key: Sheet(one.starts_at, wanted[key], one.professor, one.room)
            for key, one in read.items()
            if wanted[key] and (key in sheets or one.starts_at.date() > now.date())
        }
        year.additions += additions(sheets, made)
        sheets |= made
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
