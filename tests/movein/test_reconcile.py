"""Past attendance of both sides is held against each other, and what differs is explained."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.app.explaining.reconcile import reconcile
from edusync.app.explaining.reconcile_account import Reconciled
from edusync.app.files.connector_file import load_instance
from edusync.engine.upward.held_against import Held, HeldSheet
from edusync.model import PARIS
from edusync.sandbox.edusign.play import play
from edusync.state.open import open_store
from edusync.state.uploads import OF_ANOTHER, Uploads
from edusync_plugins.hyperplanning.seed import Absence
from tests.conftest import World
from tests.support.commands import edusync

ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")
READ = ("aimaira", "hyperplanning", "scform", "ypareo")
"""The ERPs whose attendance can be read back."""
ABSENCES_ONLY = ("hyperplanning", "scform", "ypareo")
"""Those that hold absences only: nothing means present."""
DAYS = date(2026, 3, 16), date(2026, 3, 22)


def compare(world: World) -> Reconciled:
    store = open_store(str(world.state))
    try:
        instance = load_instance(world.file, world.registry)
        found, stopped = reconcile(instance, store, world.registry, world.moment(), *DAYS)
    finally:
        store.close()
    assert stopped is None
    return found[0]


def of_day(world: World, day: str) -> list[dict[str, Any]]:
    rows = sorted(world.book.all("courses"), key=lambda row: (row["START"], row["ID"]))
    return [row for row in rows if row["START"].startswith(day) and row["STUDENTS"]]


@pytest.fixture
def school(make_world: Callable[..., World], tmp_path: Path) -> Callable[[str], World]:
    """Return what makes a school whose classes of the 17th were held, archived and sent."""

    def make(erp: str) -> World:
        world = make_world(erp)
        answers = world.simulation.answers(world.erp_url)
        options = dict(answers["options"])
        if erp == "adesoft":
            (tmp_path / "out").mkdir()
            options["attendanceFolder"] = str(tmp_path / "out")
        world.write(options=options, reasons=dict(answers.get("reasons", {})))
        world.sync()
        world.to_evening()
        world.play(*(row["API_ID"] for row in of_day(world, "2026-03-17")))
        assert world.write_back().status == "success"
        return world

    return make


@pytest.mark.parametrize("erp", ERPS)
def test_what_was_sent_and_stands_is_equal(school: Callable[[str], World], erp: str) -> None:
    found = compare(school(erp))
    assert found.is_read is (erp in READ)
    assert [held for held in found.people if held.verdict != "equal"] == []
    assert found.count("equal") >= 2


# differences, planted

Pair = tuple[HeldSheet, Held]


def pairs(world: World) -> list[Pair]:
    """Return every student on every sheet that was sent."""
    return [
        (sheet, held)
        for sheet in compare(world).sheets
        for held in sheet.people
        if held.role == "student"
    ]


def row_of(world: World, pair: Pair) -> dict[str, Any]:
    row: dict[str, Any] = world.book.tables["courses"][str(pair[0].edusign_id)]
    return row


def correct(world: World, pair: Pair) -> None:
    """Let the professor say something else of somebody after the sheet was sent."""
    row, held = row_of(world, pair), pair[1]
    state = {"state": held.on_edusign == "absent", "delay": 0, "earlyDeparture": None}
    world.courses.sign(row, str(held.edusign_id), **state, excluded=None, absenceId=None)


def note(world: World, pair: Pair, **more: Any) -> None:
    """Change what the store keeps of a line."""
    store = open_store(str(world.state))
    uploads = Uploads(store, "school", "main", 0)
    upload = uploads.one(str(pair[0].source_id))
    assert upload is not None
    upload.lines[f"student:{pair[1].source_id}"] |= more
    uploads.save([upload])
    store.close()


def _seed(world: World) -> Any:
    return getattr(world.simulation, "seed", None)


def change_in_erp(world: World, pair: Pair) -> None:
    """Let the secretary say "absent" in the ERP, or "present" of who is absent."""
    held, seed = pair[1], _seed(world)
    number = int(str(held.source_id).rpartition("/")[2].removeprefix("A"))
    start = datetime.fromisoformat(str(pair[0].starts_at)).astimezone(PARIS).replace(tzinfo=None)
    is_absent = str(held.in_erp).startswith("absent")
    match world.spec:
        case "ypareo":
            first = start.hour * 60 + start.minute
            for at, row in [*seed.absences.items()]:
                if row["codeApprenant"] == number and 0 <= row["heureDeb"] - first < 200:
                    del seed.absences[at]
            if not is_absent:
                row = {"codeApprenant": number, "codeGroupe": 1201, "isRetard": 0, "isJustifie": 0}
                day = {"dateDeb": f"{start:%d/%m/%Y}", "dateFin": f"{start:%d/%m/%Y}"}
                minutes = {"heureDeb": first, "heureFin": 1200}
                seed.absences[999] = {"codeAbsence": 999, **row, **day, **minutes}
        case "hyperplanning":
            for at in [at for at, row in seed.absences.items() if row.student == number]:
                del seed.absences[at]
            seed.lates[:] = [row for row in seed.lates if row.student != number]
            if not is_absent:
                end = start + timedelta(hours=1)
                seed.absences[7999] = Absence(number, start, end, justified=False)
        case "aimaira":
            line = next(
                line
                for line in world.simulation._lines()
                if line["Code"] == held.source_id
                and str(line["PlanificationId"]) == pair[0].source_id
            )
            line |= {"Presence": is_absent, "Retard": False, "Depart": False, "MotifId": 0}
        case "scform":
            company, session = str(pair[0].source_id).split("/")
            with closing(sqlite3.connect(world.simulation.file)) as database, database:
                database.execute(
                    "delete from ABSENCE_IMPORT where ID_SOCIETE = ? and ID_SEANCE = ? and "
                    "ID_APPRENANT = ?",
                    [company, session, number],
                )
                if not is_absent:
                    database.execute(
                        "insert into ABSENCE_IMPORT (ID_SOCIETE, ID_SEANCE, ID_APPRENANT, "
                        "TYPE_ABSENCE, JUSTIFIE, ORIGINE) values (?, ?, ?, 'A', 'N', 'EDUSIGN')",
                        [company, session, number],
                    )


def take_off(world: World, pair: Pair) -> None:
    """Take somebody off the sheet after its attendance was sent."""
    row = row_of(world, pair)
    row["STUDENTS"] = [one for one in row["STUDENTS"] if one["studentId"] != pair[1].edusign_id]


def plant(world: World) -> list[tuple[str | None, ...]]:
    """Plant five differences; return course, person, verdict and code of each."""
    known = pairs(world)
    has_row = [pair for pair in known if pair[1].in_erp not in {"present", None}]
    by_hand = {
        "NAME": "À la main",
        "START": "2026-03-18T16:00:00Z",
        "END": "2026-03-18T17:00:00Z",
        "PROFESSOR": row_of(world, known[0])["PROFESSOR"],
    }
    expected: list[tuple[Pair, str, str]] = []
    if world.spec in READ:
        off = has_row[-1]
        changed, corrected = [pair for pair in known if pair != off][:2]
        take_off(world, off)
        change_in_erp(world, changed)
        expected += [
            (off, "only_there", "UP_NOT_ON_SHEET"),
            (changed, "different", "UP_CHANGED_IN_ERP"),
        ]
    else:
        refused, other, corrected = known[0], known[1], known[2]
        note(world, refused, status="refused", code="UP_ERP_REJECTED", tries=2)
        note(world, other, **{OF_ANOTHER: True})
        expected += [
            (refused, "missing", "UP_ERP_REJECTED"),
            (other, "different", "UP_SENT_FOR_ANOTHER"),
        ]
    correct(world, corrected)
    expected.append((corrected, "different", "UP_COURSE_CHANGED_AFTER_SEND"))
    world.now = datetime(2026, 3, 20, 20, 30, tzinfo=PARIS)
    later = next(row for day in ("18", "19") for row in of_day(world, f"2026-03-{day}"))
    play(world.courses, later["ID"], {})  # everybody is absent
    sheet = world.courses.create(by_hand, from_students=True)
    sheet["LOCKED"] = 1
    planted: list[tuple[str | None, ...]] = [
        (pair[0].source_id, pair[1].source_id, verdict, code) for pair, verdict, code in expected
    ]
    verdict = "different" if world.spec in ABSENCES_ONLY else "missing"
    return [
        *planted,
        (later["API_ID"], None, verdict, "UP_NOT_SENT_YET"),
        (None, None, "sheet", "UP_COURSE_MANUAL"),
    ]


@pytest.mark.parametrize("erp", ERPS)
def test_five_planted_differences_are_explained(school: Callable[[str], World], erp: str) -> None:
    world = school(erp)
    planted = plant(world)
    found = compare(world)
    told: set[tuple[str | None, ...]] = {
        (sheet.source_id, person, held.verdict, held.code)
        for sheet in found.sheets
        for held in sheet.people
        if held.verdict != "equal"
        for person in (held.source_id, None)
    }
    told |= {(None, None, "sheet", sheet.code) for sheet in found.sheets if sheet.code}
    assert [one for one in planted if one not in told] == []
    others = {one for one in told if one[1] and one not in planted and one[3] != "UP_NOT_SENT_YET"}
    assert others == set()


def test_command_fits_eighty_columns_and_keeps_no_name(school: Callable[[str], World]) -> None:
    world = school("ypareo")
    plant(world)
    at = ["--at", world.now.isoformat(), "--state", str(world.state), "--no-color"]
    result = edusync("reconcile", str(world.file), "--week", "2026-03-17", *at)
    assert result.returncode == 1, result.stderr
    assert max(len(line) for line in result.stdout.splitlines()) <= 80
    said = json.loads(
        edusync("reconcile", str(world.file), "--week", "--format", "json", *at).stdout
    )
    assert (said["from"], said["to"]) == ("2026-03-09", "2026-03-15")
    arguments = ["--from", "2026-03-16", "--to", "2026-03-20", "--format", "json", *at]
    said = json.loads(edusync("reconcile", str(world.file), *arguments).stdout)
    people = [one for sheet in said["accounts"][0]["sheets"] for one in sheet["people"]]
    named = next(one["name"] for one in people if one["verdict"] == "different")
    assert named in result.stdout
    kept = world.state.read_bytes() + b"".join(
        path.read_bytes() for path in world.state.parent.glob("state.db-*")
    )
    assert named.split()[0].encode() not in kept


def test_week_without_a_difference_is_fine(school: Callable[[str], World]) -> None:
    world = school("ypareo")
    at = ["--at", world.now.isoformat(), "--state", str(world.state)]
    result = edusync("reconcile", str(world.file), "--week", "2026-03-18", *at)
    assert (result.returncode, "UP_" in result.stdout) == (0, False)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--week", "17/03/2026"],
        ["--to", "2026-03-17"],
        ["--week", "2026-03-17", "--from", "2026-03-17"],
        ["--from", "2026-03-17", "--to", "2026-03-16"],
        ["--from", "2026-01-01", "--to", "2026-03-16"],
    ],
)
def test_days_that_are_none_are_named(world: World, arguments: list[str]) -> None:
    at = ["--at", world.now.isoformat(), "--state", str(world.state)]
    result = edusync("reconcile", str(world.file), *arguments, *at)
    assert (result.returncode, "RUN_USAGE" in result.stderr) == (2, True)


def test_list_that_cannot_be_read_says_nobody_is_missing(school: Callable[[str], World]) -> None:
    world = school("ypareo")

    def refuse(verb: str, path: str) -> Any:
        return Response("no", 500) if "/absences/" in path else None

    world.erp.before_reading = refuse
    found = compare(world)
    assert {(held.verdict, held.code) for held in found.people} == {("unread", "UP_NOT_READ")}


def test_absence_at_a_time_without_a_sheet_is_named(school: Callable[[str], World]) -> None:
    world = school("ypareo")
    row = {"codeAbsence": 998, "codeApprenant": 90211, "codeGroupe": 1201, "isRetard": 0}
    day = {"dateDeb": "20/03/2026", "dateFin": "20/03/2026", "heureDeb": 510, "heureFin": 720}
    world.simulation.seed.absences[998] = {**row, **day, "isJustifie": 0}
    found = compare(world)
    told = [(held.source_id, held.code) for held in found.people if held.verdict == "only_there"]
    assert told == [("90211", "UP_NO_SHEET")]
    assert found.names[("student", "90211")]
