"""Sheets of another connector stop a first run until somebody decides, and are watched after."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from edusync.errors import Guarded, UsageProblem
from tests.conftest import World
from tests.movein.school import OLD, School
from tests.support.commands import edusync


def writes_of(school: School) -> list[tuple[str | None, str | None]]:
    """Return what the next run says of who writes there still."""
    return [
        (one.edusign_id, one.detail)
        for one in school.sync().outcomes
        if one.code == "RUN_OLD_CONNECTOR_WRITES"
    ]


def test_first_run_writes_nothing_and_says_why(school: School) -> None:
    run = school.sync()
    assert (run.status, run.plan.guards, school.writes()) == ("held", ["RUN_FOREIGN_SHEETS"], [])
    told = [one.detail for one in run.outcomes if one.code == "RUN_FOREIGN_SHEETS"]
    assert told == [f"7 of '{OLD}', the first on 2026-03-17"]


def test_approving_the_plan_does_not_decide_it(school: School) -> None:
    run = school.sync()
    with pytest.raises(Guarded):
        school.sync(approve="0" * 12)
    assert school.sync(approve=run.plan_id).plan.guards == ["RUN_FOREIGN_SHEETS"]
    assert school.writes() == []


def test_one_item_is_not_brought_down_either(school: School) -> None:
    run = school.sync(only=("course", "7712001"))
    assert (run.plan.guards, school.writes()) == (["RUN_FOREIGN_SHEETS"], [])


def test_sheets_that_are_over_stop_nothing(school: School) -> None:
    for row in school.book.all("courses"):
        row["START"], row["END"] = "2026-03-09T08:00:00.000Z", "2026-03-09T10:00:00.000Z"
    assert school.sync().plan.guards == []


def test_connector_that_has_run_is_not_stopped_by_sheets_that_come_later(world: World) -> None:
    world.sync()
    row = dict(world.course("7712001"))
    row |= {"ID": "cother", "id": "cother", "API_ID": "o1", "API_TYPE": OLD, "PROFESSOR": "other"}
    row |= {"START": "2026-03-20T05:00:00.000Z", "END": "2026-03-20T06:00:00.000Z", "STUDENTS": []}
    world.book.add("courses", row)
    assert world.sync().plan.guards == []


def test_what_is_left_alone_stands_beside_ours(school: School) -> None:
    for kind in ("students", "professors", "externals"):
        for row in school.book.all(kind):  # people of another ERP: none of them collides
            row |= {"EMAIL": f"other.{row['EMAIL']}", "LASTNAME": f"Other {row['LASTNAME']}"}
    count = len(school.book.all("courses"))
    school.leave()
    run = school.sync()
    assert run.plan.guards == []
    assert len(school.book.all("courses")) > count
    assert all(row["API_TYPE"] == OLD for row in school.book.all("courses")[:count])


def test_what_was_taken_over_is_given_back_before_it_is_left(school: School) -> None:
    school.move_in()
    with pytest.raises(UsageProblem):
        school.leave()


def test_old_connector_that_is_off_is_not_named(school: School) -> None:
    school.move_in()
    school.later(hours=6)
    assert writes_of(school) == []


def test_old_connector_that_goes_on_writing_is_named_by_every_run(school: School) -> None:
    school.move_in()
    school.sync()
    school.later(hours=6)
    known = school.book.tables["courses"].keys() | set()
    assert school.old.bring(school.as_the_erp_says()) > 0  # it finds nothing under its own ids
    made = set(school.book.tables["courses"]) - known
    assert made
    first, second = writes_of(school), writes_of(school)
    assert {edusign_id for edusign_id, _ in first} == made
    assert first == second
    school.later(hours=6)
    assert {edusign_id for edusign_id, _ in writes_of(school)} == made


def test_sheet_of_ours_that_the_old_connector_took_back_is_named(school: School) -> None:
    school.move_in()
    school.sync()
    school.later(hours=6)
    row = next(row for row in school.book.all("courses") if row["API_TYPE"] == "ypareo")
    row |= {"API_TYPE": OLD, "NAME": "OLD NAME", "DATE_UPDATED": school.book.now()}
    assert row["ID"] in {edusign_id for edusign_id, _ in writes_of(school)}
    assert row["NAME"] != "OLD NAME"  # put right all the same


def test_plan_says_that_the_old_connector_wrote_within_the_last_day(school: School) -> None:
    assert [one for one in school.adopt().outcomes if one.code == "MOVE_STILL_WRITES"] == []
    row = next(row for row in school.book.all("courses") if row["START"] > "2026-03-17")
    row["DATE_UPDATED"] = school.book.now()
    told = [one.detail for one in school.adopt().outcomes if one.code == "MOVE_STILL_WRITES"]
    assert told == ["1 of 7, the last on 2026-03-16 11:30"]


def test_what_it_made_meanwhile_is_taken_over_by_a_second_adoption(school: School) -> None:
    """A class that is planned after the adoption, and that the old connector brought first."""
    school.move_in()
    school.sync()
    seed = school.simulation.seed
    people = [42], [1201], [90211, 90212], [310]
    seed.courses["7712900"] = seed.course(7712900, 2, "THÉÂTRE", "14:00:00", "16:00:00", *people)
    school.later(hours=6)
    wanted = school.as_the_erp_says()
    new = [row for row in wanted["courses"] if row["API_ID"] not in school.links()["course"]]
    assert new
    school.old.bring({**wanted, "courses": new})
    run = school.sync()
    held = {one.source_id for one in run.outcomes if one.code == "DOWN_COURSE_FOREIGN_HELD"}
    assert held == {row["API_ID"] for row in new}
    school.move_in()
    run = school.sync()
    assert [one for one in run.outcomes if one.code == "DOWN_COURSE_FOREIGN_HELD"] == []
    assert {row["API_ID"] for row in new} <= school.links()["course"]


def test_ids_that_are_kept_are_known_by_the_store_alone(make_school: Callable[..., School]) -> None:
    school = make_school(rules={"adopted_ids": "keep"})
    before = school.owners()
    school.move_in()
    assert (school.owners(), school.writes()) == (before, [])
    assert school.sync().plan.is_empty
    school.give_back(apply=school.give_back().plan_id)
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]


def test_edusign_that_keeps_its_ids_is_noticed(school: School) -> None:
    school.book.habits.keeps_ids = True
    before = school.owners()
    done = school.move_in()
    kinds = {one.kind for one in done.outcomes if one.code == "MOVE_IDS_KEPT"}
    assert kinds == {"professor", "external", "student", "group", "course"}
    assert school.owners() == before
    assert school.sync().plan.is_empty


def test_two_connectors_of_before_are_decided_one_by_one(school: School) -> None:
    row = next(row for row in school.book.all("courses") if row["START"] > "2026-03-17")
    other = {**row, "ID": "cother", "id": "cother", "API_ID": "o1", "API_TYPE": "third"}
    other |= {"START": "2026-03-19T03:00:00.000Z", "END": "2026-03-19T04:00:00.000Z"}
    school.book.add("courses", other)
    school.move_in()
    assert school.sync().plan.guards == ["RUN_FOREIGN_SHEETS"]  # nobody spoke of the third yet
    school.leave("third")
    assert school.sync().plan.guards == []
    assert other["API_TYPE"] == "third"


def test_connector_that_comes_later_stops_no_school_that_runs(school: School) -> None:
    """Runs have made something by then, so it is not the first one; their own guards go on."""
    school.move_in()
    seed = school.simulation.seed
    people = [42], [1201], [90211, 90212], [310]
    seed.courses["7712900"] = seed.course(7712900, 2, "THÉÂTRE", "14:00:00", "16:00:00", *people)
    school.sync()
    row = next(row for row in school.book.all("courses") if row["START"] > "2026-03-17")
    other = {**row, "ID": "cother", "id": "cother", "API_ID": "o1", "API_TYPE": "third"}
    other |= {"START": "2026-03-19T03:00:00.000Z", "END": "2026-03-19T04:00:00.000Z"}
    school.book.add("courses", other)
    assert school.sync().plan.guards == []


def test_type_that_is_misspelt_is_not_left_alone(school: School) -> None:
    with pytest.raises(UsageProblem):
        school.leave("old-brigde")


def test_what_was_given_back_can_be_taken_over_again(school: School) -> None:
    school.move_in()
    taken, links = school.owners(), school.links()
    school.give_back(apply=school.give_back().plan_id)
    school.move_in()
    assert (school.owners(), school.links()) == (taken, links)
    assert school.sync().plan.is_empty


def test_nothing_is_taken_over_or_given_back_in_shadow(make_school: Callable[..., School]) -> None:
    school = make_school(schedule={"shadow": True})
    before, plan = school.owners(), school.adopt()  # a plan may be looked at
    with pytest.raises(Guarded, match="runs in shadow"):
        school.adopt(apply=plan.plan_id)
    school.write()
    school.move_in()
    school.write(schedule={"shadow": True})
    with pytest.raises(Guarded, match="runs in shadow"):
        school.give_back(apply=school.give_back().plan_id)
    assert before != school.owners()


def test_explain_says_from_whom_an_item_was_taken_over(school: School) -> None:
    school.move_in()
    at = ["--state", str(school.state), "--at", school.now.isoformat()]
    said = [edusync("explain", str(school.file), "student", ref, *at) for ref in ("90215", "90221")]
    assert f"it was taken over from '{OLD}'" in said[0].stdout
    assert "it was made by hand and taken over" in said[1].stdout
