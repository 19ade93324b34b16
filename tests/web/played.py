"""The town of `edusync demo --web`, played and served for tests and pictures."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from edusync.app.authoring.demo_town import Town
from edusync.app.files.project import find_project
from edusync.app.runner.fleet import Fleet
from edusync.app.runner.runner import Runner
from edusync.app.runner.watch import Watch
from edusync.app.runner.web import health, listening
from edusync.registry import Registry
from edusync.state.open import open_store
from edusync.state.store import Store
from edusync.web.app import create_console
from edusync.web.console import Console


@dataclass
class Played:
    """A town whose days were played, and the console that shows them."""

    town: Town
    store: Store
    console: Console
    url: str


def clock_from(start: datetime) -> Callable[[], datetime]:
    began = monotonic()
    return lambda: start + timedelta(seconds=monotonic() - began)


def play(folder: Path, registry: Registry, now: datetime, stack: ExitStack) -> Played:
    """Play the days of the town, and serve its console until the stack closes."""
    town = stack.enter_context(Town(registry, folder, now.date()))
    town.build()
    project = find_project(folder)
    assert project is not None
    store = open_store(project.settings.store)
    stack.callback(store.close)
    fleet = Fleet(project, registry)
    for moment in town.days():
        store.now = town.now = clock_from(moment)
        Runner(store, fleet, store.now, len(town.schools), Watch(store.now)).once()
    store.now = town.now = clock_from(now)
    console = Console(store, fleet, store.now, "http://127.0.0.1:0")
    stack.callback(console.close)
    application = create_console(console, health(Watch(store.now)))
    url = stack.enter_context(listening(application, ("127.0.0.1", 0)))
    return Played(town, store, console, url)
