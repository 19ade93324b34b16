"""What is held on the way up is named by every run, uses up no try, and goes by itself once nothing
holds it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from werkzeug.wrappers import Response

from edusync.app.explaining.explain_attendance import explain_attendance
from edusync.app.files.connector_file import load_instance
from edusync.app.runs.writeback import Result
from edusync.cli import command
from edusync.codes import all_codes
from edusync.errors import ConfigurationProblem
from edusync.resources import bundled
from edusync.sandbox.edusign.play import play
from edusync.state.open import open_store
from tests.conftest import World

HOLDING = {"reasons: {from": ", ", "reasons:\n    from": "\n    "}
"""How the reasons of a spec begin, and what stands between two keys there."""
RUNS = 7
"""Runs that find a line held: more than the tries of a line that is refused (5)."""


@dataclass(frozen=True)
class Held:
    """One way in which something is held: how it comes about, before the sync and after the class,
    and what ends it.
    """

    code: str
    erp: str
    sheet: str
    why: str
    cause: Callable[[World], None]
    cure: Callable[[World], None]
    connector: Callable[[World], dict[str, Any]] = lambda _world: {}
    holding: bool = False
    """Whether the spec says `when_unknown: hold`."""
    professors: bool = True
    is_failure: bool = False
    runs_again: bool = True
    """Whether the line goes by itself, without a word of the operator."""


def nothing(_world: World) -> None:
    pass


def options(world: World, **more: Any) -> dict[str, Any]:
    return {"options": {**world.simulation.answers(world.erp_url)["options"], **more}}


def add_stranger(world: World, table: str) -> dict[str, Any]:
    return world.book.add(
        table,
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


def is_known(world: World, table: str, api_id: str) -> None:
    row = world.book.tables[table]["stranger"]
    row["API_ID"], row["API_TYPE"] = api_id, world.kept["erp"]


def stranger_among(world: World, sheet: str) -> None:
    row = world.course(sheet)
    row["STUDENTS"].append(world.courses.row(row, add_stranger(world, "students")["ID"]))


def becomes_a_trainee(world: World) -> None:
    world.simulation.seed.classes[0]["stagiaires"].append(9005)
    is_known(world, "students", "9005")


def strange_professor(world: World) -> None:
    world.simulation.seed.sessions[0]["TEM_VAL_OBL_SES"] = 0
    add_stranger(world, "professors")
    row = world.course("70115")
    world.kept["professor"] = world.book.tables["professors"][row["PROFESSOR"]]["API_ID"]
    row["PROFESSOR"] = "stranger"


def unlisted(world: World) -> None:
    lines = world.kept["lines"] = world.simulation.event(4100231)["PlanificationsRessource"]
    world.kept["taken"] = next(line for line in lines if line["Code"] == "A00402")
    lines.remove(world.kept["taken"])


def out_of_group(world: World) -> None:
    student = world.simulation.seed.students[90212]
    world.kept["taken"] = student["informationsCourantes"]
    student["informationsCourantes"] = {**world.kept["taken"], "codeGroupe": None}


def back_in_group(world: World) -> None:
    world.simulation.seed.students[90212]["informationsCourantes"] = world.kept["taken"]


def without_session(world: World) -> None:
    world.kept["taken"] = list(world.simulation.seed.sessions)
    world.simulation.seed.sessions[:] = [
        row for row in world.kept["taken"] if row["ID_SES"] != 70115
    ]


def failing(world: World) -> None:
    real = world.kept["taken"] = world.erp.application
    world.erp.application = lambda environ, start: (
        Response("oops", 500)(environ, start)
        if "/absences/" in environ["PATH_INFO"]
        else real(environ, start)
    )


def works_again(world: World) -> None:
    world.erp.application = world.kept["taken"]


def changed(world: World) -> None:
    world.write_back()
    row = world.course("55120")
    row["LOCKED"] = 0
    play(world.courses, row["ID"], {row["STUDENTS"][0]["studentId"]: "absent"})


def unlocked(world: World) -> None:
    """Nobody knows the reason of a line, and then the sheet is opened again."""
    world.write_back()
    world.course("7712001")["LOCKED"] = 0


def locked(world: World) -> None:
    world.course("7712001")["LOCKED"] = 1
    name_reason(world)


def name_reason(world: World) -> None:
    world.write(**{**world.kept["connector"], "reasons": {"sick leave": "Maladie"}})


def add_reason(world: World) -> None:
    world.simulation.seed.reasons.append({"codeMotifAbsence": 77, "nomMotifAbsence": "sick leave"})


def justify_reason(world: World) -> None:
    world.simulation.seed.reasons[2]["TEM_JUS_MAB"] = 1


def set_default(world: World) -> None:
    world.write(**options(world, defaultAbsenceReason="Convocation"))


WAYS = (
    Held(
        "UP_REASON_UNKNOWN",
        "ypareo",
        "7712001",
        "the connector file names the reason",
        nothing,
        name_reason,
        holding=True,
    ),
    Held(
        "UP_REASON_UNKNOWN",
        "ypareo",
        "7712001",
        "the ERP gets the reason",
        nothing,
        add_reason,
        holding=True,
    ),
    Held(
        "UP_REASON_UNKNOWN",
        "fca",
        "70115",
        "a default is set",
        nothing,
        set_default,
        lambda world: options(world, defaultAbsenceReason=""),
        holding=True,
    ),
    Held(
        "UP_REASON_NOT_JUSTIFIED_TYPE",
        "fca",
        "70115",
        "the reason justifies in the ERP",
        nothing,
        justify_reason,
        lambda world: {
            **options(world, defaultAbsenceReason=""),
            "reasons": {"sick leave": "Sans motif"},
        },
        holding=True,
    ),
    Held(
        "UP_STUDENT_UNKNOWN_IN_ERP",
        "aimaira",
        "4100231",
        "a rule of the spec: the student is put on the session",
        unlisted,
        lambda world: world.kept["lines"].append(world.kept["taken"]),
        lambda world: {"reasons": {"sick leave": "Maladie"}, **options(world)},
    ),
    Held(
        "UP_STUDENT_UNKNOWN_IN_ERP",
        "ypareo",
        "7712001",
        "a rule of the spec: the student has a group",
        out_of_group,
        back_in_group,
        lambda world: {"reasons": {"sick leave": "Maladie"}},
    ),
    Held(
        "UP_STUDENT_UNKNOWN_IN_ERP",
        "ammon",
        "55120",
        "nobody the ERP knows: it knows them now",
        lambda world: stranger_among(world, "55120"),
        becomes_a_trainee,
        lambda world: {"reasons": {"sick leave": "Maladie"}},
    ),
    Held(
        "UP_PROFESSOR_UNKNOWN_IN_ERP",
        "fca",
        "70115",
        "nobody the ERP knows: it knows them now",
        strange_professor,
        lambda world: is_known(world, "professors", world.kept["professor"]),
        lambda world: {"reasons": {"sick leave": "Maladie"}, **options(world)},
    ),
    Held(
        "UP_COURSE_UNKNOWN_IN_ERP",
        "aimaira",
        "4100231",
        "the session stands again",
        lambda world: world.simulation.event(4100231).update(Annule=True),
        lambda world: world.simulation.event(4100231).update(Annule=False),
        lambda world: {"reasons": {"sick leave": "Maladie"}, **options(world)},
        is_failure=True,
    ),
    Held(
        "UP_COURSE_UNKNOWN_IN_ERP",
        "fca",
        "70115",
        "the session is there again",
        without_session,
        lambda world: world.simulation.seed.sessions.__setitem__(slice(None), world.kept["taken"]),
        lambda world: {"reasons": {"sick leave": "Maladie"}, **options(world)},
        is_failure=True,
    ),
    Held(
        "UP_PROFESSOR_VALIDATION_REQUIRED",
        "fca",
        "70115",
        "the presence is forced",
        nothing,
        lambda world: world.write(
            **options(world, forceInstructorPresence=True), reasons={"sick leave": "Maladie"}
        ),
        lambda world: {"reasons": {"sick leave": "Maladie"}, **options(world)},
        professors=False,
        is_failure=True,
    ),
    Held(
        "UP_COURSE_UNREADABLE",
        "ypareo",
        "7712001",
        "the list can be read",
        failing,
        works_again,
        lambda world: {"reasons": {"sick leave": "Maladie"}},
        is_failure=True,
    ),
    Held(
        "UP_COURSE_NOT_ARCHIVED",
        "ypareo",
        "7712001",
        "a sheet of which a line was held is archived again",
        unlocked,
        locked,
        holding=True,
    ),
    Held(
        "UP_COURSE_CHANGED_AFTER_SEND",
        "ammon",
        "55120",
        "the operator asks for it",
        changed,
        nothing,
        lambda world: {"reasons": {"sick leave": "Maladie"}},
        runs_again=False,
    ),
)
"""Every way in which a line or a sheet is held."""

ELSEWHERE = {
    "UP_SENT": "what went",
    "UP_REASON_NONE": "said by `when_none` alone (tests/engine/test_reasons_as_text.py)",
    **dict.fromkeys(
        ("UP_CHANGED_IN_ERP", "UP_NOT_ON_SHEET", "UP_NOT_READ", "UP_NOT_SENT_YET", "UP_NO_SHEET"),
        "said by `edusync reconcile` alone (tests/movein/test_reconcile.py)",
    ),
    "UP_CORRECTION_IMPOSSIBLE": "said of what was sent before (tests/engine/test_upward_told.py)",
    "UP_COURSE_NOT_BROUGHT": "there is no such sheet (test_upward_told.py)",
    "UP_COURSE_NOT_LOOKED_AT": "named once, and sent by --resend (test_upward_told.py)",
    "UP_COURSE_LATER": "of the moment of the run only (test_upward_told.py)",
    "UP_SHEETS_NOT_LOOKED_AT": "said of sheets that the next run looks up (test_unseen_sheets.py)",
    "UP_COURSE_ALREADY_SENT": "what went",
    "UP_COURSE_ENTERED": "what a person entered",
    "UP_COURSE_MANUAL": "never ours to send (U1)",
    "UP_COURSE_OF_ANOTHER": "another connector sends it (test_whose_sheet.py)",
    "UP_COURSE_SHARED": "nobody knows whose it is (test_whose_sheet.py)",
    "UP_COURSE_NOT_TIED": "of another ERP, as far as is known (test_whose_sheet.py)",
    "UP_REASON_UNREAD": "held until the lists are read (test_not_read.py)",
    "UP_COURSE_POSTPONED": "held until the session is back on its day (test_postponed.py)",
    "UP_SENT_FOR_ANOTHER": "said of what was sent before (tests/engine/test_mixed_up_ids.py)",
    "UP_PERSON_ID_TAKEN": "held until a way down finds the ids as before (test_mixed_up_ids.py)",
    "UP_STATUS_UNREAD": "held until Edusign says it (test_not_read.py)",
    "UP_COURSE_DOUBLED": "one sheet too many (test_whose_sheet.py)",
    "UP_PLANNING_NOT_COMPLETED": "said of what went",
    "UP_SIGNATURE_PENDING": "said of what goes",
    "UP_STATUS_OPTION_OFF": "said of what goes",
    "UP_STATUS_UNSUPPORTED": "said of what goes",
    "UP_REASON_DEFAULTED": "said of what goes",
    "UP_ERP_REJECTED": "refused, not held: tries are counted (tests/engine/test_upward.py)",
    "UP_COURSE_STEP_FAILED": "refused, not held: tries are counted",
    "UP_GIVEN_UP": "what is not tried any more; named by every run (below)",
    "UP_IN_DOUBT": "in doubt, not held (tests/engine/test_upward.py)",
    "UP_COURSE_GONE": "the sheet is no longer on Edusign (below)",
    "UP_OFF": "the way up is off",
    "UP_IMPOSSIBLE": "there is no way up",
    "UP_NO_WRITE_PERMISSION": "stops the run; the next one begins where it was (test_upward.py)",
    "UP_EARLY_DEPARTURE_REASON_MISSING": "stops the run (below)",
}
"""The other codes of the way up, and why nothing is held under them."""


@pytest.fixture
def school(make_world: Callable[..., World]) -> Callable[[Held], World]:
    """Return what makes a school in the evening of the next day, with a class that was played and
    archived.
    """

    def make(way: Held) -> World:
        world = make_world(way.erp)
        world.kept["erp"] = way.erp
        if way.holding:
            text = (bundled("specs") / f"{way.erp}.yaml").read_text(encoding="utf-8")
            holding = {
                start: start.replace("from", "when_unknown: hold" + sep + "from")
                for start, sep in HOLDING.items()
            }
            (start,) = (start for start in holding if start in text)
            world.spec = "mine.yaml"
            (world.folder / world.spec).write_text(
                text.replace(start, holding[start]), encoding="utf-8"
            )
        world.kept["connector"] = way.connector(world)
        world.write(**world.kept["connector"])
        assert world.sync().status == "success"
        world.to_evening()
        if way.erp == "fca":
            row = world.course(way.sheet)
            said = {row["STUDENTS"][0]["studentId"]: {"justified": "sick leave"}}
            play(world.courses, row["ID"], said, professors=way.professors)
        else:
            world.play(way.sheet, professors=way.professors)
        way.cause(world)
        return world

    return make


def codes(result: Result) -> list[str]:
    return [outcome.code for outcome in result.outcomes]


def rows(world: World) -> list[Any]:
    return list(world.simulation.attendance())


def explained(world: World, sheet: str) -> str:
    store = open_store(str(world.state))
    try:
        answers = explain_attendance(
            load_instance(world.file, world.registry),
            store,
            world.registry,
            world.moment(),
            sheet,
        )
        return "\n".join(f"{answer.words} {answer.code}" for _, answer in answers)
    finally:
        store.close()


def printed(world: World, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[Any, str]:
    line = ["writeback", str(world.file), "--state", str(world.state), *more]
    capsys.readouterr()
    ended = command.main(
        [*line, "--at", world.now.isoformat(), "--no-color"], standalone_mode=False
    )
    return ended, capsys.readouterr().out


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.code}-{way.erp}-{way.why}")
def test_what_is_held_is_named_by_every_run_and_goes_once_nothing_holds_it(
    way: Held, school: Callable[[Held], World], capsys: pytest.CaptureFixture[str]
) -> None:
    world = school(way)
    first = world.write_back()
    assert way.code in codes(first)
    held, named = rows(world), [o for o in first.outcomes if o.code == way.code]
    for _ in range(RUNS):
        world.later(days=1)
        again = world.write_back()
        assert [o for o in again.outcomes if o.code == way.code] == named
        assert (again.status == "failed", rows(world)) == (way.is_failure, held)
    ended, said = printed(world, capsys)
    assert (ended, way.code in said) == (1 if way.is_failure else 0, True), said
    if way.code not in {"UP_COURSE_NOT_ARCHIVED", "UP_COURSE_CHANGED_AFTER_SEND"}:
        assert " held" in said.splitlines()[-1], said
        assert "looks at it again" in explained(world, way.sheet)
    assert way.code in explained(world, way.sheet)
    way.cure(world)
    last = world.write_back(resend=[] if way.runs_again else [way.sheet])
    assert ("UP_SENT" in codes(last), way.code in codes(last), last.status) == (
        True,
        False,
        "success",
    )
    assert rows(world) != held
    sent = rows(world)
    world.later(minutes=10)
    last = world.write_back()
    assert (set(codes(last)) <= {"UP_COURSE_ALREADY_SENT"}, rows(world)) == (True, sent)


def test_every_code_of_the_way_up_is_held_or_told_why_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ways = {way.code for way in WAYS}
    with capsys.disabled():
        sys.stdout.write(f"ways of being held tried: {len(WAYS)}, under {len(ways)} codes\n")
    up = {name for name in all_codes() if name.startswith("UP_")}
    assert (ways | ELSEWHERE.keys(), ways & ELSEWHERE.keys()) == (up, set())


def test_every_code_under_hold_of_a_spec_is_tried() -> None:
    ways = {(way.erp, way.code) for way in WAYS}
    for spec in (Path(__file__).parents[2] / "specs").glob("*.yaml"):
        text = spec.read_text(encoding="utf-8").partition("\n  hold:")[2]
        block = text.partition("\n  line:")[0].partition("\n  report:")[0]
        for code in all_codes():
            if f"{code}:" in block:
                assert (spec.stem, code) in ways, f"{code} of {spec.stem}"


def test_the_steps_after_a_sheet_wait_for_a_line_that_belongs_there(
    school: Callable[[Held], World],
) -> None:
    world = school(WAYS[2])
    world.write_back()
    assert world.simulation.validated == set()
    WAYS[2].cure(world)
    world.write_back()
    assert world.simulation.validated == {70115}


def test_step_after_a_sheet_that_was_given_up_is_tried_again_with_a_line_that_goes(
    school: Callable[[Held], World],
) -> None:
    world = school(WAYS[7])
    world.simulation.seed.sessions[0]["TEM_VAL_OBL_SES"] = 1  # only with its professor
    named = [codes(world.write_back()) for _ in range(6)]
    assert named[4:] == [
        ["UP_PROFESSOR_UNKNOWN_IN_ERP", "UP_COURSE_STEP_FAILED", "RUN_FAILED"],
        ["UP_GIVEN_UP", "UP_PROFESSOR_UNKNOWN_IN_ERP"],
    ]
    WAYS[7].cure(world)
    assert codes(world.write_back())[-1] == "UP_SENT"
    assert world.simulation.validated == {70115}


def test_the_steps_after_a_sheet_do_not_wait_for_whom_the_erp_has_no_place(
    school: Callable[[Held], World],
) -> None:
    world = school(WAYS[4])
    world.write_back()
    assert world.simulation.event(4100231)["Realise"] is True


def test_file_that_takes_the_place_of_another_holds_every_line(
    make_world: Callable[..., World],
) -> None:
    world = make_world("adesoft")
    answers = world.simulation.answers(world.erp_url)
    world.write(options=answers["options"], filters=answers["filters"])
    world.kept["erp"] = "adesoft"
    world.sync()
    world.now += timedelta(days=4, hours=9)
    stranger_among(world, "12/8801/2/0")
    world.play("12/8801/2/0")
    assert codes(world.write_back())[:1] == ["UP_STUDENT_UNKNOWN_IN_ERP"]
    sent = rows(world)
    for _ in range(2):
        assert (codes(world.write_back()), rows(world)) == (["UP_STUDENT_UNKNOWN_IN_ERP"], sent)
    is_known(world, "students", "70009")
    assert codes(world.write_back()) == ["UP_SENT"]
    assert [row["studentId"] for row in rows(world)] == [
        *(row["studentId"] for row in sent),
        "70009",
    ]
    assert codes(world.write_back()) == ["UP_COURSE_ALREADY_SENT"]


# what ends it: three months, or the operator


def test_what_was_held_for_three_months_is_given_up_and_still_named(
    school: Callable[[Held], World],
) -> None:
    world = school(WAYS[0])
    assert codes(world.write_back()) == ["UP_REASON_UNKNOWN"]
    world.later(days=87)
    assert codes(world.write_back()) == ["UP_REASON_UNKNOWN"]
    world.later(days=2)
    assert codes(world.write_back()) == ["UP_REASON_UNKNOWN"]
    assert [codes(world.write_back()) for _ in range(2)] == [["UP_GIVEN_UP"]] * 2
    name_reason(world)
    assert codes(world.write_back()) == ["UP_GIVEN_UP"]
    assert "held for three months" in explained(world, "7712001")
    assert codes(world.write_back(resend=["7712001"])) == ["UP_SENT"]


def test_sheet_that_was_held_long_ago_does_not_make_the_erp_tell_of_all_the_days_since(
    school: Callable[[Held], World],
) -> None:
    world = school(WAYS[5])
    world.write_back()
    world.later(days=60)
    today = world.course("7712002")
    today.update(START="2026-05-16T07:00:00Z", END="2026-05-16T09:00:00Z")
    world.play("7712002")
    world.erp.seen.clear()
    world.write_back()
    asked = [seen.partition("/absences/")[2] for seen in world.erp.seen if "/absences/" in seen]
    assert asked == ["17-03-2026/17-03-2026", "16-05-2026/16-05-2026"]


@pytest.mark.walk(every=3)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: f"{way.code}-{way.erp}-{way.why}")
def test_what_a_person_entered_in_the_erp_is_not_named_any_more(
    way: Held, school: Callable[[Held], World], capsys: pytest.CaptureFixture[str]
) -> None:
    world = school(way)
    world.write_back()
    held = rows(world)
    if way.code == "UP_COURSE_NOT_ARCHIVED":
        world.course(way.sheet)["LOCKED"] = 1
    planned = printed(world, capsys, "--entered", way.sheet, "--plan")
    assert (planned[0], "UP_COURSE_ENTERED" in planned[1]) == (0, True)
    ended, said = printed(world, capsys, "--entered", way.sheet)
    assert (ended, "UP_COURSE_ENTERED" in said, way.code in said) == (0, True, False), said
    world.later(minutes=10)
    if way.code == "UP_COURSE_UNREADABLE":
        way.cure(world)
    last = world.write_back()
    assert (set(codes(last)) <= {"UP_COURSE_ALREADY_SENT"}, rows(world)) == (True, held)


def test_sheet_that_is_gone_from_edusign_is_named_by_every_run(
    school: Callable[[Held], World],
) -> None:
    world = school(WAYS[0])
    world.write_back()
    del world.book.tables["courses"][world.course("7712001")["ID"]]
    assert [codes(world.write_back()) for _ in range(RUNS)] == [["UP_COURSE_GONE"]] * RUNS
    assert codes(world.write_back(entered=["7712001"])) == ["UP_COURSE_ENTERED"]
    assert codes(world.write_back()) == []


def test_what_stops_a_run_is_named_again_and_nothing_of_it_is_lost(
    school: Callable[[Held], World],
) -> None:
    world = school(WAYS[6])
    world.write(options={"earlyDeparture": "Rendez-vous"}, reasons={"sick leave": "Maladie"})
    for _ in range(2):
        world.later(days=1)
        with pytest.raises(ConfigurationProblem, match="earlyDeparture") as stopped:
            world.write_back()
        assert stopped.value.code == "UP_EARLY_DEPARTURE_REASON_MISSING"
    world.write(reasons={"sick leave": "Maladie"})
    assert "UP_SENT" in codes(world.write_back())


def test_line_that_was_refused_is_given_up_while_a_held_one_is_still_looked_at(
    school: Callable[[Held], World],
) -> None:
    world = school(WAYS[6])
    world.simulation.seed.classes[0]["stagiaires"] = [9001, 9003, 9004]
    named = [codes(world.write_back()) for _ in range(5)]
    assert named == [
        ["UP_STUDENT_UNKNOWN_IN_ERP", "UP_ERP_REJECTED", "RUN_PARTIAL"],
        *[["UP_STUDENT_UNKNOWN_IN_ERP", "UP_ERP_REJECTED", "RUN_FAILED"]] * 4,
    ]
    after = [codes(world.write_back()) for _ in range(2)]
    assert after == [["UP_GIVEN_UP", "UP_STUDENT_UNKNOWN_IN_ERP"]] * 2


def test_state_of_what_is_held_is_in_the_json(
    school: Callable[[Held], World], capsys: pytest.CaptureFixture[str]
) -> None:
    told = [
        json.loads(printed(school(WAYS[index]), capsys, "--format", "json")[1])["accounts"][0]
        for index in (0,)
    ]
    assert [
        {key: sheet[key] for key in ("held", "is_held", "status")}
        for account in told
        for sheet in account["sheets"]
    ] == [{"held": 1, "is_held": False, "status": "held"}]
