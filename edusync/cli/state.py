"""`edusync state rename OLD NEW` and `edusync state rename-account CONNECTOR OLD NEW`."""

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
    """Move what is kept of the connector OLD to the name NEW.

    Links, runs and events. For a connector that gets another name in its file, or one of two that
    had the same. Both names must be at rest, and NEW without links of its own.
    """
    from edusync.state.rename import rename_connector

    count = rename_connector(told().store(), old, new)
    click.echo(f"{count} links of '{old}' stand under '{new}' now")
    return 0


@command.command("rename-account")
@click.argument("connector")
@click.argument("old")
@click.argument("new")
@common
def rename_account(connector: str, old: str, new: str) -> int:
    """Move what is kept of the account OLD to the name NEW.

    Links, what went up and events of this account of the CONNECTOR. For an account that gets
    another name in the connector file. The connector must be at rest, and NEW without links of its
    own.
    """
    from edusync.state import rename as state

    count = state.rename_account(told().store(), connector, old, new)
    click.echo(f"{count} links of the account '{old}' stand under '{new}' now")
    return 0
