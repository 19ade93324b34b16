"""What the way up says is true: sent, skipped, held and refused are told apart, and why."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Request, Response

from edusync.app.explaining.explain_attendance import explain_attendance
from edusync.app.runs.account_up import AccountRun
from edusync.app.runs.moment import Moment
from edusync.app.runs.writeback import Result, write_back
from edusync.engine.read.source import Tools
from edusync.registry import Registry
from edusync.sandbox.edusign.play import play
from edusync.state.open import open_store
from tests.conftest import World
from tests.little import NOW, Little

PRESENT, ABSENT = "present", "absent"
A_LINE = {
    "post": "/absences",
    "json": "{{ line }}",
    "in_doubt": "repeat",
}
"""A step for one person."""


@pytest.fixture
def little(tmp_path: Path, registry: Registry) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, registry, stack)


def run(little: Little, *, resend: tuple[str, ...] = (), entered: tuple[str, ...] = ()) -> Result:
    """Write back once."""
    store = open_store(str(little.folder / "state.db"))
    try:
        moment = Moment(little.now, Tools(lambda: 0.0, lambda _seconds: None))
        return write_back(
            little.instance(), store, little.registry, moment, resend=resend, entered=entered
        )
    finally:
        store.close()


def told(little: Little, source_id: str) -> list[tuple[str | None, str]]:
    """Explain what became of the attendance of a session."""
    store = open_store(str(little.folder / "state.db"))
    try:
        moment = Moment(little.now, Tools(lambda: 0.0, lambda _seconds: None))
        found = explain_attendance(little.instance(), store, little.registry, moment, source_id)
        return [(answer.code, answer.words) for _, answer in found]
    finally:
        store.close()


def events(result: Result) -> list[tuple[str, str | None, str | None]]:
    return [(one.code, one.source_id, one.detail) for one in result.outcomes]


def counted(result: Result) -> tuple[int, int, int, int]:
    """Return how many lines were sent, skipped, held and refused."""
    (sheet,) = result.accounts[0].sheets
    return sheet.was_sent, sheet.was_skipped, sheet.held, sheet.was_refused


def school(little: Little, *, for_person: dict[str, Any] | None = None, **more: Any) -> None:
    """Give the ERP a way for absences, one person a call, and archive a sheet."""
    states = {"present": {"skip": True}, **{name: {"set": {}} for name in ("absent", "late")}}
    little.goes_up(**more)
    up = little.spec["writeback"]
    up["states"] |= states
    if for_person is not None:
        up["for_person"] = [for_person]
        del up["for_sheet"]
    little.sync()
    little.play("1", ABSENT, PRESENT)


def archive_anew(little: Little, *said: Any) -> None:
    """Open the sheet again, change what it says, and archive it."""
    row = little.book.find("courses", API_ID="1")
    assert row is not None
    row["LOCKED"] = False
    little.play("1", *said)


def answer(status: int, body: Any, kind: str = "application/json") -> Callable[[Request], Response]:
    """Return what answers a write with words of the ERP."""
    text = body if isinstance(body, str) else json.dumps(body)
    return lambda _request: Response(text, status, content_type=kind)


def test_refused_line_with_a_code_that_is_a_warning_is_no_success(little: Little) -> None:
    line = {"when": "answer.status == 400", "then": "refused", "code": "UP_STUDENT_UNKNOWN_IN_ERP"}
    school(little, for_person={**A_LINE, "answers": [line]})
    little.rows["/absences"] = answer(400, {})
    result = run(little)
    assert (result.status, counted(result)) == ("partial", (0, 1, 0, 1))


def test_sent_and_skipped_lines_are_counted_apart(little: Little) -> None:
    school(little, for_person=A_LINE)
    result = run(little)
    assert (result.status, counted(result)) == ("success", (1, 1, 0, 0))
    assert events(result) == [("UP_SENT", "1", "1 line, nothing to write for 1")]


@pytest.mark.source("S186")
def test_correction_that_the_erp_cannot_take_is_said_until_it_was_entered(little: Little) -> None:
    school(little, for_person=A_LINE)
    run(little)
    archive_anew(little, PRESENT, PRESENT)
    little.seen.written.clear()
    for resend in (("1",), ()):
        result = run(little, resend=resend)
        assert (result.status, little.seen.written) == ("partial" if resend else "failed", [])
        assert ("UP_CORRECTION_IMPOSSIBLE", "1", None) in events(result)
    assert run(little, entered=("1",)).status == "success"
    assert run(little).status == "success"


def test_somebody_who_was_sent_and_is_off_the_sheet_is_named_when_it_is_resent(
    little: Little,
) -> None:
    school(little, for_person=A_LINE)
    run(little)
    row = little.book.find("courses", API_ID="1")
    assert row is not None
    del row["STUDENTS"][0]
    result = run(little, resend=("1",))
    assert ("UP_CORRECTION_IMPOSSIBLE", "1", None) in events(result)


BROKEN = {
    "no right to write": ("/absences", answer(401, {})),
    "no answer to a list": ("/versions", answer(500, {})),
}
"""What ends a run that sends a sheet again, or holds the sheet."""


@pytest.mark.parametrize("how", [*BROKEN, "killed"])
def test_sheet_whose_sending_again_breaks_off_goes_on_as_one_that_is_sent_again(
    little: Little, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    little.rows["/versions"] = [{"id": "1", "version": 1}]
    little.spec["resources"]["versions"] = {"get": "/versions", "key": "id"}
    version = {"look_up": "versions", "by": "course.source_id", "take": "version"}
    line = {"student": {"who": "{{ person.source_id }}", "again": "{{ course.again }}"}}
    school(little, for_person=A_LINE, let={"sheet": {"version": version}}, line=line)
    archive_anew(little, ABSENT, ABSENT)
    run(little)
    archive_anew(little, PRESENT, ABSENT)
    little.seen.written.clear()
    with monkeypatch.context() as patch:
        if how == "killed":
            patch.setattr(AccountRun, "_send", lambda *_args, **_more: _killed())
            with pytest.raises(KeyboardInterrupt):
                run(little, resend=("1",))
        else:
            path, fault = BROKEN[how]
            patch.setitem(little.rows, path, fault)
            assert run(little, resend=("1",)).status == "failed"
    for _ in range(2):
        result = run(little)
        assert ("UP_CORRECTION_IMPOSSIBLE", "1", None) in events(result)
        assert result.status != "success"
    assert little.seen.written == [{"who": "2", "again": True}]
    assert run(little, entered=("1",)).status == "success"


def test_line_names_the_sheet_by_its_id_on_edusign(little: Little) -> None:
    line = {"who": "{{ person.source_id }}", "sheet": "{{ course.edusign_id }}"}
    line["of"] = "{{ course.source_id }}"
    school(little, for_person=A_LINE, line={"student": line})
    run(little)
    (sheet,) = {one["sheet"] for one in little.seen.written}
    assert {one["of"] for one in little.seen.written} == {"1"}
    assert sheet
    assert sheet != "1"


def _killed() -> None:
    raise KeyboardInterrupt


def in_doubt(little: Little, doubt: Any) -> None:
    """Leave the line of an absence in doubt, and correct the sheet."""
    school(little, for_person={**A_LINE, "in_doubt": doubt})
    with_fault = little.rows | {"/absences": answer(504, "")}
    fine, little.rows = little.rows, with_fault
    assert "UP_IN_DOUBT" in {one[0] for one in events(run(little))}
    little.rows = fine
    archive_anew(little, PRESENT, PRESENT)


def looked_up(little: Little) -> dict[str, Any]:
    """Let the ERP show absences, and return how a write in doubt is looked up among them."""
    little.spec["resources"]["absences"] = {"get": "/shown", "key": "who"}
    little.rows["/shown"] = []
    look = {"look_up": "absences", "by": "person.source_id", "missing": "ok"}
    return {"look": look, "done": "found"}


def test_line_in_doubt_that_is_nothing_to_write_now_is_named(little: Little) -> None:
    in_doubt(little, "repeat")
    for _ in range(2):
        result = run(little)
        assert ("UP_CORRECTION_IMPOSSIBLE", "1", None) in events(result)
        assert result.status != "success"


@pytest.mark.parametrize("lands", [True, False])
def test_line_in_doubt_that_is_corrected_is_looked_up_first(little: Little, lands: bool) -> None:
    in_doubt(little, looked_up(little))
    little.rows["/shown"] += [{"who": "1"}] if lands else []
    named = ("UP_CORRECTION_IMPOSSIBLE", "1", None) in events(run(little))
    assert named is lands


@pytest.mark.parametrize("state", [{"skip": True}, {"set": {"state": "P"}}])
def test_line_in_doubt_that_is_corrected_waits_for_the_person(
    little: Little, state: dict[str, Any]
) -> None:
    in_doubt(little, "person")
    little.spec["writeback"]["states"]["present"] = state
    little.seen.written.clear()
    for _ in range(2):
        assert ("UP_IN_DOUBT", "1") in {one[:2] for one in events(run(little))}
    assert "1" not in {one["who"] for one in little.seen.written}
    run(little, resend=("1",))
    assert ("1" in {one["who"] for one in little.seen.written}) is ("set" in state)


def test_sheet_with_a_step_in_doubt_that_is_corrected_waits_for_the_person(
    little: Little,
) -> None:
    step = {"post": "/presences", "json": {"lines": "{{ lines }}"}, "in_doubt": "person"}
    school(little, for_sheet=[step])
    little.rows["/presences"] = answer(504, "")
    run(little)
    del little.rows["/presences"]
    archive_anew(little, {"late": 5}, PRESENT)
    result = run(little)
    assert ("UP_IN_DOUBT", "1") in {one[:2] for one in events(result)}
    assert little.seen.written == []


def test_correction_by_a_step_that_writes_is_sent(little: Little) -> None:
    school(little)
    run(little)
    archive_anew(little, PRESENT, ABSENT)
    little.spec["writeback"]["states"]["present"] = {"set": {"state": "P"}}
    result = run(little, resend=("1",))
    assert (result.status, counted(result)) == ("success", (2, 0, 0, 0))


def test_id_that_nobody_knows_is_said(little: Little) -> None:
    school(little)
    result = run(little, resend=("404",))
    assert result.status == "partial"
    assert ("UP_COURSE_NOT_BROUGHT", "404", None) in events(result)


def test_moment_before_the_day_of_the_sheet_is_said(little: Little) -> None:
    school(little)
    little.now = NOW
    result = run(little, resend=("1",))
    assert events(result) == [("UP_COURSE_LATER", "1", None)]
    assert little.seen.written == []


def test_sheet_archived_before_its_class_begins_goes_once_it_has_begun(little: Little) -> None:
    school(little)
    after, little.now = little.now, NOW.replace(day=18, hour=5)
    early = [events(run(little)) for _ in range(2)]
    assert early == [[("UP_COURSE_LATER", "1", None)]] * 2
    assert [code for code, _ in told(little, "1") if code] == ["UP_COURSE_LATER"]
    assert little.seen.written == []
    little.now = after
    result = run(little)
    assert (result.status, len(little.seen.written)) == ("success", 1)


def test_first_run_says_which_sheets_it_does_not_look_at(little: Little) -> None:
    school(little)
    little.now += timedelta(days=30)
    result = run(little)
    detail = "1 archived before 2026-04-03: 1"
    assert events(result) == [("UP_COURSE_NOT_LOOKED_AT", None, detail)]
    assert [code for code, _ in told(little, "1") if code] == ["UP_COURSE_NOT_LOOKED_AT"]
    assert run(little).outcomes == []
    assert events(run(little, resend=("1",)))[0][:2] == ("UP_SENT", "1")


def test_run_after_a_long_pause_says_which_sheets_it_does_not_look_at(little: Little) -> None:
    school(little)
    little.now = NOW
    run(little)
    little.now += timedelta(days=120)
    assert events(run(little)) == [
        ("UP_COURSE_NOT_LOOKED_AT", None, "1 of days before 2026-04-17: 1")
    ]


def test_sheet_that_is_not_archived_is_explained_by_what_edusign_shows(little: Little) -> None:
    school(little)
    assert [code for code, _ in told(little, "2") if code] == ["UP_COURSE_NOT_ARCHIVED"]


WORDS = [
    (400, {"error": {"message": "room closed for Last1 First1"}}, "application/json"),
    (422, {"errors": [{"detail": "room closed for LAST1"}]}, "application/json"),
    (409, {"errors": ["room closed for p1@ecole.test"]}, "application/json"),
    (400, {"message": "room closed for First1"}, "application/json"),
    (400, "room closed for Last1", "text/plain"),
]


@pytest.mark.parametrize(("status", "body", "kind"), WORDS)
def test_own_words_of_the_erp_are_told_without_people(
    little: Little, status: int, body: Any, kind: str
) -> None:
    little.rows["/learners"][0] |= {"last": "Dupont", "first": "Zoé"}
    school(little, for_person=A_LINE)
    text = json.dumps(body) if not isinstance(body, str) else body
    for name, other in (("Last1", "Dupont"), ("LAST1", "DUPONT"), ("First1", "Zoé")):
        text = text.replace(name, other)
    little.rows["/absences"] = answer(status, text, kind)
    (detail,) = [one[2] for one in events(run(little)) if one[0] == "UP_ERP_REJECTED"]
    assert detail is not None
    assert f"answered {status}: room closed for (a" in detail
    assert not any(name in detail.lower() for name in ("dupont", "zoé", "ecole"))
    kept = (little.folder / "state.db").read_bytes()
    assert not any(name in kept for name in (b"Dupont", b"DUPONT", "Zoé".encode()))


def test_step_that_could_not_be_built_is_neither_sent_nor_refused(little: Little) -> None:
    school(little, for_person={**A_LINE, "post": "/absences/{{ attendance.left_at }}"})
    result = run(little)
    assert (result.status, counted(result)) == ("partial", (0, 1, 1, 0))
    assert [one[0] for one in events(result)][:1] == ["UP_COURSE_UNREADABLE"]
    assert little.seen.written == []


AGAIN = {
    "put": "/presences",
    "json": {"version": "{{ version }}", "lines": "{{ lines }}"},
    "answers": [{"when": "answer.status == 412", "then": "again"}],
    "in_doubt": "repeat",
}


def moving(little: Little, *, times: int) -> list[int]:
    """Let the ERP move on before each of the next writes; return the versions that were sent."""
    sent: list[int] = []
    now = [1]

    def presences(request: Request) -> Response:
        sent.append(request.get_json()["version"])
        if len(sent) <= times:
            now[0] += 1
        stale = sent[-1] != now[0]
        return Response("{}", 412 if stale else 200, content_type="application/json")

    little.rows["/presences"] = presences
    little.rows["/versions"] = lambda _request: [{"id": "1", "version": now[0]}]
    little.spec["resources"]["versions"] = {"get": "/versions", "key": "id"}
    version = {"look_up": "versions", "by": "course.source_id", "take": "version"}
    school(little, for_sheet=[AGAIN], let={"sheet": {"version": version}})
    return sent


def test_sheet_of_an_erp_that_moved_on_is_read_and_sent_again(little: Little) -> None:
    sent = moving(little, times=1)
    result = run(little)
    assert (sent, result.status) == ([1, 2], "success")
    assert [one[0] for one in events(result)] == ["UP_SENT"]


def test_sheet_of_an_erp_that_moves_on_for_ever_is_refused(little: Little) -> None:
    sent = moving(little, times=9)
    result = run(little)
    assert (sent, result.status) == ([1, 2, 3], "partial")
    assert {one[0] for one in events(result)} == {"UP_ERP_REJECTED", "RUN_PARTIAL"}


def test_late_arrival_that_is_sent_again_stands_once(make_world: Callable[..., World]) -> None:
    world = make_world("hyperplanning")
    answers = world.simulation.answers(world.erp_url)
    world.write(options=dict(answers["options"]))
    world.sync()
    world.to_evening()
    name = "2025-2026/5012/2026-03-17"
    row = next(row for row in world.book.all("courses") if row["API_ID"].startswith(name))
    who = [student["studentId"] for student in row["STUDENTS"]]
    play(world.courses, row["ID"], dict.fromkeys(who, "present") | {who[0]: {"late": 5}})
    world.write_back()
    assert len(world.simulation.seed.lates) == 1
    result = world.write_back(resend=[row["API_ID"]])
    assert (result.status, len(world.simulation.seed.lates)) == ("success", 1)
    row["LOCKED"], row["STUDENTS"][0]["delay"] = 0, 0
    play(world.courses, row["ID"], dict.fromkeys(who, "present"))
    result = world.write_back(resend=[row["API_ID"]])
    assert ("UP_CORRECTION_IMPOSSIBLE", len(world.simulation.seed.lates)) == (
        result.outcomes[0].code,
        1,
    )
