"""The rules and decisions of the way down (docs/reference/rules.md), on real servers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from edusync.errors import ConfigurationProblem, Guarded, TargetError
from edusync.sandbox.edusign.faults import Fault
from edusync.state.open import open_store
from tests.conftest import NOW, World, codes


@pytest.mark.promise("P3")
def test_second_run_writes_nothing(world: World) -> None:
    world.sync()
    before = len(world.writes())
    result = world.sync()
    assert (result.status, world.writes()[before:], result.plan.is_empty) == ("success", [], True)


@pytest.mark.promise("P15")
def test_same_plan_has_the_same_id(world: World) -> None:
    assert world.plan().plan_id == world.plan().plan_id


@pytest.mark.promise("P23")
def test_plan_writes_nowhere(world: World) -> None:
    world.plan()
    assert world.writes() == []


def test_each_day_gets_its_reason(world: World) -> None:
    found = codes(world.plan(), "course")
    assert (found["7712014"], found["7712013"]) == ("DOWN_COURSE_PAST", "DOWN_COURSE_SAME_DAY")


def all_days(world: World) -> None:
    """Let the ERP send every class, whatever days it is asked for."""
    from flask import jsonify

    seed = world.simulation.seed
    world.simulation.wsgi.view_functions["planning"] = lambda first, last, group: jsonify(
        {"cours": [course for course in seed.courses.values() if group in course["codesGroupe"]]}
    )


def test_session_beyond_the_window_names_the_day_on_which_it_comes(world: World) -> None:
    all_days(world)
    found = [
        (outcome.code, outcome.detail)
        for account in world.plan().accounts
        for outcome in account.outcomes
        if outcome.source_id == "7712012"
    ]
    assert found == [("DOWN_COURSE_BEYOND_WINDOW", "it comes down on 2026-03-17")]


def test_sheet_that_is_moved_beyond_the_window_moves_along(world: World) -> None:
    all_days(world)
    world.sync()
    world.simulation.seed.courses[7712001]["date"] = "10/04/2026"
    world.sync()
    assert world.course("7712001")["START"] == "2026-04-10T06:30:00.000Z"


def test_begun_sheet_whose_session_moves_to_later_is_left(world: World) -> None:
    world.sync()
    world.later(days=1)
    world.simulation.seed.courses[7712001] |= {"heureDebut": "16:00:00", "heureFin": "17:00:00"}
    result = world.sync()
    assert (codes(result, "course")["7712001"], world.course("7712001")["START"]) == (
        "DOWN_COURSE_STARTED",
        "2026-03-17T07:30:00.000Z",
    )


def test_tutor_without_an_email_is_named(make_world: Callable[..., World]) -> None:
    world = make_world(options={"importTutors": True})
    world.simulation.seed.contacts[501][0]["adresse"]["email"] = ""
    assert codes(world.plan(), "external")["9001"] == "DOWN_TUTOR_FIELD_MISSING"


def test_id_that_comes_twice_counts_as_an_incomplete_read(world: World) -> None:
    from flask import jsonify

    staff = world.simulation.seed.staff
    world.simulation.wsgi.view_functions["staff"] = lambda: jsonify([*staff.values(), staff[42]])
    plan = world.plan()
    assert (plan.guards, codes(plan)["42"]) == (["RUN_READ_INCOMPLETE"], "DOWN_KEY_TWICE")


def test_value_of_another_form_is_named_and_its_session_keeps_its_sheet(world: World) -> None:
    world.sync()
    world.simulation.seed.courses[7712001]["heureDebut"] = "8 heures"
    result = world.sync()
    assert [outcome.code for outcome in result.outcomes if outcome.source_id == "7712001"] == [
        "DOWN_VALUE_UNREADABLE",
        "DOWN_COURSE_FIELD_MISSING",
    ]
    assert world.book.find("courses", API_ID="7712001") is not None


def test_write_that_stays_in_doubt_is_said_and_settled_by_the_next_run(world: World) -> None:
    world.faults.active.append(Fault("drop_before", verb="POST", path="/group", times=9))
    result = world.sync()
    assert (
        {outcome.code for outcome in result.outcomes if outcome.kind == "group"},
        result.status,
    ) == ({"EDU_IN_DOUBT"}, "partial")
    world.faults.active.clear()
    assert world.sync(real_sleep=True).status == "success"
    assert (
        len({row["API_ID"] for row in world.book.all("groups")})
        == len(world.book.all("groups"))
        == 3
    )


def test_write_in_doubt_of_what_nobody_wants_any_more_is_found_again(world: World) -> None:
    world.faults.active.append(Fault("drop_after", verb="POST", path="/course", times=1))
    world.faults.active.append(Fault("drop_before", path="/course/get-id", skip=7, times=99))
    with pytest.raises(TargetError):
        world.sync()
    world.faults.active.clear()
    orphan = world.book.all("courses")[0]["API_ID"]
    del world.simulation.seed.courses[int(orphan)]
    world.sync(real_sleep=True)
    world.sync(real_sleep=True)
    assert world.book.find("courses", API_ID=orphan) is None


def test_run_that_breaks_off_is_on_record(world: World) -> None:
    def explode(_plan: object) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        world.sync(planned=explode)
    store = open_store(str(world.state))
    run = store.runs("school")[0]
    assert (
        run["status"],
        [event["code"] for event in store.events(run["id"], code=None, kind=None, source_id=None)],
    ) == ("crashed", ["RUN_CRASHED"])
    store.close()


def test_run_in_which_everything_fails_is_graded_so(world: World) -> None:
    world.faults.active.append(Fault("array_message", verb="POST", times=99))
    result = world.sync()
    assert (result.status, result.outcomes[-1].code) == ("failed", "RUN_FAILED")


@pytest.mark.parametrize(
    ("course", "code"),
    [
        ("7712005", "DOWN_COURSE_NO_PROFESSOR"),
        ("7712006", "DOWN_COURSE_PROFESSOR_INVALID"),
        ("7712008", "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE"),
        ("7712009", "DOWN_COURSE_NO_VALID_STUDENT"),
        ("7712010", "DOWN_COURSE_FIELD_MISSING"),
    ],
)
def test_blocked_session_has_its_one_reason(world: World, course: str, code: str) -> None:
    assert codes(world.plan(), "course")[course] == code


def test_session_without_students_is_named(world: World) -> None:
    world.simulation.seed.courses[7712001]["codesApprenant"] = []
    assert codes(world.plan(), "course")["7712001"] == "DOWN_COURSE_NO_STUDENT"


def test_group_without_a_name_or_students_does_not_come_down(world: World) -> None:
    world.simulation.seed.groups[1201] |= {"nomGroupe": "", "etenduGroupe": ""}
    world.simulation.seed.courses[7712004]["codesPersonnel"] = [42]
    for student in (90219, 90220, 90221):
        world.simulation.seed.students[student]["informationsCourantes"]["codeGroupe"] = 1202
    found = codes(world.sync(), "group")
    assert found == {"1201": "DOWN_GROUP_FIELD_MISSING", "1203": "DOWN_GROUP_NO_STUDENT"}


def test_doubled_email_on_ammon_blocks_every_sheet_that_refers_to_it(
    make_world: Callable[..., World],
) -> None:
    found = codes(make_world("ammon").plan(), "course")
    assert (found["55128"], found["55134"]) == ("DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE",) * 2


def test_doubled_email_elsewhere_blocks_only_the_later_professor(world: World) -> None:
    world.sync()
    assert {row["API_ID"] for row in world.book.all("professors")} == {"42", "43", "44"}


def test_people_come_only_with_a_sheet(world: World) -> None:
    world.sync()
    assert "90216" not in {row["API_ID"] for row in world.book.all("students")}


def test_sheet_of_today_stays_in_step_until_it_starts(world: World) -> None:
    world.sync()
    world.later(days=1, hours=-4)
    world.simulation.seed.courses[7712001]["codesSalle"] = [311]
    assert world.sync().status == "success"
    assert world.course("7712001")["CLASSROOM"] == "Atelier"


@pytest.mark.promise("P9")
def test_sheet_that_has_started_is_left_alone(world: World) -> None:
    world.sync()
    world.later(days=1)
    world.simulation.seed.courses[7712001]["nomMatiere"] = "AUTRE"
    world.sync()
    assert world.course("7712001")["NAME"] == "COMPTABILITÉ"


def test_moved_session_patches_with_all_students_and_professors(world: World) -> None:
    world.sync()
    world.simulation.move_course()
    assert ("DOWN_UPDATED", "ends_at, starts_at") in [
        (outcome.code, outcome.field) for outcome in world.sync().outcomes
    ]
    course = world.course("7712001")
    assert (course["START"], world.names(course)) == (
        "2026-03-17T08:30:00.000Z",
        ["90211", "90212", "90213", "90215"],
    )


@pytest.mark.promise("P9")
def test_roster_moves_use_the_calls_for_one_student(world: World) -> None:
    world.sync()
    before = len(world.writes())
    course = world.simulation.seed.courses[7712007]
    course["codesApprenant"] = [90217, 90211]
    world.sync()
    sheet = world.course("7712007")["ID"]
    assert world.writes()[before:] == [
        f"PUT /v1/course/attendance/{sheet}",
        f"DELETE /v1/course/attendance/{sheet}",
    ]


@pytest.mark.promise("P8")
def test_student_added_by_hand_stays_on_the_sheet(world: World) -> None:
    world.sync()
    stranger = world.book.add(
        "students",
        {"ID": "stranger", "id": "stranger", "EMAIL": "x@ecole.test", "API_ID": "", "HIDDEN": 0},
    )
    course = world.course("7712001")
    course["STUDENTS"].append(world.courses.row(course, stranger["ID"]))
    world.simulation.move_course()
    world.sync()
    assert "stranger" in [item["studentId"] for item in world.course("7712001")["STUDENTS"]]


@pytest.mark.promise("P9")
def test_signed_sheet_keeps_its_fields_and_signatures(world: World) -> None:
    world.sync()
    course = world.course("7712001")
    world.courses.sign(course, course["STUDENTS"][0]["studentId"])
    world.simulation.move_course()
    world.simulation.new_student()
    result = world.sync()
    assert codes(result, "course")["7712001"] == "DOWN_COURSE_SIGNED"
    assert (course["START"], "90230" in world.names(course), course["STUDENTS"][0]["state"]) == (
        "2026-03-17T07:30:00.000Z",
        True,
        True,
    )
    assert world.sync().plan.is_empty


@pytest.mark.promise("P9")
def test_archived_sheet_is_not_changed(world: World) -> None:
    world.sync()
    world.course("7712001")["LOCKED"] = 1
    world.simulation.move_course()
    result = world.sync()
    assert (codes(result, "course")["7712001"], result.plan.is_empty) == (
        "DOWN_COURSE_ARCHIVED",
        True,
    )


@pytest.mark.fault("F17")
@pytest.mark.promise("P9")
def test_sheet_signed_between_plan_and_apply_is_not_patched(world: World) -> None:
    world.sync()
    world.simulation.move_course()
    course = world.course("7712001")
    world.sync(planned=lambda _plan: world.courses.sign(course, course["STUDENTS"][0]["studentId"]))
    assert (course["START"], course["STUDENTS"][0]["state"]) == ("2026-03-17T07:30:00.000Z", True)


def test_vanished_session_deletes_its_sheet(world: World) -> None:
    world.sync()
    world.simulation.remove_course()
    assert [
        outcome.code for outcome in world.sync().outcomes if outcome.source_id == "7712003"
    ] == ["DOWN_COURSE_VANISHED", "DOWN_DELETED"]
    assert world.book.find("courses", API_ID="7712003") is None


def test_cancelled_session_deletes_its_sheet(make_world: Callable[..., World]) -> None:
    world = make_world("ammon")
    world.sync()
    world.simulation.seed.classes[0]["annulee"] = -1
    result = world.sync()
    assert next(
        (outcome.code, outcome.detail)
        for outcome in result.outcomes
        if outcome.source_id == "55120"
    ) == ("DOWN_COURSE_VANISHED", "DOWN_COURSE_CANCELLED; its sheet is deleted")
    assert world.book.find("courses", API_ID="55120") is None


@pytest.mark.promise("P8")
@pytest.mark.parametrize("why", ["policy", "signed", "locked"])
def test_vanished_session_keeps_a_sheet_that_must_not_go(
    make_world: Callable[..., World], why: str
) -> None:
    world = make_world(rules={"vanished": "keep" if why == "policy" else "delete"})
    world.sync()
    course = world.course("7712003")
    if why == "signed":
        world.courses.sign(course, course["STUDENTS"][0]["studentId"])
    if why == "locked":
        course["LOCKED"] = 1
    world.simulation.remove_course()
    assert codes(world.sync(), "course")["7712003"] == "DOWN_COURSE_VANISHED"
    assert world.book.find("courses", API_ID="7712003") is not None


def test_session_with_a_data_problem_keeps_its_sheet(world: World) -> None:
    world.sync()
    world.simulation.break_email()
    result = world.sync()
    assert codes(result, "course")["7712007"] == "DOWN_COURSE_PROFESSOR_INVALID"
    assert world.book.find("courses", API_ID="7712007") is not None


def many(world: World, count: int) -> None:
    """Give the school so many further classes."""
    seed = world.simulation.seed
    for number in range(count):
        seed.courses[8000 + number] = seed.course(
            8000 + number,
            1 + number % 6,
            f"COURS {number}",
            "18:00:00",
            "19:00:00",
            [42],
            [1201],
            [90211],
            [],
        )


def drop(world: World, count: int) -> None:
    for number in range(count):
        del world.simulation.seed.courses[8000 + number]


@pytest.mark.fault("F13")
@pytest.mark.promise("P6")
@pytest.mark.parametrize(
    ("classes", "gone", "held"),
    [(40, 10, False), (40, 11, True), (60, 12, False), (20, 10, False), (60, 14, True)],
)
def test_deletion_guard_holds_more_than_ten_and_more_than_a_fifth(
    world: World, classes: int, gone: int, held: bool
) -> None:
    many(world, classes)
    world.sync()
    before = len(world.book.all("courses"))
    drop(world, gone)
    plan = world.plan()
    result = world.sync()
    assert result.plan.guards == (["RUN_DELETIONS_HELD"] if held else [])
    assert len(world.book.all("courses")) == before - (0 if held else gone)
    if held:
        world.sync(approve=plan.plan_id)
        assert len(world.book.all("courses")) == before - gone


@pytest.mark.promise("P6")
def test_allowed_deletions_are_those_of_that_very_plan(world: World) -> None:
    many(world, 40)
    world.sync()
    drop(world, 20)
    plan_id = world.plan().plan_id
    world.simulation.remove_course()
    with pytest.raises(Guarded) as stopped:
        world.sync(approve=plan_id)
    assert stopped.value.code == "RUN_PLAN_MOVED"


def test_saved_plan_is_refused_when_the_world_moved(world: World) -> None:
    plan_id = world.plan().plan_id
    world.simulation.move_course()
    with pytest.raises(Guarded) as stopped:
        world.sync(only_plan=plan_id)
    assert (stopped.value.code, world.writes()) == ("RUN_PLAN_MOVED", [])


def test_saved_plan_is_applied_when_it_still_stands(world: World) -> None:
    assert world.sync(only_plan=world.plan().plan_id).status == "success"


@pytest.mark.fault("F12")
@pytest.mark.promise("P7")
@pytest.mark.parametrize(
    "closed", ["/planning/09-03-2026/23-03-2026/groupes/1201", "/formation-longue/groupes"]
)
def test_incomplete_read_deletes_nothing(world: World, closed: str) -> None:
    world.sync()
    before = len(world.book.all("courses"))
    original = world.simulation.wsgi.view_functions.copy()
    world.simulation.wsgi.view_functions["planning" if "planning" in closed else "groups"] = (
        lambda **_: ("oops", 500)
    )
    result = world.sync()
    world.simulation.wsgi.view_functions.update(original)
    assert ("RUN_READ_INCOMPLETE" in result.plan.guards, len(world.book.all("courses"))) == (
        True,
        before,
    )


@pytest.mark.fault("F12")
@pytest.mark.promise("P7")
def test_list_that_is_empty_where_it_had_rows_is_suspicious(world: World) -> None:
    world.sync()
    before = {course["ID"]: len(course["STUDENTS"]) for course in world.book.all("courses")}
    world.simulation.seed.students.clear()
    result = world.sync()
    assert result.plan.guards == ["RUN_SUSPICIOUS_EMPTY"]
    assert {course["ID"]: len(course["STUDENTS"]) for course in world.book.all("courses")} == before


@pytest.mark.fault("F12")
@pytest.mark.promise("P7")
def test_empty_planning_deletes_nothing_while_sheets_are_to_come(world: World) -> None:
    world.sync()
    world.simulation.seed.courses.clear()
    result = world.sync()
    assert ("RUN_SUSPICIOUS_EMPTY" in result.plan.guards, len(world.book.all("courses"))) == (
        True,
        6,
    )


def test_renamed_student_column_empties_no_sheet(make_world: Callable[..., World]) -> None:
    world = make_world("ammon")
    world.sync()
    for row in (*world.simulation.seed.classes, *world.simulation.seed.individual):
        row["eleves"] = row.pop("stagiaires", None)
        row.pop("idStagiaire", None)
    before = {course["ID"]: len(course["STUDENTS"]) for course in world.book.all("courses")}
    result = world.sync()
    assert "SPEC_PATH_NEVER_SEEN" in {outcome.code for outcome in result.outcomes}
    assert {course["ID"]: len(course["STUDENTS"]) for course in world.book.all("courses")} == before


def test_lost_store_adopts_everything_and_creates_nothing(world: World) -> None:
    world.sync()
    before = len(world.writes())
    for file in world.folder.glob("state.*"):
        file.unlink()
    result = world.sync()
    assert (
        {change.action for account in result.plan.accounts for change in account.changes},
        world.writes()[before:],
    ) == ({"adopt"}, [])
    assert [outcome.code for outcome in result.outcomes if outcome.source_id == "7712001"] == [
        "DOWN_ADOPTED"
    ]


def test_handmade_person_is_taken_over_by_email(world: World) -> None:
    email = world.simulation.seed.students[90211]["adresse"]["email"]
    world.book.add(
        "students",
        {
            "ID": "hand",
            "id": "hand",
            "EMAIL": email,
            "FIRSTNAME": "M",
            "LASTNAME": "L",
            "API_ID": "",
            "API_TYPE": "",
            "HIDDEN": 0,
        },
    )
    result = world.sync()
    assert (codes(result, "student")["90211"], world.book.tables["students"]["hand"]["API_ID"]) == (
        "DOWN_PERSON_MANUAL_TWIN",
        "90211",
    )


def test_archived_person_is_reported_and_not_made_anew(world: World) -> None:
    email = world.simulation.seed.staff[42]["email"]
    world.book.add(
        "professors",
        {
            "ID": "old",
            "id": "old",
            "EMAIL": email,
            "FIRSTNAME": "M",
            "LASTNAME": "L",
            "API_ID": "42",
            "API_TYPE": "ypareo",
            "HIDDEN": ["school-sandbox"],
        },
    )
    result = world.sync()
    assert codes(result, "professor")["42"] == "DOWN_PERSON_ARCHIVED"
    assert codes(result, "course")["7712001"] == "DOWN_COURSE_HELD_DEPENDENCY"


def test_archived_person_is_restored_when_the_connector_says_so(
    make_world: Callable[..., World],
) -> None:
    world = make_world(rules={"restore_archived": True})
    email = world.simulation.seed.staff[42]["email"]
    world.book.add(
        "professors",
        {
            "ID": "old",
            "id": "old",
            "EMAIL": email,
            "FIRSTNAME": "M",
            "LASTNAME": "L",
            "API_ID": "42",
            "API_TYPE": "ypareo",
            "HIDDEN": ["school-sandbox"],
        },
    )
    world.sync()
    assert (
        world.book.tables["professors"]["old"]["HIDDEN"],
        world.course("7712001")["PROFESSOR"],
    ) == ([], "old")


@pytest.mark.promise("P8")
def test_person_of_another_connector_is_a_conflict(world: World) -> None:
    email = world.simulation.seed.students[90211]["adresse"]["email"]
    world.book.add(
        "students",
        {
            "ID": "other",
            "id": "other",
            "EMAIL": email,
            "FIRSTNAME": "M",
            "LASTNAME": "L",
            "API_ID": "77",
            "API_TYPE": "ammon",
            "HIDDEN": 0,
        },
    )
    result = world.sync()
    assert codes(result, "student")["90211"] == "DOWN_PERSON_EMAIL_CONFLICT"
    assert "90211" not in world.names(world.course("7712001"))


def hand_made(world: World, name: str = "aujourd'hui") -> str:
    row = {
        "ID": "byhand",
        "id": "byhand",
        "NAME": name,
        "START": "2026-03-16T07:30:00.000Z",
        "END": "2026-03-16T09:00:00.000Z",
        "PROFESSOR": "",
        "STUDENTS": [],
        "SCHOOL_GROUP": [],
        "LOCKED": 0,
        "API_ID": "",
        "API_TYPE": "",
        "CLASSROOM": "",
        "DESCRIPTION": "",
        "DATE_UPDATED": "2026-03-16T08:00:00.000Z",
        "PROFESSOR_SIGNATURE": "",
    }
    world.book.add("courses", row)
    return "byhand"


@pytest.mark.source("S103", "S104")
def test_handmade_sheet_of_a_begun_class_gets_its_people_and_stays_handmade(world: World) -> None:
    sheet = hand_made(world)
    result = world.sync()
    row = world.book.tables["courses"][sheet]
    assert (codes(result, "course")["7712013"], world.names(row), row["API_ID"]) == (
        "DOWN_COURSE_MANUAL_ADOPTED",
        ["90211", "90212", "90213", "90215"],
        "",
    )
    assert world.sync().plan.is_empty


@pytest.mark.promise("P8")
def test_handmade_sheet_that_matches_nothing_is_named_and_left(world: World) -> None:
    hand_made(world, "autre chose")
    result = world.sync()
    assert [outcome.code for outcome in result.outcomes if outcome.edusign_id == "byhand"] == [
        "DOWN_COURSE_MANUAL_UNMATCHED"
    ]


def test_handmade_sheet_that_matches_two_sessions_is_named_and_left(world: World) -> None:
    seed = world.simulation.seed
    seed.courses[1] = seed.courses[7712013] | {"codeSeance": 1}
    hand_made(world)
    result = world.sync()
    assert [outcome.code for outcome in result.outcomes if outcome.edusign_id == "byhand"] == [
        "DOWN_COURSE_MANUAL_AMBIGUOUS"
    ]
    assert world.book.tables["courses"]["byhand"]["STUDENTS"] == []


@pytest.mark.fault("F18")
def test_change_by_hand_on_edusign_is_overwritten_and_said(world: World) -> None:
    world.sync()
    world.later(minutes=5)
    world.course("7712001").update({"NAME": "À LA MAIN", "DATE_UPDATED": world.book.now()})
    result = world.sync()
    assert codes(result, "course").get("7712001") == "DOWN_COURSE_OVERWRITTEN"
    assert world.course("7712001")["NAME"] == "COMPTABILITÉ"


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("array_message", ["EDU_REJECTED"]),
        ("drop_before", ["EDU_IN_DOUBT"]),
        ("drop_after", ["DOWN_COURSE_OVERWRITTEN", "DOWN_UPDATED"]),
    ],
)
def test_change_by_hand_is_said_to_be_overwritten_when_it_was(
    make_world: Callable[..., World], kind: str, said: list[str]
) -> None:
    world = make_world(grace="1ms")
    world.sync()
    world.later(minutes=5)
    world.course("7712001").update({"NAME": "À LA MAIN", "DATE_UPDATED": world.book.now()})
    world.faults.active.append(Fault(kind, verb="PATCH", path="/course", times=9))
    result = world.sync()
    assert [one.code for one in result.outcomes if one.source_id == "7712001"] == said
    is_overwritten = world.course("7712001")["NAME"] == "COMPTABILITÉ"
    assert is_overwritten == ("DOWN_COURSE_OVERWRITTEN" in said)


@pytest.mark.parametrize("ahead", [-7200, -120, 0, 120, 7200])
def test_change_by_hand_while_the_last_run_went_on_is_seen_whatever_our_clock_says(
    world: World, ahead: int
) -> None:
    edusign_now = NOW + timedelta(seconds=ahead)
    world.book.clock = lambda: edusign_now

    def edit(verb: str, path: str) -> None:
        nonlocal edusign_now
        if verb == "POST" and path == "/v1/course" and len(world.book.all("courses")) == 4:
            edusign_now += timedelta(seconds=5)
            found = world.book.find("courses", API_ID="7712001")
            assert found is not None
            found.update({"NAME": "À LA MAIN", "DATE_UPDATED": world.book.now()})

    world.faults.after = edit
    world.sync()
    world.faults.after = lambda _verb, _path: None
    edusign_now += timedelta(hours=7)
    again = codes(world.sync(), "course")
    assert [found for found, code in again.items() if code == "DOWN_COURSE_OVERWRITTEN"] == [
        "7712001"
    ]


def test_change_in_the_erp_is_not_taken_for_one_by_hand(world: World) -> None:
    world.sync()
    world.simulation.move_course()
    result = world.sync()
    assert [outcome.code for outcome in result.outcomes if outcome.source_id == "7712001"] == [
        "DOWN_UPDATED"
    ]


def test_students_in_another_order_are_no_change(world: World) -> None:
    world.sync()
    for found in world.simulation.seed.courses.values():
        found["codesApprenant"].reverse()
    assert world.sync().plan.is_empty


@pytest.mark.fault("F18")
def test_sheet_deleted_by_hand_is_made_anew_when_the_erp_changes_it(world: World) -> None:
    world.sync()
    gone = world.course("7712001")["ID"]
    del world.book.tables["courses"][gone]
    world.simulation.move_course()
    world.sync()
    assert world.course("7712001")["ID"] != gone


@pytest.mark.promise("P10")
def test_one_rejected_item_stops_only_itself(world: World) -> None:
    world.simulation.seed.staff[43]["nom"] = "X"
    world.faults.active.append(Fault("array_message", verb="POST", path="/professor", skip=1))
    result = world.sync()
    assert (
        {outcome.code for outcome in result.outcomes if outcome.source_id == "43"},
        result.status,
        result.outcomes[-1].code,
    ) == ({"EDU_REJECTED"}, "partial", "RUN_PARTIAL")
    assert world.book.find("courses", API_ID="7712001") is not None
    assert codes(result, "course")["7712002"] == "DOWN_COURSE_HELD_DEPENDENCY"
    world.simulation.seed.staff[43]["nom"] = "Y"
    assert world.sync().status == "success"


def test_unknown_filter_id_stops_the_run(make_world: Callable[..., World]) -> None:
    with pytest.raises(ConfigurationProblem) as stopped:
        make_world(filters={"siteCodes": [99]}).plan()
    assert stopped.value.code == "CONF_FILTER_ID_UNKNOWN"


def test_shared_lists_are_read_once_for_all_accounts(make_world: Callable[..., World]) -> None:
    calls: list[str] = []
    world = make_world(
        accounts=[
            {"name": "a", "filters": {"siteCodes": [36]}},
            {"name": "b", "filters": {"siteCodes": [37]}},
        ]
    )
    world.simulation.wsgi.before_request_funcs[None].append(
        lambda: calls.append(__import__("flask").request.path)
    )
    world.plan()
    assert calls.count("/index.php/r/v1/utilisateur/personnels") == 1


def test_credentials_flag_is_always_explicit(make_world: Callable[..., World]) -> None:
    world = make_world("ammon", options={"sendCredentialsInstructors": True})
    world.sync()
    bodies: list[dict[str, Any]] = [
        request["body"] for request in world.book.requests if request["verb"] == "POST"
    ]
    assert {body["dontSendCredentials"] for body in bodies if "professor" in body} == {False}
    assert {body["student"]["SEND_EMAIL_CREDENTIALS"] for body in bodies if "student" in body} == {
        False
    }


@pytest.mark.promise("P18")
def test_no_personal_data_reaches_the_store(world: World) -> None:
    world.sync()
    world.simulation.move_course()
    world.sync()
    stored = b"".join(file.read_bytes() for file in world.folder.glob("state.db*"))
    people = [
        row for kind in ("students", "professors", "externals") for row in world.book.all(kind)
    ]
    assert [
        value
        for row in people
        for value in (row["EMAIL"], row["LASTNAME"])
        if value.encode() in stored
    ] == []


def test_run_after_a_missed_slot_says_so(make_world: Callable[..., World]) -> None:
    from datetime import UTC, datetime, timedelta

    world = make_world("ammon")
    world.sync()
    world.now = datetime.now(UTC) + timedelta(days=2)
    assert "RUN_LATE" in [outcome.code for outcome in world.sync().outcomes]
