"""`edusync resume NAME`."""

from __future__ import annotations

import click

from edusync.cli.options import common, common_options


@click.command("resume")
@click.argument("name")
@common
def command(name: str) -> int:
    """End the pause and the quarantine of a connector of the project.

    Its last slot, when it failed, is due again at once.
    """
    from edusync.app.runner.holding import resume_connector

    options = common_options()
    options.needed_project().file_of(name)
    ended = resume_connector(options.store(), name, options.now())
    words = f"its {' and its '.join(ended)} ended" if ended else "nothing kept it from running"
    click.echo(f"{name}: {words}")
    return 0
