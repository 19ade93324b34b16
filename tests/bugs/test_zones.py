"""Schools overseas (B06): the zone of the school counts for reading, window, and writing back."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.bugs.wire import Wire
from tests.little import lesson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZONES = ["Indian/Reunion", "America/Martinique", "Pacific/Noumea", "America/Cayenne", "UTC"]


@pytest.fixture
def wire(tmp_path: Path) -> Iterator[Wire]:
    with ExitStack() as stack:
        yield Wire(tmp_path, stack)


@pytest.fixture(params=["spec", "connector"])
def said_in(request: pytest.FixtureRequest) -> str:
    """Who says the zone: the spec, or the file of the school."""
    return str(request.param)


def in_zone(wire: Wire, zone: str, said_in: str) -> None:
    (wire.spec if said_in == "spec" else wire.connector)["zone"] = zone


def local(zone: str, day: str, hour: int) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02}:00").replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
def test_b06_times_are_read_in_the_zone_of_the_school(wire: Wire, zone: str, said_in: str) -> None:
    in_zone(wire, zone, said_in)
    wire.rows["/lessons"] = [lesson(1, on="2026-03-18", **{"from": "09:00", "to": "12:00"})]
    ended = wire.down()
    assert (ended.code, len(ended.sheets)) == (0, 1), ended.said
    ((_, _, starts, *_),) = ended.sheets
    found = datetime.fromisoformat(str(starts)).astimezone(UTC)
    assert found == local(zone, "2026-03-18", 9).astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_b06_the_window_has_the_days_of_the_school(wire: Wire, zone: str, said_in: str) -> None:
    """Today never comes down, tomorrow does, and the fifteenth day does not (D1)."""
    in_zone(wire, zone, said_in)
    now = datetime(2026, 3, 16, 23, 30, tzinfo=UTC)
    today = now.astimezone(ZoneInfo(zone)).date()
    days = {number: today + timedelta(days=days) for number, days in ((1, 0), (2, 1), (3, 14))}
    days[4] = today + timedelta(days=15)
    wire.rows["/lessons"] = [
        lesson(number, on=f"{day}", **{"from": "23:00", "to": "23:30"})
        for number, day in days.items()
    ]
    ended = wire.command("sync", at=now.isoformat())
    assert [sheet[0] for sheet in ended.sheets] == ["2", "3"], ended.said


@pytest.mark.parametrize("zone", ZONES)
def test_b06_what_goes_up_is_in_the_zone_of_the_school(wire: Wire, zone: str, said_in: str) -> None:
    in_zone(wire, zone, said_in)
    wire.goes_up()
    wire.spec["writeback"]["line"]["student"] |= {
        "day": "{{ course.starts_at | day }}",
        "at": "{{ course.starts_at | clock }}",
        "first_day": "{{ window.first | day }}",
        "days": "{{ course.starts_at | days_since(window.first) }}",
    }
    wire.rows["/lessons"] = [lesson(1, on="2026-03-18", **{"from": "06:00", "to": "08:00"})]
    down = wire.down()
    assert down.code == 0, down.said
    up = wire.attended()
    assert up.code == 0, up.said
    (line, _) = wire.seen.written[-1]["lines"]
    given = {name: line[name] for name in ("day", "at", "first_day", "days")}
    assert given == {"day": "2026-03-18", "at": "06:00", "first_day": "2026-03-18", "days": 0}


def test_b06_a_zone_that_is_none_is_a_mistake(wire: Wire) -> None:
    wire.connector["zone"] = "Indian/Reunio"
    ended = wire.down()
    assert (ended.code, "CONF_WRONG_TYPE" in ended.said) == (2, True), ended.said


def test_b06_a_zone_that_changes_moves_no_sheet_of_what_the_erp_has(wire: Wire) -> None:
    """The sessions stay the same: their hours are corrected, and none is deleted."""
    wire.down()
    wire.connector["zone"] = "Indian/Reunion"
    before = [sheet[0] for sheet in wire.look().sheets]
    assert [sheet[0] for sheet in wire.down().sheets] == before
