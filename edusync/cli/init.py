"""`edusync init FOLDER`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def command(folder: Path) -> int:
    """Make a project: a folder of connectors that run together.

    Nothing that exists is overwritten.
    """
    from edusync.app.runner.init import FOLDERS, make_project

    for path in make_project(folder):
        click.echo(f"written: {path}")
    click.echo(f"folders: {', '.join(f'{folder / name}/' for name in FOLDERS)}")
    click.echo(
        f"next: put a connector file for each school into {folder / 'connectors'}/, then in "
        f"{folder}: edusync validate connectors, edusync plan --all, edusync serve"
    )
    return 0
