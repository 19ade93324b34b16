"""`edusync schema spec|connector|case|exchanges|project`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from edusync.spec.schema_check import Name


@click.command("schema")
@click.argument("kind", type=click.Choice(["spec", "connector", "case", "exchanges", "project"]))
def command(kind: Name) -> int:
    """Print the JSON Schema of a kind of file, for editors.

    `# yaml-language-server: $schema=FILE` in its first line.
    """
    from edusync.spec.schema_check import schema_text

    click.echo(schema_text(kind), nl=False)
    return 0
