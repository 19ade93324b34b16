"""What Edusign should hold of each wanted item, as comparable facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.digest import Facts
from edusync.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Container

    from edusync.engine.judge.companions import WantedGroup
    from edusync.model import Course, External, Professor, Student
    from edusync.model.people import Field, References
    from edusync.spec.tree import Spec

_ALWAYS = frozenset({"last_name", "first_name", "email", "name", "externals"})


class Desired:
    """Make facts of wanted items; a field that the spec does not map is none of ours."""

    def __init__(self, spec: Spec) -> None:
        self.mapped = {
            kind: _ALWAYS | entity.fields.keys() for kind, entity in spec.entities.items()
        }
        self.follows = "external" in spec.entities
        course = self.mapped.get("course", frozenset())
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
        groups: References,
        classroom: Field,
    ) -> dict[str, Any]:
        """Return the values of a sheet, with the valid people.

        `students` is None when somebody may be missing.
        """
        known: dict[str, Any] = {
            "name": course.name,
            "starts_at": course.starts_at,
            "ends_at": course.ends_at,
            "professors": professors,
        }
        if students is not None:
            known["students"] = students
        if self.has_groups and groups is not UNKNOWN:
            known["groups"] = groups
        if self.has_classroom and classroom is not UNKNOWN:
            known["classroom"] = classroom or ""
        if self.has_description and course.description is not UNKNOWN:
            known["description"] = course.description or ""
        return known
