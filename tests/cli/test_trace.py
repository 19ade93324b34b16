"""`--trace FILE`: what went over the wires, as a file that viewers open, and nobody in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edusync.cli import COMMANDS, command
from edusync.testing.har import har
from edusync.testing.replay import CANARY
from edusync.transport.message import Answer, Request
from edusync.transport.trace import Exchanged, Trace
from tests.support.commands import edusync

ROOT = Path(__file__).parents[2]
SPECS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")
TOKEN = "s3cr3t-t0ken-42"


def traced(folder: Path, erp: str, *more: str) -> tuple[dict[str, Any], str]:
    file = folder / "trace.har"
    told = edusync(
        "try", f"specs/{erp}.yaml", "--limit", "1", "--trace", str(file), *more, cwd=ROOT
    )
    assert told.returncode == 0, told.stderr
    assert "exchanges, " in told.stderr
    return json.loads(file.read_text("utf-8"))["log"], told.stdout


def values(item: Any) -> list[str]:
    if isinstance(item, dict):
        return [text for value in item.values() for text in values(value)]
    if isinstance(item, list):
        return [text for value in item for text in values(value)]
    return [str(item)] if isinstance(item, str) and "@" in item else []


@pytest.mark.parametrize("erp", SPECS)
def test_every_exchange_stands_in_the_trace_and_nobody_in_it(tmp_path: Path, erp: str) -> None:
    masked, shown = traced(tmp_path, erp)
    assert masked["version"] == "1.2"
    for entry in masked["entries"]:
        assert entry.keys() >= {"startedDateTime", "time", "request", "response", "timings"}
        assert entry["request"].keys() >= {"method", "url", "headers", "queryString"}
        assert entry["response"].keys() >= {"status", "headers", "content", "bodySize"}
        assert entry["comment"]
    text = json.dumps(masked)
    readable, _ = traced(tmp_path, erp, "--trace-people")
    assert [one["request"]["method"] for one in readable["entries"]] == [
        one["request"]["method"] for one in masked["entries"]
    ]
    clear = json.dumps(readable)
    people = {line.split()[1] for line in shown.splitlines() if line.split()[:1] == ["email"]}
    assert people
    assert any(mail in clear for mail in people)
    assert not [mail for mail in people if mail in text]
    assert CANARY not in text
    assert CANARY not in clear


@pytest.mark.fault("F36")
@pytest.mark.promise("P17")
def test_secret_is_masked_in_every_form_of_every_place() -> None:
    trace = Trace()
    trace.hide({"auth": [TOKEN]})
    with trace.exchange("POST", f"https://u:p@erp.test/a/{TOKEN}?k={TOKEN}", "POST /a") as one:
        one.headers = (("X-Other", TOKEN), ("Content-Type", "application/json"))
        one.sent = json.dumps({"deep": [{"x": f"<a>{TOKEN}</a>"}]}).encode()
        one.status = 500
        one.answer_headers = (("Set-Cookie", "sid=1"), ("Content-Type", "text/html"))
        one.add(f"<html><p>no {TOKEN}</p>".encode())
    for with_people in (True, False):
        text = har(trace, with_people=with_people)
        assert TOKEN not in text
        assert "u:p" not in text
        assert "sid=1" not in text
        assert "(secret)" in text


def test_sign_in_answers_hold_nothing_readable() -> None:
    trace = Trace()
    with trace.exchange("POST", "https://erp.test/login", "POST /login", signs_in=True) as one:
        one.sent = b'{"login": "school", "pw": "hunter2hunter2"}'
        one.add(b'{"ticket": "abcdef123456", "lasts": 3600}')
    text = har(trace, with_people=True)
    assert [word for word in ("school", "hunter2", "abcdef123456") if word in text] == []
    assert "3600" in text


@pytest.mark.parametrize(
    ("value", "stays"),
    [
        ("17/03/2026", True),
        ("2026-03-17T09:00:00Z", True),
        ("08:30", True),
        ("90211", True),
        ("ABS", True),
        ("Dupont", False),
        ("d.dupont@ecole.test", False),
        ("0612345678", False),
        ("12/05/1998", False),
        (33612345678, False),
        (755, True),
    ],
)
def test_what_may_be_somebody_is_masked_and_what_tells_nobody_stays(
    value: str | int, *, stays: bool
) -> None:
    trace = Trace()
    trace.words.add("ABS")
    with trace.exchange("GET", "https://erp.test/rows", "GET /rows") as one:
        one.add(json.dumps([{"it": value}]).encode())
    text = json.loads(har(trace))["log"]["entries"][0]["response"]["content"]["text"]
    assert (json.loads(text) == [{"it": value}]) is stays


def test_long_body_is_cut_and_says_so() -> None:
    trace = Trace()
    with trace.exchange("GET", "https://erp.test/rows", "GET /rows") as one:
        one.add(b"x" * 3_000_000)
    content = json.loads(har(trace))["log"]["entries"][0]["response"]["content"]
    assert (content["size"], content["comment"]) == (
        3_000_000,
        "the first 1048576 bytes of 3000000",
    )


def test_what_was_not_answered_says_why() -> None:
    trace = Trace()
    with pytest.raises(ValueError, match="cut"), trace.exchange("GET", "https://x.test/", "GET /"):
        raise ValueError("cut for Dupont")
    entry = json.loads(har(trace))["log"]["entries"][0]
    assert (entry["response"]["status"], entry["_error"]) == (0, "ValueError")


CALLING = (
    *("adopt", "check", "explain", "facts", "plan", "reasons", "reconcile", "record", "run"),
    *("setup", "shadow", "survey", "sync", "try", "undo", "writeback"),
)


def test_every_command_that_calls_has_a_trace() -> None:
    having = {
        name
        for name in COMMANDS
        if any("--trace" in one.opts for one in command.get_command(None, name).params)  # type: ignore[arg-type,union-attr]  # no context is needed
    }
    assert having == set(CALLING)


def test_trace_of_people_goes_with_a_trace(tmp_path: Path) -> None:
    told = edusync("try", "specs/fca.yaml", "--trace-people", cwd=ROOT)
    assert (told.returncode, "--trace FILE" in told.stderr) == (2, True)
    told = edusync("try", "specs/fca.yaml", "--trace", str(tmp_path / "no/x.har"), cwd=ROOT)
    assert (told.returncode, "RUN_USAGE" in told.stderr) == (2, True)


@pytest.mark.parametrize(
    ("body", "label"),
    [
        ({"jsonrpc": "2.0", "method": "planning.list"}, "POST /rpc planning.list"),
        ({"query": "query Q($a: Int) { courses(from: $a) { id } }"}, "POST /rpc courses"),
        ({"query": "{ rooms { id } }", "operationName": "Rooms"}, "POST /rpc Rooms"),
        ({"from": "2026-03-17"}, "POST /rpc"),
        (
            "<methodCall><methodName>getRooms</methodName></methodCall>",
            "POST /rpc getRooms",
        ),
    ],
)
def test_remote_procedure_is_named_with_its_call(body: Any, label: str) -> None:
    given = {"xml": body} if isinstance(body, str) else {"json": body}
    assert Request("POST", "/rpc?k=1", **given).label == label


@pytest.mark.parametrize(
    ("body", "seen"),
    [
        ({"error": "Dupont"}, "500 json, 19 bytes, keys error"),
        ([{"id": 1, "d.dupont@ecole.test": 2}], "500 json, 19 bytes, keys id and 1 more"),
        ({str(n): n for n in range(12)}, "500 json, 19 bytes, 12 keys"),
        (None, "500 json, 19 bytes"),
    ],
)
def test_failed_call_says_what_came_without_a_value(body: Any, seen: str) -> None:
    answer = Answer(500, {}, b'{"error": "Dupont"}', body, "json")
    assert answer.outline == seen


def test_database_keeps_statement_values_and_rows() -> None:
    trace = Trace()
    rows = [[{"id": 1, "name": "Dupont"}], [{"id": 2, "name": "Durand"}]]
    assert list(trace.rows("select 1", {"a": 1}, "SQL select 1", rows)) == rows
    entry = json.loads(har(trace))["log"]["entries"][0]
    assert (entry["request"]["method"], entry["response"]["statusText"]) == ("SQL", "2 rows")
    assert json.loads(entry["response"]["content"]["text"]) == [
        {"id": 1, "name": "Xxxxxx"},
        {"id": 2, "name": "Xxxxxx"},
    ]
    assert isinstance(trace.exchanged[0], Exchanged)
