"""Files of rows: what CSV, Excel and calendars promise, and what is never read as less."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from edusync.errors import ConfigurationProblem
from edusync.transport.decode import decode_file
from edusync.transport.message import AnswerKind
from edusync.transport.tables import Span

SPAN = Span(
    datetime(2026, 3, 15, tzinfo=UTC), datetime(2026, 4, 10, tzinfo=UTC), ZoneInfo("Europe/Paris")
)


@pytest.mark.parametrize(
    ("text", "promised", "rows"),
    [
        ("a;b\n1;x\n", AnswerKind("csv"), [{"a": "1", "b": "x"}]),
        ("a,b\n1,\n,\n", AnswerKind("csv"), [{"a": "1", "b": None}]),
        (
            "a|b\n1|é\n",
            AnswerKind("csv", charset="windows-1252", separator="|"),
            [{"a": "1", "b": "é"}],
        ),
        ('\ufeffa;b\r\n1;"x;y"\r\n', AnswerKind("csv"), [{"a": "1", "b": "x;y"}]),
        ("a;b\n", AnswerKind("csv"), []),
    ],
)
def test_csv_is_rows_under_the_names_of_its_first_line(
    text: str, promised: AnswerKind, rows: list[dict[str, Any]]
) -> None:
    assert decode_file(text.encode(promised.charset or "utf-8"), promised, SPAN)[:3] == (
        rows,
        "csv",
        None,
    )


@pytest.mark.parametrize(
    ("raw", "promised", "kind"),
    [
        (b"a;b\n1\n", AnswerKind("csv"), "broken"),
        (b'a;b\n1;"x\n', AnswerKind("csv"), "broken"),
        (b"a;b\n1;\xe9\n", AnswerKind("csv"), "broken"),
        (b"<html></html>", AnswerKind("csv"), "html"),
        (b"", AnswerKind("csv"), "empty"),
        (b"no workbook", AnswerKind("xlsx"), "broken"),
        (b"no calendar", AnswerKind("ics"), "broken"),
        (b'{"a": 1', AnswerKind("json"), "broken"),
    ],
)
def test_what_is_no_table_is_never_read_as_less(
    raw: bytes, promised: AnswerKind, kind: str
) -> None:
    assert decode_file(raw, promised, SPAN)[:2] == (None, kind)


def test_excel_is_rows_with_days_as_iso() -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line in (
        ["Nom", "Jour", "Heures"],
        ["RENAUD ", date(2026, 3, 17), 3.5],
        [None, None, None],
    ):
        book.active.append(line)
    out = BytesIO()
    book.save(out)
    assert decode_file(out.getvalue(), AnswerKind("xlsx"), SPAN)[0] == [
        {"Nom": "RENAUD", "Jour": "2026-03-17", "Heures": 3.5}
    ]


SERIES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Invented//EN
BEGIN:VEVENT
UID:a
DTSTART;TZID=Europe/Paris:20260324T090000
DTEND;TZID=Europe/Paris:20260324T100000
RRULE:FREQ=WEEKLY;COUNT=2
SUMMARY:A
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Europe/Paris:20260331T090000
DTSTART;TZID=Europe/Paris:20260401T140000
DTEND;TZID=Europe/Paris:20260401T150000
SUMMARY:A moved
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTART:20260325T090000
DURATION:PT90M
SUMMARY:Floating
END:VEVENT
END:VCALENDAR
""".replace("\n", "\r\n")


def test_series_is_spread_out_and_a_moved_occurrence_keeps_its_identity() -> None:
    rows, kind, *_ = decode_file(SERIES.encode(), AnswerKind("ics"), SPAN)
    assert kind == "ics"
    assert [
        (
            row["uid"],
            row["recurrence"],
            row["starts_at"].isoformat(),
            row["ends_at"].isoformat(),
            row["summary"],
        )
        for row in rows
    ] == [
        ("a", "20260324T0800Z", "2026-03-24T08:00:00+00:00", "2026-03-24T09:00:00+00:00", "A"),
        ("b", "single", "2026-03-25T08:00:00+00:00", "2026-03-25T09:30:00+00:00", "Floating"),
        (
            "a",
            "20260331T0700Z",
            "2026-04-01T12:00:00+00:00",
            "2026-04-01T13:00:00+00:00",
            "A moved",
        ),
    ]


@pytest.mark.parametrize(
    ("module", "kind"),
    [("icalendar", "ics"), ("recurring_ical_events", "ics"), ("openpyxl", "xlsx")],
)
def test_library_that_is_not_installed_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, module: str, kind: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ConfigurationProblem) as caught:
        decode_file(b"something", AnswerKind(kind), SPAN)
    assert (caught.value.code, "edusync[files]" in str(caught.value.hint)) == (
        "CONF_DRIVER_MISSING",
        True,
    )
