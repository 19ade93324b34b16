"""A line that does not say whose it is goes nowhere, and nobody is told of twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from edusync.app.runs.writeback import write_back
from edusync.registry import Registry
from tests.engine.test_undecided import Ran, run
from tests.little import Little, lesson, person

HELD = "UP_COURSE_UNREADABLE"
Spec = dict[str, Any]


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        little = Little(tmp_path, registry, stack)
        little.goes_up()
        little.rows["/learners"] = [person(1, code="A1"), person(2, code="A2")]
        yield little


def went_up(little: Little, *said: Any) -> Ran:
    run(little)
    little.play("1", *said)
    return run(little, write_back)


def whose(text: Any) -> Callable[[Spec], None]:
    def change(up: Spec) -> None:
        up["line"]["student"]["who"] = text

    return change


def looked_up(take: str) -> Callable[[Spec], None]:
    def change(up: Spec) -> None:
        value = {"look_up": "learners", "by": "person.source_id", "take": take}
        up["let"] = {"person": {"number": value}}
        up["line"]["student"]["who"] = "{{ number }}"

    return change


def for_each_person(up: Spec) -> None:
    up["for_person"] = [{"post": "/presences", "json": "{{ line }}", "in_doubt": "repeat"}]
    del up["for_sheet"]


NOBODYS = {
    "the course": whose("{{ course.source_id }}"),
    "a constant": whose("1"),
    "nothing": whose(""),
    "the reason": whose("{{ attendance.reason }}"),
    "the role": whose("{{ person.role }}"),
    "the state": whose("{{ state }}"),
    "minutes": whose("{{ attendance.minutes }}"),
    "what is the same of all": looked_up("kind"),
}


@pytest.mark.parametrize("way", ["for the sheet", "for each person"])
@pytest.mark.parametrize("change", NOBODYS.values(), ids=NOBODYS)
def test_lines_that_are_nobodys_are_held(
    little: Little, change: Callable[[Spec], None], way: str
) -> None:
    for learner in little.rows["/learners"]:
        learner["kind"] = "initial"
    change(little.spec["writeback"])
    if way == "for each person":
        for_each_person(little.spec["writeback"])
    ran = went_up(little, "present", "absent")
    assert (little.seen.written, [one for one, _, _ in ran.of(HELD)]) == ([], ["1"])


@pytest.mark.parametrize("change", [NOBODYS[name] for name in ("the course", "a constant")])
def test_only_line_of_a_sheet_that_is_nobodys_is_held(
    little: Little, change: Callable[[Spec], None]
) -> None:
    little.rows["/lessons"] = [lesson(1, learners=[1])]
    change(little.spec["writeback"])
    ran = went_up(little, "absent")
    assert (little.seen.written, len(ran.of(HELD))) == ([], 1)


def test_only_the_line_without_a_number_is_held(little: Little) -> None:
    little.rows["/learners"] += [person(3, code=None)]
    little.rows["/lessons"] = [lesson(1, learners=[1, 2, 3])]
    looked_up("code")(little.spec["writeback"])
    ran = went_up(little, "present", "absent", "absent")
    assert [line["who"] for line in little.seen.written[0]["lines"]] == ["A1", "A2"]
    assert len(ran.of(HELD)) == 1


NAMED = {
    "the id": whose("{{ person.source_id }}"),
    "a number": looked_up("code"),
    "a text of it": whose("EDS-{{ course.source_id }}-{{ person.source_id }}"),
}


@pytest.mark.parametrize("change", NAMED.values(), ids=NAMED)
def test_lines_that_say_whose_they_are_go(little: Little, change: Callable[[Spec], None]) -> None:
    change(little.spec["writeback"])
    ran = went_up(little, "absent", "absent")
    assert ran.of(HELD) == []
    assert len({line["who"] for line in little.seen.written[0]["lines"]}) == 2


def test_step_that_names_the_person_itself_needs_no_line_of_theirs(little: Little) -> None:
    up = little.spec["writeback"]
    for_each_person(up)
    up["line"]["student"] = {"session": "{{ course.source_id }}"}
    up["for_person"][0]["json"] = {"who": "{{ person.source_id }}", "line": "{{ line }}"}
    ran = went_up(little, "absent", "absent")
    assert (ran.of(HELD), [one["who"] for one in little.seen.written]) == ([], ["1", "2"])


@pytest.mark.parametrize("same", [True, False], ids=["same", "other"])
def test_somebody_who_is_twice_on_a_sheet_has_one_line_or_none(
    little: Little, *, same: bool
) -> None:
    run(little)
    little.play("1", "present", "absent")
    sheet = little.book.find("courses", API_ID="1")
    assert sheet is not None
    first = sheet["STUDENTS"][0]
    sheet["STUDENTS"].append(
        dict(first) if same else {**sheet["STUDENTS"][1], "studentId": first["studentId"]}
    )
    ran = run(little, write_back)
    (sent,) = little.seen.written
    told = [line["who"] for line in sent["lines"]]
    unread = [one.source_id for one in ran.outcomes if one.code == "UP_STATUS_UNREAD"]
    assert (told, unread) == ((["1", "2"], []) if same else (["2"], ["1"]))
