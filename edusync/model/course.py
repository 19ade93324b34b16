"""One dated class and its attendance sheet."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from edusync.model.ids import Unknown
    from edusync.model.people import Field, References


class Course(NamedTuple):
    """A class of the ERP. Instants are aware and in UTC; references are source ids of this ERP.

    `students` is None when the spec takes the students from the groups. `carry` holds ids and flags
    for write-back.
    """

    source_id: str
    name: Field
    starts_at: datetime | Unknown | None
    ends_at: datetime | Unknown | None
    professors: References = ()
    students: References | None = ()
    groups: References = ()
    classroom: Field = None
    description: Field = None
    carry: Mapping[str, object] = MappingProxyType({})
    also_known_as: tuple[str, ...] = ()
    """Other identities, in order: one that is known already is taken over."""
