"""`edusync deploy FOLDER`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.files.deploy import Difference, Draft
    from edusync.state.store import Store

_LINES = 40
_COLORS = {"+": "green", "-": "red"}


@click.command("deploy")
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="FOLDER"
)
@click.option(
    "--select",
    multiple=True,
    metavar="WORD",
    help="Only these connectors: a name, erp=NAME or label=WORD, with * and ?; the others go on "
    "with what they have.",
)
@click.option("--note", default="", help="A word on why, for `edusync release list`.")
@click.option("--yes", is_flag=True, help="Do it; without it the difference is shown.")
@common
def command(folder: Path, select: tuple[str, ...], note: str, *, yes: bool) -> int:
    """Bring the connector files of the project FOLDER into the store, each with its spec.

    For projects with `deployed: true`: their runs read files and specs from there. A connector
    keeps the spec that it was deployed with, also when edusync brings another one along, until it
    is deployed again. Secrets stay outside: a file that holds one in clear is refused.
    """
    from edusync.app.files.deploy import draft_release
    from edusync.app.files.project import find_project
    from edusync.app.files.secrets import stored_in
    from edusync.errors import UsageProblem
    from edusync.plugins import load_registry
    from edusync.state.open import open_store

    options = told()
    project = find_project(folder)
    if project is None or not project.settings.connectors.is_dir():
        raise UsageProblem(
            "RUN_USAGE",
            f"{folder} is no project with connector files",
            "`edusync init FOLDER` makes one",
        )
    store = open_store(options.state or project.settings.store)
    click.get_current_context().call_on_close(store.close)
    registry = load_registry((*options.spec_dirs, *project.spec_dirs))
    with stored_in(lambda: store):  # that of FOLDER, wherever this is called
        draft = draft_release(store, project, registry, select)
    return settle(store, draft, note, yes=yes)


def settle(store: Store, draft: Draft, note: str, *, yes: bool) -> int:
    """Show what a release would change, and make it when that was said."""
    print_differences(draft.differences, verbose=told().verbose)
    if not draft.differences:
        click.echo(f"nothing to do: release {draft.before} is the same")
    elif yes:
        click.echo(f"release {draft.save(store, note)} is in force")
    else:
        click.echo("nothing was done; --yes does it, `edusync plan --all --against` shows more")
    return 0


def print_differences(differences: Sequence[Difference], *, verbose: int) -> None:
    """Print what a release has otherwise than another one."""
    for one in differences:
        click.echo(f"{click.style(one.connector, bold=True)}: {one.what}")
        shown = one.lines if verbose else one.lines[:_LINES]
        for line in shown:
            click.echo(f"  {click.style(line, fg=_COLORS.get(line[:1]))}")
        if len(shown) < len(one.lines):
            click.echo(f"  … and {len(one.lines) - len(shown)} lines more (-v shows all)")
