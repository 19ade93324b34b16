"""What a decoder finds reaches the event over every wire (B05, B18, B19, B20, B21)."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug.wrappers import Response

from edusync.plugins import load_registry
from tests.little import Little, lesson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PEOPLE = "id;last;first;mail\n1;Last1;First1;p1@ecole.test\n2;Last2;First2;p2@ecole.test\n"
CALENDAR = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:bad\n"
    "DTSTART;TZID=X:20260317T080000\nDTEND;TZID=X:20260317T090000\nEND:VEVENT\nEND:VCALENDAR\n"
)


@pytest.fixture
def little(tmp_path: Path) -> Iterator[Little]:
    with ExitStack() as stack:
        yield Little(tmp_path, load_registry(), stack)


def learners(little: Little, text: str | bytes, kind: str, **more: Any) -> None:
    """Let the learners come as a text of a kind."""
    raw = text if isinstance(text, bytes) else text.encode()
    little.rows["/learners"] = lambda _request: Response(raw, content_type="text/plain")
    little.spec["resources"]["learners"] |= {"answer": {"kind": kind, **more}}


def events(little: Little) -> str:
    """Return the events of the runs so far, as one text."""
    return " ".join(" ".join(map(str, event)) for event in little.seen.events)


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("csv", PEOPLE.replace("first;", "last;"), "2 columns are called 'last'"),
        ("csv", PEOPLE.replace("First2;", ""), "line 3: it has 3 cells"),
        ("csv", PEOPLE.replace("Last2", '"Last2" x'), "line 3: ';' expected"),
        (
            "csv",
            PEOPLE.replace("Last2", "Léa").encode("cp1252"),
            "line 3: it is not written in UTF-8",
        ),
        ("xlsx", PEOPLE, "it is no Excel workbook"),
        ("ics", CALENDAR, "UID bad: nothing defines the time zone 'X'"),
        ("ics", CALENDAR[:-20], "it is no calendar, or it breaks off"),
        ("json", '[{"id": 1},\n {"id": ', "line 2, column"),
        ("json", '[{"id": "é"}]'.encode("cp1252"), "line 1: it is not written in UTF-8"),
        ("xml", "<r>\n<a>1</b></r>", "breaks off at line 2"),
    ],
    ids=str,
)
def test_cause_and_place_reach_the_event_over_http(
    little: Little, kind: str, text: str | bytes, told: str
) -> None:
    """Ten faults of five kinds of answers; nobody leaves a sheet."""
    little.sync()
    before = little.look().sheets
    learners(little, text, kind)
    little.sync()
    assert told in events(little)
    assert little.look().sheets == before


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("csv", PEOPLE.replace("first;", "last;"), "2 columns are called 'last'"),
        ("csv", PEOPLE.replace("First2;", ""), "line 3: it has 3 cells"),
        ("ics", CALENDAR, "UID bad: nothing defines the time zone 'X'"),
        (
            "json",
            '[{"id": 1}',
            "a document inside it, answered with JSON that breaks off at line 1",
        ),
        ("xml", "<r><a></r>", "a document inside it, answered with XML that breaks off at line 1"),
    ],
    ids=str,
)
def test_cause_and_place_of_a_document_inside_an_answer_reach_the_event(
    little: Little, kind: str, text: str, told: str
) -> None:
    little.sync()
    before = little.look().sheets
    little.rows["/learners"] = {"inside": text}
    little.spec["resources"]["learners"] |= {"inner": {"at": "inside", "answer": kind}}
    little.sync()
    assert told in events(little)
    assert little.look().sheets == before


def test_b18_an_xml_document_inside_an_answer_is_text_whatever_charset_it_names(
    little: Little,
) -> None:
    document = (
        '<?xml version="1.0" encoding="ISO-8859-1"?><r>'
        + "".join(
            f"<p><id>{n}</id><last>Hélène</last><first>Zoé</first><mail>p{n}@ecole.test</mail></p>"
            for n in (1, 2)
        )
        + "</r>"
    )
    little.rows["/learners"] = {"inside": document}
    little.spec["resources"]["learners"] |= {
        "inner": {"at": "inside", "answer": "xml"},
        "items": "p[]",
    }
    little.sync()
    assert {person[2] for person in little.look().people if person[0] == "students"} == {"Hélène"}


@pytest.mark.parametrize("place", ["title", "last", "first"])
def test_b18_a_letter_that_the_erp_lost_itself_is_never_written(little: Little, place: str) -> None:
    little.sync()
    before = little.look().sheets
    if place == "title":
        little.rows["/lessons"][0]["title"] = "Fran\ufffdais"
    else:
        little.rows["/learners"][0][place] = "H\ufffdl\ufffdne"
    little.sync()
    seen = little.look()
    assert seen.sheets == before
    assert "\ufffd" not in str(seen.people)
    assert "a letter of it was lost" in events(little)


@pytest.mark.parametrize("zone", ["Mars/Olympus", "Paris", "+25:00", 7])
def test_b19_a_row_that_names_an_unknown_zone_is_held_and_named(
    little: Little, zone: object
) -> None:
    little.spec["entities"]["course"]["starts_at"] |= {"zone": "zone"}
    for row in little.rows["/lessons"]:
        row["zone"] = "Europe/Paris"
    little.sync()
    before = little.look().sheets
    little.rows["/lessons"][0] = lesson(1, zone=zone)
    little.sync()
    assert little.look().sheets == before
    assert "expected the name of a time zone" in events(little)


def test_b28_sessions_whose_times_are_iso_durations_come_down(little: Little) -> None:
    """OData 2 writes a time of day as what has passed since midnight."""
    little.spec["formats"]["clock"] = {"kind": "time", "unit": "iso_duration"}
    little.spec["formats"]["lasts"] = {"kind": "duration", "unit": "iso_duration"}
    little.spec["resources"]["lessons"]["as"] = {"on": "day", "from": "clock", "to": "lasts"}
    course = little.spec["entities"]["course"]
    course["ends_at"] = {"start": course["starts_at"], "plus": "to"}
    little.rows["/lessons"] = [
        lesson(1) | {"from": "PT16H", "to": "PT1H30M"},
        lesson(2) | {"from": "PT09H30M00S", "to": "PT45M"},
    ]
    little.sync()
    assert [sheet[2:4] for sheet in little.look().sheets] == [
        ("2026-03-18T15:00:00.000Z", "2026-03-18T16:30:00.000Z"),
        ("2026-03-18T08:30:00.000Z", "2026-03-18T09:15:00.000Z"),
    ]
