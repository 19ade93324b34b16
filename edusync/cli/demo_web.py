"""`edusync demo --web`."""

from __future__ import annotations

from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common_options

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path


def _clock(start: datetime) -> Callable[[], datetime]:
    """Return a clock that begins at a moment and goes on from there."""
    began = monotonic()
    return lambda: start + timedelta(seconds=monotonic() - began)


def open_town(folder: Path) -> None:
    """Play some days of three schools, and serve the console until Ctrl-C."""
    from edusync.app.authoring.demo_town import Town, last_day
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.runner import Runner
    from edusync.app.runner.watch import Watch
    from edusync.cli.web import check_installed, serve_console

    check_installed()
    options = common_options()
    with Town(options.registry(), folder, last_day(options.now())) as town:
        town.build()
        options.project_folder = folder
        project = options.needed_project()
        fleet, store = Fleet(project, options.registry()), options.store()
        for moment in town.days():
            click.echo(f"{moment:%A %H:%M}: what is due runs")
            clock = _clock(moment)
            store.now = town.now = clock
            Runner(store, fleet, clock, len(town.schools), Watch(clock)).once()
        first, last = town.schools[0].name, town.schools[-1].name
        click.echo(
            f"the password of {first} and the filter of {last} were changed before the last run:"
        )
        click.echo("that run failed, and one is held; both wait for you below To settle")
        clock = options.clock()
        store.now = town.now = clock
        serve_console(fleet, clock)
