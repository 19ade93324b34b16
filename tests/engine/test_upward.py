"""The way up: which sheets go, what is told of them, what is tried again, and what is never done
twice (U1 to U7).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.app.files.connector_file import load_instance
from edusync.app.files.specs import load_named
from edusync.app.runs.writeback import Result, plan_writeback
from edusync.engine.upward.steps import Doubtful, StepSender
from edusync.errors import ConfigurationProblem, SourceError
from edusync.registry import Registry
from edusync.sandbox.edusign.faults import Fault
from edusync.sandbox.edusign.play import play
from edusync.spec.formats import Unreadable
from edusync.spec.tree import Constant, Expression, LookFirst
from edusync.state.open import open_store
from edusync.state.uploads import Uploads
from tests.conftest import World

REASONS = {"sick leave": "Maladie"}


@pytest.fixture
def school(make_world: Callable[..., World]) -> Callable[..., World]:
    """Return what makes a school after its first sync, in the evening of the next day."""

    def make(erp: str = "ypareo", **connector: Any) -> World:
        world = make_world(erp)
        answers = world.simulation.answers(world.erp_url)
        world.write(
            **{
                "options": dict(answers["options"]),
                "reasons": dict(answers.get("reasons", {})),
                **connector,
            }
        )
        world.sync()
        world.to_evening()
        world.erp.seen.clear()
        return world

    return make


def codes(result: Result) -> list[str]:
    return [f"{outcome.code} {outcome.source_id or ''}".strip() for outcome in result.outcomes]


def rows(world: World) -> list[Any]:
    return list(world.simulation.attendance())


def lost(times: int, status: int = 504) -> Callable[[str, str], Response | None]:
    left = [times]

    def answer(_verb: str, _path: str) -> Response | None:
        left[0] -= 1
        return Response("Gateway Timeout", status) if left[0] >= 0 else None

    return answer


# which sheets


@pytest.mark.source("S091")
def test_only_archived_sheets_go(school: Callable[..., World]) -> None:
    world = school()
    world.play("7712001", archive=False)
    assert (world.write_back().outcomes, rows(world)) == ([], [])


def test_sheet_made_by_hand_never_goes_up(school: Callable[..., World]) -> None:
    world = school()
    sheet = world.courses.create(
        {
            "NAME": "À la main",
            "START": "2026-03-17T08:00:00Z",
            "END": "2026-03-17T09:00:00Z",
            "PROFESSOR": world.course("7712001")["PROFESSOR"],
        },
        from_students=True,
    )
    play(world.courses, sheet["ID"], {})
    assert codes(world.write_back()) == ["UP_COURSE_MANUAL"]


@pytest.mark.source("S105")
def test_sheet_that_was_completed_never_goes_up(school: Callable[..., World]) -> None:
    world = school()
    course = world.simulation.seed.courses[7712013]
    sheet = world.courses.create(
        {
            "NAME": course["nomMatiere"],
            "START": "2026-03-16T07:30:00Z",
            "END": "2026-03-16T09:00:00Z",
            "PROFESSOR": world.course("7712001")["PROFESSOR"],
        },
        from_students=True,
    )
    world.now -= timedelta(days=1)
    assert world.sync().status == "success"
    world.to_evening()
    play(world.courses, sheet["ID"], {})
    assert codes(world.write_back()) == ["UP_COURSE_MANUAL"]


def test_second_run_sends_nothing_twice(school: Callable[..., World]) -> None:
    world = school()
    world.play("7712001")
    assert codes(world.write_back()) == ["UP_SENT 7712001"]
    held, world.erp.seen = rows(world), []
    assert (codes(world.write_back()), rows(world)) == (["UP_COURSE_ALREADY_SENT 7712001"], held)
    assert [seen for seen in world.erp.seen if not seen.startswith("GET")] == []


@pytest.mark.source("S149")
def test_sheet_archived_after_the_run_is_in_the_next_one(school: Callable[..., World]) -> None:
    world = school()
    assert world.write_back().outcomes == []
    world.later(minutes=30)
    world.play("7712001")
    world.later(days=1)
    assert codes(world.write_back()) == ["UP_SENT 7712001"]


def test_run_that_failed_does_not_move_the_mark(school: Callable[..., World]) -> None:
    world = school()
    world.play("7712001")
    world.later(hours=1)
    world.erp.application, real = Response("<html>maintenance</html>", 503), world.erp.application
    with pytest.raises(SourceError):
        world.write_back()
    world.erp.application = real
    world.later(days=10)
    assert codes(world.write_back()) == ["UP_SENT 7712001"]


@pytest.mark.source("S092", "S150")
def test_change_after_sending_is_told_and_sent_only_when_asked(
    school: Callable[..., World],
) -> None:
    world = school("ammon")
    world.play("55120")
    world.write_back()
    row = world.course("55120")
    row["LOCKED"] = 0
    world.later(hours=1)
    play(world.courses, row["ID"], {row["STUDENTS"][0]["studentId"]: "absent"})
    before = rows(world)
    assert (codes(world.write_back()), rows(world)) == (
        ["UP_COURSE_CHANGED_AFTER_SEND 55120"],
        before,
    )
    assert codes(world.write_back(resend=["55120"])) == ["UP_SENT 55120"]
    assert next(row["etat"] for row in rows(world) if row["idStagiaire"] == 9001) == "A"
    assert codes(world.write_back()) == ["UP_COURSE_ALREADY_SENT 55120"]


def test_switching_an_option_on_is_no_change_of_the_sheet(school: Callable[..., World]) -> None:
    world = school("aimaira", options={"sendAttendance": True, "planifRealise": True})
    world.play("4100231")
    world.write_back()
    world.write(
        options={"sendAttendance": True, "planifRealise": True, "studentDelay": True},
        reasons=REASONS,
    )
    assert codes(world.write_back()) == ["UP_COURSE_ALREADY_SENT 4100231"]


def test_store_that_was_lost_is_no_reason_to_call_sheets_foreign(
    school: Callable[..., World], tmp_path_factory: pytest.TempPathFactory
) -> None:
    world = school()
    world.play("7712001")
    world.write_back()
    held = rows(world)
    world.state = tmp_path_factory.mktemp("fresh") / "state.db"
    assert (codes(world.write_back()), rows(world)) == (["UP_SENT 7712001"], held)


# people


def test_student_put_on_the_sheet_by_hand_is_named_and_the_others_go(
    school: Callable[..., World],
) -> None:
    world = school("ammon")
    row = world.course("55120")
    stranger = world.book.add(
        "students",
        {
            "ID": "stranger",
            "id": "stranger",
            "LASTNAME": "X",
            "FIRSTNAME": "Y",
            "EMAIL": "x@ecole.test",
            "HIDDEN": 0,
            "API_ID": "",
        },
    )
    row["STUDENTS"].append(world.courses.row(row, stranger["ID"]))
    play(world.courses, row["ID"], {})
    result = world.write_back()
    assert (codes(result), len(rows(world))) == (["UP_STUDENT_UNKNOWN_IN_ERP", "UP_SENT 55120"], 4)


def test_student_who_is_not_on_the_session_of_the_erp_is_left_out(
    school: Callable[..., World],
) -> None:
    world = school("aimaira")
    lines = world.simulation.event(4100231)["PlanificationsRessource"]
    lines.remove(next(line for line in lines if line["Code"] == "A00402"))
    world.play("4100231")
    assert (codes(world.write_back()), world.simulation.event(4100231)["Realise"]) == (
        ["UP_STUDENT_UNKNOWN_IN_ERP A00402", "UP_SENT 4100231"],
        True,
    )
    assert codes(world.write_back()) == ["UP_STUDENT_UNKNOWN_IN_ERP A00402"]


def test_professor_who_was_put_there_by_hand_is_named(school: Callable[..., World]) -> None:
    world = school("fca")
    world.book.add(
        "professors",
        {
            "ID": "stranger",
            "id": "stranger",
            "LASTNAME": "X",
            "FIRSTNAME": "Y",
            "EMAIL": "x@ecole.test",
            "HIDDEN": 0,
            "API_ID": "",
        },
    )
    world.course("70115")["PROFESSOR"] = "stranger"
    world.play("70115")
    assert "UP_PROFESSOR_UNKNOWN_IN_ERP" in codes(world.write_back())


# the ERP refuses, is silent, or is not there


def test_refused_line_is_tried_again_until_it_is_given_up_and_stays_visible(
    school: Callable[..., World],
) -> None:
    world = school("ammon", options={})
    world.play("55120")
    world.simulation.seed.classes[0]["stagiaires"] = [9001, 9003, 9004]
    assert codes(world.write_back()) == ["UP_ERP_REJECTED 9002", "RUN_PARTIAL"]
    assert [row["idStagiaire"] for row in rows(world)] == [9001, 9003, 9004]
    tries = [codes(world.write_back()) for _ in range(4)]
    assert tries == [["UP_ERP_REJECTED 9002", "RUN_FAILED"]] * 4
    world.erp.seen.clear()
    assert codes(world.write_back()) == ["UP_GIVEN_UP 55120"]
    assert [seen for seen in world.erp.seen if "presences" in seen] == []
    world.simulation.seed.classes[0]["stagiaires"] = [9001, 9002, 9003, 9004]
    assert codes(world.write_back(resend=["55120"])) == ["UP_SENT 55120"]


@pytest.mark.promise("P10")
def test_refused_line_goes_with_the_next_run_and_the_others_are_not_sent_again(
    school: Callable[..., World],
) -> None:
    world = school("ammon", options={})
    world.play("55120")
    world.simulation.seed.classes[0]["stagiaires"] = [9001, 9003, 9004]
    world.write_back()
    world.simulation.seed.classes[0]["stagiaires"] = [9001, 9002, 9003, 9004]
    world.simulation.presences.clear()
    assert codes(world.write_back()) == ["UP_SENT 55120"]
    assert [row["idStagiaire"] for row in rows(world)] == [9002]


def test_session_that_is_gone_is_told_and_not_written(school: Callable[..., World]) -> None:
    world = school("aimaira")
    world.simulation.cancel_course()
    world.simulation.event(4100231)["Annule"] = True
    world.play("4100231")
    assert (codes(world.write_back()), rows(world)) == (
        ["UP_COURSE_UNKNOWN_IN_ERP 4100231", "RUN_FAILED"],
        [],
    )
    world.simulation.event(4100231)["Annule"] = False
    assert codes(world.write_back()) == ["UP_SENT 4100231"]


def test_list_that_cannot_be_read_makes_the_sheet_wait(school: Callable[..., World]) -> None:
    world = school()
    world.play("7712001")
    world.simulation.closed.add("/absences/17-03-2026/17-03-2026")
    with pytest.raises(SourceError):  # it is needed, and forbidden
        world.write_back()
    world.simulation.closed.clear()
    real = world.erp.application
    world.erp.application = lambda environ, start: (
        Response("oops", 500)(environ, start)
        if "/absences/" in environ["PATH_INFO"]
        else real(environ, start)
    )
    result = world.write_back()
    assert ("UP_COURSE_UNREADABLE 7712001" in codes(result), rows(world)) == (True, [])
    world.erp.application = real
    world.later(days=3)
    assert codes(world.write_back()) == ["UP_SENT 7712001"]


@pytest.mark.parametrize("landed", [True, False])
def test_write_without_a_look_up_waits_for_a_person_unless_it_stands(
    school: Callable[..., World], landed: bool
) -> None:
    world = school("hyperplanning")
    course = next(
        row
        for row in world.book.all("courses")
        if row["API_ID"].startswith("2025-2026/5012/2026-03-17")
    )
    play(
        world.courses,
        course["ID"],
        {
            course["STUDENTS"][0]["studentId"]: {"late": 5},
            **{item["studentId"]: "present" for item in course["STUDENTS"][1:]},
        },
    )
    lates, once = world.simulation.seed.lates, [1]

    def lost(_verb: str, _path: str) -> Response | None:
        if not (lates and once):
            return None
        once.clear()
        if not landed:
            lates.clear()
        return Response("Gateway Timeout", 504)

    world.erp.after = lost
    first = world.write_back()
    sent = [code for code in codes(first) if code.startswith("UP")]
    if landed:  # the student's lates are read before another one is entered
        assert (sent, len(lates)) == ([f"UP_SENT {course['API_ID']}"], 1)
        return
    assert sent == ["UP_IN_DOUBT 301"]
    assert [code for code in codes(world.write_back()) if code.startswith("UP")] == [
        "UP_IN_DOUBT 301"
    ]
    assert not lates
    assert codes(world.write_back(resend=[course["API_ID"]])) == [f"UP_SENT {course['API_ID']}"]
    assert len(lates) == 1


def test_write_in_doubt_comes_last_and_after_the_grace_time(school: Callable[..., World]) -> None:
    world = school()
    world.play("7712001", "7712002")
    world.erp.after = lost(1)
    result = world.write_back()
    assert (result.status, world.slept[-1] > 0) == ("success", True)
    assert codes(result)[-2:] == ["UP_SENT 7712002", "UP_SENT 7712001"]
    assert len(rows(world)) == len({(row["codeApprenant"], row["heureDeb"]) for row in rows(world)})


def test_absence_that_the_office_entered_is_respected(school: Callable[..., World]) -> None:
    world = school()
    play(world.courses, world.course("7712001")["ID"], {})
    world.simulation.seed.absences[1] = {
        "codeAbsence": 1,
        "codeApprenant": 90211,
        "dateDeb": "17/03/2026",
        "heureDeb": 510,
        "dateFin": "17/03/2026",
        "heureFin": 720,
        "isRetard": 0,
        "isJustifie": 1,
    }
    world.write_back()
    assert [row["codeApprenant"] for row in rows(world)].count(90211) == 1


def test_edusign_out_of_reach_sends_nothing(school: Callable[..., World]) -> None:
    world = school()
    world.play("7712001")
    world.faults.active.append(Fault("402", times=9))
    with pytest.raises(Exception, match="Edusign"):
        world.write_back()
    assert rows(world) == []


@pytest.mark.fault("F22")
def test_right_to_write_that_is_lost_half_way_loses_no_sheet(school: Callable[..., World]) -> None:
    world = school("ammon", options={})
    world.play("55120", "55121")

    def withdrawn(_verb: str, path: str) -> None:
        world.simulation.may_write = world.simulation.may_write and "presences" not in path

    world.erp.after = withdrawn
    assert codes(world.write_back())[-3:] == [
        "UP_SENT 55120",
        "UP_NO_WRITE_PERMISSION",
        "RUN_PARTIAL",
    ]
    world.erp.after = lambda _verb, _path: None
    world.simulation.may_write = True
    world.later(days=20)
    assert "UP_SENT 55121" in codes(world.write_back())


def test_line_that_was_refused_is_not_taken_for_sent_when_the_run_ends_before_it_is_noted(
    school: Callable[..., World], monkeypatch: pytest.MonkeyPatch
) -> None:
    world = school("fca")
    world.play("70115")
    world.simulation.seed.registrations[70115] = [
        row for row in world.simulation.seed.registrations[70115] if row["COD_PER"] != 9002
    ]
    save, calls = Uploads.save, [0]

    def broken(self: Uploads, *given: Any, **more: Any) -> None:
        calls[0] += 1
        if calls[0] == 2:  # the first one notes what is to go
            raise KeyboardInterrupt
        save(self, *given, **more)

    monkeypatch.setattr(Uploads, "save", broken)
    with pytest.raises(KeyboardInterrupt):
        world.write_back()
    world.erp.seen.clear()
    assert codes(world.write_back()) == ["UP_ERP_REJECTED 9002", "RUN_PARTIAL"]
    assert [
        seen for seen in world.erp.seen if "assiduite" in seen
    ] == []  # what was stored is not sent twice


# settings


def test_plan_writes_nothing_anywhere(school: Callable[..., World]) -> None:
    world = school()
    world.play("7712001")
    store = open_store(str(world.state))
    planned = plan_writeback(
        load_instance(world.file, world.registry), store, world.registry, world.moment()
    )
    assert ([line["state"] for line in planned.accounts[0].lines], rows(world)) == (
        ["present", "late", "absent_justified", "absent"],
        [],
    )
    assert [run["direction"] for run in store.runs("school")] == ["down"]
    store.close()


def test_reason_for_early_departures_that_does_not_exist_stops_before_anything_is_sent(
    school: Callable[..., World],
) -> None:
    world = school("ammon", options={})
    world.play("55120")
    world.write(options={"earlyDeparture": "Rendez-vous"}, reasons=REASONS)
    with pytest.raises(ConfigurationProblem) as stopped:
        world.write_back()
    assert (stopped.value.code, rows(world)) == ("UP_EARLY_DEPARTURE_REASON_MISSING", [])


def test_erp_without_a_way_up_says_so(make_world: Callable[..., World], tmp_path: Path) -> None:
    world = make_world()
    spec = (Path(__file__).parents[2] / "specs" / "ypareo.yaml").read_text(encoding="utf-8")
    head = spec[: spec.index("  attendance:\n")].replace("connector: ypareo", "connector: other")
    lines = [
        line
        for line in head.splitlines()
        if not line.startswith(("  motifs: {", "  absences: {", "  minutes: {"))
    ]
    (tmp_path / "other.yaml").write_text("\n".join([*lines, "writeback: none\n"]), encoding="utf-8")
    world.spec = "other.yaml"
    world.write()
    with pytest.raises(ConfigurationProblem) as stopped:
        world.write_back()
    assert stopped.value.code == "UP_IMPOSSIBLE"


def test_sheets_of_a_batch_share_one_import(school: Callable[..., World]) -> None:
    world = school("aurion")
    world.play("880412", "880413")
    assert (
        world.write_back().status,
        len([seen for seen in world.erp.seen if seen.startswith("POST")]),
    ) == ("success", 2)  # the reasons, and the import


def test_what_cannot_be_read_back_leaves_a_write_in_doubt(registry: Registry) -> None:
    spec, _ = load_named("ypareo", registry, Path())
    assert spec is not None
    assert spec.writeback is not None
    sender = StepSender.__new__(StepSender)
    step = replace(
        spec.writeback.for_person[0],
        in_doubt=LookFirst(Constant(None), Expression("found")),
    )

    def unreadable(_row: object, _names: object) -> object:
        raise Unreadable("expected a day")

    with pytest.raises(Doubtful, match="could not be read back"):
        sender._landed(step, [], {}, {}, SimpleNamespace(compile=lambda _value: unreadable))  # type: ignore[arg-type]  # of the lists, only this is asked
