"""Read calendars: one row an event, repeated events spread out, each date with an id of its own.

What RFC 5545 leaves open, or a calendar program gets wrong, is either read the one way that it can
be meant, or named with its UID; see `docs/explanation/decisions.md`, "Calendars".
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from edusync.transport.calendar_event import (
    BadEvent,
    EventGroup,
    each,
    instant,
    row_of,
    uid_of,
)
from edusync.transport.charset import NotReadable, text_of
from edusync.transport.message import Flaw
from edusync.transport.tables import Rows, Span, extra

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

_FOLD = re.compile(rb"\r?\n[ \t]")
_ONCE = (
    "UID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RECURRENCE-ID",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "STATUS",
    "ORGANIZER",
)
_READ = frozenset({*_ONCE, "SEQUENCE", "EXDATE", "RDATE", "CATEGORIES", "ATTENDEE"})
_MEANINGLESS = frozenset({"none", "null", "nil", "undefined"})
"""UIDs of programs that have none: such an event is told apart by its start, also alone."""
_ONE_AT_A_TIME = Lock()  # the library keeps the zones of the calendar that it read last


_A_ZONE = timedelta(days=1)
"""More than two zones can lie apart."""
_UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError)


def read_calendar(
    raw: bytes, span: Span, charset: str | None = None
) -> tuple[Rows, tuple[Flaw, ...]]:
    """Return the events of a calendar between two instants, and those that cannot be read.

    There is one row an occurrence. Instants are in UTC, floating ones are in the zone of the span.
    A row has uid, recurrence (the original start of an occurrence of a series), summary,
    description, location, status, starts_at, ends_at, categories, organizer {email, name} and
    attendees [{email, name, role, partstat}].
    NotReadable when it is no calendar, or one that breaks off.
    """
    icalendar, recurring = extra("icalendar", "files"), extra("recurring_ical_events", "files")
    text = text_of(_FOLD.sub(b"", raw), charset)
    with _ONE_AT_A_TIME:
        events, flaws = _events(icalendar, text, span)
        groups = []
        for group in _groups(events):
            try:
                _settle(group, span.zone)
                groups.append(group)
            except BadEvent as bad:
                flaws.append(_flaw(group.uid, str(bad)))
        rows: Rows = []
        for batch in _batches(groups):
            try:
                rows += _rows(icalendar, recurring, batch, span)
            except _UNREADABLE:
                for group in batch:
                    try:
                        rows += _rows(icalendar, recurring, [group], span)
                    except _UNREADABLE:
                        flaws.append(_flaw(group.uid, "its dates or its rule cannot be read"))
    return _without_duplicates(rows, flaws)


def _events(icalendar: Any, text: str, span: Span) -> tuple[list[Any], list[Flaw]]:
    """Return the events of every calendar in a text, and those that cannot be read."""
    events, flaws, spoiled = [], [], set[str]()
    for calendar in _calendars(icalendar, text):
        for event in calendar.walk("VEVENT"):
            try:
                _check(event)
                events.append(event)
            except BadEvent as bad:
                if not _may_meet(event, span):
                    continue
                uid = uid_of(event)
                flaws.append(_flaw(uid, str(bad)))
                spoiled.add(uid)  # a date that it moved must not come at its old time
    return [event for event in events if uid_of(event) not in spoiled - {""}], flaws


def _calendars(icalendar: Any, text: str) -> list[Any]:
    """Return the calendars of a text; NotReadable when it is none, or one that breaks off."""
    icalendar.use_zoneinfo()  # forgets the zones of the calendar before
    try:
        calendars: list[Any] = icalendar.Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        raise NotReadable("it is no calendar, or it breaks off") from error
    if not calendars or any(calendar.name != "VCALENDAR" for calendar in calendars):
        raise NotReadable("it is no calendar, or it breaks off")
    return calendars


def calendars_of(raw: bytes, charset: str | None = None) -> list[Any]:
    """Return calendars as the library has them; NotReadable when there is none."""
    with _ONE_AT_A_TIME:
        return _calendars(extra("icalendar", "files"), text_of(_FOLD.sub(b"", raw), charset))


def _check(event: Any) -> None:
    """Raise BadEvent when an event cannot be read as it is meant."""
    for name, _why in event.errors:
        if name is None:
            raise BadEvent("a line of it cannot be read")
        if name.upper() in _READ:
            raise BadEvent(f"its {name} cannot be read")
    if "DTSTART" not in event:
        raise BadEvent("it has no DTSTART")
    for name in _ONCE:
        if isinstance(event.get(name), list):
            raise BadEvent(f"its {name} stands twice")
    for name in ("DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE"):
        for value in each(event.get(name)):
            zone = value.params.get("TZID")
            dates = [one.dt for one in value.dts] if hasattr(value, "dts") else [value.dt]
            if zone and any(isinstance(one, datetime) and not one.tzinfo for one in dates):
                raise BadEvent(f"nothing defines the time zone '{zone}' of its {name}")
    starts, ends = event["DTSTART"].dt, event["DTEND"].dt if "DTEND" in event else None
    if ends is not None:
        if isinstance(starts, datetime) != isinstance(ends, datetime):
            raise BadEvent("one of DTSTART and DTEND has a time, the other has none")
        if isinstance(starts, datetime) and bool(starts.tzinfo) != bool(ends.tzinfo):
            raise BadEvent("one of DTSTART and DTEND has a time zone, the other has none")
        if ends < starts:
            raise BadEvent("it ends before it starts")
    elif "DURATION" in event and event["DURATION"].dt < timedelta():
        raise BadEvent("it ends before it starts")


def _may_meet(event: Any, span: Span) -> bool:
    """Whether a bad event may lie between the two instants of a span, whatever its zone is."""
    if any(name in event for name in ("RRULE", "RDATE", "RECURRENCE-ID")):
        return True
    try:
        starts = event["DTSTART"].dt
        ends = event["DTEND"].dt if "DTEND" in event else starts
    except _UNREADABLE:
        return True
    first, last = sorted((instant(starts, span.zone), instant(ends, span.zone)))
    return last > span.first - _A_ZONE and first < span.last + _A_ZONE


def _groups(events: list[Any]) -> list[EventGroup]:
    """Return the events by UID; an event without one stands alone."""
    groups: dict[object, EventGroup] = {}
    for event in events:
        uid = uid_of(event)
        group = groups.setdefault(uid or id(event), EventGroup(uid))
        (group.changed if "RECURRENCE-ID" in event else group.masters).append(event)
    return list(groups.values())


def _settle(group: EventGroup, zone: tzinfo) -> None:
    """Prepare a group for being spread out; BadEvent when nobody can know what is meant."""
    group.masters = _distinct(group.masters)
    if len(group.masters) > 1:
        _may_be_several(group)
    for event in group.masters:
        _until_the_end_of_the_day(event)
    for event in group.changed:
        original, starts = event["RECURRENCE-ID"], event["DTSTART"].dt
        _with_time_of(original, group.masters)
        if original.params.get("RANGE") == "THISANDFUTURE":
            group.shifts[instant(original.dt, zone)] = starts - _alike(original.dt, starts)
    group.by_start = (
        len(group.masters) > 1
        or bool(group.changed)
        or any("RRULE" in event or "RDATE" in event for event in group.masters)
        or group.uid.lower() in _MEANINGLESS
    )


def _batches(groups: list[EventGroup]) -> Iterator[list[EventGroup]]:
    """Yield the groups that can be spread out together; events that share a UID go alone."""
    yield [group for group in groups if len(group.masters) < 2]  # noqa: PLR2004 - alone
    for group in groups:
        if len(group.masters) > 1:
            for event in group.masters:
                yield [EventGroup(group.uid, [event], by_start=True)]


def _rows(
    icalendar: Any, recurring: Any, groups: list[EventGroup], span: Span
) -> list[dict[str, Any]]:
    calendar = icalendar.Calendar()
    calendar.subcomponents = [
        event for group in groups for event in (*group.masters, *group.changed)
    ]
    by_uid = {group.uid: group for group in groups}
    return [
        row_of(occurrence, span.zone, by_uid[uid_of(occurrence)])
        for occurrence in recurring.of(calendar).between(span.first, span.last)
    ]


def _without_duplicates(rows: Rows, flaws: list[Flaw]) -> tuple[Rows, tuple[Flaw, ...]]:
    """Return the rows in order, without those of which two have the same id."""
    met = Counter((row["uid"], row["recurrence"]) for row in rows if row["uid"])
    twice = {uid for (uid, _), count in met.items() if count > 1}
    flaws += [
        _flaw(uid, "two of its dates begin at the same time, and nothing else tells them apart")
        for uid in sorted(twice)
    ]
    remaining = [row for row in rows if row["uid"] not in twice]
    return sorted(remaining, key=lambda row: (row["starts_at"], row["uid"])), tuple(flaws)


def _distinct(events: list[Any]) -> list[Any]:
    """Return events without those that stand there twice but for when they were written."""
    if len(events) < 2:  # noqa: PLR2004 - one has no double
        return events
    by_content: dict[bytes, Any] = {}
    for event in events:
        bare = event.copy()
        bare.subcomponents = []
        for name in ("DTSTAMP", "CREATED", "LAST-MODIFIED"):
            bare.pop(name, None)
        by_content.setdefault(bare.to_ical(), event)
    return list(by_content.values())


def _may_be_several(group: EventGroup) -> None:
    """Raise BadEvent when events that share a UID may be versions of one."""
    count = len(group.masters)
    if group.changed:
        raise BadEvent(f"{count} events share this UID, and a changed date belongs to one")
    versions = {event.get("SEQUENCE", 0) for event in group.masters}
    if len(versions) > 1:
        raise BadEvent(
            f"{count} events share this UID and have another SEQUENCE: "
            "versions of one event, or several events"
        )


def _until_the_end_of_the_day(event: Any) -> None:
    """Let a rule that ends on a day, for an event with a time, reach to the end of that day."""
    starts = event["DTSTART"].dt
    for rule in each(event.get("RRULE")):
        last = (rule.get("UNTIL") or [None])[0]
        if isinstance(starts, datetime) and last is not None and not isinstance(last, datetime):
            end = datetime.combine(last, time(23, 59, 59), starts.tzinfo)
            rule["UNTIL"] = [end.astimezone(UTC) if end.tzinfo else end]


def _with_time_of(original: Any, masters: list[Any]) -> None:
    """Give a RECURRENCE-ID that names only a day the time of its series."""
    if isinstance(original.dt, datetime) or not masters:
        return
    starts = masters[0]["DTSTART"].dt
    if isinstance(starts, datetime):
        original.dt = datetime.combine(original.dt, starts.timetz())
        original.params.pop("VALUE", None)


def _flaw(uid: str, why: str) -> Flaw:
    return Flaw("rows", f"UID {uid}" if uid else "an event without UID", why)


def _alike(value: date | datetime, other: date | datetime) -> Any:
    """Return a moment in the zone of another, for the difference of the clocks there."""
    if (
        isinstance(value, datetime)
        and isinstance(other, datetime)
        and value.tzinfo
        and other.tzinfo
    ):
        return value.astimezone(other.tzinfo)
    return value
