"""`edusync run --due` and `edusync run NAME…`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from edusync.app.files.project import Project
    from edusync.app.runner.endings import Ended
    from edusync.app.runner.fleet import Fleet

CODES = {"done": 0, "data": 1, "technical": 5, "sign_in": 5, "setup": 2, "busy": 4}


@click.command("run")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--due", is_flag=True, help="Do what is due once, and end: for timers.")
@click.option(
    "--log",
    "log_form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How what happens is said on the error stream.",
)
@common
@traced
def command(names: tuple[str, ...], log_form: str, *, due: bool) -> int:
    """Run what is due, or connectors of the project now, down and up.

    A connector that is named runs although it is paused or in quarantine; when it succeeds, the
    quarantine is over. Exit code: the largest of its runs, as `sync` and `writeback` give them; of
    --due 1 when a slot failed.
    """
    if due == bool(names):
        raise click.UsageError("name connectors, or say --due")
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.log import log_to_stderr

    options = common_options()
    log_to_stderr("json" if log_form == "json" else "text")
    project = options.needed_project(secrets=due)
    fleet = Fleet(project, options.registry())
    if due:
        return _due(project, fleet)
    for name in names:
        project.file_of(name)
    fleet.calendars()
    return max(_now(fleet, name) for name in names)


def _due(project: Project, fleet: Fleet) -> int:
    from edusync.app.runner.runner import Runner
    from edusync.app.runner.teller import Teller
    from edusync.app.runner.watch import Watch
    from edusync.cli.errors import INTERRUPTED
    from edusync.cli.serve import leave

    options = common_options()
    clock, store = options.clock(), options.store()
    watch = Watch(clock)
    teller = Teller(store, fleet, project.settings, watch)
    runner = Runner(store, fleet, clock, project.settings.at_once, watch)
    try:
        runner.once()
    except KeyboardInterrupt:
        leave(INTERRUPTED, is_idle=runner.threads.idle(0))
        raise
    teller.tell()
    return 1 if watch.failed else 0


def _now(fleet: Fleet, name: str) -> int:
    from edusync.app.runner.now import run_now

    options = common_options()
    clock = options.clock()
    worst = 0
    for direction, ended in run_now(options.store(), fleet, name, lambda: options.begins(clock())):
        click.echo(f"{name} {direction}: {_words(ended)}")
        worst = max(worst, CODES.get(ended.kind, 3))
    return worst


def _words(ended: Ended) -> str:
    about = f": {ended.message}" if ended.message else ""
    return f"{click.style(ended.status, bold=True)}{f' {ended.code}' if ended.code else ''}{about}"
