"""A class that ends at 00:00 ends at midnight of the next day, whichever ERP writes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

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


@pytest.mark.source("S029", "S077", "S131")
@pytest.mark.parametrize(
    "erp", [ypareo, ammon, fca, aurion, adesoft, scform, aimaira, hyperplanning]
)
def test_class_that_ends_at_midnight_comes_down_with_four_hours(
    make_world: Callable[..., World], erp: Callable[[Any], str]
) -> None:
    world = make_world(erp.__name__)
    world.write(options=world.simulation.answers(world.erp_url)["options"])
    number = erp(world.simulation)
    world.sync()
    ends = [
        (row["START"][11:16], row["END"][11:16])
        for row in world.book.all("courses")
        if number in row["API_ID"]
    ]
    assert ("19:00", "23:00") in ends
