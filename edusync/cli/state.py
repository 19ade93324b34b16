"""`edusync state rename`, `edusync state rename-account` and `edusync state move`."""

from __future__ import annotations

import click

from edusync.cli.options import common, common_options


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

    count = rename_connector(common_options().store(), old, new)
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

    count = state.rename_account(common_options().store(), connector, old, new)
    click.echo(f"{count} links of the account '{old}' stand under '{new}' now")
    return 0


@command.command("move")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@common
def move(source: str, target: str) -> int:
    """Copy the store FROM into the empty store TO, each a path or an SQLAlchemy URL.

    Every table is compared by count and digest before the copy is kept. FROM stays as it is, and
    nothing must run with it any more: name TO in edusync.yaml. A store on a server takes its key
    from EDUSYNC_STATE_KEY: "hex:" and the text of the key file beside FROM.
    """
    from contextlib import closing

    from edusync.state.move import move as move_store
    from edusync.state.open import open_store

    with closing(open_store(source)) as old, closing(open_store(target)) as new:
        rows = move_store(old, new)
    for name, count in rows.items():
        click.echo(f"{name.ljust(12)} {count:9} rows")
    click.echo("the same by count and digest; the old store is as it was, run nothing with it")
    return 0
