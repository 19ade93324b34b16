"""Every ERP of the sources is synchronised twice a day by itself, in the slots that they name."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from edusync.model import PARIS
from edusync.registry import Registry
from edusync.state.slots import next_starts
from tests.conftest import World
from tests.runner.conftest import Town

DAY = "2026-03-17"
EVENING = "18:00-21:00"


@pytest.fixture
def town(tmp_path: Path, registry: Registry) -> Iterator[Town]:
    (tmp_path / "town").mkdir()
    town = Town(tmp_path / "town", registry)
    with closing(town.store):
        yield town


def a_day(town: Town, world: World) -> list[tuple[str, str, datetime]]:
    """Let two days pass by a clock; return what ran on the second: way, slot and when it began."""
    for name in ("connector.yaml", "key"):
        shutil.copy(world.folder / name, town.folder / "connectors" / name)
    rounds, ran = town.rounds(), []
    town.clock.at("2026-03-16T00:00")
    rounds.plan()
    while town.clock.now < datetime(2026, 3, 18, tzinfo=PARIS):
        before = len(town.workers.done)
        rounds.plan()
        while rounds.hand_out():
            pass
        ran += [(row, town.clock.now) for row in town.workers.done[before:]]
        town.clock.now = min(next_starts(town.store, town.clock.now).values())
    return [(row.direction, row.slot, at) for row, at in ran if str(row.day) == DAY]


def is_in(slot: str, at: datetime) -> bool:
    """Whether a run began in its range; one at a time of day begins within 15 minutes."""
    first, _, last = slot.partition("-")
    begins = datetime.fromisoformat(f"{DAY}T{first}").replace(tzinfo=PARIS)
    ends = begins + timedelta(minutes=15)
    if last:
        ends = datetime.fromisoformat(f"{DAY}T{last}").replace(tzinfo=PARIS)
    return begins <= at < ends


@pytest.mark.source("S001", "S004", "S005", "S006", "S052", "S055", "S056", "S057")
@pytest.mark.source("S100", "S101", "S108", "S110", "S111", "S112")
@pytest.mark.parametrize(
    ("erp", "midday", "up"),
    [
        ("ammon", "11:00-13:00", ["10:30", "20:30"]),
        ("aimaira", "11:00-14:00", ["11:00-14:00", EVENING]),
        ("fca", "11:00-13:00", ["11:00-13:00", EVENING]),
        ("ypareo", "11:30-13:30", ["10:30", "20:30"]),
    ],
)
def test_it_runs_by_itself_twice_a_day_in_the_slots_of_the_source(
    make_world: Callable[..., World], town: Town, erp: str, midday: str, up: list[str]
) -> None:
    ran = a_day(town, make_world(erp))
    assert [slot for way, slot, _ in ran if way == "down"] == [midday, EVENING]
    assert [slot for way, slot, _ in ran if way == "up"] == up
    assert [(slot, at) for _, slot, at in ran if not is_in(slot, at)] == []
