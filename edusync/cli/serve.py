"""`edusync serve`."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, told

if TYPE_CHECKING:
    from edusync.app.runner.runner import Runner


@click.command("serve")
@click.option(
    "--log",
    "log_form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How what happens is said on the error stream.",
)
@common
def command(log_form: str) -> None:
    """Run the connectors of the project in their slots, until Ctrl-C or SIGTERM.

    A write under way is finished and recorded within 10 seconds; a slot that is cut short goes on
    when a runner starts again. Exit code 0 when it was told to stop.
    """
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.log import LOG, log_to_stderr
    from edusync.app.runner.runner import Runner
    from edusync.app.runner.teller import Teller
    from edusync.app.runner.watch import Watch
    from edusync.cli.web import open_console

    options = told()
    log_to_stderr("json" if log_form == "json" else "text")
    project = options.needed_project(secrets=True)
    settings, store, clock = project.settings, options.store(), options.clock()
    fleet, watch = Fleet(project, options.registry()), Watch(clock)
    runner = Runner(store, fleet, clock, settings.at_once, watch)
    Teller(store, fleet, settings, watch).start()
    with ExitStack() as stack:
        words = f"{len(fleet.calendars())} connectors of {project.file.parent}"
        if settings.listen is not None:
            address = stack.enter_context(open_console(fleet, settings, watch, settings.listen))
            words += f", {address}/metrics"
        LOG.info("serving %s", words)
        runner.serve()
    LOG.info("stopped")
    leave(runner, 0)


def leave(runner: Runner, code: int) -> None:
    """End the process when threads are left that only read: an ERP may take a minute to answer."""
    if not runner.threads.idle(0):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
