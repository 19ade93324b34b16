"""Reports about sessions see what the engine decided about them: real runs over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.registry import Registry
from tests.little import Little, lesson, person


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.spec["codes"] = {"X_TOLD": {"en": "Look at it.", "fr": "Regardez-la."}}
        found.rows["/learners"] = [person(1), person(2, mail=None), person(3)]
        found.rows["/lessons"] = [
            lesson(1, learners=[1, 2]),
            lesson(2, learners=[1, 3]),
            lesson(3, learners=[2]),
            lesson(4, learners=[1], teacher=[71, 99]),
        ]
        yield found


def told(little: Little, test: str, **more: Any) -> list[str]:
    """Return the sessions that are reported under a condition."""
    little.spec["rules"] = {"report": {"course": {"X_TOLD": test}}, **more}
    little.sync()
    assert little.seen.findings == []
    return [event[2] for event in little.seen.events if event[0] == "X_TOLD"]


@pytest.mark.parametrize(
    ("test", "sessions"),
    [
        ("decided.students_left_out", ["1"]),
        ("'2' in decided.students_left_out", ["1"]),
        ("decided.professors_left_out", ["4"]),
        ("not decided.comes_down", ["3"]),
        ("decided.reason == 'DOWN_COURSE_NO_VALID_STUDENT'", ["3"]),
        ("(decided.students | length) > 1", ["2"]),
        ("'71' in decided.professors", ["1", "3", "4"]),
    ],
)
def test_report_sees_what_became_of_a_session(
    little: Little, test: str, sessions: list[str]
) -> None:
    assert [one for one in told(little, test) if one != "3" or "71" not in test] == [
        one for one in sessions if one != "3" or "71" not in test
    ]


def test_sheet_that_is_in_step_is_looked_at_as_well(little: Little) -> None:
    assert told(little, "decided.students_left_out") == ["1"]
    assert told(little, "decided.students_left_out") == ["1", "1"]


def test_ids_are_those_of_the_erp_under_a_namespace(little: Little) -> None:
    little.spec["namespace"] = "2026"
    assert told(little, "'2' in decided.students_left_out") == ["2026/1"]


def test_who_was_not_read_is_not_taken_for_nobody(little: Little) -> None:
    little.rows["/lessons"] = [lesson(1, learners={"nobody": "knows"})]
    assert told(little, "decided.students_left_out") == []


def test_learners_of_a_group_are_on_its_sheets(little: Little) -> None:
    little.has_classes()
    del little.spec["entities"]["course"]["students"]
    little.rows["/lessons"] = [lesson(1, classes=[5])]
    assert told(little, "'2' in decided.students_left_out") == ["1"]


LOST = {
    "no e-mail": [person(1), person(2, mail=None), person(3)],
    "an e-mail that is none": [person(1), person(2, mail="none"), person(3)],
    "an e-mail that another has": [person(1), person(2, mail="p1@ecole.test"), person(3)],
    "no name": [person(1), person(2, last=""), person(3)],
    "dropped": [person(1), person(2, left=True), person(3)],
    "in no list": [person(1), person(3)],
}


@pytest.mark.parametrize("cause", LOST)
def test_learner_whom_a_sheet_is_without_is_told_without_any_word(
    little: Little, cause: str
) -> None:
    """One event for the learner, or one on the sheet when nobody can say more than an id."""
    drop = {"DOWN_STUDENT_FILTERED": "row.left"}
    little.spec["resources"]["learners"]["drop"] = drop
    little.rows["/learners"] = [{"left": False} | row for row in LOST[cause]]
    little.rows["/lessons"] = [lesson(1, learners=[1, 2])]
    little.sync()
    assert little.look().sheets[0][6] == ["1"]
    about = {event[1:3] for event in little.seen.events if event[0].startswith("DOWN_")}
    assert (("student", "2") in about) == (cause != "in no list")
    assert any(
        event[0] == "DOWN_REFERENCE_MISSING" and event[1:3] == ("course", "1")
        for event in little.seen.events
    ) == (cause == "in no list")
