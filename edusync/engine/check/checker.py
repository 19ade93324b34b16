"""Check what the ERP sent against the rules.

Which sheets come down, with whom, and one reason for each that does not.

The order of the reasons: the day, filters and status, the professor, the students
(docs/reference/rules.md#order-of-the-reasons).
"""

# mypy: disable-error-code="func-returns-value"
# `return self.skip(…)` notes the reason and says None in one line.
from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from edusync.engine.check.desired import Desired
from edusync.engine.check.people import People, check_externals, check_professors, check_students
from edusync.engine.check.wanted import Wanted, WantedCourse, WantedGroup
from edusync.engine.digest import Facts
from edusync.engine.map.builder import Skipped
from edusync.engine.outcome import Outcome, Report
from edusync.model import UNKNOWN
from edusync.model.ids import ON_EDUSIGN
from edusync.model.window import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from datetime import datetime

    from edusync.diagnostics import Location
    from edusync.engine.map.mapper import Mapper
    from edusync.model import Classroom, Course, External, Group, Professor, Student, Window
    from edusync.model.people import Field, References
    from edusync.spec.types import Rules


class Checker:
    """Check one account.

    `linked` holds the ids of the sheets that were brought down before; `stands` says whether one is
    on Edusign with these values, so that nothing has to be kept of its session.
    """

    def __init__(
        self,
        mapper: Mapper,
        rules: Rules,
        window: Window,
        linked: Container[str],
        report: Report,
        *,
        stands: Callable[[str, Mapping[str, Any]], bool],
        trace: bool = False,
    ) -> None:
        self.stands, self.desired = stands, Desired(mapper.lists.spec)
        self.mapper, self.rules, self.window, self.linked, self.report = (
            mapper,
            rules,
            window,
            linked,
            report,
        )
        self.reads_from, self.creates_from, self.ends_at = (
            window.starts_at,
            window.creates_from,
            window.ends_at,
        )
        self.professors: People[Professor] = check_professors(mapper, rules.professor_email_twice)
        self.students: People[Student] = check_students(
            mapper, email_needed=rules.student_email == "needed"
        )
        self.externals: People[External] = check_externals(mapper)
        self.groups: dict[str, Group] = {}
        self.groups_left_out: dict[str, Outcome] = {}
        self.undecided: set[tuple[str, str]] = set()
        """Items of which nobody can say whether they count, beside the people."""
        for group in mapper.items("group"):
            if type(group) is Skipped:
                self.groups_left_out[group.source_id] = group.outcome
                if group.undecided:
                    self.undecided.add(("group", group.source_id))
            else:
                self.groups[group.source_id] = group
        self.groups_whole = mapper.is_whole("group")
        self.has_rooms = "classroom" in mapper.lists.spec.entities["course"].fields
        self.classrooms: dict[str, Classroom] = {}
        for room in mapper.items("classroom"):
            if type(room) is not Skipped:
                self.classrooms[room.source_id] = room
            elif room.undecided:
                self.undecided.add(("classroom", room.source_id))
                report.add(room.outcome)
        self.wanted = Wanted()
        self.references: dict[tuple[str, str], list[str]] | None = {} if trace else None
        """Who is on which session, valid or not; only kept when somebody asks why."""

    def run(self) -> Wanted:
        """Return what the account should hold."""
        wanted = self.wanted
        for item in self.mapper.items("course"):
            if type(item) is Skipped:
                self.drop(item)
                continue
            wanted.seen.add(item.source_id)
            if self.references is not None:
                self.note_references(item)
            course = self.course(item)
            if course is not None:
                wanted.courses[item.source_id] = course
        wanted.whole = self.mapper.is_whole("course")
        for source_id in wanted.seen & wanted.gone.keys():
            del wanted.gone[source_id]
        unsure = {source_id for kind, source_id in self.undecided if kind == "course"}
        for source_id in unsure & wanted.courses.keys():
            del wanted.courses[source_id]
        wanted.begun = [one for one in wanted.begun if one.course.source_id not in unsure]
        return wanted

    def note_references(self, course: Course) -> None:
        """Note who is on a session."""
        for kind, refs in (
            ("professor", course.professors),
            ("student", course.students),
            ("group", course.groups),
        ):
            for ref in () if refs is UNKNOWN or refs is None else refs:
                (self.references if self.references is not None else {}).setdefault(
                    (kind, ref), []
                ).append(course.source_id)

    def drop(self, item: Skipped) -> None:
        """Note a session that was dropped.

        The day comes first when it alone would have kept it away.
        """
        if item.undecided:
            self.wanted.seen.add(item.source_id)
            self.undecided.add(("course", item.source_id))
        else:
            self.wanted.gone[item.source_id] = item
        self.report.skip(
            (self.day_reason(item.source_id, item.starts_at) if item.starts_at else None)
            or item.outcome
        )

    def course(self, course: Course) -> WantedCourse | None:
        """Return the sheet of a session.

        None when it does not come down (the reason is reported), stands already or has begun.
        """
        source_id, starts_at, ends_at = course.source_id, course.starts_at, course.ends_at
        if (
            starts_at
            and ends_at
            and course.name
            and self.creates_from <= starts_at < self.ends_at  # type: ignore[operator]  # UNKNOWN is false
            and starts_at < ends_at  # type: ignore[operator]
        ):
            return self.sheet(
                course, quiet=False
            )  # by far the most; what follows is about today, the past and what comes later
        missing = self.missing_field(course)
        if missing is not None:
            self.skip("DOWN_COURSE_FIELD_MISSING", course, *missing)
            return None
        reason = self.day_reason(source_id, course.starts_at)  # type: ignore[arg-type]  # missing_field saw that it is a moment
        if reason is not None and not self.may_complete(course):
            self.report.skip(reason)
            return None
        if reason is None and source_id in self.linked and course.starts_at <= self.window.now:  # type: ignore[operator]  # as above
            return None
        sheet = self.sheet(course, quiet=reason is not None)
        if reason is not None:
            self.report.skip(reason)
            if sheet is not None:
                self.wanted.begun.append(sheet)
            return None
        return sheet

    def day_reason(self, source_id: str, starts_at: datetime) -> Outcome | None:
        """Return why the day keeps a session away (R6 to R8, D1, D2), None when it does not."""
        if source_id in self.linked:
            return None
        if self.creates_from <= starts_at < self.ends_at:
            return None
        place = self.place("starts_at")
        if starts_at < self.creates_from:
            code = (
                "DOWN_COURSE_SAME_DAY"
                if day_of(starts_at) == self.window.today
                else "DOWN_COURSE_PAST"
            )
            return Outcome(
                code,
                "course",
                source_id,
                field="starts_at",
                place=place,
                detail=f"it starts on {day_of(starts_at)}",
            )
        comes = day_of(starts_at).toordinal() - (self.window.last - self.window.today).days
        return Outcome(
            "DOWN_COURSE_BEYOND_WINDOW",
            "course",
            source_id,
            field="starts_at",
            place=place,
            detail=f"it comes down on {type(self.window.today).fromordinal(comes)}",
        )

    def may_complete(self, course: Course) -> bool:
        """Whether a session may complete a hand-made sheet.

        Its time has begun, and the look-back reaches it (D3).
        """
        return (
            self.rules.adopt is not None
            and course.starts_at <= self.window.now  # type: ignore[operator]  # missing_field saw that it is a moment
            and course.starts_at >= self.reads_from  # type: ignore[operator]
        )

    def missing_field(self, course: Course) -> tuple[str, str] | None:
        """Return the field that a session lacks, and what is wrong with it."""
        if (
            course.starts_at
            and course.ends_at
            and course.name
            and course.ends_at > course.starts_at  # type: ignore[operator]  # UNKNOWN is false
        ):
            return None
        for name in ("starts_at", "ends_at", "name"):
            value = getattr(course, name)
            if value is UNKNOWN or not value:
                return name, "could not be read" if value is UNKNOWN else "is empty"
        if course.ends_at <= course.starts_at:  # type: ignore[operator]  # both are moments by now
            return "ends_at", "is not after the start"
        return None

    def sheet(self, course: Course, *, quiet: bool) -> WantedCourse | None:
        """Return the sheet of a session whose day is right.

        None when its people are not, or when it stands already.

        Unless `quiet`, who is on it is noted, and why it does not come down.
        """
        whole, on_sheets = True, self.wanted.on_sheets
        professors: Any = course.professors
        students: Any = course.students
        if not (
            professors
            and students
            and on_sheets.known_professors.issuperset(professors)
            and on_sheets.known_students.issuperset(students)
        ):  # UNKNOWN is false
            professors = self.course_professors(course, quiet=quiet)
            found = self.course_students(course, quiet=quiet) if professors is not None else None
            if found is None:
                return None
            students, whole = found
            if not quiet:
                on_sheets.add(professors, students)
        unsure = [ref for ref in course.groups or () if ("group", ref) in self.undecided]  # type: ignore[union-attr]  # UNKNOWN is false
        if unsure:
            return self.wait(course, "groups", unsure, self.groups_left_out, quiet=quiet)
        groups = (
            tuple(group for group in course.groups if self.group_is_valid(group))  # type: ignore[union-attr]  # as above
            if course.groups
            else ()
        )
        if groups and not quiet:
            on_sheets.groups.update(dict.fromkeys(groups))
        values = self.desired.course(
            course, professors, students if whole else None, groups, self.classroom(course)
        )
        if not quiet and self.stands(course.source_id, values):
            self.wanted.courses.pop(
                course.source_id, None
            )  # the same session twice: the last one counts
            return None
        return WantedCourse(course, Facts(values), students)

    def course_professors(self, course: Course, *, quiet: bool) -> tuple[str, ...] | None:
        """Return the valid professors of a session.

        None, with the reason, when it has none (R11, R12, R25).
        """
        refs, people = course.professors, self.professors
        if refs is UNKNOWN:
            return self.skip(
                "DOWN_COURSE_HELD_DEPENDENCY",
                course,
                "professors",
                "could not be read",
                quiet=quiet,
            )
        if not refs:
            return self.skip(
                "DOWN_COURSE_NO_PROFESSOR", course, "professors", "is empty", quiet=quiet
            )
        if people.valid.keys() >= set(refs):
            return refs
        unsure = [ref for ref in refs if ref in people.undecided]
        if unsure:
            return self.wait(course, "professors", unsure, people.reasons, quiet=quiet)
        valid = tuple([ref for ref in refs if ref in people.valid])
        given = {ref: ref.removeprefix(ON_EDUSIGN) for ref in refs if ref.startswith(ON_EDUSIGN)}
        if given:
            self.wanted.given.update(
                {("professor", ref): edusign_id for ref, edusign_id in given.items()}
            )
            valid = tuple(ref for ref in refs if ref in people.valid or ref in given)
        for ref in refs:
            if ref in people.reasons and not quiet:
                self.report.skip(people.reasons[ref])
        twice = [ref for ref in refs if ref in people.twice]
        if twice:
            return self.skip(
                "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE",
                course,
                "professors",
                people.reasons[twice[0]].detail or "",
                quiet=quiet,
            )
        if valid:
            return valid
        if any(people.is_unknown(ref) for ref in refs):
            return self.skip(
                "DOWN_COURSE_HELD_DEPENDENCY",
                course,
                "professors",
                "professors could not be read wholly",
                quiet=quiet,
            )
        reason = next((people.reasons[ref] for ref in refs if ref in people.reasons), None)
        detail = (
            f"professor {reason.source_id}: {reason.detail or reason.code}"
            if reason
            else f"the ERP has no professor {', '.join(refs)}"
        )
        return self.skip("DOWN_COURSE_PROFESSOR_INVALID", course, "professors", detail, quiet=quiet)

    def course_students(
        self, course: Course, *, quiet: bool
    ) -> tuple[tuple[str, ...], bool] | None:
        """Return the valid students of a session and whether these are all.

        None, with the reason, when it needs one and has none (R13, R18).
        """
        refs, people = course.students, self.students
        whole = True
        if refs is None:
            refs = (
                UNKNOWN
                if course.groups is UNKNOWN or not self.groups_whole
                else self.members(course.groups)
            )
        if refs is UNKNOWN:
            refs, whole = (), False
        valid = refs
        if not people.valid.keys() >= set(refs):
            valid = tuple([ref for ref in refs if ref in people.valid])
            for ref in refs:
                if ref in people.reasons and not quiet:
                    self.report.skip(people.reasons[ref])
            whole = whole and not any(people.is_unknown(ref) for ref in refs)
        if valid or not self.rules.student_needed:
            return valid, whole
        if not whole:
            return self.skip(
                "DOWN_COURSE_HELD_DEPENDENCY",
                course,
                "students",
                "students could not be read wholly",
                quiet=quiet,
            )
        if not refs:
            return self.skip("DOWN_COURSE_NO_STUDENT", course, "students", "is empty", quiet=quiet)
        return self.skip(
            "DOWN_COURSE_NO_VALID_STUDENT",
            course,
            "students",
            f"none of {len(refs)} is valid",
            quiet=quiet,
        )

    def members(self, groups: tuple[str, ...]) -> References:
        """Return the students of groups, UNKNOWN when one of them could not be read."""
        found: dict[str, None] = {}
        for ref in groups:
            group = self.groups.get(ref)
            if ("group", ref) in self.undecided or (
                group is not None and group.students is UNKNOWN
            ):
                return UNKNOWN
            found.update(dict.fromkeys(group.students if group is not None else ()))  # type: ignore[arg-type]  # UNKNOWN is gone
        return tuple(found)

    def group_is_valid(self, ref: str) -> bool:
        """Whether a group comes down; its reason is reported when it does not."""
        group = self.groups.get(ref)
        if group is None:
            if ref in self.groups_left_out:
                self.report.skip(self.groups_left_out[ref])
            return False
        if not group.name or group.name is UNKNOWN:
            self.report.skip(Outcome("DOWN_GROUP_FIELD_MISSING", "group", ref, field="name"))
            return False
        if (
            self.rules.group_students_needed
            and group.students is not UNKNOWN
            and not group.students
        ):
            self.report.skip(Outcome("DOWN_GROUP_NO_STUDENT", "group", ref, field="students"))
            return False
        return True

    def classroom(self, course: Course) -> Field:
        """Return the name of the place: that of the classrooms, or the text itself."""
        if course.classroom is UNKNOWN or course.classroom is None or not self.has_rooms:
            return course.classroom
        refs = str(course.classroom).split("\n")
        rooms = [self.classrooms.get(ref) for ref in refs]
        if not self.mapper.is_whole("classroom") or any(
            ("classroom", ref) in self.undecided for ref in refs
        ):
            return UNKNOWN
        return ", ".join(str(room.name) for room in rooms if room is not None and room.name) or None

    def bring_along(self, completed: Iterable[WantedCourse]) -> None:
        """Take the people and groups that the sheets refer to, and the tutors (R19, R23, D6).

        `completed` are the sessions that complete a hand-made sheet.
        """
        wanted = self.wanted
        for course in completed:  # a hand-made sheet keeps the groups that it has
            wanted.on_sheets.add(course.facts.values["professors"], course.students)
        wanted.professors = {
            ref: self.professors.valid[ref]
            for ref in wanted.on_sheets.professors
            if ref in self.professors.valid
        }
        wanted.students = {ref: self.students.valid[ref] for ref in wanted.on_sheets.students}
        tutors: dict[str, list[str]] = {}
        for external in self.externals.valid.values():
            followed = [
                ref
                for ref in (() if external.students is UNKNOWN else external.students)
                if ref in wanted.students
            ]
            if followed:
                wanted.externals[external.source_id] = external
            for ref in followed:
                tutors.setdefault(ref, []).append(external.source_id)
        follows = self.mapper.lists.spec.entities.get("external") is not None
        whole = self.externals.whole and not any(
            external.students is UNKNOWN for external in self.externals.valid.values()
        )
        if follows:
            for ref, student in wanted.students.items():
                wanted.students[ref] = replace(
                    student, externals=tuple(tutors.get(ref, ())) if whole else UNKNOWN
                )
        for ref in wanted.on_sheets.groups:
            group = self.groups[ref]
            members = () if group.students is UNKNOWN else group.students
            valid = tuple(member for member in members if member in self.students.valid)
            wanted.groups[ref] = WantedGroup(
                group, valid, group.students is not UNKNOWN and self.students.whole
            )
        for reason in self.externals.reasons.values():
            self.report.skip(reason)

    def wait(
        self,
        course: Course,
        field: str,
        unsure: Iterable[str],
        reasons: Mapping[str, Outcome],
        *,
        quiet: bool,
    ) -> None:
        """Note that a session waits for items of which nobody can say whether they come down."""
        for ref in () if quiet else unsure:
            self.report.skip(reasons[ref])
        detail = "nobody can say whether one of them comes down"
        self.skip("DOWN_COURSE_HELD_DEPENDENCY", course, field, detail, quiet=quiet)

    def skip(
        self, code: str, course: Course, field: str, detail: str, *, quiet: bool = False
    ) -> None:
        """Note why a session does not come down, unless its day is the reason already."""
        if not quiet:
            self.report.skip(
                Outcome(
                    code,
                    "course",
                    course.source_id,
                    field=field,
                    place=self.place(field),
                    detail=detail,
                )
            )

    def place(self, field: str) -> Location | None:
        """Return the line of the spec that makes a field of the course."""
        entity = self.mapper.lists.spec.entities.get("course")
        if entity is None:
            return None
        value = entity.fields.get(field)
        return value.place if value else entity.place
