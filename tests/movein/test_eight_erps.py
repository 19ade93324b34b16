"""From a school of the old connector, for each of the eight ERPs: survey, adoption, first slot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.conftest import codes
from tests.movein.school import ERPS, OLD, School


def doubled(school: School) -> list[tuple[str, ...]]:
    """Return the sheets and people that stand twice on Edusign, by what tells them."""
    sheets = [
        ("course", row["START"], row["NAME"], row["PROFESSOR"])
        for row in school.book.all("courses")
    ]
    people = [
        (kind, row["LASTNAME"], row["FIRSTNAME"])
        for kind in ("students", "professors", "externals")
        for row in school.book.all(kind)
    ]
    groups = [("group", row["NAME"]) for row in school.book.all("groups")]
    counts = Counter[tuple[str, ...]]([*sheets, *people, *groups])
    return [key for key, count in counts.items() if count > 1]


@pytest.mark.parametrize("erp", ERPS)
def test_school_moves_in_and_the_first_slot_writes_nothing(
    make_school: Callable[..., School], erp: str
) -> None:
    school = make_school(erp)
    before, sizes = school.held(), {kind: len(rows) for kind, rows in school.held().items()}
    twins = doubled(school)
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]
    found = school.survey()
    coming = next(
        row for row in found.accounts[0].rows if (row.origin, row.kind) == (OLD, "course")
    )
    assert coming.adopted > 0
    assert coming.held == 0
    assert coming.left == 1  # of which the ERP knows nothing
    assert coming.twice == coming.adopted
    assert school.writes() == []
    done = school.move_in()
    assert [one for one in done.outcomes if one.severity == "error"] == []
    assert school.held() == before  # but for ids and moments
    written = len(school.writes())
    slot = school.sync()
    assert (slot.status, slot.plan.guards, slot.plan.is_empty) == ("success", [], True)
    assert school.writes()[written:] == []
    assert {kind: len(rows) for kind, rows in school.held().items()} == sizes
    assert doubled(school) == twins


@pytest.mark.parametrize("erp", ERPS)
def test_everything_that_the_erp_sends_is_known_afterwards(
    make_school: Callable[..., School], erp: str
) -> None:
    school = make_school(erp)
    school.move_in()
    school.sync()
    wanted = school.scratch.book
    known = school.links()
    shared = {one.source_id for one in school.adopt().held}
    for kind, rows in (("course", "courses"), ("student", "students"), ("group", "groups")):
        assert {row["API_ID"] for row in wanted.all(rows)} <= known[kind] | shared, kind


@pytest.mark.parametrize("erp", ERPS)
def test_what_was_taken_over_is_given_back_as_it_was(
    make_school: Callable[..., School], erp: str
) -> None:
    school = make_school(erp)
    before = school.owners()
    school.move_in()
    assert school.owners() != before
    plan = school.give_back()
    assert school.give_back(apply=plan.plan_id).status == "success"
    assert school.owners() == before
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]


def test_true_differences_are_written_by_the_first_slot_and_nothing_else(school: School) -> None:
    row = school.book.find("courses", API_ID=school.old.id_of("courses", "7712001"))
    assert row is not None
    row["CLASSROOM"] = "Salle 9"
    school.move_in()
    slot = school.sync()
    changes = [change for account in slot.plan.accounts for change in account.changes]
    assert [(one.action, one.source_id, one.fields) for one in changes] == [
        ("update", "7712001", ("classroom",))
    ]
    assert codes(slot).get("7712001") is None
