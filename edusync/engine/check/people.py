"""Which people are valid.

Names, a usable e-mail, and an e-mail that is theirs alone (R12, R21, R25, D7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from edusync.engine.map.builder import Skipped
from edusync.engine.outcome import Outcome
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from edusync.engine.map.mapper import Mapper
    from edusync.model import External, Professor, Student

_PLAIN_EMAIL = re.compile(
    r"[a-z0-9][a-z0-9._%+'-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+\Z"
)


Person = TypeVar("Person")


@dataclass(slots=True)
class People(Generic[Person]):
    """The people of one kind: those that are valid, and why the others are not."""

    valid: dict[str, Person] = field(default_factory=dict)
    reasons: dict[str, Outcome] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    """Those of whom a needed field could not be read."""
    undecided: set[str] = field(default_factory=set)
    """Those of whom nobody can say whether they count."""
    twice: set[str] = field(default_factory=set)
    """Professors whose e-mail blocks the sheets that refer to them."""
    whole: bool = True

    def is_unknown(self, source_id: str) -> bool:
        """Whether nothing can be said about somebody: not read, or not wholly."""
        return (
            source_id in self.unknown
            or source_id in self.undecided
            or (not self.whole and source_id not in self.valid and source_id not in self.reasons)
        )

    def is_absent(self, source_id: str) -> bool:
        """Whether no list holds somebody, and all of them were read."""
        return not (
            source_id in self.valid or source_id in self.reasons or self.is_unknown(source_id)
        )


def is_email(text: str) -> bool:
    """Whether a text can be an e-mail address.

    Plain ones are told at a glance, the others by the library.
    """
    if _PLAIN_EMAIL.match(text.lower()) and ".." not in text:
        return True
    from email_validator import EmailNotValidError, validate_email

    try:
        validate_email(text, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return False
    return True


def check_professors(mapper: Mapper, policy: str) -> People[Professor]:
    """Check the professors.

    `policy` says what a doubled e-mail blocks: block_later or block_all.
    """
    people: People[Professor] = _check(
        mapper, "professor", "DOWN_PROFESSOR_FIELD_MISSING", email_needed=True
    )
    owners: dict[str, list[str]] = {}
    for source_id, person in people.valid.items():
        owners.setdefault(str(person.email).lower(), []).append(source_id)
    place = _place(mapper, "professor", "email")
    for same in owners.values():
        for source_id in same[1:] if policy == "block_later" else same if len(same) > 1 else ():
            others = ", ".join(other for other in same if other != source_id)
            people.valid.pop(source_id)
            people.twice.add(source_id)
            people.reasons[source_id] = Outcome(
                "DOWN_PROFESSOR_EMAIL_DUPLICATE",
                "professor",
                source_id,
                field="email",
                place=place,
                detail=f"the same e-mail as professor {others}",
            )
    return people


def check_students(mapper: Mapper, *, email_needed: bool) -> People[Student]:
    """Check the students."""
    return _check(mapper, "student", "DOWN_STUDENT_FIELD_MISSING", email_needed=email_needed)


def check_externals(mapper: Mapper) -> People[External]:
    """Check the tutors."""
    return _check(mapper, "external", "DOWN_TUTOR_FIELD_MISSING", email_needed=True)


def _check(mapper: Mapper, kind: str, code: str, *, email_needed: bool) -> People[Any]:
    people: People[Any] = People()
    for item in mapper.items(kind):
        if type(item) is Skipped:
            people.reasons.setdefault(item.source_id, item.outcome)
            if item.undecided:
                people.undecided.add(item.source_id)
            continue
        if item.source_id in people.valid:
            continue
        if (
            item.last_name
            and item.first_name
            and (is_email(item.email) if item.email else not email_needed)
        ):
            people.valid[item.source_id] = (
                item  # by far the most; what follows says what is wrong with the others
            )
            continue
        needed = {
            "last_name": item.last_name,
            "first_name": item.first_name,
            **({"email": item.email} if email_needed else {}),
        }
        if any(value is UNKNOWN for value in needed.values()):
            people.unknown.add(item.source_id)
            continue
        missing = next((name for name, value in needed.items() if not value), None)
        bad, field_name = missing is None, missing or "email"
        people.reasons.setdefault(
            item.source_id,
            Outcome(
                code,
                kind,
                item.source_id,
                field=field_name,
                place=_place(mapper, kind, field_name),
                detail="the e-mail is not usable" if bad else f"no {field_name.replace('_', ' ')}",
            ),
        )
    for source_id in people.undecided & people.valid.keys():
        del people.valid[source_id]  # it came twice
    people.reasons = {
        source_id: reason
        for source_id, reason in people.reasons.items()
        if source_id not in people.valid
    }
    people.whole = mapper.is_whole(kind)
    return people


def _place(mapper: Mapper, kind: str, field_name: str) -> Any:
    entity = mapper.lists.spec.entities.get(kind)
    value = entity.fields.get(field_name) if entity else None
    return value.place if value else (entity.place if entity else None)
