"""`edusync demo --web`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.cli.options import told

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


class _Hand:
    """A clock that is set by hand while some days are played."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def open_town(folder: Path) -> None:
    """Play some days of three schools, and serve the console until Ctrl-C."""
    from edusync.app.authoring.demo_town import Town
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.runner import Runner
    from edusync.app.runner.watch import Watch
    from edusync.cli.web import serve_console
    from edusync.model.window import day_of

    options = told()
    with Town(options.registry(), folder, day_of(options.now())) as town:
        town.build()
        options.project_folder = folder
        project = options.needed_project()
        fleet, store = Fleet(project, options.registry()), options.store()
        for moment in town.days():
            click.echo(f"{moment:%A %H:%M}: what is due runs")
            hand = _Hand(moment)
            store.now = hand
            Runner(store, fleet, hand, len(town.schools), Watch(hand)).once()
        clock = options.clock()
        store.now = clock
        serve_console(fleet, clock)
