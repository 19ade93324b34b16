"""For the benchmark of the way up: a thousand sessions in each simulator, and the fewest requests
that its interface needs for their attendance.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from math import ceil
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Callable

PARIS, DAYS, LENGTH = ZoneInfo("Europe/Paris"), 60, 25
SAID: tuple[Any, ...] = (
    "present",
    {"late": 5},
    {"justified": "sick leave"},
    "absent",
    {"left": 10},
    {"excluded": 10},
)


@dataclass
class School:
    """Sheets as (id, start, end), students by their id as it stands on Edusign, a professor, and
    the fewest requests for so many lines.
    """

    sheets: list[tuple[str, datetime, datetime]]
    students: list[str]
    professor: str
    floor: Callable[[int], int]


def slots(count: int) -> list[tuple[int, int, str, str, datetime, datetime]]:
    """Return so many sessions that nobody has two of at once: number, days from today, hours as
    text, instants.
    """
    found = []
    for n in range(count):
        days, begin = (
            -1 - n % DAYS,
            datetime.combine(datetime.now(PARIS).date(), time(8))
            + timedelta(minutes=30 * (n // DAYS)),
        )
        end = begin + timedelta(minutes=LENGTH)
        on = [
            (moment + timedelta(days=days)).replace(tzinfo=PARIS).astimezone(UTC)
            for moment in (begin, end)
        ]
        found.append((n, days, f"{begin:%H:%M}", f"{end:%H:%M}", on[0], on[1]))
    return found


def ypareo(simulation: Any, count: int) -> School:
    seed, students = simulation.seed, [90211, 90212, 90213, 90217, 90218]
    for n, days, start, end, _, _ in slots(count):
        seed.courses[7800000 + n] = seed.course(
            7800000 + n, days, "Bench", f"{start}:00", f"{end}:00", [42], [1201], students, [310]
        )
    return School(
        [(str(7800000 + n), start, end) for n, _, _, _, start, end in slots(count)],
        [str(code) for code in students],
        "42",
        lambda lines: lines * 5 // 6,
    )


def ammon(simulation: Any, count: int) -> School:
    seed, students = simulation.seed, [9001, 9002, 9003, 9004, 9005]
    for n, days, start, end, _, _ in slots(count):
        seed.classes.append(
            seed.course(60000 + n, days, "Bench", start, end, 3102, 812, 36, [2041], [77], students)
        )
    return School(
        [(str(60000 + n), start, end) for n, _, _, _, start, end in slots(count)],
        [str(code) for code in students],
        "2041",
        lambda _lines: count,
    )


def aimaira(simulation: Any, count: int) -> School:
    seed, students = simulation.seed, [f"A0040{n}" for n in range(1, 6)]
    seed.tables["Planification"] += [
        seed.event(4200000 + n, days, "Bench", start, end, "SEANCE", 2300140, [1], students, None)
        for n, days, start, end, _, _ in slots(count)
    ]
    return School(
        [(str(4200000 + n), start, end) for n, _, _, _, start, end in slots(count)],
        students,
        "P00000001",
        lambda lines: lines + count,
    )


def fca(simulation: Any, count: int) -> School:
    seed, students = simulation.seed, [9001, 9002, 9003, 9006, 9007]
    seed.sessions += [
        seed.session(
            80000 + n,
            days,
            "Bench",
            start,
            end,
            4402,
            1187,
            [510],
            dict.fromkeys(students, "C"),
            [],
        )
        for n, days, start, end, _, _ in slots(count)
    ]
    return School(
        [(str(80000 + n), start, end) for n, _, _, _, start, end in slots(count)],
        [str(code) for code in students],
        "510",
        lambda _lines: 2 * count,
    )


def hyperplanning(simulation: Any, count: int) -> School:
    from edusync_plugins.hyperplanning.seed import Course

    seed, students = simulation.seed, [301, 302, 303, 305, 306]
    for n, days, start, _, _, _ in slots(count):
        seed.courses[60000 + n] = Course(
            60000 + n, 77, [9], students, [41], [seed.session(days, start, LENGTH / 60)]
        )
    sheets = [
        (f"2025-2026/{60000 + n}/{start.isoformat()}", start, end)
        for n, _, _, _, start, end in slots(count)
    ]
    return School(
        sheets,
        [f"2025-2026/{code}" for code in students],
        "2025-2026/9",
        lambda lines: lines * 5 // 6 + count,
    )


def scform(simulation: Any, count: int) -> School:
    with closing(sqlite3.connect(simulation.file)) as connection:
        for n, _, _, _, _, _ in slots(count):
            connection.executemany(
                "insert into V_SEANCE_APPRENANT values (1, ?, ?, 1)",
                [(60000 + n, 8101 + student) for student in range(5)],
            )
        connection.commit()
    return School(
        [(f"1/{60000 + n}", start, end) for n, _, _, _, start, end in slots(count)],
        [f"1/{8101 + n}" for n in range(5)],
        "1/51",
        lambda _lines: 2 * ceil(count / 100),
    )


def adesoft(simulation: Any, count: int) -> School:
    del simulation
    return School(
        [(f"12/{60000 + n}/0/0", start, end) for n, _, _, _, start, end in slots(count)],
        [f"12/7000{n}" for n in (1, 2, 3, 5, 6)],
        "12/641",
        lambda _lines: count,
    )


def aurion(simulation: Any, count: int) -> School:
    seed, students = simulation.seed, [61001, 61002, 61003, 61005, 61006]
    for n, days, start, end, _, _ in slots(count):
        seed.session(900000 + n, days, "Bench", start, end, ["B12"], [7001], students)
    return School(
        [(str(900000 + n), start, end) for n, _, _, _, start, end in slots(count)],
        [str(code) for code in students],
        "7001",
        lambda _lines: ceil(count / 50),
    )


SCHOOLS: dict[str, Callable[[Any, int], School]] = {
    "adesoft": adesoft,
    "aimaira": aimaira,
    "ammon": ammon,
    "aurion": aurion,
    "fca": fca,
    "hyperplanning": hyperplanning,
    "scform": scform,
    "ypareo": ypareo,
}
