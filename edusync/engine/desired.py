"""What Edusign should hold of each wanted item, as comparable facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.digest import Facts
from edusync.engine.sheets import differing
from edusync.model import UNKNOWN
from edusync.target.records import GroupRecord, Sheet

if TYPE_CHECKING:
    from collections.abc import Container

    from edusync.engine.edusign_ids import EdusignIds
    from edusync.engine.wanted import WantedGroup
    from edusync.model import Course, External, Professor, Student
    from edusync.model.people import Field
    from edusync.spec.types import Spec
    from edusync.target.records import Person

_ALWAYS = frozenset({"last_name", "first_name", "email", "name", "externals"})


class Desired:
    """Make facts of wanted items; a field that the spec does not map is none of ours."""

    def __init__(self, spec: Spec) -> None:
        self.mapped = {
            kind: _ALWAYS | entity.fields.keys() for kind, entity in spec.entities.items()
        }
        self.follows = "external" in spec.entities
        course = self.mapped["course"]
        self.has_classroom = bool({"classroom", "classroom_name"} & course)
        self.has_groups = "groups" in course
        self.has_description = "description" in course

    def person(self, kind: str, person: Student | Professor | External) -> dict[str, Any]:
        """Return the values of a person."""
        known: dict[str, Any] = {
            "last_name": person.last_name,
            "first_name": person.first_name,
            "email": person.email or "",
        }
        mapped = self.mapped[kind]
        if "phone" in mapped and person.phone is not UNKNOWN:
            known["phone"] = person.phone or ""
        if kind == "student":
            student: Student = person  # type: ignore[assignment]  # the kind says so
            if "tags" in mapped and student.tags is not UNKNOWN:
                known["tags"] = tuple(sorted(student.tags))
            if "badge" in mapped and student.badge is not UNKNOWN:
                known["badge"] = student.badge or ""
            if self.follows and student.externals is not UNKNOWN:
                known["externals"] = tuple(sorted(student.externals))
        return known

    def group(self, group: WantedGroup, present: Container[str]) -> Facts:
        """Return the facts of a group; members who never had a sheet are not on Edusign (D6)."""
        members = tuple(sorted(member for member in group.students if member in present))
        return Facts({"name": group.group.name, **({"students": members} if group.whole else {})})

    def course(
        self,
        course: Course,
        professors: tuple[str, ...],
        students: tuple[str, ...] | None,
        groups: tuple[str, ...],
        classroom: Field,
    ) -> dict[str, Any]:
        """Return the values of a sheet, with those on it who are valid; `students` is None when somebody may be missing."""
        known: dict[str, Any] = {
            "name": course.name,
            "starts_at": course.starts_at,
            "ends_at": course.ends_at,
            "professors": professors,
        }
        if students is not None:
            known["students"] = students
        if self.has_groups:
            known["groups"] = groups
        if self.has_classroom and classroom is not UNKNOWN:
            known["classroom"] = classroom or ""
        if self.has_description and course.description is not UNKNOWN:
            known["description"] = course.description or ""
        return known


def differing_fields(
    wanted: Facts, found: Person | GroupRecord | Sheet, ids: EdusignIds
) -> tuple[str, ...]:
    """Return the fields in which what stands on Edusign differs from what is wanted."""
    if isinstance(found, Sheet):
        return differing(wanted, found, ids)
    if isinstance(found, GroupRecord):
        return _differing_group(wanted, found, _known("student", found.students, ids))
    return _differing_person(wanted, found, _known("external", found.externals, ids))


def _known(kind: str, edusign_ids: tuple[str, ...], ids: EdusignIds) -> tuple[str, ...]:
    """Return the source ids of those that this connector brought down."""
    return tuple(
        ids.refs[key] for edusign_id in edusign_ids if (key := (kind, edusign_id)) in ids.refs
    )


def _differing_person(wanted: Facts, found: Person, followers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields in which a person on Edusign differs; `followers` are source ids of the tutors found there."""
    there = {
        "last_name": found.last_name,
        "first_name": found.first_name,
        "email": found.email,
        "phone": found.phone,
        "tags": tuple(sorted(found.tags)),
        "badge": found.badge,
        "externals": tuple(sorted(followers)),
    }
    return tuple(
        sorted(
            name for name, value in wanted.values.items() if _different(name, value, there[name])
        )
    )


def _differing_group(
    wanted: Facts, found: GroupRecord, members: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the fields in which a group on Edusign differs; `members` are source ids of those found there."""
    there = {"name": found.name, "students": tuple(sorted(members))}
    return tuple(sorted(name for name, value in wanted.values.items() if value != there[name]))


def _different(name: str, wanted: object, there: object) -> bool:
    if name == "email":
        return str(wanted).lower() != str(there).lower()
    return wanted != there
