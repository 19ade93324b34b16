"""Who is on a session: its valid professors and students, and why others are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.engine.outcome import Outcome
from edusync.model import UNKNOWN
from edusync.model.ids import ON_EDUSIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from edusync.engine.judge.groups import Groups
    from edusync.engine.judge.people import Everybody, People
    from edusync.engine.judge.session_reasons import SessionReasons
    from edusync.engine.judge.verdicts import KnownSheets
    from edusync.model import Course
    from edusync.spec.tree import Rules


class PeopleOf(NamedTuple):
    """Professors, students, and whether these are all; None when the session stays away."""

    people: tuple[tuple[str, ...], tuple[str, ...], bool] | None
    reasons: tuple[Outcome, ...]


class SessionPeople:
    """Judge the people of sessions, in the order of the reasons (R11 to R13, R18, R25)."""

    def __init__(
        self,
        rules: Rules,
        known: KnownSheets,
        everybody: Everybody,
        groups: Groups,
        session_reasons: SessionReasons,
    ) -> None:
        self.rules, self.known, self.groups, self.session_reasons = (
            rules,
            known,
            groups,
            session_reasons,
        )
        self.professors, self.students = everybody.professors, everybody.students
        self.ids_in_spec: dict[tuple[str, str], str] = {}

    def of(self, course: Course) -> PeopleOf:
        """Return the valid people of a session, and what is noted of the others."""
        professors, reasons = self._professors(course)
        if professors is None:
            return PeopleOf(people=None, reasons=reasons)
        students, whole, more = self._students(course)
        if students is None:
            return PeopleOf(people=None, reasons=reasons + more)
        return PeopleOf((professors, students, whole), reasons + more)

    def _professors(self, course: Course) -> tuple[tuple[str, ...] | None, tuple[Outcome, ...]]:
        """Return the valid professors, with reasons; None without any (R11, R12, R25)."""
        refs, people = course.professors, self.professors
        if refs is UNKNOWN:
            return None, (self.session_reasons.held(course, "professors", "could not be read"),)
        if not refs:
            reason = self.session_reasons.reason(
                "DOWN_COURSE_NO_PROFESSOR", course, "professors", "is empty"
            )
            return None, (reason,)
        if people.valid.keys() >= set(refs):
            return refs, ()
        unsure = [ref for ref in refs if ref in people.undecided]
        if unsure:
            return None, self.session_reasons.wait(course, "professors", unsure, people.reasons)
        for ref in refs:
            if ref.startswith(ON_EDUSIGN):
                self.ids_in_spec["professor", ref] = ref.removeprefix(ON_EDUSIGN)
        valid = tuple([ref for ref in refs if ref in people.valid or ref.startswith(ON_EDUSIGN)])
        noted = tuple(_reasons(refs, people))
        twice = [ref for ref in refs if ref in people.twice]
        drops = self.rules.professor_email_twice == "drop_later"
        if (
            course.source_id in self.known
            and not twice
            and any(people.is_unknown(ref) and not ref.startswith(ON_EDUSIGN) for ref in refs)
        ):  # who stands there is not taken off on the strength of what was not read
            reason = self.session_reasons.held(
                course, "professors", "professors could not be read wholly"
            )
            return None, (*noted, reason)
        lost = [ref for ref in refs if ref in people.incomplete]
        if valid and lost and course.source_id in self.known:
            detail = f"professor {', '.join(lost)} is on Edusign, and the ERP has lost their data"
            return None, (*noted, self.session_reasons.held(course, "professors", detail))
        if valid and (drops or not twice):
            absent = [
                ref for ref in refs if not ref.startswith(ON_EDUSIGN) and people.is_absent(ref)
            ]
            return valid, noted + self.session_reasons.missing(
                course, "professors", "professor", absent
            )
        return None, (*noted, self._no_professor(course, refs, twice))

    def _no_professor(self, course: Course, refs: tuple[str, ...], twice: list[str]) -> Outcome:
        """Return why no professor of a session is valid, or why one of them blocks it."""
        people = self.professors
        if twice:
            code = "DOWN_COURSE_PROFESSOR_EMAIL_DUPLICATE"
            return self.session_reasons.reason(
                code, course, "professors", people.reasons[twice[0]].detail or ""
            )
        if any(people.is_unknown(ref) for ref in refs):
            return self.session_reasons.held(
                course, "professors", "professors could not be read wholly"
            )
        reason = next(_reasons(refs, people), None)
        detail = f"the ERP has no professor {', '.join(refs)}"
        if reason is not None:
            detail = f"professor {reason.source_id}: {reason.detail or reason.code}"
        return self.session_reasons.reason(
            "DOWN_COURSE_PROFESSOR_INVALID", course, "professors", detail
        )

    def _students(self, course: Course) -> tuple[tuple[str, ...] | None, bool, tuple[Outcome, ...]]:
        """Return the valid students, whether these are all, and what is noted.

        They are None when the session needs a student and has none (R13, R18).
        """
        people = self.students
        refs = self.roster(course)
        whole = refs is not None
        refs = refs or ()
        valid, noted = refs, tuple[Outcome, ...]()
        if not people.valid.keys() >= set(refs):
            valid = tuple([ref for ref in refs if ref in people.valid])
            absent = [ref for ref in refs if people.is_absent(ref)]
            noted = tuple(_reasons(refs, people))
            noted += self.session_reasons.missing(course, "students", "student", absent)
            whole = whole and not any(people.is_unknown(ref) for ref in refs)
        if people.noted:
            noted += tuple(people.noted[ref] for ref in refs if ref in people.noted)
        if valid or not self.rules.student_needed:
            return valid, whole, noted
        if not whole:
            reason = self.session_reasons.held(
                course, "students", "students could not be read wholly"
            )
        elif not refs:
            reason = self.session_reasons.reason(
                "DOWN_COURSE_NO_STUDENT", course, "students", "is empty"
            )
        else:
            detail = f"none of {len(refs)} is valid"
            reason = self.session_reasons.reason(
                "DOWN_COURSE_NO_VALID_STUDENT", course, "students", detail
            )
        return None, whole, (*noted, reason)

    def roster(self, course: Course) -> tuple[str, ...] | None:
        """Return the students of a session, of its groups when it names none; None when unknown."""
        refs = course.students
        if refs is None:
            if course.groups is UNKNOWN or not self.groups.whole:
                return None
            refs = self.groups.members(course.groups)
        return None if refs is UNKNOWN else refs


def _reasons(refs: tuple[str, ...], people: People[Any]) -> Iterator[Outcome]:
    """Yield why some of the people do not come down."""
    return (people.reasons[ref] for ref in refs if ref in people.reasons)
