"""One attendance row of a locked sheet (docs/reference/rules.md#how-attendance-is-read)."""

from __future__ import annotations

from typing import Any

import pytest

from edusync.target.attendance import read_archived, read_attendance

WHEN = "2026-03-17T08:10:00.000Z"
MAIL = {"requestId": "r", "nbSent": 1}

ROWS: list[tuple[dict[str, Any], tuple[str, ...], int, bool]] = [
    ({"state": True}, ("present",), 0, False),
    ({"state": True, "delay": 12}, ("late", "present"), 12, False),
    ({"state": True, "earlyDeparture": WHEN}, ("early_departure", "present"), 0, False),
    (
        {"state": True, "delay": 3, "earlyDeparture": WHEN},
        ("early_departure", "late", "present"),
        3,
        False,
    ),
    ({"state": True, "excluded": WHEN, "delay": 3}, ("excluded",), 3, False),
    ({"state": False}, ("absent",), 0, False),
    ({"state": False, "absenceId": "a1"}, ("absent_justified",), 0, False),
    ({"state": False, "delay": 9}, ("absent",), 9, False),
    ({"state": False, "excluded": WHEN}, ("absent",), 0, False),
    ({"state": False, "signatureEmail": MAIL}, ("absent",), 0, True),
    ({"state": True, "signatureEmail": MAIL, "signature": "https://x"}, ("present",), 0, False),
    ({"state": True, "absenceId": "a1"}, ("present",), 0, False),
    ({}, (), 0, False),
    ({"state": None, "absenceId": "a1"}, (), 0, False),
    ({"state": "", "excluded": WHEN}, (), 0, False),
    ({"state": "maybe"}, (), 0, False),
]


@pytest.mark.parametrize(("row", "states", "minutes", "pending"), ROWS)
def test_row_is_read_in_the_order_of_the_page(
    row: dict[str, Any], states: tuple[str, ...], minutes: int, pending: bool
) -> None:
    found = read_attendance({"studentId": "s1", **row})
    assert (found.states, found.minutes, found.pending) == (states, minutes, pending)


def test_professors_are_there_when_they_signed() -> None:
    found = read_archived(
        {
            "ID": "c1",
            "START": WHEN,
            "END": WHEN,
            "LOCKED": True,
            "PROFESSOR": "p1",
            "PROFESSOR_2": "p2",
            "PROFESSOR_SIGNATURE": "",
            "PROFESSOR_SIGNATURE_2": "https://x",
            "STUDENTS": [],
        }
    )
    assert [(person.edusign_id, person.states) for person in found.attendance] == [
        ("p1", ("absent",)),
        ("p2", ("present",)),
    ]
