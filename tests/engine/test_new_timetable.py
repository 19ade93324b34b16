"""A timetable that is made anew with new ids: sheets are linked anew where that is certain, and
nobody is put into the same time twice while the old sheets wait (D5, D8).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.wrappers import Response

from edusync.app.runs.moment import Moment
from edusync.app.runs.sync import make_plan, sync
from edusync.engine.plan.plan import Plan
from edusync.engine.read.source import Tools
from edusync.registry import Registry
from edusync.state.open import open_store
from tests.little import Little, lesson, person
from tests.support.search import examples


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


def run(little: Little, act: Callable[..., Any] = sync, **more: Any) -> Any:
    instance, store = little.instance(), open_store(str(little.folder / "state.db"))
    try:
        moment = Moment(little.now, Tools(lambda: 0.0, lambda _seconds: None))
        return act(instance, store, little.registry, moment, **more)
    finally:
        store.close()


def sheets(little: Little) -> dict[str, str]:
    """Return the sheets on Edusign: our id → Edusign's."""
    return {str(row["API_ID"]): row["ID"] for row in little.book.all("courses")}


def codes(plan: Plan, code: str) -> dict[str | None, str | None]:
    return {
        found.source_id: found.detail
        for account in plan.accounts
        for found in account.outcomes
        if found.code == code
    }


def with_new_ids(rows: list[dict[str, Any]], **more: Any) -> list[dict[str, Any]]:
    return [{**row, "id": row["id"] + 100, **more} for row in rows]


def taught_by(number: int, *, at: str = "08:00") -> dict[str, Any]:
    """Return a class in the morning, of the same name as those of others."""
    more = {"title": "TP", "teacher": number, "learners": [number], "from": at, "to": "10:00"}
    return lesson(number, **more)


# linked anew


def test_sheets_of_one_time_and_name_are_told_apart_by_their_people(little: Little) -> None:
    numbers = (70, 71, 72)
    little.rows["/teachers"] = [person(n) for n in numbers]
    little.rows["/learners"] = [person(n, mail=f"s{n}@ecole.test") for n in numbers]
    little.rows["/lessons"] = list(map(taught_by, numbers))
    run(little)
    before = sheets(little)
    little.rows["/lessons"] = with_new_ids(little.rows["/lessons"])[::-1]
    run(little)
    assert sheets(little) == {str(int(ours) + 100): found for ours, found in before.items()}


def test_sheets_that_nothing_tells_apart_are_not_linked_anew(little: Little) -> None:
    """Two old ones, two new ones: any pairing would be a guess."""
    little.rows["/lessons"] = [lesson(n) for n in range(10, 18)]
    little.rows["/lessons"] += [
        lesson(n, title="TP", **{"from": "06:00"}, to="07:00", teacher=70, learners=[n])
        for n in (1, 2)
    ]
    run(little)
    little.rows["/lessons"][8:] = with_new_ids(little.rows["/lessons"][8:])
    for row in little.rows["/lessons"][8:]:
        row["teacher"] = 71
    result = run(little)
    assert codes(result.plan, "DOWN_COURSE_RELINKED") == {}
    assert {"101", "102"} <= sheets(little).keys()
    assert {"1", "2"}.isdisjoint(sheets(little))


def test_cancelled_session_is_not_linked_anew(little: Little) -> None:
    """The ERP still sends it, so the new one is another."""
    little.spec["entities"]["course"]["drop"] = {"DOWN_COURSE_CANCELLED": "row.off"}
    little.rows["/lessons"] = [lesson(n, off=False) for n in range(1, 7)]
    run(little)
    new = with_new_ids(little.rows["/lessons"][:1])
    little.rows["/lessons"][0]["off"] = True
    little.rows["/lessons"] += new
    result = run(little)
    assert codes(result.plan, "DOWN_COURSE_RELINKED") == {}
    assert "1" not in sheets(little)
    assert "101" in sheets(little)


def test_signed_sheet_is_linked_anew_and_not_touched(little: Little) -> None:
    run(little)
    row = little.book.find("courses", API_ID="1")
    assert row is not None
    little.courses.sign(row, row["STUDENTS"][0]["studentId"])
    little.rows["/lessons"] = with_new_ids(little.rows["/lessons"])
    run(little)
    assert set(sheets(little)) == {"1", "102", "103"}
    assert run(little, make_plan).is_empty


def test_session_that_is_blocked_by_its_data_keeps_its_sheet_under_a_new_id(
    little: Little,
) -> None:
    little.rows["/teachers"].append(person(72))
    run(little)
    little.rows["/lessons"] = with_new_ids(little.rows["/lessons"])
    little.rows["/lessons"][0]["teacher"] = 72
    little.book.add(
        "professors",
        {"ID": "o", "id": "o", "EMAIL": "p72@ecole.test", "FIRSTNAME": "A", "LASTNAME": "B"}
        | {"API_ID": "1", "API_TYPE": "other", "HIDDEN": []},
    )
    result = run(little)
    assert "101" in codes(result.plan, "DOWN_COURSE_HELD_DEPENDENCY")
    assert set(sheets(little)) == {"1", "102", "103"}


