"""What nobody can say for sure is held and named, and never guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from edusync.app.runs.adopting import Result
from edusync.errors import UsageProblem
from edusync.state.adoptions import Decision, begin, noted
from edusync.state.open import open_store
from tests.movein.school import OLD, School


def reasons(result: Result, kind: str | None = None) -> dict[str, set[str | None]]:
    """Return the ids on Edusign of what is named, by code."""
    found: dict[str, set[str | None]] = {}
    for one in result.outcomes:
        if kind in {None, one.kind}:
            found.setdefault(one.code, set()).add(one.edusign_id)
    return found


def taken(result: Result, kind: str) -> set[str]:
    """Return the source ids of what would be taken over."""
    assert result.adoption is not None
    return {
        item.source_id
        for account in result.adoption.accounts
        for item in account.items
        if item.kind == kind
    }


def sheet(school: School, source_id: str) -> dict[str, Any]:
    row = school.book.find("courses", API_ID=school.old.id_of("courses", source_id))
    assert row is not None
    return row


def student(school: School, source_id: str) -> dict[str, Any]:
    row = school.book.find("students", API_ID=school.old.id_of("students", source_id))
    assert row is not None
    return row


def settled_without_a_double(school: School) -> None:
    """Take over the rest, and see that the slots after it make nothing beside what is held."""
    count = len(school.book.all("courses")), len(school.book.all("students"))
    school.move_in()
    school.sync()
    school.sync()
    assert (len(school.book.all("courses")), len(school.book.all("students"))) == count


def test_two_sheets_of_one_hour_for_one_class(school: School) -> None:
    row = sheet(school, "7712001")
    twin = {**row, "ID": "ctwin", "id": "ctwin", "API_ID": f"{OLD}-twin", "NAME": "ANOTHER"}
    school.book.add("courses", twin)
    plan = school.adopt()
    assert reasons(plan)["MOVE_DOUBLED"] == {row["ID"], "ctwin"}
    assert "7712001" not in taken(plan, "course")
    settled_without_a_double(school)
    held = [one for one in school.sync().outcomes if one.code == "DOWN_COURSE_FOREIGN_HELD"]
    assert [one.source_id for one in held] == ["7712001"]


def test_two_sheets_that_fit_alike(school: School) -> None:
    row = sheet(school, "7712004")  # known under an id of the old connector's own
    school.book.add("courses", {**row, "ID": "ctwin", "id": "ctwin", "API_ID": f"{OLD}-twin"})
    plan = school.adopt()
    assert reasons(plan)["MOVE_AMBIGUOUS"] == {row["ID"], "ctwin"}
    settled_without_a_double(school)


def test_person_of_two_records(school: School) -> None:
    there = student(school, "90215")  # the id says one, the e-mail another
    copy = {**there, "ID": "scopy", "id": "scopy", "API_ID": f"{OLD}-x"}
    there["EMAIL"] = "other@ecole.test"
    school.book.add("students", copy)
    plan = school.adopt()
    assert reasons(plan, "student")["MOVE_AMBIGUOUS"] == {there["ID"], "scopy"}
    assert "90215" not in taken(plan, "student")
    settled_without_a_double(school)


def test_email_that_two_people_of_the_erp_have(school: School) -> None:
    held = school.adopt().held
    assert [(one.code, one.kind, one.source_id) for one in held] == [
        ("MOVE_EMAIL_SHARED", "professor", "44")
    ]


def test_professor_who_is_held_stays_on_the_sheets_that_they_are_on(
    make_school: Callable[..., School],
) -> None:
    school = make_school("adesoft")
    before = [row["PROFESSOR"] for row in school.book.all("courses")]
    school.move_in()
    slot = school.sync()
    assert [row["PROFESSOR"] for row in school.book.all("courses")] == before
    named = {one.source_id for one in slot.outcomes if one.code == "DOWN_COURSE_HELD_DEPENDENCY"}
    assert "12/8802/0/0" in named


def test_same_email_and_other_names(school: School) -> None:
    there = student(school, "90215")
    there |= {"LASTNAME": "TOTALLY", "FIRSTNAME": "Other"}
    plan = school.adopt()
    assert reasons(plan)["MOVE_DIFFERS"] == {there["ID"]}
    settled_without_a_double(school)


def test_same_id_and_nothing_else_is_a_coincidence(school: School) -> None:
    there = student(school, "90215")
    there |= {"LASTNAME": "TOTALLY", "FIRSTNAME": "Other", "EMAIL": "other@ecole.test"}
    plan = school.adopt()
    assert there["ID"] in reasons(plan)["MOVE_UNMATCHED"]
    assert "90215" not in taken(plan, "student")


def test_same_names_and_another_email_wait_and_nobody_is_made_beside_them(school: School) -> None:
    there = student(school, "90211")  # known under an id of the old connector's own
    there["EMAIL"] = "private@ecole.test"
    plan = school.adopt()
    assert reasons(plan)["MOVE_NAME_ONLY"] == {there["ID"]}
    settled_without_a_double(school)
    named = [one for one in school.sync().outcomes if one.code == "DOWN_PERSON_FOREIGN_TWIN"]
    assert [(one.source_id, one.edusign_id) for one in named] == [("90211", there["ID"])]


def test_sheets_that_are_signed_are_linked_and_not_written(school: School) -> None:
    signed = [row for row in school.book.all("courses") if any_signature(row) and not row["LOCKED"]]
    coming = [row for row in signed if row["START"] > "2026-03-16"]
    assert len(coming) == 1
    before = repr(coming[0])
    school.move_in()
    assert repr(coming[0]) == before
    assert school.sync().plan.is_empty
    assert coming[0]["API_TYPE"] == OLD


def test_sheets_that_have_begun_and_archived_ones_are_left_and_named(school: School) -> None:
    past = {
        row["ID"]: repr(row) for row in school.book.all("courses") if row["START"] < "2026-03-16"
    }
    plan = school.adopt()
    is_open = {found for found in past if not school.book.tables["courses"][found]["LOCKED"]}
    assert reasons(plan)["MOVE_BEGUN"] == is_open
    school.move_in()
    assert {found: repr(school.book.tables["courses"][found]) for found in past} == past


@pytest.mark.fault("F17")
def test_sheet_that_was_signed_since_the_plan_was_made_keeps_its_ids(school: School) -> None:
    row = sheet(school, "7712001")
    plan = school.adopt()

    def sign(verb: str, _path: str) -> None:
        if verb == "PATCH":
            school.faults.before = lambda _verb, _path: None
            school.courses.sign(row, row["STUDENTS"][0]["studentId"])

    school.faults.before = sign
    school.adopt(apply=plan.plan_id)
    assert row["API_TYPE"] == OLD
    assert row["STUDENTS"][0]["signature"]
    assert "7712001" in school.links()["course"]


@pytest.mark.fault("F18")
def test_item_that_changed_hands_since_the_plan_was_made_is_not_written(school: School) -> None:
    row = sheet(school, "7712001")
    plan = school.adopt()

    def change(verb: str, _path: str) -> None:
        if verb == "PATCH":
            row["API_ID"] = "somebody-else"

    school.faults.before = change
    done = school.adopt(apply=plan.plan_id)
    assert reasons(done)["MOVE_CHANGED"] == {row["ID"]}
    assert (row["API_ID"], row["API_TYPE"]) == ("somebody-else", OLD)


def test_erp_that_was_not_read_wholly_decides_nothing(school: School) -> None:
    from edusync.errors import Guarded

    school.door.broken.append(_broken("/apprenants"))
    with pytest.raises(Guarded) as told:
        school.adopt()
    assert told.value.code == "RUN_READ_INCOMPLETE"


def _broken(path: str) -> Any:
    from edusync.sandbox.door import Break

    return Break(path)


def any_signature(row: dict[str, Any]) -> bool:
    return any(one["signature"] for one in row["STUDENTS"])


def test_sheets_beyond_the_days_that_are_read_are_named_and_can_be_looked_at(
    make_school: Callable[..., School],
) -> None:
    school = make_school(schedule={"window_days": 1})
    plan = school.adopt()
    beyond = reasons(plan)["MOVE_BEYOND"]
    further = school.adopt(days=14)
    assert "MOVE_BEYOND" not in reasons(further)
    assert len(taken(further, "course")) == len(taken(plan, "course")) + len(beyond) - 1


def test_each_item_that_is_taken_over_is_an_event_of_the_run(school: School) -> None:
    done = school.move_in()
    named = [(one.kind, one.source_id) for one in done.outcomes if one.code == "MOVE_ADOPTED"]
    assert done.adoption is not None
    items = [item for account in done.adoption.accounts for item in account.items]
    assert sorted(map(str, named)) == sorted(str((item.kind, item.source_id)) for item in items)


def test_sheet_that_was_signed_since_is_not_given_back(school: School) -> None:
    row = sheet(school, "7712001")
    school.move_in()
    school.courses.sign(row, row["STUDENTS"][0]["studentId"])
    before = repr(row)
    done = school.give_back(apply=school.give_back().plan_id)
    assert (done.status, repr(row)) == ("held", before)
    assert reasons(done)["MOVE_NOT_GIVEN_BACK"] == {row["ID"]}
    assert row["ID"] not in reasons(done)["MOVE_GIVEN_BACK"]
    assert school.links()["course"] == {"7712001"}


@pytest.mark.parametrize("name", ["LASTNAME", "FIRSTNAME"])
@pytest.mark.parametrize("email", ["another@ecole.test", ""], ids=["another e-mail", "no e-mail"])
def test_same_id_and_one_name_in_common_may_be_somebody_else(
    school: School, name: str, email: str
) -> None:
    """Somebody of the same family or first name, under an id that is equal by chance."""
    there = student(school, "90215")
    there |= {name: "Totally Other", "EMAIL": email}
    plan = school.adopt()
    assert there["ID"] in reasons(plan, "student")["MOVE_DIFFERS"]
    assert "90215" not in taken(plan, "student")
    settled_without_a_double(school)


def test_ids_of_sheets_that_are_equal_by_chance_lead_to_no_other_class(school: School) -> None:
    """The old connector counted by itself: each id of the ERP stands on the sheet of another class.

    Each is of the class whose time and name it has; one that has nothing but people in common with
    the class of its id is named and left.
    """
    before = {
        item.edusign_id: item.source_id
        for item in school.adopt().adoption.accounts[0].items  # type: ignore[union-attr]
        if item.kind == "course"
    }
    rows = [row for row in school.book.all("courses") if row["ID"] in before]
    ids = [before[row["ID"]] for row in rows]
    for row, other in zip(rows, ids[1:] + ids[:1], strict=True):
        row["API_ID"] = other
    plan = school.adopt()
    now = {
        item.edusign_id: item.source_id
        for item in plan.adoption.accounts[0].items  # type: ignore[union-attr]
        if item.kind == "course"
    }
    assert now == before
    gone = rows[0]  # its class left the ERP's planning; that of its id has no sheet
    del school.book.tables["courses"][
        next(row["ID"] for row in rows if before[row["ID"]] == ids[1])
    ]
    gone |= {"NAME": "Un cours qui n’est plus", "START": "2026-03-17T17:00:00.000Z"}
    gone["END"] = "2026-03-17T18:00:00.000Z"
    plan = school.adopt()
    assert gone["ID"] in reasons(plan, "course")["MOVE_DIFFERS"]


def test_account_that_left_the_file_is_not_passed_over_when_things_are_given_back(
    school: School,
) -> None:
    school.move_in()
    account = dict(json.loads(school.file.read_text())["accounts"][0])
    store = open_store(str(school.state))
    one = noted(store, "school", "main", OLD)[0]
    decision = Decision(OLD, "adopted", "", school.now)
    begin(store, "school", "second", decision, [one._replace(edusign_id="elsewhere")])
    store.close()
    with pytest.raises(UsageProblem, match="'second', which the connector file does not name"):
        school.give_back()
    school.write(accounts=[account, {**account, "name": "second"}])
    assert set(school.give_back().given_back) == {"main", "second"}
