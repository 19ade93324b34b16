"""A run is overdue when the last slot that has passed saw none that succeeded."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

import pytest

from edusync.app.runs.lateness import missed_slot
from edusync.model import PARIS
from edusync.spec.tree import Slot

SLOTS = (Slot(time(11, 30), time(13, 30)), Slot(time(18), time(21)))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


def ran(text: str, status: str = "success") -> list[dict[str, Any]]:
    return [{"started_at": at(text), "status": status}]


@pytest.mark.parametrize(
    ("runs", "now", "expected"),
    [
        ([], "2026-03-17T14:00", None),
        (ran("2026-03-17T12:00"), "2026-03-17T14:00", None),
        (ran("2026-03-16T18:30"), "2026-03-17T12:00", None),
        (ran("2026-03-16T18:30"), "2026-03-17T13:30", "2026-03-17 11:30-13:30"),
        (ran("2026-03-16T12:00"), "2026-03-17T09:00", "2026-03-16 18:00-21:00"),
        (
            ran("2026-03-17T12:00", "failed") + ran("2026-03-16T12:00"),
            "2026-03-17T14:00",
            "2026-03-17 11:30-13:30",
        ),
        (ran("2026-03-17T12:00", "partial"), "2026-03-17T14:00", None),
        (ran("2026-03-28T19:00"), "2026-03-29T09:00", None),  # the clocks change that night
    ],
)
def test_slot_that_was_missed_is_named(
    runs: list[dict[str, Any]], now: str, expected: str | None
) -> None:
    assert missed_slot(SLOTS, runs, at(now), PARIS) == expected
