"""What stands on Edusign, as far as we need it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """A student, professor or external on Edusign. `source_type` names the connector that owns `source_id`."""

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


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """A group on Edusign; `students` are Edusign ids."""

    edusign_id: str
    source_id: str
    source_type: str
    name: str
    students: tuple[str, ...]


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
    locked: bool
    signed: bool
