"""Recorded calendars: some events, and in what the spec reads of them nobody real."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.transport.calendar_event import each, field_of, person_of, uid_of
from edusync.transport.calendars import calendars_of
from edusync.transport.charset import NotReadable
from edusync.transport.tables import extra

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

_KEPT = (
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RECURRENCE-ID",
    "EXDATE",
    "RDATE",
    "SEQUENCE",
    "STATUS",
)
"""What says when an event is: it tells of nobody."""
_TEXTS = ("summary", "description", "location")


def events(raw: bytes, charset: str | None) -> list[dict[str, Any]] | None:
    """Return what each event of a calendar says, as a row does but for when it is.

    None when it is no calendar.
    """
    try:
        return [_row(event) for calendar in calendars_of(raw, charset) for event in _each(calendar)]
    except NotReadable:
        return None


def rewritten(
    raw: bytes, charset: str | None, clean: Callable[[dict[str, Any]], Mapping[str, Any]]
) -> str:
    """Return a calendar that says of each event what `clean` makes of it, and when it is."""
    icalendar = extra("icalendar", "files")
    fresh, uids = icalendar.Calendar(), dict[str, str]()
    fresh.add("prodid", "-//edusync//recorded//")
    fresh.add("version", "2.0")
    for calendar in calendars_of(raw, charset):
        for zone in calendar.walk("VTIMEZONE"):
            fresh.add_component(zone)
        for event in _each(calendar):
            row = clean(_row(event))
            uid = row["uid"] or uids.setdefault(uid_of(event), f"event{len(uids) + 1}")
            fresh.add_component(_event(icalendar, event, row, uid if uid_of(event) else ""))
    return str(fresh.to_ical().decode("utf-8")).replace("\r\n", "\n")


def without_events(raw: bytes, charset: str | None, uids: Collection[str]) -> bytes:
    """Return a calendar with the events of some UIDs alone."""
    icalendar = extra("icalendar", "files")
    fresh = icalendar.Calendar()
    fresh.add("version", "2.0")
    for calendar in calendars_of(raw, charset):
        for zone in calendar.walk("VTIMEZONE"):
            fresh.add_component(zone)
        for event in _each(calendar):
            if uid_of(event) in uids:
                fresh.add_component(event)
    return bytes(fresh.to_ical()).decode("utf-8").encode(charset or "utf-8")


def _each(calendar: Any) -> Iterator[Any]:
    yield from calendar.walk("VEVENT")


def _row(event: Any) -> dict[str, Any]:
    return {
        "uid": uid_of(event),
        **{name: field_of(event, name.upper()) for name in _TEXTS},
        "categories": [str(name) for one in each(event.get("CATEGORIES")) for name in one.cats],
        "organizer": person_of(event.get("ORGANIZER")),
        "attendees": [person_of(one) for one in each(event.get("ATTENDEE"))],
    }


def _event(icalendar: Any, event: Any, row: Mapping[str, Any], uid: str) -> Any:
    fresh = icalendar.Event()
    if uid:
        fresh.add("uid", uid)
    for name in _KEPT:
        for value in each(event.get(name)):
            fresh.add(name, value, encode=False)
    for name in _TEXTS:
        if row[name]:
            fresh.add(name, row[name])
    if any(row["categories"]):
        fresh.add("categories", [one for one in row["categories"] if one])
    people = [("organizer", row["organizer"]), *(("attendee", one) for one in row["attendees"])]
    for name, person in people:
        if person and any(person.values()):
            fresh.add(name, _address(icalendar, person), encode=False)
    return fresh


def _address(icalendar: Any, person: Mapping[str, Any]) -> Any:
    address = icalendar.vCalAddress(f"mailto:{person['email'] or ''}")
    for name, word in (("CN", "name"), ("ROLE", "role"), ("PARTSTAT", "partstat")):
        if person[word]:
            address.params[name] = icalendar.vText(person[word])
    return address
