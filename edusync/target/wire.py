"""The field names of Edusign's API v1, which live here and nowhere else.

Dates are sent in UTC with a Z and compared as instants; ID and id, LOCKED as 0/1 or true/false, ""
and null are taken alike (client rules 3 and 8).
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from edusync.target.records import GroupRecord, Person, Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PATHS = {
    "student": "student",
    "professor": "professor",
    "external": "externals",
    "group": "group",
    "course": "course",
}

_PERSON = {
    "last_name": "LASTNAME",
    "first_name": "FIRSTNAME",
    "email": "EMAIL",
    "phone": "PHONE",
    "tags": "TAGS",
    "badge": "BADGE_ID",
    "externals": "STUDENT_FOLLOWER_ID",
}
_NEEDED = ("last_name", "first_name", "email")


def person_body(
    kind: str,
    fields: Mapping[str, Any],
    *,
    identity: Mapping[str, str],
    send_credentials: bool | None,
) -> dict[str, Any]:
    """Return the body that creates or changes a person.

    `fields` are ours, empty ones are sent as empty.

    `send_credentials` is None for a change; at creation the flag is always explicit (D10, R24a).
    """
    record: dict[str, Any] = {
        _PERSON[name]: list(value) if isinstance(value, tuple) else value or ""
        for name, value in fields.items()
    }
    record.update(identity)
    body: dict[str, Any] = {kind: record}
    if send_credentials is not None and kind == "student":
        record["SEND_EMAIL_CREDENTIALS"] = send_credentials
    if send_credentials is not None and kind == "professor":
        body["dontSendCredentials"] = not send_credentials
    return body


def identity(source_id: str, source_type: str) -> dict[str, str]:
    """Return the fields that say whose item this is."""
    return {"API_ID": source_id, "API_TYPE": source_type}


def existing(edusign_id: str) -> dict[str, str]:
    """Return the field that says which item is changed."""
    return {"ID": edusign_id}


def group_body(
    name: str | None, students: Sequence[str] | None, identity: Mapping[str, str]
) -> dict[str, Any]:
    """Return the body of a group; STUDENTS is always the full list."""
    record: dict[str, Any] = dict(identity)
    if name is not None:
        record["NAME"] = name
    if students is not None:
        record["STUDENTS"] = list(students)
    if "ID" not in record:
        record["PARENT"] = ""
    return {"group": record}


def course_body(
    identity: Mapping[str, str],
    *,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    professors: Sequence[str],
    students: Sequence[str],
    groups: Sequence[str] | None,
    classroom: str | None,
    description: str | None,
    former_professors: int = 0,
) -> dict[str, Any]:
    """Return the body of a sheet, with all professors and all students (a PATCH replaces both)."""
    record: dict[str, Any] = {
        **identity,
        "NAME": name,
        "START": instant(starts_at),
        "END": instant(ends_at),
        "NEED_STUDENTS_SIGNATURE": True,
    }
    for number, professor in enumerate(professors, start=1):
        record["PROFESSOR" if number == 1 else f"PROFESSOR_{number}"] = professor
    for number in range(len(professors) + 1, former_professors + 1):
        record[f"PROFESSOR_{number}"] = ""
    record["STUDENTS"] = [{"studentId": student} for student in students]
    if groups is not None:
        record["SCHOOL_GROUP"] = list(groups)
    if classroom is not None:
        record["CLASSROOM"] = classroom
    if description is not None:
        record["DESCRIPTION"] = description
    return {"course": record, **({"editSurveys": False} if "ID" in identity else {})}


def delay_body(minutes: int) -> dict[str, Any]:
    """Return the body that notes that a student was late."""
    return {"delay": minutes}


def is_in_utc(data: Mapping[str, Any]) -> bool:
    """Whether the instants of a sheet are written in UTC."""
    return all(str(data[name]).endswith("Z") for name in ("START", "END"))


def read_school(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Read a school; KeyError for what has no name: links are kept for the school that it is."""
    if not data["NAME"]:
        raise KeyError("NAME")
    return data


