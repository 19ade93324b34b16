"""Judge one account: the people, the groups, and the sessions as they are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from edusync.engine.digest import Facts
from edusync.engine.judge.groups import judge_groups
from edusync.engine.judge.people import judge_people
from edusync.engine.judge.rooms import Rooms
from edusync.engine.judge.roster import add_roster
from edusync.engine.judge.session_reasons import MISSING
from edusync.engine.judge.sessions import STUCK, SessionJudge
from edusync.engine.judge.verdicts import Verdicts, WantedSheet
from edusync.engine.map.mapper import Skipped
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from edusync.engine.judge.doubles import Standing
    from edusync.engine.judge.sessions import SessionVerdict
    from edusync.engine.judge.verdicts import Key, KnownSheets
    from edusync.engine.map.snapshot import Snapshot
    from edusync.model import Course, Window
    from edusync.model.people import References
    from edusync.spec.tree import Rules


@dataclass(slots=True)
class _Sessions:
    """The sessions that were judged so far."""

    sheets: dict[str, WantedSheet] = field(default_factory=dict)
    begun: list[WantedSheet] = field(default_factory=list)
    today: dict[str, WantedSheet] = field(default_factory=dict)
    blocked: dict[str, Facts] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    dropped: dict[str, Skipped] = field(default_factory=dict)
    undecided: set[str] = field(default_factory=set)
    """Sessions of which nobody can say whether they count."""
    left_alone: dict[str, datetime] = field(default_factory=dict)
    """When sessions start whose sheets were brought down, and which have begun by now."""
    references: dict[Key, list[str]] = field(default_factory=dict)
    stuck: dict[str, str] = field(default_factory=dict)
    """Sessions that stay away for their data or for what could not be read, with the code."""
    came: int = 0
    """How many coming sessions there are of which nothing is wrong."""

    def add(self, source_id: str, verdict: SessionVerdict) -> None:
        """Keep what a later step needs of a session; of the same session twice, the last counts."""
        self.came += verdict.fate in ("in_step", "wanted")
        if verdict.fate == "stays_away" and verdict.reasons[-1].code in STUCK:
            self.stuck[source_id] = verdict.reasons[-1].code
        if verdict.fate == "in_step":
            self.sheets.pop(source_id, None)
        elif verdict.fate == "wanted" and verdict.sheet is not None:
            self.sheets[source_id] = verdict.sheet
        elif verdict.fate == "may_complete" and verdict.sheet is not None:
            self.begun.append(verdict.sheet)
        elif verdict.fate == "may_succeed" and verdict.sheet is not None:
            self.today[source_id] = verdict.sheet

    def block(self, course: Course, window: Window) -> None:
        """Keep when a coming session takes place that is blocked by its data."""
        at: Any = course.starts_at
        if course.name and at and course.ends_at and window.now < at < window.ends_at:
            names = ("name", "starts_at", "ends_at")
            self.blocked[course.source_id] = Facts({name: getattr(course, name) for name in names})

    def drop(self, item: Skipped) -> None:
        """Keep a session that was dropped; one of which nobody can say so stays as it is."""
        if item.undecided:
            self.seen.add(item.source_id)
            self.undecided.add(item.source_id)
        else:
            self.dropped[item.source_id] = item

    def note_references(self, course: Course, students: References | None) -> None:
        """Note who is on a session, valid or not; `students` are those of its groups as well."""
        for kind, refs in (
            ("professor", course.professors),
            ("student", students),
            ("group", course.groups),
        ):
            for ref in () if refs is UNKNOWN or refs is None else refs:
                self.references.setdefault((kind, ref), []).append(course.source_id)


def judge(
    snapshot: Snapshot,
    rules: Rules,
    window: Window,
    known: KnownSheets,
    standing: Standing,
    *,
    trace: bool = False,
) -> Verdicts:
    """Return which sheets of an account should be written, and why others are not.

    `known` says what was brought down before, `standing` who is on Edusign already.

    A session whose sheet is in step is let go of at once; only who is on it is kept. With `trace`
    the verdicts hold who is on which session.
    """
    people = judge_people(snapshot, rules, standing)
    of_sheets = snapshot.groups.of_sheets
    needed = rules.group_students_needed and not of_sheets
    groups = judge_groups(snapshot.groups, students_needed=needed)
    judging = SessionJudge(snapshot, rules, window, known, people, groups, _rooms(snapshot))
    sessions = _judged(snapshot, judging, trace=trace)
    if of_sheets:
        courses = snapshot.courses
        whole = courses.whole and not courses.unknown_days and not sessions.undecided
        groups = judging.of_groups.given_to(groups, whole=whole)
    on_sheets, report = judging.on_sheets, snapshot.report
    if rules.people_without_sheet == "create":
        add_roster(snapshot, people, groups, on_sheets)
    return Verdicts(
        window=window,
        outcomes=tuple(report.outcomes),
        reasons=dict(report.reasons),
        sheets=sessions.sheets,
        begun=sessions.begun,
        today=sessions.today,
        blocked=sessions.blocked,
        seen=sessions.seen,
        dropped=sessions.dropped,
        undecided=sessions.undecided,
        stuck=sessions.stuck,
        came=sessions.came,
        left_alone=sessions.left_alone,
        whole=snapshot.courses.whole and "course" in snapshot.spec.entities,
        blurred=snapshot.blurred,
        unknown_days=snapshot.courses.unknown_days,
        people=people,
        groups=groups,
        professors_on_sheets=tuple(on_sheets.professors),
        students_on_sheets=tuple(on_sheets.students),
        groups_on_sheets=tuple(on_sheets.groups),
        ids_in_spec=judging.people.ids_in_spec,
        references=sessions.references,
    )


def _rooms(snapshot: Snapshot) -> Rooms:
    """Judge the classrooms, and note those of which nobody can say whether they count."""
    rooms = Rooms.read(snapshot.classrooms, mapped="classroom" in snapshot.courses.mapped)
    for outcome in rooms.undecided.values():
        snapshot.report.add(outcome)
    return rooms


def _judged(snapshot: Snapshot, judging: SessionJudge, *, trace: bool) -> _Sessions:
    """Judge the sessions as they are read, and note the reasons among the events of the reading."""
    found, report = _Sessions(), snapshot.report
    for course in snapshot.courses:
        if isinstance(course, Skipped):
            found.drop(course)
            report.skip(judging.dropped(course))
            continue
        found.seen.add(course.source_id)
        if trace:
            found.note_references(course, judging.people.roster(course))
        verdict = judging.session(course)
        if verdict.fate == "left_alone" and isinstance(course.starts_at, datetime):
            found.left_alone[course.source_id] = course.starts_at
        if judging.looks_back:
            judging.tell(snapshot.courses, course, verdict)
        for reason in verdict.reasons:
            (report.once if reason.code == MISSING else report.skip)(reason)
        found.add(course.source_id, verdict)
        if verdict.fate == "stays_away" and course.source_id not in judging.known:
            found.block(course, judging.window)
    for source_id in found.seen & found.dropped.keys():
        del found.dropped[source_id]
    for kept in (found.sheets, found.today):
        for source_id in found.undecided & kept.keys():
            del kept[source_id]
    found.begun = [sheet for sheet in found.begun if sheet.course.source_id not in found.undecided]
    return found
