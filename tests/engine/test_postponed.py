"""A session that the ERP moved to another day after its class: the attendance of its sheet is not
sent to a day on which it was not taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.registry import Registry
from tests.little import Little

HELD = ("UP_COURSE_POSTPONED", "course", "1", "", "")
DAYS = {"the next day": "2026-03-19", "a week later": "2026-03-25", "the last day": "2026-03-31"}


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """Return a school with three sheets of the 18th."""
    with ExitStack() as stack:
        school = Little(tmp_path, registry, stack)
        school.goes_up()
        school.sync()
        yield school


def sent(school: Little) -> int:
    """Send what goes up; return how many sheets went."""
    school.seen.written.clear()
    school.seen.events.clear()
    school.write_back()
    return len(school.seen.written)


def move(school: Little, day: str) -> None:
    """Move the session in the ERP, and let the planning come down."""
    school.rows["/lessons"][0]["on"] = day
    school.sync()


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
@pytest.mark.parametrize("when", ["before the sheet is archived", "after it"])
def test_attendance_waits_while_the_session_is_on_another_day(
    little: Little, when: str, day: str
) -> None:
    if when == "after it":
        little.play("1", "present", "absent")
        move(little, day)
    else:
        little.now += timedelta(days=2, hours=1)
        move(little, day)
        little.play("1", "present", "absent")
    assert sent(little) == 0
    assert HELD in little.seen.events
    little.now += timedelta(hours=1)
    assert sent(little) == 0
    assert HELD in little.seen.events, "named by every run"


def test_the_new_day_comes_and_goes(little: Little) -> None:
    little.play("1", "present", "absent")
    move(little, "2026-03-19")
    for _ in range(4):
        little.now += timedelta(hours=12)
        little.sync()
        assert sent(little) == 0
        assert HELD in little.seen.events


def test_it_goes_when_the_session_is_back_on_the_day_of_its_sheet(little: Little) -> None:
    little.play("1", "present", "absent")
    move(little, "2026-03-25")
    move(little, "2026-03-18")
    assert sent(little) == 1


def test_another_hour_of_the_same_day_is_the_same_class(little: Little) -> None:
    little.play("1", "present", "absent")
    little.rows["/lessons"][0] |= {"from": "21:30", "to": "22:30"}
    little.sync()
    assert sent(little) == 1


def _broken(_request: object) -> Response:
    return Response("x", 500)


@pytest.mark.parametrize("then", ["is not read", "is not sent any more", "has no end"])
def test_what_is_not_known_of_the_session_frees_nothing(little: Little, then: str) -> None:
    little.play("1", "present", "absent")
    move(little, "2026-03-25")
    lessons: list[dict[str, Any]] = little.rows["/lessons"]
    if then == "is not read":
        little.rows["/lessons"] = _broken
    elif then == "is not sent any more":
        lessons.pop(0)
    else:
        lessons[0] |= {"on": "2026-03-18", "to": None}
    little.sync()
    assert sent(little) == 0
    assert HELD in little.seen.events


def test_somebody_who_knows_better_sends_it_all_the_same(little: Little) -> None:
    little.play("1", "present", "absent")
    move(little, "2026-03-25")
    little.seen.written.clear()
    little.write_back(resend=["1"])
    assert len(little.seen.written) == 1
    assert sent(little) == 0
    assert HELD not in little.seen.events


def test_somebody_entered_it_by_hand(little: Little) -> None:
    little.play("1", "present", "absent")
    move(little, "2026-03-25")
    little.write_back(entered=["1"])
    assert sent(little) == 0
    assert HELD not in little.seen.events


def test_a_class_that_is_postponed_before_its_start_goes_up_from_its_new_day(
    little: Little,
) -> None:
    move(little, "2026-03-19")
    little.play("1", "present", "absent")
    little.now += timedelta(days=1)
    assert sent(little) == 1


# moved to where it has begun, while its sheet was still to come


BACK = {
    "an hour of this morning": ("2026-03-18", "06:00"),
    "yesterday": ("2026-03-17", "10:00"),
    "a week ago": ("2026-03-11", "10:00"),
}


def hour_of(school: Little, day: str, begins: str) -> None:
    """Give the session another day and hour in the ERP, and let the planning come down."""
    ends = f"{int(begins[:2]) + 1:02}:00"
    school.rows["/lessons"][0] |= {"on": day, "from": begins, "to": ends}
    school.sync()


@pytest.mark.parametrize(("day", "begins"), BACK.values(), ids=BACK)
def test_nobody_is_absent_from_a_class_that_was_held_before(
    little: Little, day: str, begins: str
) -> None:
    little.now += timedelta(days=1, hours=19, minutes=45)  # a quarter past seven on the 18th
    hour_of(little, day, begins)
    little.play("1", "absent", "absent")
    for _ in range(2):
        little.sync()
        assert sent(little) == 0
        assert HELD in little.seen.events


def test_it_goes_when_the_session_is_back_at_the_time_of_its_sheet(little: Little) -> None:
    little.now += timedelta(days=1, hours=19, minutes=45)
    row = little.rows["/lessons"][0]
    day, begins = row["on"], row["from"]
    hour_of(little, "2026-03-18", "06:00")
    hour_of(little, day, begins)
    little.play("1", "present", "absent")
    little.sync()
    assert sent(little) == 1
