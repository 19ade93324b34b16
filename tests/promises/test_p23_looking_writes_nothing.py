"""Whatever only looks writes nothing, to no ERP, not to Edusign, and no link into the store (P23).

What is looked at twice is planned alike, byte for byte (P15).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
import requests

from tests.conftest import World
from tests.support.commands import edusync

ERPS = ("adesoft", "aimaira", "ammon", "aurion", "fca", "hyperplanning", "scform", "ypareo")
AT = ("--at", "2026-03-16T12:30")
LOOKING = (
    ("plan",),
    ("check",),
    ("writeback", "--plan"),
    ("events",),
    ("survey",),
    ("reasons",),
    ("shadow",),
)
"""The commands that only look; `explain` comes with each session that was met."""
RUNS = {"plan", "check", "survey", "explain"}
"""Those that have something to look at in every school."""


def school(make_world: Callable[..., World], erp: str) -> World:
    world = make_world(erp)
    answers = world.simulation.answers(world.erp_url)
    world.write(options=dict(answers["options"]))
    return world


def stands(world: World) -> tuple[Any, Any, Any]:
    """Return what the ERP, Edusign and the store hold."""
    door = f"{world.erp_url}/_sandbox/"
    names = requests.get(door, timeout=5).json()
    of_erp = {name: requests.get(door + name, timeout=5).json() for name in names}
    with closing(sqlite3.connect(world.state)) as store:
        rows = [
            store.execute(f"select * from {table} order by 1, 2, 3, 4").fetchall()
            for table in ("link", "intent", "upload")
        ]
    return of_erp, json.dumps(world.book.tables, sort_keys=True, default=str), rows


@pytest.mark.promise("P23")
@pytest.mark.parametrize("erp", ERPS)
def test_what_only_looks_writes_nothing(make_world: Callable[..., World], erp: str) -> None:
    world = school(make_world, erp)
    world.sync()
    before = stands(world)
    ids = [row["API_ID"] for row in world.book.all("courses")][:2]
    common = ("--state", str(world.state), *AT)
    commands = [*LOOKING, *(("explain", "course", one) for one in ids)]
    for name, *more in commands:
        done = edusync(name, str(world.file), *more, *common)
        ended = {0, 1} if name in RUNS else {0, 1, 2}
        assert done.returncode in ended, (name, done.stderr)
        assert stands(world) == before, name


@pytest.mark.promise("P15")
@pytest.mark.parametrize("erp", ERPS)
def test_same_data_give_the_same_plan(make_world: Callable[..., World], erp: str) -> None:
    world = school(make_world, erp)
    common = ("--state", str(world.state), "--format", "json", *AT)
    plans = {edusync("plan", str(world.file), *common).stdout for _ in range(5)}
    assert len(plans) == 1
    assert '"create"' in plans.pop()
