"""Guards for schools of any size: deletions, students who leave, runs that come to nothing (D5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

import jsonschema
import orjson
import pytest

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.sync import Result, sync
from edusync.engine.plan.plan import Change
from edusync.errors import Guarded
from edusync.resources import bundled
from edusync.state.connected import utc_now
from edusync.state.open import open_store
from tests.conftest import World, codes

SHEETS = (7712001, 7712002, 7712003, 7712004, 7712007, 7712011)
"""What comes down of the invented school."""


def held(world: World) -> list[Change]:
    return [change for account in world.plan().accounts for change in account.held]


def on_edusign(world: World) -> set[int]:
    return {int(row["API_ID"]) for row in world.book.all("courses")}


def rosters(world: World) -> dict[str, list[str]]:
    return {row["API_ID"]: sorted(world.names(row)) for row in world.book.all("courses")}


def events(world: World, code: str) -> list[tuple[str | None, str | None]]:
    store = open_store(str(world.state))
    run = store.runs("school")[0]["id"]
    found = store.events(run, code=code, kind=None, source_id=None)
    store.close()
    return [(event["source_id"], event["detail"]) for event in found]


# deletions


@pytest.mark.fault("F13")
@pytest.mark.promise("P6")
@pytest.mark.parametrize(("gone", "is_held"), [(1, False), (2, False), (3, True), (5, True)])
def test_half_of_the_sheets_of_a_small_school_are_held(
    world: World, gone: int, is_held: bool
) -> None:
    world.sync()
    assert on_edusign(world) == set(SHEETS)
    for code in SHEETS[:gone]:
        del world.simulation.seed.courses[code]
    result = world.sync()
    assert result.plan.guards == (["RUN_DELETIONS_HELD"] if is_held else [])
    assert on_edusign(world) == set(SHEETS if is_held else SHEETS[gone:])


def test_sheet_that_waits_is_not_said_to_be_deleted(world: World) -> None:
    world.sync()
    for code in SHEETS[:3]:
        del world.simulation.seed.courses[code]
    plan = world.sync().plan
    waits = "gone from the ERP; its sheet waits until the plan is approved"
    assert events(world, "DOWN_COURSE_VANISHED") == [(str(code), waits) for code in SHEETS[:3]]
    assert events(world, "RUN_DELETIONS_HELD") == [(None, "3 of 6 coming sheets")]
    world.sync(approve=plan.plan_id)
    deleted = "gone from the ERP; its sheet is deleted"
    assert events(world, "DOWN_COURSE_VANISHED") == [(str(code), deleted) for code in SHEETS[:3]]
    assert events(world, "RUN_DELETIONS_HELD") == []


def test_plan_that_a_run_named_can_be_approved_after_its_other_changes_were_made(
    world: World,
) -> None:
    world.sync()
    world.simulation.move_course()
    for code in SHEETS[1:4]:
        del world.simulation.seed.courses[code]
    plan_id = world.sync().plan.plan_id
    assert world.plan().plan_id != plan_id
    assert world.sync(approve=plan_id).plan.guards == []
    assert on_edusign(world) == {7712001, 7712007, 7712011}


@pytest.mark.promise("P6")
def test_plan_can_not_be_approved_when_more_is_held_by_now(world: World) -> None:
    world.sync()
    for code in SHEETS[:3]:
        del world.simulation.seed.courses[code]
    plan_id = world.sync().plan.plan_id
    del world.simulation.seed.courses[SHEETS[3]]
    with pytest.raises(Guarded) as stopped:
        world.sync(approve=plan_id)
    assert (stopped.value.code, on_edusign(world)) == ("RUN_PLAN_MOVED", set(SHEETS))


def in_days(world: World, days: float, **more: Any) -> Result:
    """Run when so many days have passed by the clock of the store."""
    store = open_store(str(world.state))
    store.now = lambda: utc_now() + timedelta(days=days)
    try:
        instance = load_instance(world.file, world.registry)
        return sync(instance, store, world.registry, world.moment(), **more)
    finally:
        store.close()


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize(("days", "is_let_through"), [(0, True), (3, True), (7.1, False)])
def test_approval_expires(world: World, moved: bool, days: float, is_let_through: bool) -> None:
    world.sync()
    if moved:  # the id is then one of the run, and not that of what the next one plans
        world.simulation.move_course()
    for code in SHEETS[1:4]:
        del world.simulation.seed.courses[code]
    plan_id = world.sync().plan_id
    if is_let_through:
        assert in_days(world, days, approve=plan_id).plan.guards == []
    else:
        with pytest.raises(Guarded) as stopped:
            in_days(world, days, approve=plan_id)
        assert stopped.value.code == "RUN_PLAN_MOVED"
        again = in_days(world, days).plan_id
        assert in_days(world, days, approve=again).plan.guards == []


def test_approval_that_was_used_approves_nothing_that_looks_the_same(world: World) -> None:
    courses = world.simulation.seed.courses
    everybody = {code: list(courses[code]["codesApprenant"]) for code in SHEETS}
    world.sync()
    thin_out(world)
    plan_id = world.sync().plan_id
    assert world.sync(approve=plan_id).plan.guards == []
    for code, students in everybody.items():
        courses[code]["codesApprenant"] = students
    back = world.sync()  # twice the students on every sheet
    assert world.sync(approve=back.plan_id).plan.guards == []
    thin_out(world)
    with pytest.raises(Guarded) as stopped:
        world.sync(approve=plan_id)
    assert stopped.value.code == "RUN_PLAN_MOVED"
    again = world.sync()
    assert again.plan.guards == ["RUN_REMOVALS_HELD"]
    assert world.sync(approve=again.plan_id).plan.guards == []


@pytest.mark.promise("P7")
def test_approval_lets_no_incomplete_read_through(world: World) -> None:
    world.sync()
    world.simulation.seed.courses.clear()
    plan = world.plan()
    assert plan.guards == ["RUN_READ_INCOMPLETE", "RUN_SUSPICIOUS_EMPTY"]
    assert world.sync(approve=plan.plan_id).plan.guards == plan.guards
    assert on_edusign(world) == set(SHEETS)


# students who leave


def thin_out(world: World, sheets: Iterable[int] = SHEETS) -> None:
    """Let one student stay on each sheet."""
    for code in sheets:
        course = world.simulation.seed.courses[code]
        course["codesApprenant"] = course["codesApprenant"][1:2]


def test_removal_of_more_than_half_of_the_seats_waits(world: World) -> None:
    world.sync()
    before, writes = rosters(world), len(world.writes())
    assert sum(map(len, before.values())) == 21
    thin_out(world)
    result = world.sync()
    assert (result.plan.guards, rosters(world)) == (["RUN_REMOVALS_HELD"], before)
    assert world.writes()[writes:] == []
    assert events(world, "RUN_REMOVALS_HELD") == [(None, "15 of 21 places on coming sheets")]
    again = world.sync()
    assert (again.plan.guards, rosters(world)) == (["RUN_REMOVALS_HELD"], before)
    world.sync(approve=result.plan.plan_id)
    assert {len(names) for names in rosters(world).values()} == {1}
    assert world.sync().plan.is_empty


def test_removal_of_half_of_the_seats_goes_on(world: World) -> None:
    world.sync()
    thin_out(world, (7712001, 7712002))
    assert world.sync().plan.guards == []
    assert [len(rosters(world)[str(code)]) for code in SHEETS[:2]] == [1, 1]


def test_what_is_added_and_moved_goes_on_while_removals_wait(world: World) -> None:
    world.sync()
    before = rosters(world)
    thin_out(world)
    world.simulation.move_course()
    world.simulation.new_student()
    result = world.sync()
    assert result.plan.guards == ["RUN_REMOVALS_HELD"]
    assert rosters(world) == before | {"7712001": sorted([*before["7712001"], "90230"])}
    assert world.course("7712001")["START"] == "2026-03-17T08:30:00.000Z"
    assert events(world, "DOWN_UPDATED")[-1][0] == "7712001"
    later = world.sync()
    assert [change.key for account in later.plan.accounts for change in account.changes] == []
    assert later.plan.guards == ["RUN_REMOVALS_HELD"]
    world.sync(approve=result.plan.plan_id)
    assert rosters(world)["7712001"] == ["90212", "90230"]


def test_removals_that_were_approved_are_by_the_calls_for_one_student(world: World) -> None:
    world.sync()
    course = world.course("7712007")
    world.courses.sign(course, course["STUDENTS"][0]["studentId"])
    thin_out(world)
    plan = world.plan()
    assert {change.source_id for change in held(world)} == {str(code) for code in SHEETS}
    before = len(world.writes())
    world.sync(approve=plan.plan_id)
    calls = {write.rpartition("/")[0] for write in world.writes()[before:]}
    assert (len(world.writes()) - before, calls) == (15, {"DELETE /v1/course/attendance"})


def test_students_of_sheets_that_are_deleted_do_not_count_as_removed(world: World) -> None:
    world.sync()
    for code in SHEETS[:2]:
        del world.simulation.seed.courses[code]
    thin_out(world, SHEETS[2:])
    assert world.sync().plan.guards == ["RUN_REMOVALS_HELD"]
    assert events(world, "RUN_REMOVALS_HELD") == [(None, "7 of 11 places on coming sheets")]


def test_what_waits_is_named_in_the_plan(world: World) -> None:
    world.sync()
    thin_out(world)
    data = orjson.loads(orjson.dumps(world.plan().as_dict()))
    schema = (bundled("schemas") / "plan.v1.schema.json").read_text(encoding="utf-8")
    jsonschema.validate(data, orjson.loads(schema))
    found = {change["source_id"]: change for change in data["accounts"][0]["held"]}
    assert found["7712007"] == {
        "kind": "course",
        "action": "update",
        "source_id": "7712007",
        "edusign_id": world.course("7712007")["ID"],
        "fields": ["students"],
        "guard": "RUN_REMOVALS_HELD",
        "because": [],
        "students": ["90218"],
    }


# groups that empty


def empty_group(world: World) -> None:
    """Let the students of a group change into another one; a student without sheets stays."""
    seed = world.simulation.seed
    for code in (90217, 90218):
        seed.students[code]["informationsCourantes"]["codeGroupe"] = 1201
    seed.students[90240] = seed._student(90240, 1202, 36)
    seed.accounts[90240] = {"codeApprenant": 90240, "login": "a90240", "email": None}


def members(world: World, group: str) -> list[str]:
    row = world.book.find("groups", API_ID=group)
    assert row is not None
    people = world.book.tables["students"]
    return sorted(str(people[student]["API_ID"]) for student in row["STUDENTS"])


def test_group_that_would_be_empty_keeps_its_students(world: World) -> None:
    world.sync()
    assert members(world, "1202") == ["90217", "90218"]
    empty_group(world)
    result = world.sync()
    assert result.plan.guards == ["RUN_REMOVALS_HELD"]
    assert events(world, "RUN_REMOVALS_HELD") == [("1202", "all 2 students leave it")]
    assert members(world, "1202") == ["90217", "90218"]
    assert {"90217", "90218"} <= set(members(world, "1201"))
    assert world.sync().plan.guards == ["RUN_REMOVALS_HELD"]
    world.sync(approve=result.plan.plan_id)
    assert members(world, "1202") == []
    assert world.sync().plan.is_empty


def test_group_that_keeps_one_student_loses_the_others(world: World) -> None:
    world.sync()
    student = world.simulation.seed.students[90217]
    student["informationsCourantes"]["codeGroupe"] = 1201
    assert world.sync().plan.guards == []
    assert members(world, "1202") == ["90218"]


# runs that come to nothing


def taken(world: World, kind: str, emails: Iterable[str]) -> None:
    """Let people of another connector have these e-mails on Edusign."""
    for number, email in enumerate(emails):
        row = {"ID": f"{kind}{number}", "id": f"{kind}{number}", "EMAIL": email, "HIDDEN": 0}
        names = {"FIRSTNAME": "M", "LASTNAME": "L", "API_ID": f"x{number}", "API_TYPE": "ammon"}
        world.book.add(kind, row | names)


def emails_of(world: World, kind: str) -> list[str]:
    seed: Any = world.simulation.seed
    if kind == "professors":
        return [row["email"] for row in seed.staff.values() if row["email"]]
    rows = [row["adresse"]["email"] for row in seed.students.values()]
    return [email for email in (*rows, *(row["email"] for row in seed.accounts.values())) if email]


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("professors", [("professor", "all 3 professors"), ("course", "all 6 sheets")]),
        ("students", [("student", "all 9 students")]),
    ],
)
def test_run_in_which_everybody_is_in_conflict_is_no_success(
    world: World, kind: str, said: list[tuple[str, str]]
) -> None:
    taken(world, kind, emails_of(world, kind))
    plan = world.plan()
    found = [out for out in plan.accounts[0].outcomes if out.code == "RUN_ALL_REFUSED"]
    assert [(out.kind, out.detail) for out in found] == said
    result = world.sync()
    assert (result.status, result.outcomes[-1].code) == ("failed", "RUN_FAILED")
    found = [out for out in result.outcomes if out.code == "RUN_ALL_REFUSED"]
    assert [(out.kind, out.detail) for out in found] == said
    assert "DOWN_PERSON_EMAIL_CONFLICT" in codes(result, kind.removesuffix("s")).values()


def test_run_in_which_some_are_in_conflict_is_a_success(world: World) -> None:
    taken(world, "professors", emails_of(world, "professors")[:1])
    result = world.sync()
    assert (result.status, "RUN_ALL_REFUSED" in {out.code for out in result.outcomes}) == (
        "success",
        False,
    )


def test_run_in_which_edusign_refuses_every_person_is_no_success(
    make_world: Callable[..., World],
) -> None:
    from edusync.sandbox.edusign.faults import Fault

    world = make_world()
    world.faults.active.append(Fault("array_message", verb="POST", path="/student", times=99))
    result = world.sync()
    assert (result.status, [o.kind for o in result.outcomes if o.code == "RUN_ALL_REFUSED"]) == (
        "failed",
        ["student"],
    )


def test_people_who_stand_on_edusign_already_are_not_refused(world: World) -> None:
    world.sync()
    seed = world.simulation.seed
    for code in SHEETS[1:]:
        del seed.courses[code]
    seed.students[90230] = seed._student(90230, 1201, 36)
    seed.courses[7712001]["codesApprenant"] = [90211, 90230]
    taken(world, "students", [seed.students[90230]["adresse"]["email"]])
    assert "RUN_ALL_REFUSED" not in {out.code for out in world.plan().accounts[0].outcomes}


def test_new_sheet_that_is_held_beside_sheets_that_stand_is_not_everything(world: World) -> None:
    world.sync()
    seed = world.simulation.seed
    seed.staff[50] = seed._staff(50)
    students = [90211]
    seed.courses[9] = seed.course(9, 3, "SEUL", "18:00:00", "19:00:00", [50], [1201], students, [])
    taken(world, "professors", [seed.staff[50]["email"]])
    result = world.sync()
    assert codes(result, "course")["9"] == "DOWN_COURSE_HELD_DEPENDENCY"
    assert (result.status, "RUN_ALL_REFUSED" in {out.code for out in result.outcomes}) == (
        "success",
        False,
    )


def test_one_account_that_came_to_nothing_makes_a_run_partial(
    make_world: Callable[..., World],
) -> None:
    world = make_world(
        accounts=[
            {"name": "lille", "filters": {"siteCodes": [36]}},
            {"name": "lyon", "filters": {"siteCodes": [37]}},
        ]
    )
    seed = world.simulation.seed
    seed.courses[7712004]["codesPersonnel"] = [44]
    for code in (7712007, 7712008):
        seed.courses[code]["codesPersonnel"] = [42]
    taken(world, "professors", [seed.staff[44]["email"]])
    result = world.sync()
    found = {(out.account, out.kind) for out in result.outcomes if out.code == "RUN_ALL_REFUSED"}
    assert (result.status, found) == ("partial", {("lyon", "professor"), ("lyon", "course")})
