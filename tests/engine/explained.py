"""A school of which every reason code can be had: its spec, and what breaks it in each way."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from edusync.app.explaining.explain import explain_item
from edusync.app.runs.moment import Moment
from edusync.engine.read.source import Tools
from edusync.sandbox.edusign.faults import Fault
from edusync.state.adoptions import Decision, decide
from edusync.state.forget import forget_person
from edusync.state.intents import Intent
from edusync.state.open import open_store
from tests.little import Little, lesson, person

FILTERS = {
    "sites": "DOWN_COURSE_STRUCTURE_MISMATCH",
    "actions": "DOWN_COURSE_ACTION_FILTERED",
    "labels": "DOWN_COURSE_LABEL_FILTERED",
    "rubrics": "DOWN_COURSE_FAMILY_FILTERED",
    "folders": "DOWN_COURSE_RESOURCE_FILTERED",
}
OPTIONS = ("individual", "common", "groups", "tutors", "unconfirmed", "credentials")


def lesson_of(number: int, **more: Any) -> dict[str, Any]:
    """Return a lesson that names all that the spec reads of one."""
    plain = dict.fromkeys(FILTERS, "in") | {"state": "planned", "groups": ["G1"], "rev": 1}
    return lesson(number, **plain) | more


def learner(number: int, **more: Any) -> dict[str, Any]:
    """Return a learner."""
    return person(number, state="confirmed", other="", **more)


def prepare(school: Little) -> None:
    """Give the school its spec, its options and everybody."""
    spec = school.spec
    lists = spec["resources"]
    lists["lessons"] |= {
        "query": {"from": "{{ window.first | day }}", "to": "{{ window.last | day }}"},
        "filter_by": {name: name for name in FILTERS},
        "drop": {
            "DOWN_COURSE_CANCELLED": "row.state == 'cancelled' or -row.rev > 3",
            "DOWN_COURSE_STATUS_EXCLUDED": "row.state == 'draft'",
            "DOWN_COURSE_INDIVIDUAL_OFF": "row.state == 'individual' and not options.individual",
            "DOWN_COURSE_COMMON_EVENT_OFF": "row.state == 'common' and not options.common",
            "DOWN_COURSE_COMMON_EVENT_NO_DEFAULT": "row.state == 'alone'",
            "DOWN_COURSE_STRUCTURE_UNKNOWN": "row.state == 'nowhere'",
        },
    }
    lists["learners"]["drop"] = {
        "DOWN_STUDENT_FILTERED": "row.state == 'left'",
        "DOWN_STUDENT_UNCONFIRMED": "row.state == 'open' and not options.unconfirmed",
    }
    lists["groups"] = {
        "get": "/groups",
        "key": "id",
        "drop": {"DOWN_GROUP_OFF": "not options.groups"},
    }
    lists["tutors"] = {
        "get": "/tutors",
        "key": "id",
        "when": "options.tutors",
        "drop": {"DOWN_TUTOR_AGREEMENT_NOT_COMPLETED": "not row.completed"},
    }
    spec["entities"]["course"]["groups"] = "groups"
    spec["entities"]["group"] = {
        "from": "groups",
        "source_id": "id",
        "name": "name",
        "students": "members",
    }
    spec["entities"]["external"] = {
        "from": "tutors",
        "source_id": "id",
        "last_name": "last",
        "first_name": "first",
        "email": "mail",
        "students": "learner",
    }
    spec["options"] = {name: {"type": "boolean", "label": name} for name in OPTIONS}
    spec["filters"] = {name: {"label": name, "reason": code} for name, code in FILTERS.items()}
    spec["rules"] = {
        "student_needed": True,
        "student_credentials": "options.credentials",
        "report": {
            "student": {"DOWN_STUDENT_EMAIL_TYPE_EMPTY": "not row.mail and row.other != ''"}
        },
    }
    account = {
        "name": "main",
        "options": dict.fromkeys(OPTIONS, True) | {"individual": False, "common": False},
        "filters": {name: ["in"] for name in FILTERS},
    }
    school.connector = {"accounts": [account]}
    school.rows |= {
        "/lessons": lambda request: within(
            school.rows["lessons"], request.args["from"], request.args["to"]
        ),
        "lessons": [lesson_of(number) for number in range(1, 9)],
        "/learners": [learner(number) for number in range(1, 10)],
        "/groups": [{"id": "G1", "name": "Group", "members": [1, 2]}],
        "/tutors": [person(500, learner=[1], completed=True)],
    }


def within(rows: list[dict[str, Any]], first: str, last: str) -> list[dict[str, Any]]:
    """Return the lessons of some days, as an ERP does that is asked for days."""
    return [row for row in rows if first <= (row["on"] or "2026-03-18") <= last]


def day(distance: int) -> str:
    """Return a day so many days from the day of the school."""
    return str(date(2026, 3, 16) + timedelta(days=distance))


def ask(school: Little, kind: str, source_id: str) -> list[tuple[str | None, str]]:
    """Return the codes and words of an explanation."""
    store = open_store(str(school.folder / "state.db"))
    try:
        moment = Moment(school.now, Tools(lambda: 0.0, school._sleep))
        told = explain_item(school.instance(), store, school.registry, moment, kind, source_id)
        return [(answer.code, answer.words) for _, answer in told]
    finally:
        store.close()


# ways of breaking it

Break = Callable[[Little], object]


@dataclass(frozen=True)
class Way:
    """One way in which a school is broken.

    `before` is done to the school before its first run, `after` once it has run.
    """

    code: str
    kind: str
    source_id: str
    before: Break | None = None
    after: Break | None = None
    runs_again: bool = False
    also: tuple[str, ...] = ()
    """Codes that are true as well."""
    words: str = ""
    """What has to be said."""

    def act(self, school: Little) -> None:
        """Break a school."""
        prepare(school)
        if self.before is not None:
            self.before(school)
        school.sync()
        if self.after is not None:
            self.after(school)
            if self.runs_again:
                school.sync()


def first(**values: Any) -> Break:
    """Change the first lesson."""
    return lambda school: school.rows["lessons"][0].update(values)


def who(path: str, number: int = 0, **values: Any) -> Break:
    """Change somebody of a list."""
    return lambda school: school.rows[path][number].update(values)


def option(name: str, *, value: bool) -> Break:
    """Change an option."""
    return lambda school: school.connector["accounts"][0]["options"].update({name: value})


def sites(*values: str) -> Break:
    """Change what the filter of sites names."""
    return lambda school: school.connector["accounts"][0]["filters"].update(sites=list(values))


def archive(kind: str, source_id: str) -> Break:
    """Archive somebody on Edusign."""

    def act(school: Little) -> None:
        row = school.book.find(kind, API_ID=source_id)
        assert row is not None
        row["HIDDEN"] = 1

    return act


def sheet(school: Little, source_id: str = "1") -> dict[str, Any]:
    """Return the sheet of a lesson on Edusign."""
    row = school.book.find("courses", API_ID=source_id)
    assert row is not None
    return row


def on_edusign(**values: Any) -> Break:
    """Change the sheet of the first lesson on Edusign by hand."""

    def change(school: Little) -> None:
        row = sheet(school)
        row.update(values | {"DATE_UPDATED": school.book.now()})

    return change


def deleted(table: str, source_id: str) -> Break:
    """Delete a person or a group on Edusign by hand."""

    def change(school: Little) -> None:
        row = school.book.find(table, API_ID=source_id)
        assert row is not None
        del school.book.tables[table][row["ID"]]

    return change


def forgotten(school: Little) -> None:
    """Forget the first student."""
    with closing(open_store(str(school.folder / "state.db"))) as store:
        forget_person(store, "school", "1", "student")


def both(*breaks: Break) -> Break:
    """Break a school in several ways."""
    return lambda school: [one(school) for one in breaks]


def refuse(verb: str, path: str, message: str = "the name is not valid", times: int = 1) -> Break:
    """Let Edusign refuse a call."""

    def act(school: Little) -> None:
        school.faults.active.append(
            Fault("refused", verb=verb, path=path, times=times, message=message)
        )

    return act


def without_lessons(count: int) -> Break:
    """Let the ERP forget its first lessons."""
    return lambda school: school.rows["lessons"].__delitem__(slice(count))


def a_minute_later(school: Little) -> None:
    """Let a minute pass."""
    school.now += timedelta(minutes=1)


def in_doubt(school: Little) -> None:
    """Leave a write of the first lesson in doubt."""
    store = open_store(str(school.folder / "state.db"))
    fence = store.take_lease("school", "test")
    store.intend(
        "school",
        fence,
        Intent("main", "course", "1", "update", store.now()),
        "a run that broke off",
    )
    store.close()


def by_hand(**values: Any) -> Break:
    """Make a sheet by hand on Edusign, for the lesson of the morning that is under way."""

    def make(school: Little) -> None:
        made = sheet(school, "2") | {
            "ID": "byhand",
            "API_ID": None,
            "API_TYPE": None,
            "NAME": "Lesson 4",
            "START": "2026-03-16T10:00:00.000Z",
            "END": "2026-03-16T11:00:00.000Z",
            "STUDENTS": [],
        }
        school.book.tables["courses"]["byhand"] = made | values

    return make


def standing_in(school: Little) -> None:
    """Let common lessons be taught by a professor whom Edusign does not have."""
    school.spec["options"]["standin"] = {
        "type": "text",
        "label": "Stand-in",
        "must_exist_in": {
            "resource": "edusign.professors",
            "on": "id",
            "code": "DOWN_COURSE_DEFAULT_PROFESSOR_UNKNOWN",
        },
    }
    stand_in = {"edusign_id": "{{ options.standin }}", "when": "row.state == 'common'"}
    school.spec["entities"]["course"]["professors"] = {"first_of": ["teacher", stand_in]}
    option("common", value=True)(school)
    school.connector["accounts"][0]["options"]["standin"] = "nobody"
    first(teacher=None, state="common")(school)


def delete_by_hand(school: Little) -> None:
    """Delete the sheet of the first lesson on Edusign."""
    del school.book.tables["courses"][sheet(school)["ID"]]


def lose_store(school: Little) -> None:
    """Lose the store, and let the sheet of the first lesson be one of another id and name."""
    sheet(school).update(API_ID="901", NAME="Before")
    for file in school.folder.glob("state.db*"):
        file.unlink()


def another_connector(kind: str, like: str, **values: str) -> Break:
    """Let another connector have made something on Edusign, like something of ours."""

    def make(school: Little) -> None:
        row = school.book.find(kind, API_ID=like)
        assert row is not None
        own = {"ID": "other9", "id": "other9", "API_ID": "o9", "API_TYPE": "other"}
        school.book.add(kind, {**row, "EMAIL": "o9@ecole.test", **own, **values})

    return make


def taken_over(school: Little) -> None:
    """Let the school have moved in from the other connector."""
    with closing(open_store(str(school.folder / "state.db"))) as store:
        name, account = school.instance().name, "main"
        decide(store, name, account, Decision("other", "adopted", "", school.now))


def change_person(source_id: str, **values: str) -> Break:
    """Change a student on Edusign by hand."""

    def change(school: Little) -> None:
        row = school.book.find("students", API_ID=source_id)
        assert row is not None
        row.update(values | {"DATE_UPDATED": school.book.now()})

    return change


def renumber(old: int, new: int) -> Break:
    """Give a learner another id in the ERP."""

    def act(school: Little) -> None:
        for row in school.rows["/learners"]:
            row["id"] = new if row["id"] == old else row["id"]
        for row in school.rows["lessons"]:
            row["learners"] = [new if one == old else one for one in row["learners"]]
        for row in school.rows["/groups"]:
            row["members"] = [new if one == old else one for one in row["members"]]

    return act


def swap_learners(school: Little) -> None:
    """Let the ERP exchange the ids of its first two learners."""
    one, two = school.rows["/learners"][:2]
    one["id"], two["id"] = two["id"], one["id"]


def rename_group(school: Little) -> None:
    """Give the group another id in the ERP."""
    school.rows["/groups"][0]["id"] = "G9"
    for row in school.rows["lessons"]:
        row["groups"] = ["G9"]


def new_group(school: Little) -> None:
    """Let the ERP send a second group of the same students."""
    school.rows["/groups"].append({"id": "G9", "name": "New", "members": [1, 2]})
    for row in school.rows["lessons"]:
        row["groups"] = ["G1", "G9"]


def group_by_hand(name: str, *members: str) -> Break:
    """Put a group on Edusign that people made, with students of ours."""

    def act(school: Little) -> None:
        ids = {row["API_ID"]: row["ID"] for row in school.book.all("students")}
        row = {"ID": f"hand-{name}", "NAME": name, "API_ID": "", "API_TYPE": ""}
        school.book.add("groups", {**row, "STUDENTS": [ids[one] for one in members]})

    return act


def begun(*numbers: int) -> Break:
    """Let the ERP send lessons of this morning, alike but for their ids."""
    return lambda school: school.rows["lessons"].extend(
        lesson_of(4, id=number, on=day(0)) for number in numbers
    )


WAYS = [
    Way("DOWN_COURSE_PAST", "course", "1", first(on=day(-2))),
    Way("DOWN_COURSE_PAST", "course", "1", first(on=day(-20))),
    Way(
        "DOWN_COURSE_SAME_DAY", "course", "1", first(on=day(0), **{"from": "17:00", "to": "18:00"})
    ),
    Way("DOWN_COURSE_BEYOND_WINDOW", "course", "1", first(on=day(15)), words="on 2026-03-17"),
    Way("DOWN_COURSE_BEYOND_WINDOW", "course", "1", first(on=day(40)), words="on 2026-04-11"),
    Way("DOWN_COURSE_NOT_RUN_YET", "course", "1", after=first(title="New")),
    Way(
        "DOWN_COURSE_NOT_RUN_YET",
        "course",
        "20",
        after=lambda school: school.rows["lessons"].append(lesson_of(20)),
    ),
    *(Way(code, "course", "1", first(**{name: "out"})) for name, code in FILTERS.items()),
    Way("DOWN_COURSE_CANCELLED", "course", "1", first(state="cancelled")),
    Way("DOWN_COURSE_STATUS_EXCLUDED", "course", "1", first(state="draft")),
    Way("DOWN_COURSE_INDIVIDUAL_OFF", "course", "1", first(state="individual")),
    Way("DOWN_COURSE_COMMON_EVENT_OFF", "course", "1", first(state="common")),
    Way("DOWN_COURSE_COMMON_EVENT_NO_DEFAULT", "course", "1", first(state="alone")),
    Way("DOWN_COURSE_STRUCTURE_UNKNOWN", "course", "1", first(state="nowhere")),
    Way("DOWN_COURSE_NO_PROFESSOR", "course", "1", first(teacher=None)),
    Way("DOWN_COURSE_PROFESSOR_INVALID", "course", "1", first(teacher=99)),
    Way(
        "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE",
        "course",
        "1",
        who("/teachers", 1, mail="P70@ecole.test"),
    ),
    Way("DOWN_COURSE_NO_STUDENT", "course", "1", first(learners=[])),
    Way(
        "DOWN_COURSE_NO_VALID_STUDENT",
        "course",
        "1",
        both(first(learners=[3]), who("/learners", 2, mail="")),
        also=("DOWN_STUDENT_FIELD_MISSING",),
    ),
    Way("DOWN_COURSE_FIELD_MISSING", "course", "1", first(title="")),
    Way("DOWN_COURSE_FIELD_MISSING", "course", "1", first(to="05:00")),
    Way("DOWN_COURSE_ARCHIVED", "course", "1", after=both(on_edusign(LOCKED=1), first(title="N"))),
    Way(
        "DOWN_COURSE_MOVED_AFTER_START",
        "course",
        "1",
        after=both(
            lambda school: setattr(school, "now", school.now + timedelta(days=2, hours=2)),
            first(on=day(8)),
        ),
    ),
    Way(
        "DOWN_COURSE_STARTED",
        "course",
        "1",
        after=lambda school: setattr(school, "now", school.now + timedelta(days=2, hours=2)),
    ),
    Way(
        "DOWN_COURSE_SIGNED",
        "course",
        "1",
        after=lambda school: sign(school) and first(title="Signed")(school),
    ),
    Way(
        "DOWN_COURSE_HELD_DEPENDENCY",
        "course",
        "20",
        after=both(
            archive("professors", "70"),
            lambda school: school.rows["lessons"].append(lesson_of(20)),
        ),
        runs_again=True,
        also=("DOWN_PERSON_ARCHIVED", "DOWN_COURSE_NOT_RUN_YET"),
        words="professor 70 is archived",
    ),
    Way(
        "DOWN_PERSON_ARCHIVED",
        "course",
        "20",
        after=both(
            archive("professors", "70"),
            lambda school: school.rows["lessons"].append(lesson_of(20)),
        ),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way("DOWN_PERSON_ARCHIVED", "student", "1", after=archive("students", "1")),
    Way(
        "DOWN_COURSE_DEFAULT_PROFESSOR_UNKNOWN",
        "course",
        "1",
        standing_in,
        also=("DOWN_COURSE_HELD_DEPENDENCY",),
    ),
    Way("DOWN_COURSE_MOVED_TO_PAST", "course", "1", after=first(on=day(-2)), runs_again=True),
    Way(
        "DOWN_COURSE_DELETED_BY_HAND",
        "course",
        "1",
        first(on=day(6)),
        after=lambda school: school.book.tables["courses"].pop(sheet(school)["ID"]),
        runs_again=True,
    ),
    Way(
        "DOWN_COURSE_MADE_ANEW",
        "course",
        "1",
        after=both(a_minute_later, delete_by_hand),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way(
        "DOWN_COURSE_TWIN_HELD",
        "course",
        "1",
        after=lose_store,
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way(
        "DOWN_COURSE_FOREIGN_HELD",
        "course",
        "20",
        after=both(
            lambda school: school.rows["lessons"].append(lesson_of(20)),
            another_connector("courses", "8", NAME="Lesson 20"),
        ),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way(
        "DOWN_PERSON_FOREIGN_TWIN",
        "student",
        "50",
        after=both(
            lambda school: school.rows["/learners"].append(learner(50)),
            lambda school: school.rows["lessons"].append(lesson_of(21, learners=[1, 50])),
            another_connector("students", "1", LASTNAME="Last50", FIRSTNAME="First50"),
            taken_over,
        ),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way(
        "DOWN_COURSE_RELINKED",
        "course",
        "101",
        after=first(id=101),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way(
        "DOWN_PERSON_OVERWRITTEN",
        "student",
        "1",
        after=both(a_minute_later, change_person("1", LASTNAME="Wrong")),
    ),
    Way(
        "DOWN_PERSON_RELINKED",
        "student",
        "102",
        after=renumber(2, 102),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way("DOWN_PERSON_ID_TAKEN", "student", "1", after=swap_learners),
    Way(
        "DOWN_GROUP_RELINKED", "group", "G9", after=rename_group, also=("DOWN_COURSE_NOT_RUN_YET",)
    ),
    Way(
        "DOWN_GROUP_HELD",
        "group",
        "G9",
        after=both(
            rename_group,
            lambda s: s.rows["/groups"].extend([{"id": "G2", "name": "x", "members": [1]}] * 2),
        ),
    ),
    Way(
        "DOWN_GROUP_MANUAL_LINKED",
        "group",
        "G9",
        after=both(group_by_hand("New", "1"), new_group),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way(
        "DOWN_GROUP_MANUAL_AMBIGUOUS",
        "group",
        "G9",
        after=both(group_by_hand("New", "1"), group_by_hand("new", "1"), new_group),
    ),
    Way(
        "DOWN_GROUP_NAME_TWIN",
        "group",
        "G9",
        after=both(group_by_hand("New"), new_group),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way(
        "DOWN_KEY_FIRST_KEPT",
        "student",
        "2",
        both(
            lambda s: s.rows["/learners"].append(learner(2)),
            lambda s: s.spec["resources"]["learners"].update(same_key="first_reported"),
        ),
    ),
    Way("DOWN_STUDENT_EMAIL_DUPLICATE", "student", "2", who("/learners", 1, mail="p1@ecole.test")),
    Way(
        "DOWN_TUTOR_EMAIL_DUPLICATE",
        "external",
        "501",
        lambda s: s.rows["/tutors"].append(
            person(501, learner=[2], completed=True, mail="p500@ecole.test")
        ),
    ),
    Way("DOWN_COURSE_VANISHED", "course", "1", after=without_lessons(1), words="deleted"),
    Way("DOWN_DELETED", "course", "1", after=without_lessons(1), runs_again=True),
    Way("DOWN_UNDECIDED", "course", "1", first(rev="many")),
    Way("DOWN_KEY_TWICE", "student", "2", lambda s: s.rows["/learners"].append(learner(2))),
    Way("RUN_LATE", "course", "1", after=lambda s: setattr(s, "now", s.now + timedelta(days=1))),
    Way(
        "RUN_REMOVALS_HELD",
        "course",
        "1",
        after=lambda s: [row.update(learners=[3]) for row in s.rows["lessons"]],
    ),
    Way(
        "RUN_MOVES_HELD",
        "course",
        "1",
        after=lambda s: [row.update(to="21:30") for row in s.rows["lessons"]],
    ),
    Way(
        "RUN_CONTENTS_HELD",
        "course",
        "1",
        after=lambda s: [row.update(title="Other") for row in s.rows["lessons"]],
    ),
    Way(
        "RUN_ADDITIONS_HELD",
        "course",
        "100",
        after=lambda s: s.rows["lessons"].extend(
            {**s.rows["lessons"][0], "id": number, "learners": [3]} for number in range(100, 115)
        ),
    ),
    Way(
        "RUN_DELETIONS_HELD",
        "course",
        "1",
        after=without_lessons(4),
        also=("DOWN_COURSE_VANISHED",),
    ),
    Way(
        "DOWN_COURSE_OVERWRITTEN",
        "course",
        "1",
        after=both(a_minute_later, on_edusign(NAME="By hand")),
    ),
    Way("DOWN_COURSE_MANUAL_UNMATCHED", "course", "byhand", begun(30), by_hand(NAME="Another")),
    Way("DOWN_COURSE_MANUAL_AMBIGUOUS", "course", "byhand", begun(30, 31), by_hand()),
    Way(
        "DOWN_COURSE_MANUAL_ADOPTED",
        "course",
        "30",
        begun(30),
        by_hand(),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way(
        "DOWN_COURSE_MANUAL_LINKED",
        "course",
        "20",
        after=both(
            lambda school: school.rows["lessons"].append(lesson_of(20)),
            by_hand(
                NAME="Lesson 20", START="2026-03-18T14:00:00.000Z", END="2026-03-18T15:00:00.000Z"
            ),
        ),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way("DOWN_PERSON_NO_SESSION", "student", "9"),
    Way(
        "DOWN_PERSON_NO_SESSION", "student", "9", first(on=day(20), learners=[9]), words="session 1"
    ),
    Way(
        "DOWN_PERSON_COURSES_BLOCKED",
        "student",
        "9",
        first(teacher=None, learners=[9]),
        words="DOWN_COURSE_NO_PROFESSOR",
    ),
    Way(
        "DOWN_STUDENT_FIELD_MISSING",
        "student",
        "2",
        who("/learners", 1, mail=""),
        words="missing from the sheets of",
    ),
    Way(
        "DOWN_STUDENT_FIELD_MISSING",
        "student",
        "2",
        after=who("/learners", 1, mail="none"),
        runs_again=True,
        words="stays on the sheets of",
    ),
    Way(
        "DOWN_STUDENT_FIELD_MISSING", "course", "1", who("/learners", 1, mail=""), words="student 2"
    ),
    Way(
        "DOWN_STUDENT_FIELD_MISSING",
        "course",
        "1",
        after=who("/learners", 1, mail="none"),
        runs_again=True,
        words="keeps student 2",
    ),
    Way(
        "DOWN_STUDENT_EMAIL_TYPE_EMPTY",
        "student",
        "2",
        both(
            who("/learners", 1, mail="", other="private@ecole.test"),
            lambda s: s.spec["rules"].update(student_email="optional"),
        ),
    ),
    Way("DOWN_STUDENT_FILTERED", "student", "2", who("/learners", 1, state="left")),
    Way(
        "DOWN_STUDENT_FILTERED",
        "course",
        "1",
        after=who("/learners", 1, state="left"),
        runs_again=True,
        words="without student 2",
    ),
    Way(
        "DOWN_STUDENT_UNCONFIRMED",
        "student",
        "2",
        both(who("/learners", 1, state="open"), option("unconfirmed", value=False)),
    ),
    Way("DOWN_PROFESSOR_FIELD_MISSING", "professor", "71", who("/teachers", 1, first="")),
    Way(
        "DOWN_PROFESSOR_EMAIL_DUPLICATE",
        "professor",
        "71",
        who("/teachers", 1, mail="P70@ecole.test"),
    ),
    Way(
        "DOWN_PERSON_EMAIL_CONFLICT",
        "student",
        "3",
        before=lambda school: put_person(school, "other-3", "p3@ecole.test"),
        after=first(learners=[1, 2, 3]),
    ),
    Way(
        "DOWN_PERSON_MANUAL_TWIN",
        "student",
        "3",
        before=lambda school: put_person(school, "", "p3@ecole.test"),
        after=first(learners=[1, 2, 3]),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    *(
        Way(
            "DOWN_PERSON_DELETED_BY_HAND",
            kind,
            source_id,
            after=deleted(f"{kind}s", source_id),
            also=("DOWN_COURSE_NOT_RUN_YET",),  # what was written since the last look is made anew
        )
        for kind, source_id in (("student", "1"), ("professor", "70"), ("group", "G1"))
    ),
    Way("DOWN_PERSON_FORGOTTEN", "student", "1", after=forgotten),
    Way(
        "DOWN_PERSON_NAME_TWIN",
        "student",
        "3",
        before=lambda school: put_person(school, "", "another@ecole.test"),
        after=first(learners=[1, 2, 3]),
        also=("DOWN_COURSE_NOT_RUN_YET",),
    ),
    Way("DOWN_TUTOR_OFF", "external", "500", option("tutors", value=False)),
    Way("DOWN_TUTOR_AGREEMENT_NOT_COMPLETED", "external", "500", who("/tutors", completed=False)),
    Way("DOWN_TUTOR_FIELD_MISSING", "external", "500", who("/tutors", last="")),
    Way("DOWN_GROUP_OFF", "group", "G1", option("groups", value=False)),
    Way("DOWN_GROUP_FIELD_MISSING", "group", "G1", who("/groups", name="")),
    Way("DOWN_GROUP_NO_STUDENT", "group", "G1", who("/groups", members=[])),
    Way("DOWN_REFERENCE_MISSING", "course", "1", first(learners=[1, 77]), words="student 77"),
    Way("DOWN_REFERENCE_MISSING", "student", "77", first(learners=[1, 77])),
    Way(
        "DOWN_VALUE_UNREADABLE",
        "course",
        "1",
        first(to="late"),
        also=("DOWN_COURSE_FIELD_MISSING",),
    ),
    Way(
        "EDU_REJECTED",
        "course",
        "20",
        after=both(
            lambda school: school.rows["lessons"].append(lesson_of(20)),
            refuse("POST", "/course"),
        ),
        runs_again=True,
    ),
    Way("EDU_LOCK_UNKNOWN", "course", "1", after=both(on_edusign(LOCKED=None), first(title="N"))),
    Way("EDU_LOOKUP_REFUSED", "course", "1", after=refuse("GET", "/course/", "a riddle", 99)),
    Way("EDU_IN_DOUBT", "course", "1", after=in_doubt, also=("DOWN_COURSE_NOT_RUN_YET",)),
    Way(
        "RUN_READ_INCOMPLETE",
        "course",
        "1",
        after=lambda school: school.rows.update({"/lessons": None}),
    ),
    Way(
        "RUN_SUSPICIOUS_EMPTY",
        "course",
        "1",
        after=lambda school: school.rows.update({"/lessons": []}),
    ),
    Way(
        "RUN_SCOPE_CHANGED",
        "course",
        "1",
        before=both(first(sites="far"), sites("in", "far")),
        after=sites("in"),
        also=("DOWN_COURSE_VANISHED",),
    ),
]


def sign(school: Little) -> bool:
    """Let a student sign the sheet of the first lesson."""
    row = sheet(school)
    school.courses.sign(row, row["STUDENTS"][0]["studentId"])
    return True


def put_person(school: Little, source_id: str, email: str) -> None:
    """Put a student on Edusign whom another connector, or a person, made."""
    identity = {"API_ID": source_id, "API_TYPE": "another"} if source_id else {}
    school.book.add(
        "students",
        {
            "ID": "student3",
            "FIRSTNAME": "First3",
            "LASTNAME": "Last3",
            "EMAIL": email,
            "HIDDEN": 0,
            **identity,
        },
    )