def test_sheets_of_this_afternoon_are_linked_anew(little: Little) -> None:
    run(little)
    before = sheets(little)
    little.now += timedelta(days=2, hours=-3)  # the second lesson begins half an hour later
    little.rows["/lessons"] = [*with_new_ids(little.rows["/lessons"]), lesson(7)]
    result = run(little)
    assert sheets(little) == {"1": before["1"], "102": before["2"], "103": before["3"]}
    assert codes(result.plan, "DOWN_COURSE_SAME_DAY").keys() == {"7", "101"}
    assert run(little, make_plan).is_empty


@pytest.mark.parametrize("day", ["2026-03-18", "2026-03-16"])
def test_session_that_the_rules_block_keeps_its_sheet_under_a_new_id(
    little: Little, day: str
) -> None:
    """Its professor has lost the e-mail at the same time."""
    little.now -= timedelta(days=1)
    little.rows["/teachers"].append(person(72))
    little.rows["/lessons"].append(lesson(12, teacher=72, on=day))
    run(little)
    little.now += timedelta(days=1, hours=-6)
    little.rows["/lessons"] = with_new_ids(little.rows["/lessons"])
    little.rows["/teachers"][2]["mail"] = ""
    result = run(little)
    assert set(sheets(little)) == {"101", "102", "103", "12"}
    assert codes(result.plan, "DOWN_COURSE_VANISHED") == {}


def test_half_a_reading_makes_nothing_twice(little: Little) -> None:
    little.spec["resources"]["more"] = little.spec["resources"]["lessons"] | {"get": "/more"}
    little.spec["resources"]["all"] = {"from": ["lessons", "more"], "key": "id"}
    little.spec["entities"]["course"]["from"] = "all"
    little.rows["/more"] = [lesson(20)]
    run(little)
    before = sheets(little)
    little.rows["/more"] = lambda _request: Response("oops", 500)
    little.rows["/lessons"] = with_new_ids(little.rows["/lessons"])
    little.rows["/lessons"][0]["title"] = "another name"
    result = run(little)
    assert sheets(little) == before
    assert codes(result.plan, "DOWN_COURSE_HELD_DEPENDENCY") == {
        "101": "it may be session 1, which was not read",
        "102": "it may be session 2, which was not read",
        "103": "it may be session 3, which was not read",
    }
    little.rows["/more"] = [lesson(20)]
    run(little)
    assert {"102", "103", "20"} <= set(sheets(little))


@examples(10)
@given(
    order=st.permutations(range(1, 9)),
    moved=st.sets(st.integers(1, 8)),
    gone=st.sets(st.integers(1, 8), max_size=1),
)
def test_sheets_are_linked_anew_whatever_the_order_of_the_answer(
    order: list[int], moved: set[int], gone: set[int], tmp_path_factory: Any, registry: Registry
) -> None:
    with ExitStack() as stack:
        little = Little(tmp_path_factory.mktemp("school"), registry, stack)
        little.rows["/lessons"] = [lesson(n) for n in range(1, 9)]
        run(little)
        before = sheets(little)
        little.rows["/lessons"] = [
            lesson(n) | ({"id": n + 100} if n in moved else {}) for n in order if n not in gone
        ]
        result = run(little)
        assert result.plan.guards == []
        assert sheets(little) == {
            str(n + 100 if n in moved else n): before[str(n)] for n in order if n not in gone
        }


# nobody twice at one time


def at_another_time(little: Little) -> None:
    """Make the timetable anew: new ids, and a quarter of an hour later."""
    little.rows["/lessons"] = [
        row | {"id": row["id"] + 100, "from": row["from"][:3] + "15", "to": row["to"][:3] + "15"}
        for row in little.rows["/lessons"]
    ]


def test_new_timetable_waits_with_the_old_one_and_goes_with_it(little: Little) -> None:
    run(little)
    before = sheets(little)
    at_another_time(little)
    result = run(little)
    assert result.plan.guards == ["RUN_CREATIONS_HELD", "RUN_DELETIONS_HELD"]
    assert sheets(little) == before
    waits = "the sheet of 1, whose deletion waits, has the same people at that time"
    assert codes(result.plan, "RUN_CREATIONS_HELD")["101"] == waits
    assert run(little).plan.guards == result.plan.guards
    approved = run(little, approve=run(little, make_plan).plan_id)
    assert (set(sheets(little)), approved.plan.guards) == ({"101", "102", "103"}, [])
    assert run(little, make_plan).is_empty


def test_new_sessions_of_others_or_at_other_times_go_on(little: Little) -> None:
    little.rows["/teachers"].append(person(72))
    little.rows["/learners"].append(person(3))
    run(little)
    at_another_time(little)
    little.rows["/lessons"].append(lesson(200, teacher=72, learners=[3]))
    little.rows["/lessons"].append(lesson(201, on="2026-03-20"))
    run(little)
    assert set(sheets(little)) == {"1", "2", "3", "200", "201"}


@pytest.mark.parametrize("who", ["teacher", "learners"])
def test_one_person_in_two_places_is_enough(little: Little, who: str) -> None:
    little.rows["/teachers"].append(person(72))
    little.rows["/learners"].append(person(3))
    run(little)
    other = {"teacher": 72} if who == "learners" else {"learners": [3]}
    at_another_time(little)
    little.rows["/lessons"] = [row | other for row in little.rows["/lessons"]]
    assert "RUN_CREATIONS_HELD" in run(little).plan.guards
    assert set(sheets(little)) == {"1", "2", "3"}
