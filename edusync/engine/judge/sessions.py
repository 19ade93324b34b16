"""Judge one session after the other: whether its sheet comes down, and who is on it.

The order of the reasons: the day, filters and status, the professor, the students
(docs/reference/rules.md#order-of-the-reasons).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from edusync.engine.digest import Facts
from edusync.engine.judge.days import Days
from edusync.engine.judge.desired import Desired
from edusync.engine.judge.session_people import SessionPeople
from edusync.engine.judge.session_reasons import SessionReasons
from edusync.engine.judge.sheet_groups import SheetGroups
from edusync.engine.judge.verdicts import OnSheets, WantedSheet
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from edusync.engine.judge.groups import Groups
    from edusync.engine.judge.people import Everybody
    from edusync.engine.judge.rooms import Rooms
    from edusync.engine.judge.verdicts import KnownSheets
    from edusync.engine.map.mapper import Skipped
    from edusync.engine.map.snapshot import Items, Snapshot
    from edusync.engine.outcome import Outcome
    from edusync.model import Course, Window
    from edusync.model.people import References
    from edusync.spec.tree import Rules


class SessionVerdict(NamedTuple):
    """What becomes of one session, and what is noted of it.

    The reasons are those of its people and groups that stay away, then its own.
    """

    fate: Literal["wanted", "in_step", "stays_away", "may_complete", "may_succeed", "left_alone"]
    sheet: WantedSheet | None = None
    reasons: tuple[Outcome, ...] = ()


NOBODY = frozenset({"DOWN_COURSE_NO_PROFESSOR", "DOWN_COURSE_NO_STUDENT"})
"""Of a session that names nobody yet, as many do that are planned early."""
STUCK = NOBODY | {
    "DOWN_COURSE_FIELD_MISSING",
    "DOWN_COURSE_HELD_DEPENDENCY",
    "DOWN_COURSE_NO_VALID_STUDENT",
    "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE",
    "DOWN_COURSE_PROFESSOR_INVALID",
}
"""Of a session that should come down, and stays away for its data or for what was not read."""
_IN_STEP = SessionVerdict("in_step")
_LEFT_ALONE = SessionVerdict("left_alone")


class SessionJudge:
    """Judge the sessions of one account; who is on their sheets is gathered in `on_sheets`."""

    def __init__(
        self,
        snapshot: Snapshot,
        rules: Rules,
        window: Window,
        known: KnownSheets,
        everybody: Everybody,
        groups: Groups,
        rooms: Rooms,
    ) -> None:
        self.rules, self.window, self.known = rules, window, known
        self.groups, self.rooms, place = groups, rooms, snapshot.courses.place
        self.session_reasons = SessionReasons(place)
        self.people = SessionPeople(rules, known, everybody, groups, self.session_reasons)
        self.desired = Desired(snapshot.spec)
        self.days = Days(window, known, place("starts_at"))
        self.starts_at = window.starts_at
        self.on_sheets = OnSheets()
        self.of_groups = SheetGroups()
        self.looks_back = bool(rules.report.get("course"))
        """Whether something is reported of sessions, which may look at what became of them."""
        self.who: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        """The professors and students of the sheet that was judged last."""
        self.gathers = snapshot.groups.of_sheets
        """Whether who is on the sheets of a group makes the group."""

    def dropped(self, item: Skipped) -> Outcome:
        """Return why a dropped session stays away; the day comes first when it alone would do."""
        reason = self.days.reason(item.source_id, item.starts_at) if item.starts_at else None
        return reason or item.outcome

    def session(self, course: Course) -> SessionVerdict:
        """Return what becomes of a session; who is on its sheet is noted for its groups."""
        verdict = self._session(course)
        if self.gathers and course.source_id in self.known:
            if verdict.fate == "left_alone":
                found = self.people.of(course).people
                _, students, whole = found or ((), (), False)
                self.of_groups.add(course.groups, students, whole=whole)
            elif verdict.fate == "stays_away":
                self.of_groups.doubt(course.groups)
        return verdict

    def tell(self, items: Items[Course], course: Course, verdict: SessionVerdict) -> None:
        """Let reports about a session see what became of it, and who is on its sheet."""
        comes_down = verdict.fate in {"wanted", "in_step"}
        professors, students = self.who if comes_down else ((), ())
        named, taught = self.people.roster(course), course.professors
        bare = partial(_bare, items.prefix)
        items.decide(
            comes_down=comes_down,
            reason=None if comes_down or not verdict.reasons else verdict.reasons[-1].code,
            students=bare(students),
            students_left_out=_left_out(bare, named, students) if comes_down else [],
            professors=bare(professors),
            professors_left_out=_left_out(bare, taught, professors) if comes_down else [],
        )

    def _session(self, course: Course) -> SessionVerdict:
        days, starts_at, ends_at = self.days, course.starts_at, course.ends_at
        if (
            starts_at
            and ends_at
            and course.name
            and days.creates_from <= starts_at < days.ends_at  # type: ignore[operator]  # UNKNOWN is false
            and starts_at < ends_at  # type: ignore[operator]
        ):
            return self._coming(course)  # by far the most; the others are today, past or later
        wrong = _wrong_field(course)
        if wrong is not None:
            return _away(self.session_reasons.reason("DOWN_COURSE_FIELD_MISSING", course, *wrong))
        at: Any = starts_at  # a moment, since no field is wrong
        reason, has_begun = days.reason(course.source_id, at), at <= self.window.now
        if reason is None:
            known = course.source_id in self.known
            return _LEFT_ALONE if known and has_begun else self._coming(course)
        if not has_begun and reason.code == "DOWN_COURSE_SAME_DAY":
            return self._begun(course, reason, "may_succeed")
        if self.rules.adopt is None or not has_begun or at < self.starts_at:
            return _away(reason)
        return self._begun(course, reason, "may_complete")

    def _coming(self, course: Course) -> SessionVerdict:
        """Judge the people of a session whose day is right."""
        professors: Any = course.professors
        students: Any = course.students
        noted: tuple[Outcome, ...] = ()
        whole = True
        if not (professors and students and self.on_sheets.holds(professors, students)):
            found = self.people.of(course)
            noted = found.reasons
            if found.people is None:
                return _away(*noted)
            professors, students, whole = found.people
            self.on_sheets.add(professors, students)
        self.who = professors, students
        groups, reasons = self._groups(course)
        if groups is None:
            return _away(*noted, *reasons)
        reasons += self._missing_places(course)
        self.on_sheets.groups.update(dict.fromkeys(() if groups is UNKNOWN else groups))
        if self.gathers:
            self.of_groups.add(groups, students, whole=whole)
        values = self.desired.course(
            course, professors, students if whole else None, groups, self.rooms.place_of(course)
        )
        noted += reasons
        if self.known.in_step(course.source_id, values):
            return SessionVerdict("in_step", reasons=noted) if noted else _IN_STEP
        return SessionVerdict("wanted", WantedSheet(course, Facts(values), students), noted)

    def _begun(
        self, course: Course, reason: Outcome, fate: Literal["may_complete", "may_succeed"]
    ) -> SessionVerdict:
        """Judge a session of today or before, which gets no sheet of its own.

        It may complete a hand-made sheet (D3), or be one of before under another id (D8). Its day
        is its reason, whatever is wrong with its people.
        """
        found = self.people.of(course).people
        if found is None:
            return _away(reason)
        professors, students, whole = found
        groups, reasons = self._groups(course)
        if groups is None:
            return _away(reason)
        values = self.desired.course(
            course, professors, students if whole else None, groups, self.rooms.place_of(course)
        )
        sheet = WantedSheet(course, Facts(values), students)
        return SessionVerdict(fate, sheet, (*reasons, reason))

    def _groups(self, course: Course) -> tuple[References | None, tuple[Outcome, ...]]:
        """Return the valid groups of a session, and why others are not; None when it waits.

        UNKNOWN when one of them may be missing from the list: the sheet keeps those that it has.
        """
        if not course.groups or course.groups is UNKNOWN:
            return course.groups, ()
        refs, groups = course.groups, self.groups
        if groups.valid.issuperset(refs) and groups.undecided.isdisjoint(refs):
            return refs, ()
        unsure = [ref for ref in refs if ref in groups.undecided]
        if unsure:
            return None, self.session_reasons.wait(course, "groups", unsure, groups.dropped)
        wrong = [ref for ref in refs if ref not in groups.valid]
        noted = tuple(groups.reasons[ref] for ref in wrong if ref in groups.reasons)
        if not groups.whole and len(noted) < len(wrong):
            return UNKNOWN, noted
        return tuple(ref for ref in refs if ref in groups.valid), noted

    def _missing_places(self, course: Course) -> tuple[Outcome, ...]:
        """Return what is noted of groups and classrooms that a session names and no list holds.

        A list without any was not asked for: the school wants none of them.
        """
        groups, refs = self.groups, () if course.groups is UNKNOWN else course.groups
        some = bool(groups.all or groups.dropped)
        absent = [ref for ref in refs if some and groups.is_absent(ref)]
        return (
            *self.session_reasons.missing(course, "groups", "group", absent),
            *self.session_reasons.missing(
                course, "classroom", "classroom", self.rooms.absent(course)
            ),
        )


def _bare(prefix: str, ids: Iterable[str]) -> list[str]:
    """Return ids as the ERP writes them, without the namespace."""
    return [one.removeprefix(prefix) for one in ids]


def _left_out(
    bare: Callable[[Iterable[str]], list[str]], named: References | None, there: tuple[str, ...]
) -> Any:
    """Return whom a session names and who is not on its sheet; UNKNOWN where that was not read."""
    if named is None or named is UNKNOWN:
        return UNKNOWN
    return bare(ref for ref in named if ref not in there)


def _away(*reasons: Outcome) -> SessionVerdict:
    return SessionVerdict("stays_away", reasons=reasons)


def _wrong_field(course: Course) -> tuple[str, str] | None:
    """Return the field that a session lacks, and what is wrong with it."""
    for name in ("starts_at", "ends_at", "name"):
        value = getattr(course, name)
        if value is UNKNOWN:
            return name, "could not be read"
        if not value:
            return name, "is empty"
    if course.ends_at <= course.starts_at:  # type: ignore[operator]  # both are moments by now
        return "ends_at", "is not after the start"
    return None
