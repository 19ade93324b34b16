"""What each ERP asks for: answers that are needed, e-mails and names that people need."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edusync.app.files.connector_file import load_instance
from edusync.errors import FilesInvalid
from edusync.hookspecs import Simulation
from tests.conftest import World, codes

DOCS = Path(__file__).parents[2] / "docs"
NEEDED = {
    "ammon": ["url", "username", "password", "token"],
    "aimaira": ["url", "username", "password"],
    "fca": ["url", "username", "password"],
    "hyperplanning": ["url", "scheduleName", "username", "password"],
    "scform": ["url"],
    "ypareo": ["url", "apiKey"],
    "adesoft": ["url", "username", "password"],
    "aurion": ["url", "username", "password"],
}


@pytest.mark.source(
    *("S011", "S012", "S013", "S014", "S060", "S061", "S062", "S116", "S176", "S179"),
    *("S187", "S191", "S198"),
)
@pytest.mark.parametrize(
    ("erp", "name"), [(erp, name) for erp, names in NEEDED.items() for name in names]
)
def test_answer_that_is_missing_is_named(
    make_world: Callable[..., World], erp: str, name: str
) -> None:
    world = make_world(erp)
    answers = world.simulation.answers(world.erp_url)
    connection = {key: value for key, value in answers["connection"].items() if key != name}
    world.write(connection=connection, options=answers.get("options", {}))
    with pytest.raises(FilesInvalid) as invalid:
        load_instance(world.file, world.registry)
    found = [one for one in invalid.value.diagnostics if one.code == "CONF_FIELD_MISSING"]
    assert [f"'{name}'" in one.message for one in found] == [True]


def test_answer_that_several_accounts_lack_is_named_for_each(
    make_world: Callable[..., World],
) -> None:
    world = make_world("adesoft")
    options = {"projectId": "12"}
    world.write(
        options=options,
        accounts=[{"name": "a"}, {"name": "b"}, {"name": "c", "options": {"rootType": "trainee"}}],
    )
    with pytest.raises(FilesInvalid) as invalid:
        load_instance(world.file, world.registry)
    said = json.dumps([one.message for one in invalid.value.diagnostics])
    assert said.count("'rootType'") == 2
    assert said.count("'rootId'") == 1


@pytest.mark.source("S015", "S157", "S094")
@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("connectors/ammon.md", "from Val Software"),
        ("connectors/hyperplanning.md", "a Hyperplanning user with full rights who is never"),
        ("how-to/live-with-a-connector.md", "Do not create students, professors or sheets by hand"),
    ],
)
def test_page_says_what_people_have_to_know(page: str, words: str) -> None:
    assert words in " ".join((DOCS / page).read_text(encoding="utf-8").split())


def blank_trainee(simulation: Any, field: str) -> str:
    simulation.seed.trainees[9001][field] = " "
    return "9001"


def blank_trainer(simulation: Any, field: str) -> str:
    simulation.seed.trainers[2041][field] = ""
    return "2041"


@pytest.mark.source("S043", "S044", "S047")
@pytest.mark.parametrize(
    ("blank", "field", "code"),
    [
        (blank_trainee, "nom", "DOWN_STUDENT_FIELD_MISSING"),
        (blank_trainee, "prenom", "DOWN_STUDENT_FIELD_MISSING"),
        (blank_trainer, "nom", "DOWN_PROFESSOR_FIELD_MISSING"),
        (blank_trainer, "prenom", "DOWN_PROFESSOR_FIELD_MISSING"),
        (blank_trainer, "emailPro", "DOWN_PROFESSOR_FIELD_MISSING"),
    ],
)
def test_person_of_ammon_without_a_name_stays_away(
    make_world: Callable[..., World],
    blank: Callable[[Simulation, str], str],
    field: str,
    code: str,
) -> None:
    world = make_world("ammon")
    number = blank(world.simulation, field)
    result = world.sync()
    assert codes(result)[number] == code
    kind = "students" if blank is blank_trainee else "professors"
    assert world.book.find(kind, API_ID=number) is None


@pytest.mark.source("S026", "S097")
def test_what_changes_in_the_erp_is_changed_by_the_next_run(world: World) -> None:
    world.sync()
    world.simulation.move_course()
    world.simulation.seed.students[90211]["adresse"]["email"] = "right@ecole.test"
    world.later(hours=7)
    world.sync()
    student = world.book.find("students", API_ID="90211")
    assert student is not None
    assert (world.course("7712001")["START"], student["EMAIL"]) == (
        "2026-03-17T08:30:00.000Z",
        "right@ecole.test",
    )


@pytest.mark.source("S098")
def test_same_correction_on_both_sides_is_neither_overwritten_nor_doubled(world: World) -> None:
    world.sync()
    world.simulation.seed.students[90211]["adresse"]["email"] = "right@ecole.test"
    student = world.book.find("students", API_ID="90211")
    assert student is not None
    world.later(minutes=5)
    student |= {"EMAIL": "right@ecole.test", "DATE_UPDATED": world.book.now()}
    world.later(hours=7)
    result = world.sync()
    assert "DOWN_PERSON_OVERWRITTEN" not in {event.code for event in result.outcomes}
    same = [row for row in world.book.all("students") if row["EMAIL"] == "right@ecole.test"]
    assert len(same) == 1


@pytest.mark.source("S120")
def test_fca_default_reason_may_be_an_id(make_world: Callable[..., World]) -> None:
    world = make_world("fca", options={"sendAttendance": True, "defaultAbsenceReason": "5"})
    world.sync()
    world.to_evening()
    world.play("70115")
    result = world.write_back()
    assert "CONF_OPTION_VALUE" not in {event.code for event in result.outcomes}


@pytest.mark.source("S133", "S128")
@pytest.mark.parametrize(
    ("entry", "comes"),
    [
        ("Droit social", True),
        ("FCA-DROIT-2026", True),
        ("droit du travail", True),
        ("FCA-DROIT-2026-1", True),
        ("Anglais", False),
        ("PEG-*", False),
    ],
)
def test_fca_filters_by_labels_and_references_of_activities_and_actions(
    make_world: Callable[..., World], entry: str, *, comes: bool
) -> None:
    world = make_world("fca", filters={"activityLabels": [entry]})
    world.sync()
    assert bool(world.book.find("courses", API_ID="70115")) is comes
