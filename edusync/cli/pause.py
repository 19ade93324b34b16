"""`edusync pause NAME --reason TEXT --until MOMENT`."""

from __future__ import annotations

import click

from edusync.cli.options import common, told


@click.command("pause")
@click.argument("name")
@click.option("--reason", required=True, metavar="TEXT", help="Why; `edusync status` says it.")
@click.option(
    "--until",
    required=True,
    metavar="MOMENT",
    help="When it runs by itself again, such as 2026-04-01 or 2026-04-01T08:00 (Paris).",
)
@common
def command(name: str, reason: str, until: str) -> int:
    """Let a connector of the project not run by itself for a time.

    `edusync sync`, `edusync writeback` and `edusync run NAME` by hand still run it. When the pause
    ends, the slot that came last is made up for.
    """
    from edusync.errors import UsageProblem
    from edusync.state.holds import Pause, save_pause

    options = told()
    options.needed_project().file_of(name)
    now, end = options.now(), options.moment(until)
    if end <= now:
        raise UsageProblem("RUN_USAGE", "the pause would end before it begins", "name a later end")
    save_pause(options.store(), Pause(name, reason, now, end))
    click.echo(f"{name} is paused until {end:%Y-%m-%d %H:%M} UTC: {reason}")
    return 0
