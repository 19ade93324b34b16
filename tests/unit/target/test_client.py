"""The Edusign client against the sandbox: business errors, technical errors, in-doubt writes,
throttle, paging.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, jsonify

from edusync.errors import TargetError
from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.edusign.faults import Fault
from edusync.sandbox.serve import serving
from edusync.target import wire
from edusync.target.client import EdusignClient
from edusync.target.failures import InDoubt, Rejected


class Side:
    def __init__(self, address: str, book: Book, faults: list[Fault]) -> None:
        self.address, self.book, self.faults = address, book, faults
        self.client = EdusignClient(
            address, "sandbox-key", per_minute=100_000, sleep=lambda _seconds: None
        )

    def professor(self, number: int = 1) -> str:
        body = {
            "professor": {
                "FIRSTNAME": "A",
                "LASTNAME": "B",
                "EMAIL": f"p{number}@ecole.test",
                **wire.identity(str(number), "demo"),
            },
            "dontSendCredentials": True,
        }
        return self.client.create("professor", body)

    def student(self, number: int = 1) -> str:
        return self.client.create(
            "student",
            {
                "student": {
                    "FIRSTNAME": "A",
                    "LASTNAME": "B",
                    "EMAIL": f"s{number}@ecole.test",
                    **wire.identity(str(number), "demo"),
                }
            },
        )

    def course(self, day: int = 17, students: tuple[str, ...] = ()) -> str:
        professor = (
            self.book.all("professors")[0]["ID"]
            if self.book.all("professors")
            else self.professor()
        )
        body = wire.course_body(
            wire.identity(f"c{day}{len(self.book.all('courses'))}", "demo"),
            name="N",
            starts_at=datetime(2026, 3, day, 8, tzinfo=UTC),
            ends_at=datetime(2026, 3, day, 9, tzinfo=UTC),
            professors=[professor],
            students=students,
            groups=None,
            classroom=None,
            description=None,
        )
        return self.client.create("course", body)


@pytest.fixture
def side() -> Iterator[Side]:
    book = Book()
    app = create_app(book, per_minute=100_000)
    with serving(app) as address:
        yield Side(address, book, app.extensions["edusync"]["faults"].active)


@pytest.mark.fault("F22")
def test_refused_key_is_told_from_everything_else(side: Side) -> None:
    with pytest.raises(TargetError) as refused:
        EdusignClient(side.address, "wrong", per_minute=100, sleep=lambda _s: None).school()
    assert refused.value.code == "EDU_AUTH_FAILED"


@pytest.mark.parametrize("kind", ["402", "403"])
def test_missing_right_is_no_network_trouble(side: Side, kind: str) -> None:
    side.faults.append(Fault(kind))
    with pytest.raises(TargetError) as refused:
        side.client.school()
    assert refused.value.code == "EDU_AUTH_FAILED"


@pytest.mark.parametrize("kind", ["text500", "502", "504", "truncated"])
def test_read_is_tried_again_after_a_technical_error(side: Side, kind: str) -> None:
    side.faults.append(Fault(kind, times=3))
    assert side.client.school()["NAME"] == "Sandbox"


def test_read_gives_up_after_some_tries(side: Side) -> None:
    side.faults.append(Fault("502", times=4))
    with pytest.raises(TargetError) as stopped:
        side.client.school()
    assert stopped.value.code == "EDU_UNREACHABLE"


@pytest.mark.parametrize("kind", ["text500", "502", "truncated", "drop_after"])
def test_write_without_a_usable_answer_is_in_doubt_and_sent_once(side: Side, kind: str) -> None:
    side.faults.append(Fault(kind, verb="POST"))
    with pytest.raises(InDoubt):
        side.professor()
    assert sum(request["verb"] == "POST" for request in side.book.requests) == 1


def test_write_that_never_left_is_no_doubt() -> None:
    with pytest.raises(TargetError) as stopped:
        EdusignClient("http://127.0.0.1:9", "k", per_minute=100, sleep=lambda _s: None).create(
            "student", {}
        )
    assert stopped.value.code == "EDU_UNREACHABLE"


def test_business_error_under_200_is_a_refusal_with_its_words(side: Side) -> None:
    side.professor()
    with pytest.raises(Rejected) as refused:
        side.professor()
    assert str(refused.value) == "Professor already exists in this school"


def test_message_that_is_a_list_is_joined(side: Side) -> None:
    side.faults.append(Fault("array_message"))
    with pytest.raises(Rejected) as refused:
        side.professor()
    assert str(refused.value) == "the request is not valid"


def test_what_is_not_there_is_none(side: Side) -> None:
    client = side.client
    assert (
        client.find_id("student", "9"),
        client.person_by_email("professor", "x@y.fr"),
        client.person_by_email("external", "x@y.fr"),
        client.sheet("9"),
        client.sheet(""),
        client.group("9"),
    ) == (None,) * 6


def test_sheets_come_page_by_page(side: Side) -> None:
    for _ in range(41):
        side.course()
    before = side.client.exchange.requests
    assert (
        len(list(side.client.sheets(date(2026, 3, 17), date(2026, 3, 17)))),
        side.client.exchange.requests - before,
    ) == (41, 3)


def answering(side: Side, instead: dict[int, int]) -> list[str]:
    """Read the sheets of a day while Edusign answers some pages with others."""
    rows = side.client._rows

    def answered(path: str, query: Mapping[str, str]) -> list[Any]:
        page = int(query["page"])
        return rows(path, {**query, "page": str(instead.get(page, page))})

    side.client._rows = answered  # type: ignore[method-assign]
    day = date(2026, 3, 17)
    return [sheet.edusign_id for sheet in side.client.sheets(day, day)]


@pytest.mark.parametrize("sheets", [4, 5], ids=["the last page", "a page in between"])
def test_page_that_is_answered_with_another_is_named(side: Side, sheets: int) -> None:
    side.book.habits.page = 2
    for _ in range(sheets):
        side.course()
    with pytest.raises(TargetError, match="answered page 1 of its list 'course' with another"):
        answering(side, {1: 0})


@pytest.mark.parametrize(
    "instead",
    [{1: 0, 2: 0}, {2: 1, 3: 1}],
    ids=["no pages", "the last page again"],
)
def test_list_that_repeats_its_end_is_read_to_it(side: Side, instead: dict[int, int]) -> None:
    side.book.habits.page = 2 if 3 in instead else 40
    made = [side.course() for _ in range(4)]
    assert sorted(answering(side, instead)) == sorted(made)


def test_span_of_more_than_ninety_days_is_refused(side: Side) -> None:
    with pytest.raises(TargetError, match="90 days"):
        list(side.client.sheets(date(2026, 1, 1), date(2026, 6, 1)))


def test_student_who_is_on_the_list_already_is_fine(side: Side) -> None:
    student = side.student()
    course = side.course(students=(student,))
    side.client.add_student(course, student)
    side.client.remove_student(course, student)
    assert side.book.tables["courses"][course]["STUDENTS"] == []


def test_locked_sheet_refuses_every_write(side: Side) -> None:
    course = side.course()
    side.book.tables["courses"][course]["LOCKED"] = 1
    with pytest.raises(Rejected, match="course locked"):
        side.client.delete_sheet(course)


def test_archived_person_is_seen_and_restored(side: Side) -> None:
    student = side.student()
    side.book.tables["students"][student]["HIDDEN"] = 1
    found = side.client.person_by_email("student", "S1@ecole.test")
    assert found is not None
    assert found.archived
    side.client.restore("student", student)
    assert side.book.tables["students"][student]["HIDDEN"] == 0


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-17T08:00:00.000Z", datetime(2026, 3, 17, 8, tzinfo=UTC)),
        ("2026-03-17T09:00:00+01:00", datetime(2026, 3, 17, 8, tzinfo=UTC)),
    ],
)
def test_instants_are_compared_not_texts(text: str, moment: datetime) -> None:
    assert wire.parse_instant(text) == moment


def test_request_budget_is_kept_by_us(side: Side) -> None:
    client = EdusignClient(side.address, "sandbox-key", per_minute=3, sleep=lambda _s: None)
    for _ in range(3):
        client.school()
    assert client.exchange.limiter.try_acquire("edusign", blocking=False) is False


def test_sandbox_slows_down_above_its_budget() -> None:
    with serving(create_app(per_minute=2)) as address:
        client = EdusignClient(address, "sandbox-key", per_minute=1000, sleep=lambda _s: None)
        for _ in range(2):
            client.school()
        before = time.monotonic()
        client.school()
        assert time.monotonic() - before >= 0.1


def test_sandbox_keeps_what_it_holds_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "book.json"
    with serving(create_app(Book(file))) as address:
        EdusignClient(address, "sandbox-key", per_minute=100, sleep=lambda _s: None).create(
            "group", wire.group_body("G", [], wire.identity("1", "demo"))
        )
    assert [row["NAME"] for row in Book(file).all("groups")] == ["G"]


GONE = {"status": "error", "message": "Not today"}


@pytest.mark.parametrize(
    ("answer", "ask"),
    [
        (GONE, lambda client: client.school()),
        ({"status": "success", "result": 7}, lambda client: client.school()),
        (GONE, lambda client: list(client.sheets(date(2026, 3, 16), date(2026, 3, 17)))),
        (
            {"status": "success", "result": {"rows": []}},
            lambda client: list(client.sheets(date(2026, 3, 16), date(2026, 3, 17))),
        ),
        (
            {"status": "success", "result": [{"ID": "c", "START": "soon"}]},
            lambda client: list(client.sheets(date(2026, 3, 16), date(2026, 3, 17))),
        ),
        ({"status": "success", "result": "c"}, lambda client: client.sheet("c")),
        ({"status": "success", "result": ["s"]}, lambda client: client.person("student", "s")),
        (
            {"status": "success", "result": {"ID": "g", "STUDENTS": "all"}},
            lambda client: client.group("g"),
        ),
        ({"status": "success", "result": [{"ID": "r"}]}, lambda client: client.absence_reasons()),
    ],
)
def test_answer_that_breaks_its_promise_stops_with_a_code(
    answer: object, ask: Callable[[EdusignClient], object]
) -> None:
    app = Flask("edusign")
    app.add_url_rule("/v1/<path:path>", "any", lambda path: jsonify(answer))
    with serving(app) as address, pytest.raises(TargetError) as stopped:
        ask(EdusignClient(address, "key", per_minute=100_000, sleep=lambda _seconds: None))
    assert (stopped.value.code, bool(stopped.value.hint)) == ("EDU_UNREADABLE", True)
