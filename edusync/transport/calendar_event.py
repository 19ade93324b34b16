"""One event of a calendar, with the dates of it that were moved, as a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import tzinfo


class BadEvent(Exception):
    """An event that cannot be read; the text says why, without any value of it."""


@dataclass(slots=True)
class EventGroup:
    """The events of one UID: one event, a series with its changed dates, or several."""

    uid: str
    masters: list[Any] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)
    by_start: bool = False
    """Whether the id of an occurrence holds its original start."""
    shifts: dict[datetime, timedelta] = field(default_factory=dict)
    """How far a changed date with RANGE=THISANDFUTURE moves itself and those after it."""


def row_of(event: Any, zone: tzinfo, group: EventGroup) -> dict[str, Any]:
    """Return an occurrence as a row."""
    starts, original = event["DTSTART"].dt, event["RECURRENCE-ID"]
    of = instant(original.dt, zone)
    if original.params.get("RANGE") == "THISANDFUTURE" and of in group.shifts:
        of = instant(starts - group.shifts[of], zone)  # each date that it moved keeps its own
    return {
        "uid": uid_of(event),
        "recurrence": of.strftime("%Y%m%dT%H%MZ") if group.by_start else "single",
        "summary": field_of(event, "SUMMARY"),
        "description": field_of(event, "DESCRIPTION"),
        "location": field_of(event, "LOCATION"),
        "status": field_of(event, "STATUS"),
        "starts_at": instant(starts, zone),
        "ends_at": instant(event["DTEND"].dt, zone) if "DTEND" in event else None,
        "categories": [str(name) for one in each(event.get("CATEGORIES")) for name in one.cats],
        "organizer": person_of(event.get("ORGANIZER")),
        "attendees": [person_of(one) for one in each(event.get("ATTENDEE"))],
    }


def person_of(address: Any) -> dict[str, Any] | None:
    """Return whom an address names, None where there is none."""
    if address is None:
        return None
    params, text = address.params, str(address)
    return {
        "email": (text[7:] if text[:7].lower() == "mailto:" else text).lower(),
        "name": params.get("CN"),
        "role": params.get("ROLE"),
        "partstat": params.get("PARTSTAT"),
    }


def uid_of(event: Any) -> str:
    """Return the UID of an event, empty when it has none."""
    return str(event.get("UID", "")).strip()


def each(value: Any) -> list[Any]:
    """Return the values of a property, which may stand once or several times."""
    return value if isinstance(value, list) else [] if value is None else [value]


def field_of(event: Any, name: str) -> str | None:
    """Return a field of an event, None when it is empty."""
    return str(event.get(name, "")).strip() or None


def instant(value: date | datetime, zone: tzinfo) -> datetime:
    """Return a day or a time as an instant; one without a zone is in that of the run."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time(), zone)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
