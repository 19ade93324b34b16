"""`edusync state rename OLD NEW`."""

from __future__ import annotations

import click

from edusync.cli.options import common, told


@click.group("state")
def command() -> None:
    """Look after what is kept of connectors between runs."""


@command.command("rename")
@click.argument("old")
@click.argument("new")
@common
def rename(old: str, new: str) -> int:
    """Move what is kept of the connector OLD, links, runs and events, to the name NEW.

    For a connector that gets another name in its file, or one of two that had the same. Both names
    must be at rest, and NEW without links of its own.
    """
    from edusync.state.rename import rename_connector

    count = rename_connector(told().store(), old, new)
    click.echo(f"{count} links of '{old}' stand under '{new}' now")
    return 0
