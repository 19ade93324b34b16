"""The field names of Edusign's API v3 (BETA), which live here and nowhere else.

What v3 has no field for is not said by it: such an item goes by v1. Its answers are not
documented; their shape is ASSUMED, and what is not understood says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.target.shown import same_words
from edusync.target.wire import instant, record_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

MOST = 1_000
"""How many items one request may hold."""
PATHS = {"student": "students", "professor": "professors", "course": "courses"}
"""Kinds that are made in batches, and the path of each. A group of v3 has no members."""
_PERSON = {
    "last_name": "lastName",
    "first_name": "firstName",
    "email": "email",
    "phone": "phone",
    "tags": "tags",
}
_FIELDS = {"professor": _PERSON, "student": _PERSON | {"badge": "badgeId"}}
_NEEDED = ("last_name", "first_name", "email")
REFUSALS = frozenset(
    {
        "VALIDATION_ERROR",
        "DUPLICATE_IN_REQUEST",
        "REQUIRED_FIELD_MISSING",
        "INVALID_DATE_RANGE",
        "MAX_STUDENTS_EXCEEDED",
        *(
            f"AMBIGUOUS_{one}_IDENTIFIER"
            for one in ("COURSE", "PROFESSOR", "CLASSROOM", "STUDENT", "GROUP")
        ),
        *(f"{one}_NOT_FOUND" for one in ("COURSE", "PROFESSOR", "STUDENT", "CLASSROOM")),
        *(f"{one}S_NOT_FOUND" for one in ("PROFESSOR", "STUDENT", "GROUP")),
        *(f"ARCHIVED_{one}_EXISTS" for one in ("COURSE", "PROFESSOR", "STUDENT", "GROUP")),
    }
)
"""Codes of an item with which nothing was done.

`CREATE_FAILED` is none: who knows how far it came.
"""


def identity(source_id: str, source_type: str) -> dict[str, str]:
    """Return the fields that say whose item this is."""
    return {"externalReferenceId": source_id, "externalReferenceType": source_type}


def person_item(
    kind: str, fields: Mapping[str, Any], identity: Mapping[str, str]
) -> dict[str, Any] | None:
    """Return the item that creates a person; None for one whom v3 cannot say."""
    names = _FIELDS[kind]
    filled = {name: value for name, value in fields.items() if value}
    if filled.keys() - names.keys() or not all(filled.get(name) for name in _NEEDED):
        return None
    item = {
        names[name]: list(value) if isinstance(value, tuple) else value
        for name, value in filled.items()
    }
    return {**item, **identity}


def course_item(
    identity: Mapping[str, str],
    *,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    professors: Sequence[str],
    students: Sequence[str],
    groups: Sequence[str],
    classroom_id: str | None,
) -> dict[str, Any]:
    """Return the item that creates a sheet; references are Edusign ids.

    Its roster is the students and all members of the groups.
    """
    return {
        **identity,
        "name": name,
        "startDateTime": instant(starts_at),
        "endDateTime": instant(ends_at),
        "professorIds": list(professors),
        **({"classroomId": classroom_id} if classroom_id else {}),
        "students": {
            "studentIds": list(students),
            **({"groupIds": list(groups)} if groups else {}),
        },
    }


def body(kind: str, items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the body of a batch."""
    return {PATHS[kind]: list(items)}


def read_results(
    answer: object, items: Sequence[Mapping[str, Any]]
) -> dict[int, tuple[str | None, str | None]]:
    """Read what a batch of items was answered with.

    Of each item that is spoken of: its id on Edusign, or the code with which it was refused. What
    is told twice, of no item, of another one than was sent at its place, or under an id that
    another item has, was not told.
    """
    count = len(items)
    rows = answer.get("results") if isinstance(answer, dict) else None
    results: dict[int, tuple[str | None, str | None]] = {}
    unsure: set[int] = set()
    owners: dict[str, int] = {}
    for row in rows if isinstance(rows, list) else ():
        index = row.get("inputIndex") if isinstance(row, dict) else None
        if not isinstance(index, int) or isinstance(index, bool) or not 0 <= index < count:
            continue
        error = row.get("error")
        code = str(error.get("code") or "") if isinstance(error, dict) else ""
        edusign_id = "" if error else record_id(row)
        if _is_of_another(row, items[index]):
            unsure.add(index)
        if index in results or edusign_id in owners:
            unsure |= {index, owners.get(edusign_id, index)}
        owners.update({edusign_id: index} if edusign_id else {})
        results[index] = (edusign_id or None, code or None)
    return {index: one for index, one in results.items() if index not in unsure and any(one)}


_SHOWN = ("externalReferenceId", "email", "name", "startDateTime")


def _is_of_another(row: Mapping[str, Any], item: Mapping[str, Any]) -> bool:
    """Whether a result shows another item than was sent."""
    both = [(row.get(name), item.get(name)) for name in _SHOWN]
    return any(one and two and not same_words(str(one), str(two)) for one, two in both)
