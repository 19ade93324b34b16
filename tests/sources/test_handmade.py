"""Sheets and people that were made by hand on Edusign, while a connector is installed."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from tests.conftest import World, codes


def by_hand(world: World, kind: str, first: str, last: str, email: str) -> str:
    """Make a person by hand; return the id on Edusign."""
    person = {"FIRSTNAME": first, "LASTNAME": last, "EMAIL": email}
    answer = requests.post(
        f"{world.edusign}/v1/{kind}",
        json={kind: person},
        headers={"Authorization": "Bearer sandbox-key"},
        timeout=5,
    )
    return str(answer.json()["result"]["ID"])


def make(world: World, **more: Any) -> dict[str, Any]:
    """Make the sheet of the first class by hand, as somebody at the school would."""
    number = len(world.book.all("courses"))
    professor = by_hand(world, "professor", "Zoé", "Hand", f"hand{number}@ecole.test")
    row = world.courses.create(
        {
            "NAME": "Comptabilité ",
            "START": "2026-03-17T07:30:00.000Z",
            "END": "2026-03-17T11:00:00.000Z",
            "PROFESSOR": professor,
            "STUDENTS": [],
            **more,
            "\0creator": "user",
        },
        from_students=True,
    )
    found: dict[str, Any] = world.book.tables["courses"][row["ID"]]
    return found


def sheets(world: World) -> list[str]:
    """Return the ids of the sheets of the first class."""
    return [
        row["ID"] for row in world.book.all("courses") if row["START"].startswith("2026-03-17T07")
    ]


@pytest.mark.source("S096", "S002", "S053", "S144")
def test_coming_sheet_made_by_hand_is_taken_over_instead_of_doubled(world: World) -> None:
    made = make(world)
    result = world.sync()
    assert sheets(world) == [made["ID"]]
    assert (made["API_ID"], made["NAME"]) == ("7712001", "COMPTABILITÉ")
    assert len(made["STUDENTS"]) == 4
    assert "DOWN_COURSE_MANUAL_LINKED" in {event.code for event in result.outcomes}


@pytest.mark.source("S096")
def test_sheet_that_was_taken_over_is_kept_in_step(world: World) -> None:
    made = make(world)
    world.sync()
    world.simulation.move_course()
    world.later(hours=7)
    world.sync()
    assert made["START"] == "2026-03-17T08:30:00.000Z"


@pytest.mark.source("S096")
def test_sheet_that_was_taken_over_is_never_deleted(world: World) -> None:
    made = make(world)
    world.sync()
    world.simulation.move_course()
    world.later(hours=1)
    world.sync()
    del world.simulation.seed.courses[7712001]
    world.later(hours=6)
    result = world.sync()
    kept = next(event for event in result.outcomes if event.code == "DOWN_COURSE_VANISHED")
    assert kept.detail == "gone from the ERP; its sheet was kept: edusync did not create it"
    assert made["ID"] in world.book.tables["courses"]


@pytest.mark.source("S096")
def test_attendance_of_a_sheet_that_was_taken_over_goes_up(world: World) -> None:
    made = make(world)
    world.sync()
    world.to_evening()
    world.play("7712001")
    result = world.write_back()
    assert [sheet.source_id for account in result.accounts for sheet in account.sheets] == [
        "7712001"
    ]
    assert made["LOCKED"]


@pytest.mark.source("S096")
def test_session_that_two_sheets_match_waits_and_both_are_named(world: World) -> None:
    made = [make(world)["ID"], make(world)["ID"]]
    result = world.sync()
    assert sorted(sheets(world)) == sorted(made)
    assert codes(result, "course")["7712001"] == "DOWN_COURSE_HELD_DEPENDENCY"
    named = [e.edusign_id for e in result.outcomes if e.code == "DOWN_COURSE_MANUAL_AMBIGUOUS"]
    assert sorted(map(str, named)) == sorted(made)


@pytest.mark.source("S096")
@pytest.mark.parametrize(
    "other",
    [
        {"NAME": "Autre chose"},
        {"END": "2026-03-17T11:30:00.000Z"},
    ],
)
def test_sheet_of_another_class_is_left_alone(world: World, other: dict[str, Any]) -> None:
    made = make(world, **other)
    world.sync()
    assert made["ID"] in sheets(world)
    assert len(sheets(world)) == 2
    assert made["STUDENTS"] == []


def test_beside_a_sheet_of_another_connector_none_is_made(world: World) -> None:
    made = make(world, API_ID="x", API_TYPE="z")
    world.sync()
    assert list(sheets(world)) == [made["ID"]]
    assert made["STUDENTS"] == []


@pytest.mark.source("S096")
def test_signed_sheet_made_by_hand_holds_its_session(world: World) -> None:
    made = make(world)
    made["PROFESSOR_SIGNATURE"] = "https://signatures.test/1.png"
    result = world.sync()
    assert sheets(world) == [made["ID"]]
    held = next(event for event in result.outcomes if event.source_id == "7712001")
    assert "was made for it by hand: DOWN_COURSE_SIGNED" in str(held.detail)


@pytest.mark.source("S051", "S088", "S145")
def test_twin_by_name_alone_is_named_and_the_person_is_made(world: World) -> None:
    student = world.simulation.seed.students[90211]
    made = by_hand(
        world,
        "student",
        student["prenomApprenant"].upper(),
        student["nomApprenant"].lower(),
        "another@ecole.test",
    )
    result = world.sync()
    twins = [event for event in result.outcomes if event.code == "DOWN_PERSON_NAME_TWIN"]
    assert [(event.source_id, event.edusign_id) for event in twins] == [("90211", made)]
    assert world.book.find("students", API_ID="90211")


@pytest.mark.source("S051", "S088", "S145")
def test_twin_by_email_is_taken_over(world: World) -> None:
    email = world.simulation.seed.students[90211]["adresse"]["email"]
    made = by_hand(world, "student", "A", "B", email.upper())
    world.sync()
    assert [row["ID"] for row in world.book.all("students") if row["API_ID"] == "90211"] == [made]


# groups


def group_by_hand(world: World, name: str, *students: str) -> dict[str, Any]:
    answer = requests.post(
        f"{world.edusign}/v1/group",
        json={"group": {"NAME": name, "STUDENTS": list(students)}},
        headers={"Authorization": "Bearer sandbox-key"},
        timeout=5,
    )
    found: dict[str, Any] = world.book.tables["groups"][str(answer.json()["result"]["ID"])]
    return found


def known_student(world: World) -> str:
    """Make somebody by hand who is in the ERP and in one of its groups."""
    email = world.simulation.seed.students[90211]["adresse"]["email"]
    return by_hand(world, "student", "A", "B", email)


def group_names(world: World, student: str) -> list[str]:
    return [row["NAME"] for row in world.book.all("groups") if student in row["STUDENTS"]]


def test_group_made_by_hand_is_taken_over_instead_of_doubled(world: World) -> None:
    student = known_student(world)
    world.sync()
    (name,) = group_names(world, student)
    for row in [row for row in world.book.all("groups") if row["NAME"] == name]:
        row |= {"API_ID": "", "API_TYPE": "", "NAME": name.upper()}
    count = len(world.book.all("groups"))
    world.state.unlink()
    result = world.sync()
    assert len(world.book.all("groups")) == count
    linked = [one for one in result.outcomes if one.code == "DOWN_GROUP_MANUAL_LINKED"]
    row = next(row for row in world.book.all("groups") if row["ID"] == linked[0].edusign_id)
    assert (row["API_ID"], row["NAME"]) == (linked[0].source_id, name)
    assert world.sync().plan.is_empty


def test_two_groups_made_by_hand_hold_the_one_of_the_erp(world: World) -> None:
    student = known_student(world)
    world.sync()
    (name,) = group_names(world, student)
    for row in [row for row in world.book.all("groups") if row["NAME"] == name]:
        row |= {"API_ID": "", "API_TYPE": ""}
    group_by_hand(world, name, student)
    count = len(world.book.all("groups"))
    world.state.unlink()
    result = world.sync()
    assert len(world.book.all("groups")) == count
    assert "DOWN_GROUP_MANUAL_AMBIGUOUS" in {one.code for one in result.outcomes}


def test_name_of_a_group_alone_is_named_and_ours_is_made(world: World) -> None:
    world.sync()
    row = next(row for row in world.book.all("groups") if row["STUDENTS"])
    row |= {"API_ID": "", "API_TYPE": "", "STUDENTS": []}
    count = len(world.book.all("groups"))
    world.state.unlink()
    result = world.sync()
    assert len(world.book.all("groups")) == count + 1
    twins = [one for one in result.outcomes if one.code == "DOWN_GROUP_NAME_TWIN"]
    assert [one.edusign_id for one in twins] == [row["ID"]]


def test_groups_made_by_hand_are_left_where_the_school_says_so(world: World) -> None:
    student = known_student(world)
    world.sync()
    (name,) = group_names(world, student)
    for row in [row for row in world.book.all("groups") if row["NAME"] == name]:
        row |= {"API_ID": "", "API_TYPE": ""}
    count = len(world.book.all("groups"))
    world.state.unlink()
    world.write(rules={"adopt": False})
    world.sync()
    assert len(world.book.all("groups")) == count + 1
