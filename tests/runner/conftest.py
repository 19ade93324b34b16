"""A project in a folder, a clock that a test moves, and workers that only take note."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from edusync.app.files.project import find_project
from edusync.app.runner.fleet import Fleet
from edusync.app.runner.rounds import Rounds
from edusync.model import PARIS
from edusync.registry import Registry
from edusync.state.open import open_store
from edusync.state.slots import SlotRow, claim, settle
from edusync.state.store import Store
from tests.conftest import DAY

NOWHERE = "http://127.0.0.1:9"
START = datetime(2026, 3, 16, 9, tzinfo=PARIS)


class Clock:
    """What time it is, as a test says."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def at(self, text: str) -> None:
        self.now = datetime.fromisoformat(text).replace(tzinfo=PARIS)

    def later(self, **delta: float) -> None:
        self.now += timedelta(**delta)


class Noted:
    """Workers of which each slot is done at once, and kept."""

    failed: Exception | None = None

    def __init__(self, store: Store, runner: str = "test") -> None:
        self.store, self.runner = store, runner
        self.done: list[SlotRow] = []

    def end_dead(self) -> None:
        pass

    def room(self) -> int:
        return 100

    def take(self, row: SlotRow) -> None:
        if claim(self.store, row, self.runner):
            settle(self.store, row, self.runner, {"state": "done"})
            self.done.append(row)

    def holds(self, row: SlotRow) -> bool:
        return row.owner != self.runner  # each is done as soon as it is taken

    def stop(self, seconds: float) -> bool:
        return seconds >= 0


class Town:
    """A project with connectors of one ERP, its store, and what a round needs."""

    def __init__(self, folder: Path, registry: Registry) -> None:
        self.folder, self.registry = folder, registry
        (folder / "connectors").mkdir()
        (folder / "key").write_text("sandbox-key", encoding="utf-8")
        (folder / "edusync.yaml").write_text("edusync: 1\n", encoding="utf-8")
        self.store = open_store(str(folder / "state.db"))
        self.clock = Clock(START)
        self.workers = Noted(self.store)

    def write(self, name: str, erp_url: str = NOWHERE, edusign: str = NOWHERE, **more: Any) -> Path:
        """Write a connector file of the simulator of Yparéo."""
        answers = self.registry.simulators["ypareo"].thing.start(DAY).answers(erp_url)
        (self.folder / "erp.key").write_text(str(answers["connection"]["apiKey"]))
        data = {
            "edusync": 1,
            "connector": name,
            "spec": "ypareo",
            "connection": {**answers["connection"], "apiKey": "${file:../erp.key}"},
            "grace": "1s",
            "accounts": [
                {
                    "name": "main",
                    "edusign": {
                        "base_url": edusign,
                        "api_key": "${file:../key}",
                        "requests_per_minute": 100_000,
                    },
                }
            ],
            **more,
        }
        file = self.folder / "connectors" / f"{name}.yaml"
        file.write_text(json.dumps(data), encoding="utf-8")
        return file

    def fleet(self) -> Fleet:
        project = find_project(self.folder)
        assert project is not None
        return Fleet(project, self.registry)

    def rounds(self) -> Rounds:
        return Rounds(self.store, self.fleet(), self.workers, "test", self.clock)


@pytest.fixture
def town(tmp_path: Path, registry: Registry) -> Iterator[Town]:
    town = Town(tmp_path, registry)
    with closing(town.store):
        yield town


Turn = Callable[[], list[tuple[str, str, str]]]


@pytest.fixture
def turn(town: Town) -> Turn:
    """Do a round; return what ran: day, direction, slot."""
    rounds: list[Rounds] = []

    def one() -> list[tuple[str, str, str]]:
        if not rounds:
            rounds.append(town.rounds())
        before = len(town.workers.done)
        rounds[0].plan()
        while rounds[0].hand_out():
            pass
        return [(str(row.day), row.direction, row.slot) for row in town.workers.done[before:]]

    return one
