"""People of the ERP who share an e-mail: what the spec says, in whatever order they come (D7)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import permutations
from pathlib import Path

import pytest

from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from tests.little import Little, lesson, person


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


def events(little: Little, code: str) -> list[str]:
    return [event[2] for event in little.seen.events if event[0] == code]


def on_sheets(little: Little) -> dict[str, tuple[str, list[str]]]:
    return {sheet[0]: (sheet[5], sheet[6]) for sheet in little.look().sheets}


def twin(number: int, of: int) -> dict[str, object]:
    return person(number, mail=f"P{of}@ecole.test")


@pytest.mark.fault("F16")
@pytest.mark.parametrize(
    ("policy", "sheets"),
    [
        ("block_later", {"1": "71", "4": "9"}),
        ("block_all", {"1": "71"}),
        ("drop_later", {"1": "71", "4": "9", "5": "71"}),
    ],
)
@pytest.mark.source("S136")
def test_policy_says_what_becomes_of_sheets(
    little: Little, policy: str, sheets: dict[str, str]
) -> None:
    """10 is the later one: 9 is less, as a number."""
    little.spec["rules"] = {"professor_email_twice": policy}
    little.rows["/teachers"] = [twin(10, 9), person(9), person(71)]
    little.rows["/lessons"] = [
        lesson(1, teacher=71),
        lesson(4, teacher=9),
        lesson(5, teacher=[10, 71]),
        lesson(6, teacher=10),
    ]
    little.sync()
    assert {ref: who for ref, (who, _) in on_sheets(little).items()} == sheets
    assert "6" in events(little, "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE")
    assert "10" in events(little, "DOWN_PROFESSOR_EMAIL_DUPLICATE")


@pytest.mark.source("S136")
def test_who_is_on_edusign_goes_on_counting(little: Little) -> None:
    """Also when the sessions of the other one come first, and are read alone."""
    little.rows["/teachers"] = [person(80)]
    little.rows["/lessons"] = [lesson(1, teacher=80)]
    little.sync()
    little.rows["/teachers"] = [twin(3, 80), person(80)]
    little.rows["/lessons"] += [lesson(2, teacher=3)]
    little.sync()
    assert on_sheets(little) == {"1": ("80", ["1", "2"])}
    for file in little.folder.glob("state.*"):
        file.unlink()
    little.sync()
    assert on_sheets(little) == {"1": ("80", ["1", "2"])}
    assert little.seen.stopped == []


def test_run_is_not_said_to_be_fine_while_edusign_does_not_say_whom_it_has(little: Little) -> None:
    little.rows["/teachers"] = [person(70), twin(72, 70), person(71)]
    little.rows["/lessons"] = [lesson(1), lesson(2, teacher=70)]
    fault = Fault("refused", path="/professor/by-email/p70", message="E17", times=99)
    little.faults.active.append(fault)
    little.sync()
    assert "70" in events(little, "EDU_LOOKUP_REFUSED")
    assert on_sheets(little).keys() == {"1"}
    little.faults.active.clear()
    little.sync()
    assert on_sheets(little).keys() == {"1", "2"}


@pytest.mark.parametrize("order", list(permutations([21, 3, 100])))
def test_students_of_one_email_are_named_and_the_same_one_comes(
    little: Little, order: tuple[int, ...]
) -> None:
    little.rows["/learners"] = [twin(n, 3) for n in order]
    little.rows["/lessons"] = [lesson(1, learners=list(order))]
    little.sync()
    assert on_sheets(little) == {"1": ("71", ["3"])}
    assert events(little, "DOWN_STUDENT_EMAIL_DUPLICATE") == ["100", "21"]
    assert "EDU_REJECTED" not in {event[0] for event in little.seen.events}


def test_student_who_was_there_before_the_email_was_doubled_stays_on_sheets(
    little: Little,
) -> None:
    little.sync()
    little.rows["/learners"][1] = twin(2, 1)
    little.sync()
    assert {ref: who for ref, (_, who) in on_sheets(little).items()} == {
        str(n): ["1", "2"] for n in (1, 2, 3)
    }
    assert events(little, "DOWN_STUDENT_EMAIL_DUPLICATE") == ["2"]


@pytest.mark.parametrize("turned", [False, True])
def test_tutors_of_one_email_are_named_and_the_same_one_comes(little: Little, turned: bool) -> None:
    little.spec["resources"]["tutors"] = {"get": "/tutors", "key": "id"}
    little.spec["entities"]["external"] = {
        "from": "tutors",
        "source_id": "id",
        "last_name": "last",
        "first_name": "first",
        "email": "mail",
        "students": "of",
    }
    tutors = [person(501) | {"of": [1]}, twin(60, 501) | {"of": [2]}]
    little.rows["/tutors"] = tutors[::-1] if turned else tutors
    little.sync()
    assert [row["API_ID"] for row in little.book.all("externals")] == ["60"]
    assert events(little, "DOWN_TUTOR_EMAIL_DUPLICATE") == ["501"]


@pytest.mark.parametrize(
    ("word", "code", "deleted"),
    [
        ("report", "DOWN_KEY_TWICE", False),
        ("first", None, True),
        ("first_reported", "DOWN_KEY_FIRST_KEPT", True),
    ],
)
def test_second_row_of_one_key(little: Little, word: str, code: str | None, deleted: bool) -> None:
    """`first_reported` keeps the first row and says so, and the reading stays whole."""
    little.spec["resources"]["lessons"]["same_key"] = word
    little.sync()
    little.rows["/lessons"] = [lesson(1), lesson(2), lesson(1, title="Another")]
    little.sync()
    found = [event[0] for event in little.seen.events if event[0].startswith("DOWN_KEY")]
    assert found == ([code] if code else [])
    assert ({"3"}.isdisjoint(on_sheets(little)), little.look().sheets[0][1]) == (
        deleted,
        "Lesson 1",
    )
