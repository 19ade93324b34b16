"""A class that ends at 00:00 ends at midnight of the next day, whichever ERP writes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from edusync.model import PARIS
from edusync.spec.evaluate import Unreadable
from edusync.spec.formats import FORMATS
from edusync.spec.formats.end_of_day import EndOfDay
from tests.conftest import World


def ypareo(simulation: Any) -> str:
    simulation.seed.courses[7712001] |= {"heureDebut": "20:00:00", "heureFin": "00:00:00"}
    return "7712001"


def ammon(simulation: Any) -> str:
    simulation.seed.classes[0] |= {"heureDebut": "20:00", "heureFin": "00:00"}
    return "55120"


def fca(simulation: Any) -> str:
    session = simulation.seed.sessions[0]
    session |= {
        "DAT_DEB_SES": session["DAT_DEB_SES"].replace("09:00", "20:00"),
        "DAT_FIN_SES": session["DAT_FIN_SES"].replace("12:00", "00:00"),
    }
    return "70115"


def aurion(simulation: Any) -> str:
    for row in simulation.seed.queries[simulation_queries()]:
        if row["id.Evenement"] == "880412":
            row["Début.Evenement"] = row["Début.Evenement"].replace("09:00", "20:00")
            row["Fin.Evenement"] = row["Fin.Evenement"].replace("12:00", "00:00")
    return "880412"


def simulation_queries() -> Any:
    from edusync_plugins.aurion.seed import SESSIONS

    return SESSIONS


def adesoft(simulation: Any) -> str:
    event = min(simulation.seed.events, key=lambda event: event.id)
    event.start, event.end = "20:00", "00:00"
    return str(event.activity)


def scform(simulation: Any) -> str:
    with closing(sqlite3.connect(simulation.file)) as connection:
        connection.execute(
            "update V_SEANCE set HEURE_DEBUT = 1200, HEURE_FIN = 0 where ID_SEANCE = 30177"
        )
        connection.commit()
    return "30177"


def aimaira(simulation: Any) -> str:
    simulation.event(4100231).update(
        Debut=simulation.seed.at(1, "20:00"), Fin=simulation.seed.at(1, "00:00")
    )
    return "4100231"


def hyperplanning(simulation: Any) -> str:
    session = simulation.seed.courses[5045].sessions[0]
    session.start, session.hours = session.start.replace(hour=20, minute=0), 4
    return "5045"


# 24:00, as some write it


def ypareo_24(simulation: Any) -> str:
    simulation.seed.courses[7712001] |= {"heureDebut": "20:00:00", "heureFin": "24:00:00"}
    return "7712001"


def ammon_24(simulation: Any) -> str:
    simulation.seed.classes[0] |= {"heureDebut": "20:00", "heureFin": "24:00"}
    return "55120"


def fca_24(simulation: Any) -> str:
    session = simulation.seed.sessions[0]
    session |= {
        "DAT_DEB_SES": session["DAT_DEB_SES"].replace("09:00", "20:00"),
        "DAT_FIN_SES": session["DAT_FIN_SES"].replace("12:00", "24:00"),
    }
    return "70115"


def scform_1440(simulation: Any) -> str:
    with closing(sqlite3.connect(simulation.file)) as connection:
        connection.execute(
            "update V_SEANCE set HEURE_DEBUT = 1200, HEURE_FIN = 1440 where ID_SEANCE = 30177"
        )
        connection.commit()
    return "30177"


@pytest.mark.source("S029", "S077", "S131")
@pytest.mark.parametrize(
    "erp",
    [
        *(ypareo, ammon, fca, aurion, adesoft, scform, aimaira, hyperplanning),
        *(ypareo_24, ammon_24, fca_24, scform_1440),
    ],
)
def test_class_that_ends_at_midnight_comes_down_with_four_hours(
    make_world: Callable[..., World], erp: Callable[[Any], str]
) -> None:
    world = make_world(erp.__name__.partition("_")[0])
    world.write(options=world.simulation.answers(world.erp_url)["options"])
    number = erp(world.simulation)
    world.sync()
    ends = [
        (row["START"][11:16], row["END"][11:16])
        for row in world.book.all("courses")
        if number in row["API_ID"]
    ]
    assert ("19:00", "23:00") in ends


def read(options: dict[str, Any], written: object) -> Any:
    kind, *_ = (found for name, found in FORMATS.pairs() if name == options["kind"])
    return kind(**{key: value for key, value in options.items() if key != "kind"}).read(written)


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ({"pattern": "%H:%M"}, "24:00"),
        ({"pattern": "iso"}, "24:00:00"),
        ({"pattern": "%H%M", "digits": 4}, 2400),
        ({"pattern": "%Hh%M"}, "24h00"),
        ({"unit": "minutes"}, 1440),
        ({"unit": "minutes"}, "1440"),
        ({"unit": "seconds"}, 86_400),
        ({"unit": "day_fraction"}, 1.0),
        ({"unit": "iso_duration"}, "PT24H"),
        ({"unit": "iso_duration"}, "P1D"),
        ({"pattern": "%H:%M"}, timedelta(days=1)),
    ],
)
def test_24_is_the_end_of_a_day_in_every_spelling(options: dict[str, Any], written: object) -> None:
    assert isinstance(read({"kind": "time", **options}, written), EndOfDay)


@pytest.mark.parametrize("zero", ["00:00", "23:59"])
def test_other_times_are_no_end_of_a_day(zero: str) -> None:
    assert type(read({"kind": "time", "pattern": "%H:%M"}, zero)) is time


@pytest.mark.parametrize(
    ("options", "written"),
    [
        ({"kind": "time", "pattern": "%H:%M"}, "24:01"),
        ({"kind": "time", "pattern": "%H:%M"}, "25:00"),
        ({"kind": "time", "pattern": "%H:%M"}, "00:24:00"),
        ({"kind": "time", "unit": "minutes"}, 1441),
        ({"kind": "time", "unit": "minutes"}, -1),
        ({"kind": "moment", "pattern": "iso"}, "2026-03-16T24:30:00"),
        ({"kind": "moment", "pattern": "iso"}, "2026-24-16T10:00:00"),
        ({"kind": "moment", "pattern": "iso"}, "2026-03-16T00:00:00+24:00"),
    ],
)
def test_what_is_past_24_or_no_hour_is_unreadable(options: dict[str, Any], written: object) -> None:
    with pytest.raises(Unreadable):
        read(options, written)


@pytest.mark.parametrize(
    ("pattern", "written", "day"),
    [
        ("iso", "2026-03-16T24:00:00", 17),
        ("iso", "2024-03-24T24:00", 25),
        ("%d-%m-%Y %H:%M", "31-03-2026 24:00", 1),
        ("%d/%m/%y %H:%M", "24/03/24 24:00", 25),
        ("%d%m%Y%H%M", "240320242400", 25),
    ],
)
def test_moment_of_24_is_midnight_of_the_next_day(pattern: str, written: str, day: int) -> None:
    found = read({"kind": "moment", "pattern": pattern}, written).astimezone(PARIS)
    assert (found.day, found.time()) == (day, time())


def test_24_with_an_offset_is_the_instant_of_that_zone() -> None:
    found = read({"kind": "moment", "pattern": "iso"}, "2026-03-16T24:00:00Z")
    assert found == datetime(2026, 3, 17, tzinfo=UTC)


def test_00_and_24_of_one_day_are_a_day_apart(make_world: Callable[..., World]) -> None:
    """Both in one list: the one that was read first says nothing of the other."""
    world = make_world("ypareo")
    courses = world.simulation.seed.courses
    courses[7712001] |= {"heureDebut": "00:00:00", "heureFin": "01:00:00"}
    courses[7712002] |= {"heureDebut": "20:00:00", "heureFin": "24:00:00"}
    world.sync()
    starts, ends = world.course("7712001")["START"], world.course("7712002")["END"]
    assert (starts[11:16], ends[11:16]) == ("23:00", "23:00")
    assert starts[:10] < ends[:10]