def read_person(data: Mapping[str, Any]) -> Person:
    """Read a student, professor or external."""
    hidden = data.get("HIDDEN")
    return Person(
        record_id(data),
        _text(data, "API_ID"),
        _text(data, "API_TYPE"),
        _text(data, "LASTNAME"),
        _text(data, "FIRSTNAME"),
        _text(data, "EMAIL"),
        _text(data, "PHONE"),
        _texts(data, "TAGS"),
        _text(data, "BADGE_ID"),
        _texts(data, "STUDENT_FOLLOWER_ID"),
        bool(hidden) and hidden not in ("0", [0]),
        moment_or_none(data.get("DATE_UPDATED")),
    )


def read_group(data: Mapping[str, Any]) -> GroupRecord:
    """Read a group."""
    return GroupRecord(
        record_id(data),
        _text(data, "API_ID"),
        _text(data, "API_TYPE"),
        _text(data, "NAME"),
        tuple(map(str, listed(data, "STUDENTS"))),
        moment_or_none(data.get("DATE_UPDATED")),
    )


def read_classroom(data: Mapping[str, Any]) -> tuple[str, str]:
    """Read a classroom: its name and its id."""
    return _text(data, "NAME"), needed_id(data)


def read_sheet(data: Mapping[str, Any]) -> Sheet:
    """Read a sheet."""
    rows = listed(data, "STUDENTS")
    professors = [data.get("PROFESSOR")]
    number = 2
    while f"PROFESSOR_{number}" in data:
        professors.append(data.get(f"PROFESSOR_{number}"))
        number += 1
    signed = any(
        row.get("signature") or row.get("timestamp") or row.get("state") for row in rows
    ) or any(
        value
        for name, value in data.items()
        if name.startswith("PROFESSOR_SIGNATURE") and not name.startswith("PROFESSOR_SIGNATURE_T")
    )
    return Sheet(
        record_id(data),
        _text(data, "API_ID"),
        _text(data, "API_TYPE"),
        _text(data, "NAME"),
        parse_instant(data["START"]),
        parse_instant(data["END"]),
        tuple(str(professor) for professor in professors if professor),
        tuple(str(row["studentId"]) for row in rows),
        _texts(data, "SCHOOL_GROUP"),
        _text(data, "CLASSROOM"),
        _text(data, "DESCRIPTION"),
        flag(data.get("LOCKED")),
        bool(signed),
        moment_of(data.get("DATE_UPDATED")),
    )


def record_id(data: Mapping[str, Any]) -> str:
    """Return the Edusign id of a record: ID or id; empty when that is no plain value."""
    value = data.get("ID") or data.get("id")
    is_plain = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value).strip() if is_plain else ""


def needed_id(data: Mapping[str, Any]) -> str:
    """Return the Edusign id of a record of a list; KeyError when it has none."""
    edusign_id = record_id(data)
    if not edusign_id:
        raise KeyError("ID")
    return edusign_id


def instant(moment: datetime) -> str:
    """Write an instant."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def parse_instant(text: str) -> datetime:
    """Read an instant; Edusign answers in UTC."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def moment_of(text: object) -> datetime | None:
    """Read an instant that may be missing."""
    return parse_instant(str(text)) if text else None


def moment_or_none(text: object) -> datetime | None:
    """Return an instant that nothing depends on; None for what is none."""
    try:
        return moment_of(text)
    except ValueError:
        return None


def listed(data: Mapping[str, Any], name: str) -> list[Any]:
    """Return a list that every record has; TypeError or KeyError when it is missing or none.

    What was not read is not empty: nobody is taken off on the strength of it.
    """
    rows = data[name]
    if not isinstance(rows, list):
        raise TypeError(name)
    return rows


def flag(value: object) -> bool | None:
    """Return a flag however it is written; None when neither is said (docs/reference/rules.md)."""
    return {"1": True, "true": True, "0": False, "false": False}.get(str(value).lower())


def _texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = data.get(name) or []
    if not isinstance(values, list):
        raise TypeError(name)
    return tuple(map(str, values))


def _text(data: Mapping[str, Any], name: str) -> str:
    return str(data.get(name) or "")
