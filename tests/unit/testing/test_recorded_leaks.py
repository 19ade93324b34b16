"""Nobody real and no secret leaves with a recording that sends attendance, or reads a calendar."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, request

from edusync.app.files.connector_file import load_instance
from edusync.app.runs.moment import Moment
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.sandbox.serve import serving
from edusync.testing.recorded_up import WayUp
from edusync.testing.recording import record

AT = Moment(datetime(2026, 3, 16, 11, 30, tzinfo=PARIS))
SECRET = "zq-secret-key-91"
REAL = ("zqroy", "zqmas", "zqanne", "zqleo", "vraie.example", SECRET, "zqremark", "12/12/2003")
"""Who and what may not be found, in any letters."""
PEOPLE = [
    {"id": 7, "last": "ZQROY", "first": "Zqanne", "mail": "a.zqroy@vraie.example"},
    {"id": 8, "last": "ZQMAS", "first": "Zqleo", "mail": "l.zqmas@vraie.example"},
]
LESSON = {
    "id": 1,
    "title": "Law",
    "begin": "2026-03-17T09:00:00+01:00",
    "end": "2026-03-17T10:00:00+01:00",
    "teacher": 7,
    "learners": [8],
    "remark": "zqremark",
}
SPEC = """\
edusync: 1
connector: small
label: Small
connection: {url: {type: url, label: URL}, key: {type: secret, label: Key}}
transport: {kind: http, base_url: "{{ connection.url }}", headers: {X-Key: "{{ connection.key }}"}}
resources:
  lessons: {get: /lessons, as: {begin: iso, end: iso}, key: id}
  people: {get: /people, key: id}
entities:
  student: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  professor: {from: people, source_id: id, last_name: last, first_name: first, email: mail}
  course: {from: lessons, source_id: id, name: title, starts_at: begin, ends_at: end,
    professors: teacher, students: learners}
"""
UP = """\
writeback:
  line: {student: {who: "{{ person.source_id }}"}}
  states:
    present: {set: {state: here}}
    absent: {set: {state: away}}
    absent_justified: {else: absent}
    late: {else: present}
    excluded: {else: absent}
    early_departure: {else: present}
  for_sheet:
    - {post: "/marks/{{ course.source_id }}", json: "{{ lines }}", in_doubt: repeat}
"""
CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:zqremark
X-WR-CALNAME:Zqanne ZQROY
BEGIN:VEVENT
UID:zqroy-1@vraie.example
SUMMARY:Law
DESCRIPTION:zqremark of ZQMAS\\, born 12/12/2003
DTSTART:20260317T080000Z
DTEND:20260317T090000Z
ORGANIZER;CN=Zqanne ZQROY:mailto:a.zqroy@vraie.example
ATTENDEE;CN=Zqleo ZQMAS:mailto:l.zqmas@vraie.example
X-NOTE:zqremark
END:VEVENT
END:VCALENDAR
"""
OF_CALENDAR = (
    ("{get: /lessons, as: {begin: iso, end: iso}, key: id}", "{get: /plan, answer: ics, key: uid}"),
    ("source_id: id, name: title", "source_id: uid, name: summary"),
    ("starts_at: begin, ends_at: end", "starts_at: starts_at, ends_at: ends_at"),
    (
        "professors: teacher, students: learners",
        'professors: organizer.email, students: "attendees[].email"',
    ),
    ("{from: people, source_id: id", "{from: people, source_id: mail"),
    ("{from: people, source_id: id", "{from: people, source_id: mail"),
    ("get: /people, key: id", "get: /people, key: mail"),
)


def erp(sent: list[dict[str, Any]]) -> Flask:
    """Return an ERP that wants its key, and keeps what is sent to it."""
    app = Flask("small")

    @app.before_request
    def signed_in() -> Response | None:
        ok = request.headers.get("X-Key") == SECRET
        return None if ok else Response("zqremark: no key", 401)

    @app.post("/marks/<_id>")
    def marks(_id: str) -> Response:
        sent.append({"path": request.full_path, "body": request.get_data(as_text=True)})
        body = {"stored": 1, "by": "Zqanne ZQROY", "mail": "a.zqroy@vraie.example"}
        return Response(json.dumps(body), content_type="application/json")

    app.add_url_rule("/lessons", "lessons", lambda: [LESSON])
    app.add_url_rule("/people", "people", lambda: PEOPLE)
    text = CALENDAR.replace("\n", "\r\n")
    app.add_url_rule("/plan", "plan", lambda: Response(text, content_type="text/calendar"))
    return app


def school(folder: Path, spec: str, address: str) -> Path:
    (folder / "small.yaml").write_text(spec, encoding="utf-8")
    data = {
        "edusync": 1,
        "connector": "s",
        "spec": "small.yaml",
        "connection": {"url": address, "key": SECRET},
        "accounts": [{"name": "main", "edusign": {"api_key": "x"}}],
    }
    (folder / "school.yaml").write_text(json.dumps(data), encoding="utf-8")
    return folder / "school.yaml"


def found_in(text: str) -> list[str]:
    return [word for word in REAL if word in text.casefold()]


def written(folder: Path) -> str:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    assert files
    return "\n".join(f"{file.name}\n{file.read_text(encoding='utf-8')}" for file in files)


@pytest.fixture(autouse=True)
def invented_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDUSYNC_CASE_SECRET", "canary-of-the-cases")


def test_attendance_that_is_sent_to_a_test_system_names_nobody(
    registry: Registry,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The ids that the ERP wants are sent, and nothing more; its answer is kept without anybody."""
    sent: list[dict[str, Any]] = []
    with serving(erp(sent)) as address, caplog.at_level(logging.DEBUG):
        instance = load_instance(school(tmp_path, SPEC + UP, address), registry)
        up = WayUp(sends=True)
        found = record(instance, registry, AT, tmp_path / "cases", name="up", limit=3, up=up)
    assert found.unlike == []
    assert [json.loads(one["body"]) for one in sent] == [[{"who": "8", "state": "here"}]]
    assert found_in(json.dumps(sent)) == []
    case = written(tmp_path / "cases/up")
    assert "/marks/" in case
    assert found_in(case) == []
    logged = "\n".join([caplog.text, *capfd.readouterr()])
    assert found_in(logged) == []


def test_calendar_over_http_is_recorded_without_anybody(
    registry: Registry,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The UID, the organizer and those who attend become others; what nothing reads is gone."""
    spec = SPEC
    for good, other in OF_CALENDAR:
        assert good in spec
        spec = spec.replace(good, other, 1)
    with serving(erp([])) as address, caplog.at_level(logging.DEBUG):
        instance = load_instance(school(tmp_path, spec, address), registry)
        found = record(instance, registry, AT, tmp_path / "cases", name="nominal", limit=3)
    assert (found.unlike, found.real.counts["sheets"]) == ([], 1)
    case = written(tmp_path / "cases/nominal")
    assert "BEGIN:VEVENT" in case
    assert "DTSTART" in case
    assert found_in(case) == []
    assert found_in("\n".join([caplog.text, *capfd.readouterr()])) == []
