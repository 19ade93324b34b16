"""Beside the state, both sides say when somebody came or left, and why: that is compared, too."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from edusync.engine.upward.held_against import Held
from edusync.model import PARIS
from edusync.sandbox.edusign.play import play
from tests.conftest import World
from tests.movein.test_reconcile import compare, of_day
from tests.support.commands import edusync

LEFT = 45
SAID: tuple[Any, ...] = ({"late": 12}, {"left": LEFT}, {"justified": "sick leave"})
HOLDS = {
    "aimaira": ("reason",),
    "hyperplanning": ("arrived_at", "reason"),
    "scform": ("arrived_at", "left_at", "reason"),
    "ypareo": ("arrived_at", "left_at", "reason"),
}
"""What each ERP holds beside the state, of those that can be read."""


@pytest.fixture
def school(make_world: Callable[..., World]) -> Callable[[str], World]:
    """Return what makes a school whose people came late, left early and were excused."""

    def make(erp: str) -> World:
        world = make_world(erp)
        answers = world.simulation.answers(world.erp_url)
        options = dict(answers["options"])
        if erp == "aimaira":
            options |= {"studentDelay": True, "studentEarlyDeparture": True}
        world.write(options=options, reasons=dict(answers.get("reasons", {})))
        world.sync()
        world.to_evening()
        turn = 0
        for row in of_day(world, "2026-03-17"):
            ids = [item["studentId"] for item in row["STUDENTS"]]
            said = {one: SAID[(turn + n) % len(SAID)] for n, one in enumerate(ids)}
            turn += len(said)
            play(world.courses, row["ID"], said)
        assert world.write_back().status == "success"
        return world

    return make


def change_in_erp(world: World, name: str) -> None:
    """Let the secretary correct it of everybody in the ERP, and leave the state as it is."""
    seed: Any = getattr(world.simulation, "seed", None)
    match world.spec:
        case "ypareo":
            for row in seed.absences.values():
                if name == "arrived_at" and row["isRetard"]:
                    row["heureFin"] += 8
                elif name == "left_at" and row["heureFin"] - row["heureDeb"] == LEFT:
                    row["heureDeb"] += 5
                elif name == "reason" and row["isJustifie"]:
                    row["motifAbsence"] = next(
                        one for one in seed.reasons if one != row["motifAbsence"]
                    )
        case "hyperplanning":
            if name == "arrived_at":
                seed.lates[:] = [
                    replace(row, end=row.end + timedelta(minutes=8)) for row in seed.lates
                ]
            for row in seed.absences.values() if name == "reason" else ():
                row.reason = next(one for one in seed.reasons if one != row.reason)
        case "aimaira":
            for line in world.simulation._lines():
                line["MotifId"] += bool(line["MotifId"])
        case "scform":
            words = {
                "arrived_at": "HEURE_FIN = HEURE_FIN + 8 where TYPE_ABSENCE = 'R'",
                "left_at": "HEURE_DEBUT = HEURE_DEBUT - 15 where TYPE_ABSENCE = 'D'",
                "reason": "CODE_MOTIF = (select min(CODE_MOTIF) from V_MOTIF_ABSENCE where "
                "CODE_MOTIF <> ABSENCE_IMPORT.CODE_MOTIF) where CODE_MOTIF is not null",
            }
            with closing(sqlite3.connect(world.simulation.file)) as database, database:
                database.execute(f"update ABSENCE_IMPORT set {words[name]}")


def differing(world: World) -> list[Held]:
    return [held for held in compare(world).people if held.verdict != "equal"]


@pytest.mark.parametrize("erp", HOLDS)
def test_what_was_sent_beside_the_state_is_equal(school: Callable[[str], World], erp: str) -> None:
    world = school(erp)
    assert differing(world) == []
    states = {held.on_edusign for held in compare(world).people if held.role == "student"}
    assert {"late", "absent_justified"} <= states


@pytest.mark.parametrize(
    ("erp", "name"), [(erp, name) for erp, some in HOLDS.items() for name in some]
)
def test_what_the_erp_says_otherwise_is_found(
    school: Callable[[str], World], erp: str, name: str
) -> None:
    world = school(erp)
    change_in_erp(world, name)
    found = differing(world)
    assert found
    for held in found:
        assert (held.verdict, held.code, held.on_edusign) == (
            "different",
            "UP_CHANGED_IN_ERP",
            held.in_erp,
        )
        assert held.detail is not None
        assert held.detail.name == name
        assert held.detail.on_edusign != held.detail.in_erp


def test_what_the_professor_said_otherwise_is_found(school: Callable[[str], World]) -> None:
    """Twelve minutes went up; the professor made twenty of them afterwards."""
    world = school("ypareo")
    for row in of_day(world, "2026-03-17"):
        for item in row["STUDENTS"]:
            if item["delay"]:
                item["delay"] = 20
    found = differing(world)
    assert {held.code for held in found} == {"UP_COURSE_CHANGED_AFTER_SEND"}
    for held in found:
        assert held.detail is not None
        there, here = (
            datetime.fromisoformat(str(one)).astimezone(PARIS)
            for one in (held.detail.on_edusign, held.detail.in_erp)
        )
        assert there - here == timedelta(minutes=8)


def test_command_shows_the_hours_and_the_reasons(school: Callable[[str], World]) -> None:
    world = school("ypareo")
    change_in_erp(world, "arrived_at")
    change_in_erp(world, "reason")
    at = ["--at", world.now.isoformat(), "--state", str(world.state), "--no-color"]
    asked = ["reconcile", str(world.file), "--week", "2026-03-17", *at]
    said = {lang: edusync(*asked, "--lang", lang).stdout for lang in ("en", "fr")}
    assert "arrived_at: Edusign: " in said["en"]
    assert "reason: Edusign: " in said["en"]
    assert "arrivée\u00a0: Edusign\u00a0: " in said["fr"]
    assert max(len(line) for one in said.values() for line in one.splitlines()) <= 80
    data = json.loads(edusync(*asked, "--format", "json").stdout)
    people = [one for sheet in data["accounts"][0]["sheets"] for one in sheet["people"]]
    names = {one["detail"]["name"] for one in people if one["detail"]}
    assert names == {"arrived_at", "reason"}
