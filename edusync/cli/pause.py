"""`edusync pause NAME --reason TEXT --until MOMENT`."""

from __future__ import annotations

import click

from edusync.cli.options import common, common_options


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
    from edusync.app.runner.holding import pause_connector

    options = common_options()
    options.needed_project().file_of(name)
    end = options.moment(until)
    pause_connector(options.store(), name, reason, options.now(), end)
    click.echo(f"{name} is paused until {end:%Y-%m-%d %H:%M} UTC: {reason}")
    return 0
