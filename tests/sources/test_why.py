"""The questions of the FAQ pages: why is it not there, why is it there twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from edusync.app.explaining.explain import explain_item
from edusync.app.files.connector_file import load_instance
from edusync.errors import UsageProblem
from edusync.state.open import open_store
from tests.conftest import World


def why(world: World, kind: str, asked: str) -> list[str]:
    """Return the codes of the explanation of an item."""
    return [code for code, _ in told(world, kind, asked) if code]


def told(world: World, kind: str, asked: str) -> list[tuple[str | None, str]]:
    store = open_store(str(world.state))
    try:
        instance = load_instance(world.file, world.registry)
        return [
            (answer.code, answer.words)
            for _, answer in explain_item(
                instance, store, world.registry, world.moment(), kind, asked
            )
        ]
    finally:
        store.close()


@pytest.mark.source("S050", "S144", "S145")
@pytest.mark.parametrize(
    ("kind", "asked", "code"),
    [
        ("course", "gestion 2026-03-20", "DOWN_COURSE_NO_PROFESSOR"),
        ("course", "Gestion", "DOWN_COURSE_NO_PROFESSOR"),
        ("course", "7712005", "DOWN_COURSE_NO_PROFESSOR"),
        ("course", "2026-03-23", "DOWN_COURSE_NO_PROFESSOR"),
        ("professor", "45", "DOWN_PROFESSOR_FIELD_MISSING"),
        ("course", "Nothing of the kind", ""),
    ],
)
def test_session_is_found_by_name_and_day(world: World, kind: str, asked: str, code: str) -> None:
    world.simulation.seed.courses[7712011]["codesPersonnel"] = []
    world.sync()
    assert next(iter(why(world, kind, asked)), "") == code


@pytest.mark.source("S050")
def test_person_is_found_by_names_and_by_email(world: World) -> None:
    student = world.simulation.seed.students[90214]
    both = f"{student['prenomApprenant']} {student['nomApprenant']}"
    world.sync()
    assert why(world, "student", both) == why(world, "student", "90214")
    assert why(world, "student", both)[0] == "DOWN_STUDENT_FIELD_MISSING"
    email = world.simulation.seed.staff[42]["email"].upper()
    assert (None, "it has the id 42") in told(world, "professor", email)


@pytest.mark.source("S050")
def test_item_is_found_by_its_id_on_edusign(world: World) -> None:
    world.sync()
    assert (None, "it has the id 7712001") in told(world, "course", world.course("7712001")["ID"])


@pytest.mark.source("S050")
def test_tutor_and_student_are_found_by_the_bare_id(make_world: Callable[..., World]) -> None:
    world = make_world("hyperplanning", options={"importTutors": True})
    world.sync()
    assert (None, "it has the id 2025-2026/304") in told(world, "student", "304")
    assert why(world, "student", "304")[0] == "DOWN_STUDENT_FIELD_MISSING"
    assert (None, "it has the id 2025-2026/601") in told(world, "external", "601")


@pytest.mark.source("S050")
def test_name_of_several_sessions_asks_for_one(world: World) -> None:
    world.simulation.seed.courses[7712002]["nomMatiere"] = "Anglais"
    world.sync()
    with pytest.raises(UsageProblem) as asked:
        told(world, "course", "anglais")
    assert asked.value.message == "2 items are called so: 7712002, 7712003"
    assert (None, "it has the id 7712003") in told(world, "course", "anglais 2026-03-18")


@pytest.mark.source("S050", "S088", "S145")
def test_who_has_no_session_in_the_window_is_said_to_have_none(
    make_world: Callable[..., World],
) -> None:
    world = make_world("ammon")
    world.sync()
    assert why(world, "student", "9012")[0] == "DOWN_PERSON_NO_SESSION"
