"""A school of which every code of the way up can be had, and what breaks it in each way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from werkzeug.wrappers import Response

from edusync.app.explaining.explain_attendance import explain_attendance
from edusync.app.runs.moment import Moment
from edusync.engine.read.source import Tools
from edusync.sandbox.edusign.play import play
from edusync.state.open import open_store
from tests.little import NOW, Little, lesson

Break = Callable[[Little], object]
SICK = {"justified": "sick leave"}


@dataclass(frozen=True)
class Way:
    """One way in which attendance does not simply go up.

    `before` is done to the school before its sheets come down, `after` once they have.
    """

    code: str
    after: tuple[Break, ...] = ()
    before: tuple[Break, ...] = ()
    source_id: str = "1"
    also: tuple[str, ...] = ()
    """Codes that are true as well."""
    words: str = ""
    """What has to be said."""
    stops: bool = False
    """Whether runs stop, and say why."""

    def act(self, school: Little) -> None:
        """Break a school."""
        school.goes_up()
        for one in self.before:
            one(school)
        school.sync()
        for one in self.after:
            one(school)


def ask(school: Little, source_id: str) -> list[tuple[str | None, str]]:
    """Return the codes and words of an explanation."""
    store = open_store(str(school.folder / "state.db"))
    try:
        moment = Moment(school.now, Tools(lambda: 0.0, school._sleep))
        instance = school.instance()
        told = explain_attendance(instance, store, school.registry, moment, source_id)
        return [(answer.code, answer.words) for _, answer in told]
    finally:
        store.close()


def up(**more: Any) -> Break:
    """Say more of the way up."""
    return lambda school: school.spec["writeback"].update(more)


def state(name: str, **rule: Any) -> Break:
    """Say what becomes of a state."""
    return lambda school: school.spec["writeback"]["states"].update({name: rule})


def played(*said: Any) -> Break:
    """Play the first class, and archive its sheet."""
    return lambda school: school.play("1", *said)


def ids_exchanged(school: Little) -> None:
    """Give each of two students the id of the other, and run the way down."""
    one, other = school.rows["/learners"]
    one["id"], other["id"] = other["id"], one["id"]
    school.sync()


def postponed(school: Little) -> None:
    """Move the first session to another day, and run the way down."""
    school.rows["/lessons"][0]["on"] = "2026-03-25"
    school.sync()


def sent(school: Little) -> None:
    """Run the way up."""
    school.write_back()


def answering(path: str, status: int, body: str = "{}") -> Break:
    """Let the ERP answer in the same way whatever it is asked."""
    answer = Response(body, status, content_type="application/json")
    return lambda school: school.rows.update({path: lambda _request: answer})


def later(**how_long: float) -> Break:
    """Let time pass."""
    return lambda school: setattr(school, "now", school.now + timedelta(**how_long))


def archived_anew(*said: Any) -> Break:
    """Open the sheet again, say something else, and archive it."""

    def act(school: Little) -> None:
        later(minutes=5)(school)
        row = the_sheet(school)
        row["LOCKED"] = 0
        who = [student["studentId"] for student in row["STUDENTS"]]
        play(school.courses, row["ID"], dict(zip(who, said, strict=False)))

    return act


def the_sheet(school: Little, source_id: str = "1") -> dict[str, Any]:
    """Return the sheet of a lesson on Edusign."""
    row = school.book.find("courses", API_ID=source_id)
    assert row is not None
    return row


def deleted(school: Little) -> None:
    """Delete the sheet on Edusign by hand."""
    del school.book.tables["courses"][the_sheet(school)["ID"]]


def on_sheet(**values: Any) -> Break:
    """Change what the sheet says of its first student."""
    return lambda school: the_sheet(school)["STUDENTS"][0].update(values)


def stranger(school: Little) -> None:
    """Put somebody on the sheet whom nobody brought there."""
    one = {"ID": "x", "id": "x", "LASTNAME": "X", "FIRSTNAME": "Y", "EMAIL": "x@ecole.test"}
    made = school.book.add("students", one | {"HIDDEN": 0, "API_ID": ""})
    row = the_sheet(school)
    row["STUDENTS"].append(school.courses.row(row, made["ID"]))


def by_hand(school: Little) -> None:
    """Make a sheet of this morning by hand, which the next run down completes."""
    made = the_sheet(school, "2") | {
        "ID": "byhand",
        "API_ID": None,
        "API_TYPE": None,
        "NAME": "Lesson 4",
        "START": "2026-03-16T10:00:00.000Z",
        "END": "2026-03-16T11:00:00.000Z",
        "STUDENTS": [],
    }
    school.book.tables["courses"]["byhand"] = made
    school.sync()


def played_by_hand(school: Little) -> None:
    """Play the sheet that was made by hand."""
    later(hours=9)(school)
    row = school.book.tables["courses"]["byhand"]
    play(school.courses, "byhand", {row["STUDENTS"][0]["studentId"]: "present"})


def only_another_lesson(school: Little) -> None:
    """Let the ERP hold another lesson alone."""
    school.rows["/lessons"] = [lesson(4)]


def of_another(school: Little, name: str) -> None:
    """Let a connector of another name look at the sheets."""
    school.connector["connector"] = name


def lose_store(school: Little) -> None:
    """Lose the store."""
    (school.folder / "state.db").unlink()


def doubled(school: Little) -> None:
    """Let a second sheet carry the id of the first."""
    other = the_sheet(school) | {"ID": "twin", "START": "2026-03-18T09:00:00.000Z"}
    school.book.tables["courses"]["twin"] = other


def option(name: str, *, value: object) -> Break:
    """Ask for an option, and answer it."""

    def act(school: Little) -> None:
        kind = "boolean" if isinstance(value, bool) else "text"
        school.spec["options"] = {name: {"type": kind, "label": name}}
        school.connector["options"] = {name: value}

    return act


def unknown_departure(school: Little) -> None:
    """Let the reason of early departures be one that the ERP does not have."""
    option("left", value="Nothing")(school)
    rule = {"resource": "reasons", "on": "label", "code": "UP_EARLY_DEPARTURE_REASON_MISSING"}
    school.spec["options"]["left"]["must_exist_in"] = rule
    state("early_departure", set={"reason": "{{ options.left }}"})(school)


REFUSED = answering("/presences", 400, '{"message": "closed"}')
FOR_STUDENTS = "person.role == 'student'"
PROFESSOR = {"student": {"who": "{{ person.source_id }}"}} | {
    "professor": {"who": "{{ person.source_id }}"}
}
ONE_BY_ONE = up(
    for_person=[{"post": "/presences", "json": "{{ line }}", "in_doubt": "repeat"}],
    states={
        name: {"skip": True} if name == "present" else {"set": {"state": name}}
        for name in ("present", "absent", "absent_justified", "late", "excluded", "early_departure")
    },
)


def no_step_of_a_sheet(school: Little) -> None:
    """Let lines go one by one alone."""
    ONE_BY_ONE(school)
    del school.spec["writeback"]["for_sheet"]


WAYS = [
    Way("UP_IMPOSSIBLE", before=(lambda school: school.spec.update(writeback="none"),)),
    Way(
        "UP_OFF",
        (played("present", "absent"),),
        (option("on", value=False), up(needs="options.on")),
    ),
    Way("UP_COURSE_NOT_ARCHIVED"),
    Way("UP_COURSE_GONE", (deleted,)),
    Way(
        "UP_COURSE_GONE",
        (played("present", "absent"), REFUSED, sent, deleted, sent),
        also=("UP_ERP_REJECTED",),
    ),
    Way(
        "UP_COURSE_MANUAL",
        (by_hand, played_by_hand),
        (lambda school: school.rows["/lessons"].append(lesson(4, id=30, on="2026-03-16")),),
        source_id="30",
    ),
    Way(
        "UP_COURSE_OF_ANOTHER",
        (
            played("present", "absent"),
            only_another_lesson,
            lambda school: of_another(school, "second"),
            lambda school: setattr(school, "now", NOW),
            Little.sync,
            later(days=2, hours=9),
        ),
        source_id="on Edusign",
    ),
    Way(
        "UP_COURSE_NOT_TIED",
        (played("present", "absent"), lose_store, lambda school: school.rows["/lessons"].pop(0)),
    ),
    Way("UP_COURSE_DOUBLED", (played("present", "absent"), doubled, lose_store)),
    Way(
        "UP_COURSE_SHARED",
        (
            lambda school: of_another(school, "second"),
            Little.sync,
            played("present", "absent"),
        ),
    ),
    Way("UP_COURSE_ALREADY_SENT", (played("present", "absent"), sent)),
    Way(
        "UP_COURSE_CHANGED_AFTER_SEND",
        (played("present", "absent"), sent, archived_anew("absent", "absent")),
    ),
    Way(
        "UP_COURSE_UNKNOWN_IN_ERP",
        (played("present", "absent"),),
        (up(hold={"UP_COURSE_UNKNOWN_IN_ERP": "course.source_id == '1'"}),),
    ),
    Way(
        "UP_COURSE_ENTERED",
        (
            played("present", SICK),
            sent,
            lambda school: school.write_back(entered=["1"]),
        ),
        (lambda school: school.spec["writeback"]["reasons"].update(when_unknown="hold"),),
        also=("UP_COURSE_ALREADY_SENT",),
    ),
    Way(
        "UP_COURSE_STEP_FAILED",
        (played("present", "absent"), answering("/close", 400), sent),
        (up(then=[{"post": "/close", "in_doubt": "repeat"}]),),
    ),
    Way(
        "UP_COURSE_UNREADABLE",
        (played("present", "absent"), answering("/marks", 500)),
        (
            lambda school: school.spec["resources"].update(marks={"get": "/marks", "key": "id"}),
            up(
                let={"person": {"mark": {"look_up": "marks", "by": "person.source_id"}}},
                hold={"UP_STUDENT_UNKNOWN_IN_ERP": "mark"},
            ),
        ),
    ),
    Way(
        "UP_PLANNING_NOT_COMPLETED",
        (played("present", "absent"), sent),
        (up(report={"UP_PLANNING_NOT_COMPLETED": "true"}),),
        also=("UP_COURSE_ALREADY_SENT",),
    ),
    Way("UP_COURSE_POSTPONED", (played("present", "absent"), postponed)),
    Way("UP_PERSON_ID_TAKEN", (ids_exchanged, played("present", "absent"))),
    Way(
        "UP_SENT_FOR_ANOTHER",
        (played("present", "absent"), Little.write_back, ids_exchanged),
        also=("UP_COURSE_ALREADY_SENT",),
    ),
    Way("UP_COURSE_NOT_LOOKED_AT", (played("present", "absent"), later(days=60))),
    Way(
        "UP_COURSE_LATER",
        (played("present", "absent"), lambda school: setattr(school, "now", NOW)),
    ),
    Way("UP_COURSE_NOT_BROUGHT", (played("present", "absent"),), source_id="99"),
    Way(
        "UP_CORRECTION_IMPOSSIBLE",
        (
            played("present", "absent"),
            sent,
            archived_anew("present", "present"),
            lambda school: school.write_back(resend=["1"]),
        ),
        (no_step_of_a_sheet,),
    ),
    Way("UP_STUDENT_UNKNOWN_IN_ERP", (stranger, played("present", "absent"))),
    Way(
        "UP_PROFESSOR_UNKNOWN_IN_ERP",
        (played("present", "absent"),),
        (up(line=PROFESSOR, hold={"UP_PROFESSOR_UNKNOWN_IN_ERP": "person.role == 'professor'"}),),
    ),
    Way(
        "UP_PROFESSOR_VALIDATION_REQUIRED",
        (played("present", "absent"),),
        (
            up(
                line=PROFESSOR,
                hold={"UP_PROFESSOR_VALIDATION_REQUIRED": "person.role == 'professor'"},
            ),
        ),
    ),
    Way("UP_SIGNATURE_PENDING", (played("pending", "absent"),)),
    Way(
        "UP_STATUS_OPTION_OFF",
        (played({"late": 12}, "absent"),),
        (
            option("on", value=False),
            state("late", set={"state": "L"}, needs="options.on", **{"else": "present"}),
        ),
    ),
    Way("UP_STATUS_UNSUPPORTED", (played({"late": 12}, "absent"),)),
    Way("UP_STATUS_UNREAD", (played("present", "absent"), on_sheet(state=None))),
    Way(
        "UP_REASON_DEFAULTED",
        (played("present", SICK),),
        (lambda school: school.spec["writeback"]["reasons"].update(default="Illness"),),
    ),
    Way("UP_REASON_UNKNOWN", (played("present", SICK),)),
    Way(
        "UP_REASON_UNKNOWN",
        (played("present", SICK), sent),
        (lambda school: school.spec["writeback"]["reasons"].update(when_unknown="hold"),),
    ),
    Way(
        "UP_REASON_NONE",
        (played("present", {"justified": None}), sent),
        (lambda school: school.spec["writeback"]["reasons"].update(when_none="hold"),),
    ),
    Way("UP_REASON_UNREAD", (played("present", SICK), answering("/reasons", 500))),
    Way(
        "UP_REASON_NOT_JUSTIFIED_TYPE",
        (played("present", SICK),),
        (
            lambda school: school.spec["resources"]["reasons"].update(
                drop={"UP_REASON_NOT_JUSTIFIED_TYPE": "row.id == 6"}
            ),
            lambda school: school.rows["/reasons"].append({"id": 6, "label": "sick leave"}),
        ),
    ),
    Way("UP_ERP_REJECTED", (played("present", "absent"), REFUSED, sent)),
    Way(
        "UP_GIVEN_UP",
        (played("present", "absent"), REFUSED, *(sent,) * 6),
        also=("UP_ERP_REJECTED",),
        words="after 5 tries",
    ),
    Way(
        "UP_IN_DOUBT",
        (played("present", "absent"), answering("/presences", 504), sent),
        (lambda school: school.spec["writeback"]["for_sheet"][0].update(in_doubt="person"),),
    ),
    Way(
        "UP_EARLY_DEPARTURE_REASON_MISSING",
        (played("present", {"left": 45}),),
        (unknown_departure,),
        stops=True,
    ),
    Way(
        "UP_NO_WRITE_PERMISSION",
        (played("present", "absent"), answering("/presences", 403), sent),
        stops=True,
    ),
]
