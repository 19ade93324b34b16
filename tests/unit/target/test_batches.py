"""What an answer to a batch says of each item: what is not understood says nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from edusync.target import wire_v3

FIRST = {"inputIndex": 0, "status": "created", "id": "s1"}


def refusal(index: int, code: Any) -> dict[str, Any]:
    return {"inputIndex": index, "status": "failed", "error": {"code": code}}


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ({"results": [FIRST, refusal(1, "X")]}, {0: ("s1", None), 1: (None, "X")}),
        ({"results": [{"inputIndex": 1, "ID": "s2"}, FIRST]}, {0: ("s1", None), 1: ("s2", None)}),
        ({"results": [FIRST, FIRST]}, {}),
        ({"results": [FIRST, {"inputIndex": 1, "id": "s1"}]}, {}),
        ({"results": [FIRST, refusal(0, "X")]}, {}),
        ({"results": [{"inputIndex": 0}]}, {}),
        ({"results": [{"inputIndex": 0, "id": True}]}, {}),
        ({"results": [{"inputIndex": 0, "id": "s1", "error": "no"}]}, {}),
        ({"results": [refusal(0, None)]}, {}),
        ({"results": [{"inputIndex": True, "id": "s1"}]}, {}),
        ({"results": [{"inputIndex": 2, "id": "s1"}]}, {}),
        ({"results": [{"inputIndex": -1, "id": "s1"}]}, {}),
        ({"results": [{"inputIndex": "0", "id": "s1"}]}, {}),
        ({"results": ["s1", None, 7]}, {}),
        ({"results": {"0": "s1"}}, {}),
        ({"data": [FIRST]}, {}),
        ([FIRST], {}),
        (None, {}),
    ],
)
def test_an_answer_is_read_item_by_item(answer: Any, found: Any) -> None:
    assert wire_v3.read_results(answer, [{}, {}]) == found


@pytest.mark.parametrize(
    ("kind", "more", "is_said"),
    [
        ("student", {"phone": "1", "tags": ("a",), "badge": "b"}, True),
        ("student", {"externals": ()}, True),
        ("student", {"externals": ("e1",)}, False),
        ("student", {"email": ""}, False),
        ("professor", {"tags": ("a",)}, True),
        ("professor", {"badge": "b"}, False),
    ],
)
def test_a_person_whom_v3_cannot_say_whole_is_not_said(
    kind: str, more: dict[str, Any], *, is_said: bool
) -> None:
    fields = {"last_name": "L", "first_name": "F", "email": "a@b.test", **more}
    item = wire_v3.person_item(kind, fields, wire_v3.identity("1", "demo"))
    assert (item is not None) is is_said
    if item is not None:
        assert (item["externalReferenceId"], item["externalReferenceType"]) == ("1", "demo")
        assert set(item) >= {"lastName", "firstName", "email"}


def test_a_sheet_names_one_of_two_ids_and_its_instants_in_utc() -> None:
    item = wire_v3.course_item(
        wire_v3.identity("c1", "demo"),
        name="N",
        starts_at=datetime(2026, 3, 17, 8, tzinfo=UTC),
        ends_at=datetime(2026, 3, 17, 9, tzinfo=UTC),
        professors=["p1"],
        students=["s1"],
        groups=[],
        classroom_id=None,
    )
    assert item["startDateTime"] == "2026-03-17T08:00:00.000Z"
    assert item["students"] == {"studentIds": ["s1"]}
    assert not item.keys() & {"courseId", "classroomId", "professorExternalReferenceIds"}
