"""`edusync deploy FOLDER`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.errors import GUARD
from edusync.cli.options import common, common_options

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
@click.option(
    "--overwrite",
    is_flag=True,
    help="Take changes back that were made in the console or by `edusync setup`, and that the "
    "files do not have; without it these connectors stay as they are.",
)
@click.option("--note", default="", help="A word on why, for `edusync release list`.")
@click.option("--yes", is_flag=True, help="Do it; without it the difference is shown.")
@common
def command(folder: Path, select: tuple[str, ...], note: str, *, overwrite: bool, yes: bool) -> int:
    """Bring the connector files of the project FOLDER into the store, each with its spec.

    For projects with `deployed: true`: their runs read files and specs from there. A connector
    keeps the spec that it was deployed with, also when edusync brings another one along, until it
    is deployed again. Secrets stay outside: a file that holds one in clear is refused.

    What was changed in the console, or by `edusync setup`, is not taken back by files that do not
    have the change: such a connector is named and stays as it is. `edusync release export` writes
    what is in force, for the files to follow. Exit code 4 when one was held so.
    """
    from edusync.app.files.deploy import draft_release
    from edusync.app.files.project import find_project
    from edusync.app.files.secrets import stored_in
    from edusync.errors import UsageProblem
    from edusync.plugins import load_registry
    from edusync.state.open import open_store

    options = common_options()
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
        draft = draft_release(store, project, registry, select, overwrite=overwrite)
    return settle(store, draft, note, yes=yes)


def settle(store: Store, draft: Draft, note: str, *, yes: bool) -> int:
    """Show what a release would change, and make it when that was said."""
    print_differences(draft.differences, verbose=common_options().verbose)
    if draft.held:
        _print_held(store, draft)
    if not draft.differences:
        click.echo(f"nothing to do: release {draft.before} is the same")
    elif yes:
        click.echo(f"release {draft.save(store, note)} is in force")
    else:
        click.echo("nothing was done; --yes does it, `edusync plan --all --against` shows more")
    return GUARD if draft.held else 0


def _print_held(store: Store, draft: Draft) -> None:
    """Say which connectors stay as they are in the store, and what the files would take back."""
    from edusync.state.releases import releases

    known = {one.id: one for one in releases(store)}
    names = list(dict.fromkeys(one.connector for one in draft.held))
    click.echo(
        f"{click.style('held', fg='yellow', bold=True)} RUN_EDIT_HELD: the files do not have what "
        "was changed in the console or by `edusync setup`: these connectors stay as they are",
        err=True,
    )
    for name in names:
        release = known.get(draft.connectors[name].edited or 0)
        if release is not None:
            who = release.who or "the command line"
            words = f"release {release.id}, {release.at:%Y-%m-%d %H:%M} UTC, by {who}"
            click.echo(f"{click.style(name, bold=True)}: {words}: {release.note}", err=True)
    print_differences(draft.held, verbose=common_options().verbose, err=True)
    click.echo(
        "  hint: `edusync release export FOLDER` writes what is in force: take the change into the "
        "files; or say --overwrite to take it back",
        err=True,
    )


def print_differences(
    differences: Sequence[Difference], *, verbose: int, err: bool = False
) -> None:
    """Print what a release has otherwise than another one."""
    for one in differences:
        click.echo(f"{click.style(one.connector, bold=True)}: {one.what}", err=err)
        shown = one.lines if verbose else one.lines[:_LINES]
        for line in shown:
            click.echo(f"  {click.style(line, fg=_COLORS.get(line[:1]))}", err=err)
        if len(shown) < len(one.lines):
            more = len(one.lines) - len(shown)
            click.echo(f"  … and {more} lines more (-v shows all)", err=err)
