"""`edusync serve`."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from collections.abc import Callable


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
    when a runner starts again. With `queue: true` in edusync.yaml the slots go into a queue, and
    `edusync worker` does them. Exit code 0 when it was told to stop.
    """
    from edusync.app.runner.cluster import open_queue
    from edusync.app.runner.log import LOG, log_to_stderr
    from edusync.app.runner.runner import Runner
    from edusync.app.runner.teller import Teller
    from edusync.app.runner.watch import Watch
    from edusync.cli.web import open_console, weekly_summaries

    options = common_options()
    log_to_stderr("json" if log_form == "json" else "text")
    project = options.needed_project(secrets=True)
    settings, store, clock = project.settings, options.store(), options.clock()
    fleet, watch = options.fleet(project), Watch(clock)
    queue = open_queue(store, settings)
    runner = Runner(store, fleet, clock, settings.at_once, watch, queue)
    with ExitStack() as stack:
        words = f"{len(fleet.calendars())} connectors of {project.file.parent}"
        weekly: Callable[[], None] | None = None
        if settings.listen is not None:
            address = stack.enter_context(open_console(fleet, settings, watch, settings.listen))
            words += f", {address}/metrics"
            weekly = weekly_summaries(fleet, watch, settings, settings.web_url or address)
        Teller(store, fleet, settings, watch, weekly).start()
        LOG.info("serving %s", words)
        runner.serve()
    LOG.info("stopped")
    leave(0, is_idle=runner.threads.idle(0))


def leave(code: int, *, is_idle: bool) -> None:
    """End the process when threads are left that only read: an ERP may take a minute to answer."""
    if not is_idle:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
