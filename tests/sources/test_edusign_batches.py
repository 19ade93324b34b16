"""The sandbox of Edusign takes batches as strictly as v3 is documented."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.edusign.throttle import HEAVY, STEP, SlowDown

NOW = datetime(2026, 3, 18, tzinfo=UTC)
KEY = {"Authorization": "Bearer sandbox-key"}
ANNA = {"firstName": "A", "lastName": "B", "email": "a@x.test", "externalReferenceId": "9"}
DATES = {"startDateTime": "2026-03-20T08:00:00Z", "endDateTime": "2026-03-20T09:00:00Z"}
LAW = {"name": "Law", **DATES, "professorIds": ["p1"]}
TWO = {"studentIds": ["s1"], "studentExternalReferenceIds": ["1"]}


def sandbox() -> tuple[Book, FlaskClient]:
    book = Book(clock=lambda: NOW)
    app = create_app(book, per_minute=1_000_000)
    for letter, kind in (("p", "professors"), ("s", "students"), ("g", "groups")):
        for number in (1, 2, 3):
            row = {"ID": f"{letter}{number}", "API_ID": str(number), "EMAIL": f"{letter}{number}"}
            book.add(kind, row | {"HIDDEN": int(number == 3), "STUDENTS": []})
    book.add("professors", {"ID": "pp", "API_ID": "2", "EMAIL": "", "HIDDEN": []})
    book.add("classrooms", {"ID": "r1", "NAME": "B1", "API_ID": "b1"})
    for name, day in (("past", 10), ("coming", 20)):
        data = {
            "NAME": name,
            "PROFESSOR": "p1",
            "START": f"2026-03-{day}T08:00:00Z",
            "END": f"2026-03-{day}T09:00:00Z",
            "API_ID": name,
            "STUDENTS": [{"studentId": "s1"}, {"studentId": "s2"}],
        }
        app.extensions["edusync"]["courses"].create(data, from_students=True)
    return book, app.test_client()


def asked(client: FlaskClient, kind: str, *items: Any) -> tuple[int, list[dict[str, Any]]]:
    answer = client.post(f"/v3/{kind}/batch-upsert", json={kind: list(items)}, headers=KEY)
    return answer.status_code, answer.get_json()["results"]


@pytest.mark.parametrize(
    ("kind", "item", "code"),
    [
        ("students", "Anna", "VALIDATION_ERROR"),
        ("students", ANNA | {"sendCredentials": True}, "VALIDATION_ERROR"),
        ("students", ANNA | {"email": "s1"}, "VALIDATION_ERROR"),
        ("students", ANNA | {"email": ""}, "REQUIRED_FIELD_MISSING"),
        ("students", ANNA | {"email": "s3"}, "ARCHIVED_STUDENT_EXISTS"),
        ("students", ANNA | {"externalReferenceId": "3"}, "ARCHIVED_STUDENT_EXISTS"),
        ("students", ANNA | {"studentId": "s1"}, "AMBIGUOUS_STUDENT_IDENTIFIER"),
        ("professors", ANNA | {"professorId": "p1"}, "AMBIGUOUS_PROFESSOR_IDENTIFIER"),
        ("professors", {"professorId": "nobody"}, "PROFESSOR_NOT_FOUND"),
        ("professors", {"professorId": "p3"}, "ARCHIVED_PROFESSOR_EXISTS"),
        ("groups", {"externalReferenceId": "9"}, "REQUIRED_FIELD_MISSING"),
        ("groups", {"name": "N", "students": ["s1"]}, "VALIDATION_ERROR"),
        ("groups", {"name": "N", "parentExternalReferenceId": "9"}, "GROUPS_NOT_FOUND"),
        ("groups", {"name": "N", "externalReferenceId": "3"}, "ARCHIVED_GROUP_EXISTS"),
        (
            "courses",
            LAW | {"courseId": "c", "externalReferenceId": "9"},
            "AMBIGUOUS_COURSE_IDENTIFIER",
        ),
        ("courses", LAW | {"courseId": "nothing"}, "COURSE_NOT_FOUND"),
        ("courses", LAW | {"name": ""}, "REQUIRED_FIELD_MISSING"),
        ("courses", LAW | {"professorIds": []}, "REQUIRED_FIELD_MISSING"),
        ("courses", LAW | {"endDateTime": DATES["startDateTime"]}, "INVALID_DATE_RANGE"),
        ("courses", LAW | {"endDateTime": "tomorrow"}, "VALIDATION_ERROR"),
        ("courses", LAW | {"description": "D"}, "VALIDATION_ERROR"),
        (
            "courses",
            LAW | {"professorExternalReferenceIds": ["1"]},
            "AMBIGUOUS_PROFESSOR_IDENTIFIER",
        ),
        (
            "courses",
            {"name": "N", **DATES, "professorExternalReferenceIds": ["2"]},
            "AMBIGUOUS_PROFESSOR_IDENTIFIER",
        ),
        ("courses", LAW | {"professorIds": ["nobody"]}, "PROFESSORS_NOT_FOUND"),
        ("courses", LAW | {"professorIds": ["p3"]}, "ARCHIVED_PROFESSOR_EXISTS"),
        (
            "courses",
            LAW | {"classroomId": "r1", "classroomExternalReferenceId": "b1"},
            "AMBIGUOUS_CLASSROOM_IDENTIFIER",
        ),
        ("courses", LAW | {"classroomId": "B1"}, "CLASSROOM_NOT_FOUND"),
        ("courses", LAW | {"students": TWO}, "AMBIGUOUS_STUDENT_IDENTIFIER"),
        ("courses", LAW | {"students": {"studentIds": ["nobody"]}}, "STUDENTS_NOT_FOUND"),
        ("courses", LAW | {"students": {"studentIds": ["s3"]}}, "ARCHIVED_STUDENT_EXISTS"),
        (
            "courses",
            LAW | {"students": {"groupIds": ["g1"], "groupExternalReferenceIds": ["1"]}},
            "AMBIGUOUS_GROUP_IDENTIFIER",
        ),
        ("courses", LAW | {"students": {"groupIds": ["nothing"]}}, "GROUPS_NOT_FOUND"),
        ("courses", LAW | {"students": {"groupIds": ["g3"]}}, "ARCHIVED_GROUP_EXISTS"),
    ],
)
def test_one_item_is_refused_and_the_others_are_not(kind: str, item: Any, code: str) -> None:
    _, client = sandbox()
    person = ANNA | {"email": "other@x.test", "externalReferenceId": "10"}
    others: dict[str, dict[str, Any]] = {"groups": {"name": "N"}, "courses": LAW}
    good = others.get(kind, person)
    status, results = asked(client, kind, item, good)
    assert status == 207
    assert results[0]["inputIndex"] == 0
    assert results[0]["error"]["code"] == code
    assert (results[1]["inputIndex"], results[1]["status"]) == (1, "created")


def test_a_request_is_refused_whole_when_it_has_no_item_or_too_many() -> None:
    book, client = sandbox()
    before = len(book.all("students"))
    for items in ([], [ANNA] * 1_001):
        answer = client.post("/v3/students/batch-upsert", json={"students": items}, headers=KEY)
        assert (answer.status_code, answer.get_json()["code"]) == (400, "VALIDATION_ERROR")
    assert client.post("/v3/students/batch-upsert", json={"students": [ANNA]}).status_code == 401
    assert len(book.all("students")) == before


def test_an_item_that_stands_in_the_request_already_is_refused() -> None:
    _, client = sandbox()
    status, results = asked(client, "students", ANNA, ANNA | {"email": "b@x.test"})
    assert (status, results[1]["error"]["code"]) == (207, "DUPLICATE_IN_REQUEST")


def test_an_item_with_a_known_id_is_changed_whichever_connector_it_is_of() -> None:
    book, client = sandbox()
    book.all("students")[0]["API_TYPE"] = "another"
    item = ANNA | {"externalReferenceId": "1", "externalReferenceType": "demo"}
    assert asked(client, "students", item) == (
        200,
        [{"inputIndex": 0, "status": "updated", "id": "s1"}],
    )
    assert book.all("students")[0]["API_TYPE"] == "demo"


def test_the_roster_is_replaced_but_not_of_a_sheet_that_is_over_or_archived() -> None:
    book, client = sandbox()
    past, coming = book.all("courses")
    locked = asked(client, "courses", LAW | {"externalReferenceId": "locked"})[1][0]["id"]
    rows = [book.get("courses", locked) or {}, past, coming]
    rows[0].update({"LOCKED": 1, "STUDENTS": [dict(one) for one in coming["STUDENTS"]]})
    for row in rows:
        dates = {"startDateTime": row["START"], "endDateTime": row["END"]}
        new = {"courseId": row["ID"], "name": "New", **dates, "professorIds": ["p1"]}
        assert asked(client, "courses", new | {"students": {"studentIds": ["s2"]}})[0] == 200
    names = [{one["studentId"] for one in row["STUDENTS"]} for row in rows]
    assert names == [{"s1", "s2"}, {"s1", "s2"}, {"s2"}]
    assert asked(client, "courses", {**new, "name": "Newer"})[0] == 200
    assert [one["studentId"] for one in coming["STUDENTS"]] == ["s2"]


def test_members_of_the_groups_are_put_on_the_sheet() -> None:
    book, client = sandbox()
    book.tables["groups"]["g1"]["STUDENTS"] = ["s2"]
    both = {"studentIds": ["s1"], "groupIds": ["g1"]}
    (made,) = asked(client, "courses", LAW | {"classroomId": "r1", "students": both})[1]
    row = book.tables["courses"][made["id"]]
    assert [one["studentId"] for one in row["STUDENTS"]] == ["s1", "s2"]
    assert (row["SCHOOL_GROUP"], row["CLASSROOM"]) == (["g1"], "B1")
    row["MAX_STUDENTS"] = 1
    _, (told,) = asked(client, "courses", LAW | {"courseId": made["id"], "students": both})
    assert told["error"]["code"] == "MAX_STUDENTS_EXCEEDED"


def test_the_same_request_within_five_seconds_is_carried_out_once() -> None:
    book, client = sandbox()
    before = len(book.all("courses"))
    assert asked(client, "courses", LAW) == asked(client, "courses", LAW)
    assert len(book.all("courses")) == before + 1
    asked(client, "courses", LAW | {"name": "Another"})
    asked(client, "courses", LAW)
    assert len(book.all("courses")) == before + 3


def test_a_heavy_request_is_slowed_down_above_24_a_minute() -> None:
    slow = SlowDown(480 // HEAVY)
    assert [slow.delay() for _ in range(26)][-3:] == [0, STEP, 2 * STEP]
