"""A step that the ERP took is not sent again when a later one was refused or could not be made."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from edusync.plugins import load_registry
from tests.little import Little

ONCE = {"in_doubt": "person"}
"""What two of would be one too many."""
OF_A_PERSON = {"json": {"who": "{{ line.who }}", "state": "{{ line.state }}"}} | ONCE
OF_A_SHEET = {"json": {"lines": "{{ lines }}"}} | ONCE
SECTIONS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "of a person": {
        "for_person": [{"post": "/first"} | OF_A_PERSON, {"post": "/second"} | OF_A_PERSON],
    },
    "of a person, then of the sheet": {
        "for_person": [{"post": "/first"} | OF_A_PERSON],
        "for_sheet": [{"post": "/second"} | OF_A_SHEET],
    },
    "of the sheet": {
        "for_sheet": [{"post": "/first"} | OF_A_SHEET, {"post": "/second"} | OF_A_SHEET],
    },
    "after the sheet": {
        "for_person": [{"post": "/zeroth"} | OF_A_PERSON],
        "then": [{"post": "/first"} | OF_A_SHEET, {"post": "/second"} | OF_A_SHEET],
    },
}


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, load_registry(), stack)


def goes_up(little: Little, section: str) -> None:
    little.goes_up(**SECTIONS[section])
    if "for_sheet" not in SECTIONS[section]:
        del little.spec["writeback"]["for_sheet"]
    little.sync()
    assert (little.seen.findings, little.seen.stopped) == ([], [])
    little.play("1", "present", "absent")


def unlock(little: Little) -> None:
    row = little.book.find("courses", API_ID="1")
    assert row is not None
    row["LOCKED"] = 0


def sent(little: Little) -> Counter[str]:
    return Counter(one for one in little.seen.asked if one.startswith("POST"))


class Refuses:
    """Refuse some calls, then take them."""

    def __init__(self, times: int, status: int) -> None:
        self.left, self.status = times, status

    def __call__(self, _request: Request) -> Response:
        self.left -= 1
        status = 200 if self.left < 0 else self.status
        return Response("{}", status, content_type="application/json")


@pytest.mark.parametrize("status", [403, 409, 422, 400])
@pytest.mark.parametrize("section", SECTIONS)
def test_a_step_before_a_refused_one_is_sent_once(
    little: Little, section: str, status: int
) -> None:
    people = 2 if "first" in str(SECTIONS[section].get("for_person")) else 1
    refuses = little.rows["/second"] = Refuses(10, status)
    goes_up(little, section)
    for _ in range(2):
        little.write_back()
    refuses.left = 0
    little.write_back()
    assert little.seen.events[-1][0] == "UP_SENT"
    assert sent(little)["POST /first"] == people
    assert sent(little)["POST /second"] > people


@pytest.mark.parametrize("section", [one for one in SECTIONS if one != "after the sheet"])
def test_what_a_professor_says_otherwise_since_is_sent_by_every_step(
    little: Little, section: str
) -> None:
    """What was sent before the correction is forgotten, and is sent again if it is right again."""
    refuses = little.rows["/second"] = Refuses(1000, 422)
    goes_up(little, section)
    before = 0
    for states in (("present", "absent"), ("absent", "absent"), ("present", "absent")):
        unlock(little)
        little.play("1", *states)
        little.write_back()
        assert sent(little)["POST /first"] > before
        before = sent(little)["POST /first"]
    refuses.left = 0
    little.write_back()
    assert sent(little)["POST /first"] == before


def test_the_steps_after_a_sheet_go_again_once_it_was_sent_anew(little: Little) -> None:
    refuses = little.rows["/second"] = Refuses(1000, 422)
    goes_up(little, "after the sheet")
    little.write_back()
    unlock(little)
    little.play("1", "absent", "absent")
    little.write_back()
    assert little.seen.events[-1][0] == "UP_COURSE_CHANGED_AFTER_SEND"
    assert sent(little)["POST /first"] == 1
    refuses.left = 0
    little.write_back(resend=["1"])
    assert (sent(little)["POST /first"], sent(little)["POST /zeroth"]) == (2, 4)


class OfLines:
    """Keep of whom each call was, and refuse those that are about somebody."""

    def __init__(self, refused: str = "") -> None:
        self.refused, self.calls = refused, list[list[str]]()

    def __call__(self, request: Request) -> Response:
        self.calls.append([line["who"] for line in json.loads(request.get_data())["lines"]])
        status = 422 if self.refused in self.calls[-1] else 200
        return Response("{}", status, content_type="application/json")


@pytest.fixture
def steps(little: Little) -> tuple[OfLines, OfLines]:
    """A sheet of which the second step refuses the line of student 2, and takes the other."""
    first, second = little.rows["/first"], little.rows["/second"] = OfLines(), OfLines("2")
    refused = {"post": "/second", "refused": {"rest": "lost"}}
    little.goes_up(for_sheet=[{"post": "/first"} | OF_A_SHEET, refused | OF_A_SHEET])
    little.sync()
    assert (little.seen.findings, little.seen.stopped) == ([], [])
    little.play("1", "present", "absent")
    little.write_back()
    assert (first.calls, second.calls) == ([["1", "2"]], [["1", "2"], ["1"], ["2"]])
    return first, second


def test_a_step_of_a_sheet_is_not_sent_again_for_lines_that_a_later_one_refused(
    little: Little, steps: tuple[OfLines, OfLines]
) -> None:
    first, second = steps
    for _ in range(2):
        little.write_back()
    second.refused = ""
    little.write_back()
    assert little.seen.events[-1][0] == "UP_SENT"
    little.write_back()
    assert (first.calls, second.calls[3:]) == ([["1", "2"]], [["2"]] * 3)


def test_it_is_sent_for_a_line_that_says_something_else_by_then(
    little: Little, steps: tuple[OfLines, OfLines]
) -> None:
    """Also when it says what it said at first: the ERP holds what was sent last."""
    first, second = steps
    for times, states in enumerate([("present", "present"), ("present", "absent")], start=1):
        unlock(little)
        little.play("1", *states)
        little.write_back()
        assert first.calls == [["1", "2"], *[["2"]] * times]
    second.refused = ""
    little.write_back()
    assert little.seen.events[-1][0] == "UP_SENT"
    assert first.calls == [["1", "2"], ["2"], ["2"]]
