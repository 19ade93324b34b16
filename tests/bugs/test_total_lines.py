"""A line that `ignore` leaves out warns nobody about its values (issue 13)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bugs.school import LESSONS, School

TOTAL = "TOTAL;2 séances;6 h;;;;;\n"


@pytest.mark.parametrize(
    "ignore",
    ["row.id == 'TOTAL'", {"DOWN_COURSE_ACTION_FILTERED": "row.id == 'TOTAL'"}],
    ids=["plain", "told"],
)
def test_values_of_an_ignored_row_are_no_warning(school: School, ignore: Any) -> None:
    school.spec["resources"]["lessons"]["ignore"] = ignore
    school.write("lessons.csv", LESSONS + TOTAL)
    run = school.sync()
    assert (run.code, sorted(run.sheets)) == (0, ["S1", "S2"])
    assert "DOWN_VALUE_UNREADABLE" not in run.events


def test_value_of_the_next_row_is_still_told(school: School) -> None:
    school.spec["resources"]["lessons"]["ignore"] = "row.id == 'TOTAL'"
    school.write("lessons.csv", LESSONS + TOTAL + "S3;Droit;bientôt;09:00;10:00;B;T1;A\n")
    run = school.sync()
    assert "DOWN_VALUE_UNREADABLE S3" in run.events
    assert "DOWN_VALUE_UNREADABLE TOTAL" not in run.events
    assert "6 h" not in run.events


def test_row_of_which_nobody_can_say_whether_it_is_ignored_is_told(school: School) -> None:
    school.spec["resources"]["lessons"]["ignore"] = "row.day < window.first"
    school.write("lessons.csv", LESSONS + "S3;Droit;bientôt;09:00;10:00;B;T1;A\n")
    run = school.sync()
    assert "DOWN_VALUE_UNREADABLE S3" in run.events
    assert run.code != 0 or "DOWN_UNDECIDED" in run.events


def test_what_an_ignored_row_looks_up_is_no_warning_and_what_another_does_is(
    school: School,
) -> None:
    lessons = school.spec["resources"]["lessons"]
    lessons["add"] = {"teacher": {"look_up": "teachers", "by": "prof", "take": "id"}}
    lessons["ignore"] = "row.id == 'TOTAL'"
    total = "TOTAL;2 séances;6 h;;;;2 formateurs;\n"
    school.write("lessons.csv", LESSONS + total + "S3;Droit;19/03/2026;09:00;10:00;B;T9;A\n")
    run = school.sync()
    assert "DOWN_REFERENCE_MISSING T9" in run.events
    assert "2 formateurs" not in run.events
