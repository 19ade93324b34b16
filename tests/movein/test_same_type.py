"""The connector of before may give the very type that edusync gives, with other ids."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.movein.school import School

TYPE = "ypareo"


@pytest.fixture
def school(make_school: Callable[..., School]) -> School:
    return make_school(old=TYPE)


def counts(school: School) -> dict[str, int]:
    return {
        kind: len(school.book.all(kind))
        for kind in ("students", "professors", "externals", "groups", "courses")
    }


def moved(school: School) -> None:
    plan = school.adopt(api_type=TYPE)
    school.adopt(api_type=TYPE, apply=plan.plan_id)


def test_it_is_taken_over_one_to_one_and_the_next_run_writes_nothing(school: School) -> None:
    before = counts(school)
    survey = school.survey()
    assert survey.open == [TYPE]
    rows = {row.kind: row for row in survey.accounts[0].rows if row.origin == TYPE}
    assert {kind: row.adopted > 0 for kind, row in rows.items()} == {
        "professor": True,
        "external": True,
        "student": True,
        "group": True,
        "course": True,
        "past": False,
    }
    moved(school)
    run = school.sync()
    done = {(one.action, one.kind, one.source_id) for one in run.plan.accounts[0].changes}
    by_the_id = {("adopt", "professor", "44"), ("update", "course", "7712007")}
    assert done == by_the_id  # two have the e-mail; now the id tells, and the class has its own
    assert counts(school) == before
    assert "RUN_OLD_CONNECTOR_WRITES" not in {one.code for one in run.outcomes}
    assert school.survey().open == []
    assert school.adopt(api_type=TYPE).size == 0


def test_what_runs_change_afterwards_is_not_said_to_be_of_the_old_one(school: School) -> None:
    moved(school)
    school.later(hours=1)
    school.simulation.seed.courses[7712001] |= {"nomMatiere": "AUTRE"}
    school.sync()
    school.later(hours=1)
    run = school.sync()
    assert "RUN_OLD_CONNECTOR_WRITES" not in {one.code for one in run.outcomes}


def test_it_is_given_back(school: School) -> None:
    before = school.owners()
    moved(school)
    assert school.owners() != before
    school.give_back(api_type=TYPE, apply=school.give_back(api_type=TYPE).plan_id)
    assert school.owners() == before
    assert "RUN_FOREIGN_SHEETS" in school.sync().plan.guards


def test_old_connector_that_still_writes_is_named(school: School) -> None:
    moved(school)
    school.later(hours=1)
    row = next(row for row in school.book.all("courses") if row["START"] > "2026-03-17")
    twin = {**row, "ID": "cnew", "id": "cnew", "API_ID": f"{TYPE}-new"}
    twin |= {"START": "2026-03-20T03:00:00.000Z", "END": "2026-03-20T04:00:00.000Z"}
    school.book.add("courses", {**twin, "DATE_UPDATED": school.book.now()})
    named = {
        one.edusign_id for one in school.sync().outcomes if one.code == "RUN_OLD_CONNECTOR_WRITES"
    }
    assert named == {"cnew"}


def test_namesake_of_somebody_who_was_taken_over_is_made(school: School) -> None:
    moved(school)
    seed = school.simulation.seed
    row = {**seed.students[90215], "codeApprenant": 90299}
    row["adresse"] = {**row["adresse"], "email": "namesake@ecole.test"}
    seed.students[90299] = row
    seed.accounts[90299] = {"codeApprenant": 90299, "login": "x", "email": "namesake@ecole.test"}
    school.sync()
    assert "DOWN_PERSON_FOREIGN_TWIN" not in {one.code for one in school.sync().outcomes}
