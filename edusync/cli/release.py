"""`edusync release list`, `edusync release back` and `edusync release export`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, common_options


@click.group("release")
def command() -> None:
    """Look at what was deployed, go back to it, write it into a folder."""


@command.command("list")
@common
def list_() -> int:
    """List the releases that are kept, newest first: the first one is in force."""
    from edusync.state.releases import releases

    for one in releases(common_options().store()):
        specs = len({deployed.spec for deployed in one.connectors.values()})
        about = f"{len(one.connectors)} connectors, {specs} specs"
        when = f"{one.at:%Y-%m-%d %H:%M} UTC"
        who = f"  by {one.who}" if one.who else ""
        words = f"{when}  {about}  {one.note}".rstrip() + who
        click.echo(f"{click.style(str(one.id), bold=True)}  {words}")
    return 0


@command.command("back")
@click.argument("number", type=int, required=False, metavar="[NUMBER]")
@click.option("--yes", is_flag=True, help="Do it; without it the difference is shown.")
@common
def back(number: int | None, *, yes: bool) -> int:
    """Go back to the release before, or to that of a NUMBER: a new release with its files."""
    from edusync.app.files.deploy import draft_back
    from edusync.cli.deploy import settle
    from edusync.errors import UsageProblem
    from edusync.state.releases import releases

    store = common_options().store()
    known = releases(store)
    if number is None and len(known) < 2:  # noqa: PLR2004 - this one and the one before
        raise UsageProblem("RUN_USAGE", "there is no release to go back to", "see `release list`")
    wanted = known[1].id if number is None else number
    return settle(store, draft_back(store, wanted), f"back to {wanted}", yes=yes)


@command.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--number", type=int, help="The release; that in force when not said.")
@common
def export(folder: Path, number: int | None) -> int:
    """Write connector files and specs of a release into a new FOLDER, as a project has them.

    Specs that edusync brings along are named by the connector files and not written.
    """
    from edusync.app.files.export import export_release

    options = common_options()
    for path, words in export_release(options.store(), folder, number, options.registry()):
        click.echo(f"{path}{f': {words}' if words else ''}")
    return 0
