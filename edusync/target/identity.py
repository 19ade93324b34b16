"""What changes whose item something is on Edusign, and leaves all the rest as it stands.

Edusign asks for some fields with every change: they are sent as they were read a moment before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.target import wire
from edusync.target.records import GroupRecord, Person, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping


def identity_body(
    kind: str, record: Person | GroupRecord | Sheet, identity: Mapping[str, str]
) -> dict[str, Any]:
    """Return the body that gives a record other ids.

    `identity` holds them in Edusign's words, empty ones for an item of nobody.
    """
    ids = {**wire.existing(record.edusign_id), **identity}
    if isinstance(record, GroupRecord):
        return wire.group_body(record.name, None, ids)
    if isinstance(record, Sheet):
        return _course(record, ids)
    fields = {"last_name": record.last_name, "first_name": record.first_name}
    if record.email or kind == "professor":
        fields["email"] = record.email
    return wire.person_body(kind, fields, identity=ids, send_credentials=None)


def _course(sheet: Sheet, ids: Mapping[str, str]) -> dict[str, Any]:
    """Return the body of a sheet: who is on it is always sent whole, the rest is left alone."""
    body = wire.course_body(
        dict(ids),
        name=sheet.name,
        starts_at=sheet.starts_at,
        ends_at=sheet.ends_at,
        professors=sheet.professors,
        students=sheet.students,
        groups=None,
        classroom=None,
        description=None,
    )
    del body["course"]["NEED_STUDENTS_SIGNATURE"]
    return body
