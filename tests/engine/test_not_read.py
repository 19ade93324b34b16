"""What was not read of somebody on a sheet, a state or a reason, is held and named."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.registry import Registry
from tests.little import Little

SUMMONS = {"id": 5, "label": "Summons"}
NOT_READ: dict[str, Any] = {
    "an error": lambda _request: Response("x", 500),
    "cut": lambda _request: Response('[{"id":4,"la', content_type="application/json"),
    "empty": [],
    "a row without an id": [{"label": "Illness"}, SUMMONS],
    "a row whose label is null": [{"id": 4, "label": None}, SUMMONS],
}


@pytest.fixture
def school(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    """Return a school with a justified absence."""
    with ExitStack() as stack:
        found = Little(tmp_path, registry, stack)
        found.goes_up()
        found.sync()
        found.book.add("reasons", {"ID": "r9", "NAME": "Illness"})
        found.play("1", "present", {"justified": "Illness"})
        yield found


def sent(school: Little) -> list[tuple[str, Any]]:
    """Return what the ERP was told since it was last asked: who, and with which reason."""
    lines = [line for written in school.seen.written for line in written["lines"]]
    school.seen.written.clear()
    return [(line["who"], line.get("reason")) for line in lines]


def named(school: Little, code: str) -> int:
    """Return how often a code was said since it was last asked."""
    found = [event for event in school.seen.events if event[0] == code]
    school.seen.events.clear()
    return len(found)


@pytest.mark.parametrize("default", ["Summons", None], ids=["with a default", "without"])
@pytest.mark.parametrize("how", NOT_READ)
def test_reasons_of_the_erp_that_were_not_read(
    school: Little, how: str, default: str | None
) -> None:
    if default:
        school.spec["writeback"]["reasons"]["default"] = default
    read, school.rows["/reasons"] = school.rows["/reasons"], NOT_READ[how]
    school.write_back()
    assert sent(school) == [("1", None)]
    assert named(school, "UP_REASON_UNREAD") == 1
    school.rows["/reasons"] = read
    school.write_back()
    assert sent(school) == [("2", 4)]


def test_an_absence_that_the_list_does_not_show(school: Little) -> None:
    school.spec["writeback"]["reasons"]["default"] = "Summons"
    rows = school.book.tables["justified_absences"]
    kept = dict(rows)
    rows.clear()
    school.write_back()
    assert sent(school) == [("1", None)]
    assert named(school, "UP_REASON_UNREAD") == 1
    rows.update(kept)
    school.write_back()
    assert sent(school) == [("2", 4)]
    rows.clear()
    school.write_back()
    assert named(school, "UP_COURSE_CHANGED_AFTER_SEND") == 0


def test_an_absence_that_fell_between_two_pages_is_looked_for_again(school: Little) -> None:
    rows = school.book.tables["justified_absences"]
    ours = dict(rows)
    rows.clear()
    for number in range(41):
        school.book.add("justified_absences", {"ID": f"a0{number}", "STUDENT_ID": "s", "TYPE": "1"})
    rows.update(ours)
    ids = list(rows)
    ids.insert(40, ids.pop())
    ordered = {key: rows[key] for key in ids}
    rows.clear()
    rows.update(ordered)

    def after(_verb: str, path: str) -> None:
        if path.endswith("/justified-absence"):
            rows.pop("a00", None)

    school.faults.after = after
    school.write_back()
    assert sent(school) == [("1", None), ("2", 4)]


@pytest.mark.parametrize("type_", [None, "custom"], ids=["says none", "has no name"])
def test_an_absence_whose_reason_is_not_named(school: Little, type_: str | None) -> None:
    school.spec["writeback"]["reasons"]["default"] = "Summons"
    (row,) = school.book.tables["justified_absences"].values()
    row["TYPE"] = type_
    school.write_back()
    assert sent(school) == [("1", None)]
    assert named(school, "UP_REASON_UNREAD") == 1


@pytest.mark.parametrize("shown", [["0"], ["0", "r9"], ["1", "2", "r9"]])
def test_a_list_that_names_some_of_edusigns_own_reasons_and_not_this_one(
    school: Little, shown: list[str]
) -> None:
    school.spec["writeback"]["reasons"]["default"] = "Summons"
    (absence,) = school.book.tables["justified_absences"].values()
    absence["TYPE"] = 4
    rows = school.book.tables["reasons"]
    kept = dict(rows)
    for reason_id in kept.keys() - set(shown):
        del rows[reason_id]
    school.write_back()
    assert sent(school) == [("1", None)]
    assert named(school, "UP_REASON_UNREAD") == 1
    rows.update(kept)
    school.write_back()
    assert sent(school) == [("2", 5)]


def test_a_list_that_names_none_of_edusigns_own_reasons(school: Little) -> None:
    school.spec["writeback"]["reasons"]["default"] = "Summons"
    (absence,) = school.book.tables["justified_absences"].values()
    absence["TYPE"] = 4
    rows = school.book.tables["reasons"]
    for reason_id in rows.keys() - {"r9"}:
        del rows[reason_id]
    school.write_back()
    assert sent(school) == [("1", None), ("2", 5)]
    assert named(school, "UP_REASON_DEFAULTED") == 1


def test_a_reason_without_a_name_is_named_by_its_id_in_the_connector_file(school: Little) -> None:
    (absence,) = school.book.tables["justified_absences"].values()
    absence["TYPE"] = "custom"
    school.connector["reasons"] = {"custom": "Illness"}
    school.write_back()
    assert sent(school) == [("1", None), ("2", 4)]


@pytest.mark.parametrize("state", ["missing", None, "", "maybe"])
def test_somebody_of_whom_no_state_is_known(school: Little, state: str | None) -> None:
    sheet = school.book.find("courses", API_ID="1")
    assert sheet is not None
    row = sheet["STUDENTS"][0]
    row["state"] = state
    if state == "missing":
        del row["state"]
    school.write_back()
    assert sent(school) == [("2", 4)]
    assert named(school, "UP_STATUS_UNREAD") == 1
    row["state"] = True
    school.write_back()
    assert sent(school) == [("1", None)]
