"""A school's whole way from its old connector to edusync, from one day to the next."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from edusync.registry import Registry
from tests.movein.school import OLD, School
from tests.movein.test_eight_erps import doubled
from tests.movein.test_reconcile import compare, plant
from tests.movein.test_shadow import looked, seen
from tests.movein.test_undo import Kept, gone, lose, to_undo, undone

TOMORROW = [7712001, 7712002]
"""The sessions of the day after the adoption."""


def test_a_school_moves_in(tmp_path: Path, registry: Registry) -> None:
    with ExitStack() as stack:
        school = School(tmp_path, registry, "ypareo", stack)
        school.later(days=-7)
        school.seed()
        a_week_in_shadow_finds_what_was_planted(school)
        what_was_taken_over_is_not_doubled_and_the_first_slot_writes_nothing(school)
        a_deleted_day_comes_back(school)
        assert unexplained(school) == []


def a_week_in_shadow_finds_what_was_planted(school: School) -> None:
    """The old connector leaves a class out, puts one in a wrong room, keeps one that is gone."""
    survey = school.survey().accounts[0].rows
    coming = next(row for row in survey if (row.origin, row.kind) == (OLD, "course"))
    assert (coming.twice, coming.left) == (coming.adopted, 1)
    planted = {
        ("2026-03-17", "SHADOW_WOULD_MAKE", ""),
        ("2026-03-18", "SHADOW_WOULD_CHANGE", "classroom"),
        ("2026-03-15", "SHADOW_WOULD_DELETE", ""),  # the ERP never had it
    }
    for day in range(7):
        school.old.bring(school.as_the_erp_says())
        if day == 6:
            left_out = school.course(school.old.id_of("courses", "7712002"))
            del school.book.tables["courses"][left_out["ID"]]
            school.course(school.old.id_of("courses", "7712003"))["CLASSROOM"] = "Salle 9"
        looked(school)
        school.later(days=1)
    found = {
        (day.day.isoformat(), one["code"], one["field"] or "")
        for day in seen(school)
        for one in day.differences
    }
    assert found == planted
    assert school.writes() == []


def what_was_taken_over_is_not_doubled_and_the_first_slot_writes_nothing(school: School) -> None:
    school.old.bring(school.as_the_erp_says())  # its last slot: it is off from here on
    twins = doubled(school)
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]
    school.move_in()
    written = len(school.writes())
    slot = school.sync()
    assert (slot.status, slot.plan.is_empty, school.writes()[written:]) == ("success", True, [])
    assert doubled(school) == twins


def a_deleted_day_comes_back(school: School) -> None:
    before, kept = {"courses": list(school.book.all("courses"))}, Kept(school)
    lose(school, TOMORROW)
    result = school.sync()
    if result.plan.guards:
        school.sync(approve=result.plan_id)
    assert gone(school, before) == {str(number) for number in TOMORROW}
    kept.put_back()
    assert undone(school, to_undo(school).plan_id).status == "success"
    assert gone(school, before) == set()
    assert school.plan().is_empty


def unexplained(school: School) -> list[tuple[str | None, ...]]:
    """Plant five differences of attendance; return those that are not found as what they are."""
    school.to_evening()
    school.play(*(str(number) for number in TOMORROW))
    assert school.write_back().status == "success"
    planted = plant(school)
    found: set[tuple[str | None, ...]] = {
        (sheet.source_id, person, held.verdict, held.code)
        for sheet in compare(school).sheets
        for held in sheet.people
        for person in (held.source_id, None)
    }
    found |= {(None, None, "sheet", sheet.code) for sheet in compare(school).sheets if sheet.code}
    assert len(planted) == 5
    return [one for one in planted if one not in found]
