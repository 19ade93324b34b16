"""Read files of rows: CSV, Excel sheets and calendars with their repeated events."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, time
from importlib import import_module
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any, NamedTuple

from edusync.errors import ConfigurationProblem

if TYPE_CHECKING:
    from datetime import tzinfo

    from edusync.transport.message import AnswerKind

Rows = list[dict[str, Any]]
KINDS = frozenset({"csv", "xlsx", "ics"})


class Span(NamedTuple):
    """Two instants between which repeated events are spread out.

    And the zone of times without one.
    """

    first: datetime
    last: datetime
    zone: tzinfo


class NotATable(ValueError):
    """What was read is not what was promised."""


def extra(module: str, name: str) -> Any:
    """Return a module of an optional extra; ConfigurationProblem when it is not installed."""
    try:
        return import_module(module)
    except ImportError:
        raise ConfigurationProblem(
            "CONF_DRIVER_MISSING",
            f"reading this needs {module}, which is not installed",
            f"install it with: pip install 'edusync[{name}]'",
        ) from None


def read_csv(raw: bytes, promised: AnswerKind) -> Rows:
    """Return the rows of a CSV under the names of its first line; an empty cell is nothing.

    NotATable when lines are of unlike length.
    """
    try:
        text = raw.decode(promised.charset or "utf-8-sig")
    except (UnicodeDecodeError, LookupError) as error:
        raise NotATable(f"its charset is not {promised.charset or 'utf-8'}") from error
    reader = csv.reader(
        StringIO(text, newline=""), delimiter=promised.separator or separator_of(text), strict=True
    )
    try:
        names = [name.strip() for name in next(reader, [])]
        rows = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise NotATable(str(error)) from error
    if any(len(row) != len(names) for row in rows):
        raise NotATable("a line has another number of cells than the first one")
    return [
        {name: cell.strip() or None for name, cell in zip(names, row, strict=True)} for row in rows
    ]


def read_xlsx(raw: bytes) -> Rows:
    """Return the rows of the first sheet under the names of its first line.

    Days and times become text as ISO writes them.
    """
    from zipfile import BadZipFile

    load_workbook = extra("openpyxl", "files").load_workbook
    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=True)
    except (BadZipFile, KeyError, ValueError) as error:
        raise NotATable("it is no Excel workbook") from error
    lines = book.worksheets[0].iter_rows(values_only=True)
    names = ["" if name is None else str(name).strip() for name in next(lines, ())]
    rows = [
        {name: _cell(value) for name, value in zip(names, line, strict=False) if name}
        for line in lines
        if any(value is not None for value in line)
    ]
    book.close()
    return rows


def read_calendar(raw: bytes, span: Span) -> Rows:
    """Return the events of a calendar between two instants, one row an occurrence.

    Instants are in UTC, floating ones are in the zone.

    A row has uid, recurrence (the original start of an occurrence of a series), summary,
    description, location, status, starts_at, ends_at, categories, organizer {email, name} and
    attendees [{email, name, role, partstat}].
    """
    icalendar, recurring = extra("icalendar", "files"), extra("recurring_ical_events", "files")
    try:
        calendar = icalendar.Calendar.from_ical(raw)
        events = recurring.of(calendar).between(span.first, span.last)
    except ValueError as error:
        raise NotATable("it is no calendar") from error
    repeated = {
        str(event.get("UID"))
        for event in calendar.walk("VEVENT")
        if "RRULE" in event or "RDATE" in event or "RECURRENCE-ID" in event
    }
    return sorted(
        (_event(event, span.zone, repeated) for event in events),
        key=lambda row: (row["starts_at"], row["uid"]),
    )


def _event(event: Any, zone: tzinfo, repeated: set[str]) -> dict[str, Any]:
    uid = str(event.get("UID", ""))
    starts_at = _instant(event["DTSTART"].dt, zone)
    original = event.get("RECURRENCE-ID")
    attendees = event.get("ATTENDEE", [])
    return {
        "uid": uid,
        "recurrence": (_instant(original.dt, zone) if original is not None else starts_at).strftime(
            "%Y%m%dT%H%MZ"
        )
        if uid in repeated
        else "single",
        "summary": _text(event, "SUMMARY"),
        "description": _text(event, "DESCRIPTION"),
        "location": _text(event, "LOCATION"),
        "status": _text(event, "STATUS"),
        "starts_at": starts_at,
        "ends_at": _instant(event["DTEND"].dt, zone) if "DTEND" in event else None,
        "categories": [str(name) for name in getattr(event.get("CATEGORIES"), "cats", ())],
        "organizer": _person(event.get("ORGANIZER")),
        "attendees": [
            _person(one) for one in (attendees if isinstance(attendees, list) else [attendees])
        ],
    }


def _person(address: Any) -> dict[str, Any] | None:
    if address is None:
        return None
    given = address.params
    return {
        "email": str(address).removeprefix("mailto:").removeprefix("MAILTO:").lower(),
        "name": given.get("CN"),
        "role": given.get("ROLE"),
        "partstat": given.get("PARTSTAT"),
    }


def _text(event: Any, name: str) -> str | None:
    return str(event.get(name, "")).strip() or None


def _instant(value: date | datetime, zone: tzinfo) -> datetime:
    moment = value if isinstance(value, datetime) else datetime.combine(value, time(), zone)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def _cell(value: Any) -> Any:
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value.strip() or None if isinstance(value, str) else value


def separator_of(text: str) -> str:
    """Return the separator that the first line uses.

    A semicolon, as French Excel writes it, else a comma.
    """
    return ";" if text.partition("\n")[0].count(";") > text.partition("\n")[0].count(",") else ","
