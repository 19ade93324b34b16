"""`edusync completion bash|zsh|fish`."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print what makes a shell complete commands and options.

    `edusync completion bash >> ~/.bashrc` keeps it.
    """
    from click.shell_completion import get_completion_class

    from edusync.cli import command as root

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101 - click knows the three shells of the choice
    click.echo(kind(root, {}, "edusync", "_EDUSYNC_COMPLETE").source())
    return 0
