"""The admin door of the Edusign sandbox: a class is played by the ids of the ERP."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from edusync.sandbox.edusign import Book, create_app
from edusync.sandbox.edusign.admin import EXAMPLES
from edusync.sandbox.edusign.play import STATES
from tests.support.commands import edusync

SAID = {
    "present": {"state": True},
    "absent": {"state": False, "signature": None},
    "pending": {"state": False, "signatureEmail": {"requestId": "r1", "nbSent": 1}},
    "late": {"state": True, "delay": 12},
    "left": {"state": True, "earlyDeparture": "2026-03-17T10:48:00.000Z"},
    "excluded": {"state": True, "excluded": "2026-03-17T08:12:00.000Z"},
    "justified": {"state": False},
    "comment": {"state": False, "comment": "ill"},
}
"""What stands on the sheet of each state."""
SAYS = {"late": 12, "left": 12, "excluded": 12, "justified": "sick leave", "comment": "ill"}


def sandbox(file: Path | None = None) -> tuple[Book, FlaskClient]:
    """Return a school of one class, whose id in the ERP is also that of a student."""
    book = Book(file, clock=lambda: datetime(2026, 3, 18, tzinfo=UTC))
    app = create_app(book)
    book.add("professors", {"ID": "p1", "HIDDEN": 0})
    for number in range(1, 16):
        book.add("students", {"ID": f"s{number}", "API_ID": str(number), "HIDDEN": 0})
    data: dict[str, Any] = {"NAME": "Law", "PROFESSOR": "p1"}
    data |= {"START": "2026-03-17T08:00:00Z", "END": "2026-03-17T11:00:00Z"}
    data["STUDENTS"] = [{"studentId": f"s{number}"} for number in range(1, 16)]
    for api_id in ("1", "7001", "7002"):
        app.extensions["edusync"]["courses"].create(data | {"API_ID": api_id}, from_students=True)
    return book, app.test_client()


def told(client: FlaskClient, body: Any) -> tuple[int, dict[str, Any]]:
    """Send a body as `curl -d` sends it: without a content type of JSON."""
    form = "application/x-www-form-urlencoded"
    text = json.dumps(body)
    answer = client.post("/_sandbox/attendance", data=text, content_type=form)
    return answer.status_code, answer.get_json()


@pytest.mark.parametrize("state", STATES)
def test_every_state_is_played_by_the_ids_of_the_erp(state: str, tmp_path: Path) -> None:
    book, client = sandbox(tmp_path / "book.json")
    what = {state: SAYS[state]} if state in SAYS else state
    body = {"course": 1, "students": {"1": what}}
    assert told(client, body) == (200, {"played": 1, "archived": True})
    sheet = book.all("courses")[0]
    assert (sheet["LOCKED"], bool(sheet["PROFESSOR_SIGNATURE"])) == (1, True)
    one, *others = sheet["STUDENTS"]
    assert one == one | SAID[state]
    assert {other["state"] for other in others} == {False}
    assert bool(one["absenceId"]) == (state == "justified")
    kept = json.loads((tmp_path / "book.json").read_text(encoding="utf-8"))
    assert kept["tables"]["courses"][sheet["ID"]]["LOCKED"] == 1


REFUSED = {
    "unknown key 'studens': did you mean 'students'?": {"course": 1, "studens": {}},
    "no 'students'": {"course": 1},
    "no sheet '7' came down: known here: 1, 7001, 7002": {"course": 7, "students": {}},
    "student '99' is not on the sheet": {"course": 1, "students": {"99": "present"}},
    "unknown state 'presnt': did you mean 'present'?": {"course": 1, "students": {"1": "presnt"}},
    "unknown state 'late 12'": {"course": 1, "students": {"1": "late 12"}},
    "'late' says more, such as": {"course": 1, "students": {"1": "late"}},
    "'late' takes minutes, not 'soon'": {"course": 1, "students": {"1": {"late": "soon"}}},
    "'left' takes minutes, not '25:00'": {"course": 1, "students": {"1": {"left": "25:00"}}},
    "absence reason not found": {"course": 1, "students": {"1": {"justified": "siesta"}}},
    "send a mapping": [],
}


@pytest.mark.parametrize(("words", "body"), REFUSED.items(), ids=REFUSED)
def test_what_cannot_be_played_is_refused_in_words(words: str, body: Any) -> None:
    book, client = sandbox()
    status, answer = told(client, body)
    assert (status, words in answer["error"]) == (400, True), answer
    assert {sheet["LOCKED"] for sheet in book.all("courses")} == {0}


def test_archived_class_is_not_played_again() -> None:
    _, client = sandbox()
    told(client, {"course": 1, "students": {}})
    assert told(client, {"course": 1, "students": {}}) == (400, {"error": "course locked"})


def test_help_shows_the_door_and_each_example_is_taken() -> None:
    shown = edusync("sandbox", "edusign", "--help")
    _, client = sandbox()
    for example in EXAMPLES:
        assert example.as_command("http://127.0.0.1:PORT") in shown.stdout
        answer = client.open(
            f"/_sandbox/{example.path}", method=example.verb, data=json.dumps(example.body)
        )
        assert answer.status_code == 200, answer.text
    assert (shown.returncode, len(EXAMPLES)) == (0, 5)
    assert "--at" in shown.stdout.partition("/_sandbox/state")[2]
