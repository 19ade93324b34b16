"""Calendars as programs write them (B13 to B20)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from tests.bugs.school import School

if TYPE_CHECKING:
    from tests.bugs.conftest import Open

HERE = Path(__file__).parent / "calendars"
AGENDA = Path(__file__).parents[2] / "specs" / "examples" / "agenda.yaml"
STUDENTS = (
    "Nom;Prénom;E-mail;Groupe\n"
    "MARTEL;Ines;ines.martel@ecole.test;A\nROLAND;Tim;tim.roland@ecole.test;A\n"
)
PROFESSORS = "Nom;Prénom;E-mail\nGARNIER;Paule;paule.garnier@ecole.test\n"


@pytest.fixture
def agenda(school_of: Open) -> School:
    """Open a school whose planning is a calendar."""
    school = school_of("ics")
    school.spec = json.loads(json.dumps(YAML(typ="safe").load(AGENDA.read_text("utf-8"))))
    school.write("students.csv", STUDENTS)
    school.write("professors.csv", PROFESSORS)
    return school


def event(uid: str, day: int, hour: int = 10, more: str = "", name: str = "Piano") -> str:
    """Return an event of March 2026, two hours long."""
    lines = f"""BEGIN:VEVENT
UID:{uid}
DTSTAMP:20260301T080000Z
DTSTART;TZID=Europe/Paris:202603{day:02}T{hour:02}0000
DTEND;TZID=Europe/Paris:202603{day:02}T{hour + 2:02}0000
SUMMARY:{name}
ORGANIZER:mailto:paule.garnier@ecole.test
ATTENDEE:mailto:ines.martel@ecole.test
{more}
END:VEVENT
"""
    return lines.replace("\n\n", "\n")


def calendar(*events: str) -> str:
    """Return a calendar."""
    inside = "".join(events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Invented//FR\n{inside}END:VCALENDAR\n"


PLACES = {
    "cats-twice": (0, {"d/single": "09:00"}, ""),
    "end-before": (4, {}, "UID b: it ends before it starts"),
    "fold": (0, {"f/single": "08:00"}, ""),
    "mailto-case": (0, {"m/single": "09:00"}, ""),
    "moved-date-id": (
        0,
        {"e/20260317T0900Z": "09:00", "e/20260324T0900Z": "13:00", "e/20260331T0800Z": "08:00"},
        "",
    ),
    "one-bad-event": (4, {"good@t/single": "09:00"}, "UID bad@t: its DTSTART cannot be read"),
    "same-uid": (
        0,
        {
            "none/20260317T0800Z": "08:00",
            "none/20260317T1300Z": "13:00",
            "none/20260318T0900Z": "09:00",
        },
        "",
    ),
    "thisandfuture": (
        0,
        {"e/20260317T0900Z": "09:00", "e/20260324T0900Z": "13:00", "e/20260331T0800Z": "12:00"},
        "",
    ),
    "two-vcalendars": (0, {"m/single": "09:00", "n/single": "09:00"}, ""),
    "unknown-zone": (4, {}, "UID z1@t: nothing defines the time zone 'Customized Time Zone'"),
    "until-date": (
        0,
        {"e/20260317T0900Z": "09:00", "e/20260324T0900Z": "09:00", "e/20260331T0800Z": "08:00"},
        "",
    ),
    "cp1252": (4, {}, "line 8: it is not written in UTF-8; say its charset"),
    "windows-zone": (
        4,
        {
            "a1@t/single": "08:00",
            "a2@t/single": "07:00",
            "a3@t/single": "08:00",
            "a4@t/single": "13:00",
            "a7@t/single": "05:00",
        },
        "UID a5@t: its DTSTART cannot be read",
    ),
}
ROWS = {
    "same-uid": "B13",
    "until-date": "B14",
    "thisandfuture": "B15",
    "end-before": "B16",
    "cats-twice": "B17",
    "fold": "B18",
    "cp1252": "B18",
    "unknown-zone": "B19",
    "two-vcalendars": "B20",
    "one-bad-event": "B20",
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", PLACES, ids=[f"{ROWS.get(name, 'B--')} {name}" for name in PLACES])
def test_calendar_comes_down_or_says_why_not(agenda: School, name: str) -> None:
    """B13 to B20: each calendar of the reports comes as it is meant, or is named with its UID."""
    code, starts, told = PLACES[name]
    agenda.write("planning.ics", (HERE / f"{name}.ics").read_bytes())
    run = agenda.sync()
    found = {str(row["API_ID"]): row["START"][11:16] for row in agenda.book.all("courses")}
    assert (run.code, found) == (code, starts), run.events
    assert told in run.events
    assert not any("\ufffd" in text for text in run.names)


def test_b17_a_filter_meets_every_line_of_categories(agenda: School) -> None:
    agenda.write("planning.ics", (HERE / "cats-twice.ics").read_bytes())
    agenda.filters = {"filters": {"categories": ["groupe a"]}}
    assert list(agenda.sync().sheets) == ["d/single"]


def test_b18_charset_acts_on_a_calendar(agenda: School) -> None:
    agenda.spec["resources"]["events"]["answer"] = {"kind": "ics", "charset": "windows-1252"}
    agenda.write("planning.ics", (HERE / "cp1252.ics").read_bytes())
    run = agenda.sync()
    assert run.code == 0
    assert any(name.startswith("Français à ") or "Fran" in name for name in run.names)
    assert not any("\ufffd" in name for name in run.names)


KEPT: dict[str, tuple[str, str]] = {
    "ends before it starts": ("DTEND;TZID=Europe/Paris:20260320T120000", "20260320T090000"),
    "unknown zone": ("DTSTART;TZID=Europe/Paris:20260320", "DTSTART;TZID=Nowhere:20260320"),
    "no start": ("DTSTART;TZID=Europe/Paris:20260320T100000\n", ""),
    "bad start": ("DTSTART;TZID=Europe/Paris:20260320T100000", "DTSTART:2026032X"),
    "start twice": ("SUMMARY:", "DTSTART:20260321T100000Z\nSUMMARY:"),
    "name twice": ("SUMMARY:Piano", "SUMMARY:Piano\nSUMMARY:Chant"),
    "half a zone": ("DTEND;TZID=Europe/Paris:20260320T120000", "DTEND:20260320T120000"),
    "end without time": ("DTEND;TZID=Europe/Paris:20260320T120000", "DTEND;VALUE=DATE:20260320"),
    "bad rule": ("SUMMARY:", "RRULE:FREQ=SOMETIMES\nSUMMARY:"),
    "exception in an unknown zone": (
        "SUMMARY:",
        "RRULE:FREQ=DAILY;COUNT=2\nEXDATE;TZID=Nowhere:20260321T100000\nSUMMARY:",
    ),
}


@pytest.mark.promise("P10")
@pytest.mark.parametrize("name", KEPT)
def test_b20_sheet_of_an_event_that_went_bad_stays_and_the_others_come(
    agenda: School, name: str
) -> None:
    """B16, B19, B20: ten ways of going bad; each is named with its UID, and nothing goes."""
    old, new = KEPT[name]
    if name == "ends before it starts":
        new = f"DTEND;TZID=Europe/Paris:{new}"
    good, bad = event("good", 19), event("bad", 20)
    assert old in bad
    agenda.write("planning.ics", calendar(good, bad))
    before = agenda.sync()
    agenda.write("planning.ics", calendar(good, bad.replace(old, new), event("new", 21)))
    after = agenda.sync()
    assert (before.code, sorted(before.sheets)) == (0, ["bad/single", "good/single"])
    assert sorted(after.sheets) == ["bad/single", "good/single", "new/single"], after.events
    assert after.code == 4
    assert "UID bad: " in after.events


def test_b20_a_bad_event_long_ago_holds_nothing(agenda: School) -> None:
    old = event("old", 20).replace("202603", "201903").replace("Europe/Paris", "Nowhere")
    agenda.write("planning.ics", calendar(old, event("good", 19)))
    run = agenda.sync()
    assert (run.code, list(run.sheets)) == (0, ["good/single"])


def test_b20_a_moved_date_that_went_bad_does_not_come_at_its_old_time(agenda: School) -> None:
    series = event("s", 17, more="RRULE:FREQ=WEEKLY;COUNT=2")
    moved = event("s", 25, more="RECURRENCE-ID;TZID=Europe/Paris:20260324T100000")
    agenda.write("planning.ics", calendar(series, moved))
    before = agenda.sync()
    agenda.write("planning.ics", calendar(series, moved.replace("TZID=Europe/Paris", "TZID=X")))
    after = agenda.sync()
    starts = [row["START"][:10] for row in agenda.book.all("courses")]
    assert sorted(starts) == ["2026-03-17", "2026-03-25"]
    assert before.sheets == after.sheets
    assert "UID s: " in after.events


def test_b19_a_zone_that_another_calendar_defines_is_not_known(agenda: School) -> None:
    """A VTIMEZONE counts for its own file alone."""
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Local\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:+0400\nTZOFFSETTO:+0400\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    mine = event("a", 19).replace("Europe/Paris", "Local")
    agenda.write("planning-1.ics", calendar(zone, mine))
    agenda.write("planning-2.ics", calendar(mine.replace("UID:a", "UID:b")))
    run = agenda.sync()
    assert [row["START"][11:16] for row in agenda.book.all("courses")] == ["06:00"]
    assert list(run.sheets) == ["a/single"]
    assert "FILE planning-2.ics, UID b: nothing defines the time zone 'Local'" in run.events


# B13: several events of one UID

SHARED: dict[str, tuple[list[str], list[str]]] = {
    "three events": (
        [event("x", 17), event("x", 17, 14), event("x", 18)],
        ["x/20260317T0900Z", "x/20260317T1300Z", "x/20260318T0900Z"],
    ),
    "the same event twice": ([event("x", 17), event("x", 17)], ["x/single"]),
    "written at another time": (
        [event("x", 17), event("x", 17).replace("DTSTAMP:20260301", "DTSTAMP:20260302")],
        ["x/single"],
    ),
    "two at one time": ([event("x", 17), event("x", 17, name="Chant")], []),
    "two versions": ([event("x", 17), event("x", 18, more="SEQUENCE:2")], []),
    "a series and an event": (
        [event("x", 17, more="RRULE:FREQ=DAILY;COUNT=2"), event("x", 19)],
        ["x/20260317T0900Z", "x/20260318T0900Z", "x/20260319T0900Z"],
    ),
    "two series of which one is changed": (
        [
            event("x", 17, more="RRULE:FREQ=DAILY;COUNT=2"),
            event("x", 24, more="RRULE:FREQ=DAILY;COUNT=2"),
            event("x", 26, more="RECURRENCE-ID;TZID=Europe/Paris:20260325T100000"),
        ],
        [],
    ),
}


@pytest.mark.parametrize("name", SHARED)
def test_b13_events_that_share_a_uid_are_told_apart_or_refused(agenda: School, name: str) -> None:
    """B13: by their starts where that is safe; else none of them comes, and the UID is named."""
    events, ids = SHARED[name]
    agenda.write("planning.ics", calendar(*events, event("other", 20)))
    run = agenda.sync()
    assert sorted(run.sheets) == sorted([*ids, "other/single"]), run.events
    assert (run.code == 0) == bool(ids)
    assert bool(ids) or "UID x: " in run.events


def test_b13_ids_depend_neither_on_the_order_nor_on_who_else_is_there(
    agenda: School,
) -> None:
    events: list[Any] = [event("none", 17), event("none", 17, 14), event("none", 18)]
    agenda.write("planning.ics", calendar(*events))
    before = agenda.sync()
    agenda.write("planning.ics", calendar(*reversed(events[1:])))
    after = agenda.sync()
    agenda.write("planning.ics", calendar(events[2]))
    last = agenda.sync()
    assert after.sheets.keys() == before.sheets.keys() - {"none/20260317T0900Z"}
    assert list(last.sheets) == ["none/20260318T0900Z"]


def test_b15_a_series_that_moves_from_a_date_on_keeps_the_ids_of_its_dates(agenda: School) -> None:
    series = event("s", 17, more="RRULE:FREQ=WEEKLY;COUNT=3")
    others = [event(name, 20) for name in ("a", "b")]  # that two move is not most of the sheets
    agenda.write("planning.ics", calendar(series, *others))
    before = agenda.sync()
    on = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260324T100000"
    agenda.write("planning.ics", calendar(series, event("s", 25, 14, more=on), *others))
    after = agenda.sync()
    assert before.sheets.keys() == after.sheets.keys()
    assert sorted(
        row["START"][:16]
        for row in agenda.book.all("courses")
        if not row["START"].startswith("2026-03-20")
    ) == [
        "2026-03-17T09:00",
        "2026-03-25T13:00",
        "2026-04-01T12:00",
    ]
