"""Which days `edusync demo --web` plays."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from edusync.app.authoring.demo_town import Town, last_day
from edusync.registry import Registry

MOMENTS = [
    ("2026-03-18T08:00+01:00", "2026-03-17"),
    ("2026-03-18T13:24+01:00", "2026-03-17"),
    ("2026-03-18T13:25+01:00", "2026-03-18"),
    ("2026-03-18T23:30+00:00", "2026-03-18"),
    ("2026-03-19T12:30+00:00", "2026-03-19"),
]


@pytest.mark.parametrize(("now", "day"), MOMENTS)
def test_the_last_day_is_one_whose_midday_has_passed(now: str, day: str) -> None:
    assert last_day(datetime.fromisoformat(now)).isoformat() == day


def test_a_demo_plays_no_run_of_later_today(tmp_path: Path, registry: Registry) -> None:
    """Else the last run of a connector stood after its next one."""
    now = datetime.fromisoformat("2026-03-18T11:00+01:00")
    with Town(registry, tmp_path, last_day(now)) as town:
        town.build()
        played = list(town.days())
    assert len(played) == 5
    assert max(played) < now
