"""What stands on Edusign, as far as we need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A student, professor or external on Edusign.

    `source_type` names the connector that owns `source_id`.
    """

    edusign_id: str
    source_id: str
    source_type: str
    last_name: str
    first_name: str
    email: str
    phone: str
    tags: tuple[str, ...]
    badge: str
    externals: tuple[str, ...]
    archived: bool
    changed_at: datetime | None = None
    """When anybody changed them last, by Edusign's clock; None when that is not said."""


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group on Edusign; `students` are Edusign ids."""

    edusign_id: str
    source_id: str
    source_type: str
    name: str
    students: tuple[str, ...]
    changed_at: datetime | None = None
    """When anybody changed it last, by Edusign's clock; None when that is not said."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """An attendance sheet on Edusign; references are Edusign ids. Instants are in UTC."""

    edusign_id: str
    source_id: str
    source_type: str
    name: str
    starts_at: datetime
    ends_at: datetime
    professors: tuple[str, ...]
    students: tuple[str, ...]
    groups: tuple[str, ...]
    classroom: str
    description: str
    locked: bool | None
    """None when Edusign does not say so."""
    signed: bool
    changed_at: datetime | None = None
    """When anybody changed it last, by Edusign's clock."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """What an archived sheet says of one person.

    `states` are those that hold, the strongest first; none when Edusign does not say. The id is
    Edusign's.
    """

    role: str
    edusign_id: str
    states: tuple[str, ...]
    minutes: int = 0
    left_at: datetime | None = None
    excluded_at: datetime | None = None
    signed_at: datetime | None = None
    absence_id: str | None = None
    pending: bool = False
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class ArchivedSheet:
    """A sheet with the attendance of everybody on it."""

    sheet: Sheet
    attendance: tuple[Attendance, ...]
