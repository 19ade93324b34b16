"""People, groups and rooms as the ERP describes them, ready for Edusign.

`source_id` is the ERP's id, as text.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edusync.model.ids import Unknown

    Field = str | Unknown | None
    References = tuple[str, ...] | Unknown


@dataclass(frozen=True, slots=True)
class Student:
    """Somebody who learns.

    An unknown field keeps what Edusign has. `externals` are the tutors that follow them.
    """

    source_id: str
    last_name: Field
    first_name: Field
    email: Field
    phone: Field = None
    tags: References = ()
    badge: Field = None
    externals: References = ()


@dataclass(frozen=True, slots=True)
class Professor:
    """Somebody who teaches: last name, first name and e-mail are all needed (R12)."""

    source_id: str
    last_name: Field
    first_name: Field
    email: Field
    phone: Field = None


@dataclass(frozen=True, slots=True)
class External:
    """A tutor or apprenticeship master; `students` are the ones that they follow."""

    source_id: str
    last_name: Field
    first_name: Field
    email: Field
    phone: Field = None
    students: References = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A set of students."""

    source_id: str
    name: Field
    students: References = ()


@dataclass(frozen=True, slots=True)
class Classroom:
    """A place. Only its name reaches Edusign, as text on the sheet."""

    source_id: str
    name: Field
