"""`edusync serve`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from edusync.app.runner.endings import Ended
    from edusync.errors import StateError
    from edusync.state.slots import SlotRow


class Watch:
    """Says what a runner does, and counts what failed."""

    def __init__(self) -> None:
        self.failed = 0

    def slot(self, row: SlotRow, ended: Ended, seconds: float) -> None:
        """Say how a slot ended."""
        from edusync.app.runner.log import tell_slot

        self.failed += ended.kind in {"data", "technical", "sign_in", "setup"}
        tell_slot(row, ended, seconds)

    def taken_over(self, rows: Sequence[SlotRow]) -> None:
        """Say what goes on."""
        from edusync.app.runner.log import tell_taken_over

        tell_taken_over(rows)

    def round(self, now: datetime) -> None:
        """Say nothing: there is a round every few seconds."""

    def trouble(self, error: StateError) -> None:
        """Say what keeps the runner from running."""
        from edusync.app.runner.log import tell_trouble

        tell_trouble(error)


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

    options = told()
    log_to_stderr("json" if log_form == "json" else "text")
    project = options.needed_project()
    fleet = Fleet(project, options.registry())
    runner = Runner(options.store(), fleet, options.clock(), project.settings.at_once, Watch())
    LOG.info("serving %s connectors of %s", len(fleet.calendars()), project.file.parent)
    runner.serve()
    LOG.info("stopped")
    if not runner.threads.idle(0):  # they only read; waiting for an ERP would take a minute
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
