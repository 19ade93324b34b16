"""Which people are valid: names, and a usable e-mail of their own (R12, R21, R25, D7)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from edusync.engine.judge.doubles import alike, who_counts, with_one_email
from edusync.engine.map.mapper import Skipped
from edusync.engine.outcome import Outcome, keep_own
from edusync.engine.read.table import TWO_PEOPLE, UNDECIDED
from edusync.model import UNKNOWN, External
from edusync.model.same_person import Who, are_two

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from edusync.engine.judge.doubles import Standing
    from edusync.engine.map.snapshot import Items, Snapshot
    from edusync.model import Professor, Student
    from edusync.spec.tree import Rules

_PLAIN_EMAIL = re.compile(
    r"[a-z0-9][a-z0-9._%+'-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
    r"(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+\Z"
)


Person = TypeVar("Person", "Professor", "Student", "External")


@dataclass(frozen=True, slots=True)
class People(Generic[Person]):
    """The people of one kind: those that are valid, and why the others are not."""

    valid: Mapping[str, Person]
    reasons: Mapping[str, Outcome]
    unknown: frozenset[str]
    """Those of whom a needed field could not be read."""
    whole: bool
    undecided: frozenset[str] = frozenset()
    """Those of whom nobody can say whether they count."""
    twice: frozenset[str] = frozenset()
    """Those who do not come down because others have their e-mail."""
    noted: Mapping[str, Outcome] = field(default_factory=dict)
    """What is noted of some who are valid."""
    namesakes: frozenset[str] = frozenset()
    """Those who share their names and their e-mail with somebody else."""
    incomplete: frozenset[str] = frozenset()
    """Those who are on Edusign, and whose data are missing: they stay on their sheets."""
    others: tuple[Person, ...] = ()
    """Those that were read and are not valid."""

    def is_unknown(self, source_id: str) -> bool:
        """Whether nothing can be said about somebody: not read, or not wholly."""
        return (
            source_id in self.unknown
            or source_id in self.undecided
            or (not self.whole and source_id not in self.valid and source_id not in self.reasons)
        )

    def is_sent(self, source_id: str) -> bool:
        """Whether the ERP sent somebody, valid or not."""
        return (
            source_id in self.valid
            or source_id in self.reasons
            or source_id in self.unknown
            or source_id in self.undecided
        )

    def is_absent(self, source_id: str) -> bool:
        """Whether no list holds somebody, and all of them were read."""
        return not (
            source_id in self.valid or source_id in self.reasons or self.is_unknown(source_id)
        )


@dataclass(frozen=True, slots=True)
class Everybody:
    """The people of one account."""

    professors: People[Professor]
    students: People[Student]
    externals: People[External]

    def names(self) -> Iterator[object]:
        """Yield the names of everybody who was read, to find them in words of Edusign."""
        for people in (self.professors, self.students, self.externals):
            for person in (*people.valid.values(), *people.others):
                yield person.last_name
                yield person.first_name


def is_email(text: str) -> bool:
    """Whether a text can be an e-mail address; the library is asked about unusual ones."""
    if _PLAIN_EMAIL.match(text.lower()) and ".." not in text:
        return True
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def judge_people(snapshot: Snapshot, rules: Rules, standing: Standing) -> Everybody:
    """Judge the professors, the students and the tutors, in this order.

    `standing` says who is on Edusign already, which decides among people of one e-mail (D7).
    """
    professors = _judge(snapshot.professors, "DOWN_PROFESSOR_FIELD_MISSING", standing)
    students = _judge(
        snapshot.students,
        "DOWN_STUDENT_FIELD_MISSING",
        standing,
        email_needed=rules.student_email == "needed",
        stays_valid=True,
    )
    externals = _judge(snapshot.externals, "DOWN_TUTOR_FIELD_MISSING", standing)
    all_of_them = rules.professor_email_twice == "block_all"
    return Everybody(
        _alone_with_email(snapshot.professors, professors, standing, all_of_them=all_of_them),
        _alone_with_email(snapshot.students, students, standing),
        _alone_with_email(snapshot.externals, externals, standing),
    )


_DOUBLED = {
    "professor": "DOWN_PROFESSOR_EMAIL_DUPLICATE",
    "student": "DOWN_STUDENT_EMAIL_DUPLICATE",
    "external": "DOWN_TUTOR_EMAIL_DUPLICATE",
}


def _alone_with_email(
    items: Items[Person], people: People[Person], standing: Standing, *, all_of_them: bool = False
) -> People[Person]:
    """Block people with the same e-mail: all of them, or all but the one who counts.

    A student whom the store knows is a person of their own on Edusign, so they stay on sheets.
    """
    twice: dict[str, Outcome] = {}
    noted: dict[str, Outcome] = {}
    namesakes: set[str] = set()
    for same in with_one_email(people.valid):
        namesakes |= alike(same, people.valid)
        counts = set[str]()
        if not all_of_them:
            counts = who_counts(items.kind, same, people.valid, standing, items.prefix)
        for source_id in [ref for ref in same if ref not in counts]:
            others = ", ".join(sorted(other for other in same if other != source_id))
            stays = items.kind == "student" and standing.is_linked("student", source_id)
            (noted if stays else twice)[source_id] = Outcome(
                _DOUBLED[items.kind] if counts or all_of_them else "EDU_LOOKUP_REFUSED",
                items.kind,
                source_id,
                field="email",
                place=items.place("email"),
                detail=f"the same e-mail as {_CALLED[items.kind]} {others}",
            )
    valid = {
        source_id: person for source_id, person in people.valid.items() if source_id not in twice
    }
    left = tuple(people.valid[source_id] for source_id in twice)
    return replace(
        people,
        valid=valid,
        reasons={**people.reasons, **twice},
        twice=frozenset(twice),
        noted={**people.noted, **noted},
        namesakes=frozenset(namesakes),
        others=people.others + left,
    )


_CALLED = {"professor": "professor", "student": "student", "external": "tutor"}


def _who(person: Person) -> Who:
    return Who(person.last_name, person.first_name, person.email)


def _following_both(tutor: External, again: External) -> External:
    """Return a tutor of whom two rows came, such as one a student: all are followed (R23)."""
    if tutor.students is UNKNOWN or again.students is UNKNOWN:
        return replace(tutor, students=UNKNOWN)
    return replace(tutor, students=tuple(dict.fromkeys((*tutor.students, *again.students))))


def _judge(
    items: Items[Person],
    code: str,
    standing: Standing,
    *,
    email_needed: bool = True,
    stays_valid: bool = False,
) -> People[Person]:
    """Judge the people of one kind.

    With `stays_valid`, missing data of somebody who is on Edusign are noted and no more.
    """
    valid: dict[str, Person] = {}
    reasons: dict[str, Outcome] = {}
    noted: dict[str, Outcome] = {}
    unknown: set[str] = set()
    incomplete: set[str] = set()
    undecided: set[str] = set()
    others: list[Person] = []
    for item in items:
        if isinstance(item, Skipped):
            keep_own(reasons, item.source_id, item.outcome)
            if item.undecided:
                undecided.add(item.source_id)
            continue
        if item.source_id in valid and item.source_id not in noted:
            if are_two(_who(valid[item.source_id]), _who(item), one_id=True):
                undecided.add(item.source_id)
                others.append(item)
                place = items.place("source_id")
                keep_own(
                    reasons,
                    item.source_id,
                    Outcome(UNDECIDED, items.kind, item.source_id, place=place, detail=TWO_PEOPLE),
                )
                continue
            if isinstance(item, External):
                valid[item.source_id] = _following_both(valid[item.source_id], item)
            continue
        if (
            item.last_name
            and item.first_name
            and (is_email(str(item.email)) if item.email else not email_needed)
        ):
            valid[item.source_id] = item  # by far the most; the rest says what is wrong
            noted.pop(item.source_id, None)
            continue
        others.append(item)
        needed = {"last_name": item.last_name, "first_name": item.first_name}
        if email_needed:
            needed["email"] = item.email
        if any(value is UNKNOWN for value in needed.values()):
            unknown.add(item.source_id)
            continue
        missing = next((name for name, value in needed.items() if not value), None)
        name = missing or "email"
        outcome = Outcome(
            code,
            items.kind,
            item.source_id,
            field=name,
            place=items.place(name),
            detail=f"no {name.replace('_', ' ')}" if missing else "the e-mail is not usable",
        )
        is_linked = standing.is_linked(items.kind, item.source_id)
        if is_linked:
            incomplete.add(item.source_id)
        if is_linked and stays_valid:
            valid[item.source_id] = item
            noted[item.source_id] = outcome
        else:
            keep_own(reasons, item.source_id, outcome)
    others += [valid.pop(source_id) for source_id in undecided & valid.keys()]  # they came twice
    reasons = {ref: reason for ref, reason in reasons.items() if ref not in valid}
    noted = {ref: reason for ref, reason in noted.items() if ref in valid}
    return People(
        valid,
        reasons,
        frozenset(unknown),
        items.whole,
        frozenset(undecided),
        noted=noted,
        incomplete=frozenset(incomplete & (noted.keys() | reasons.keys())),
        others=tuple(others),
    )
