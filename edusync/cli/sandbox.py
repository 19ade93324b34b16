"""`edusync sandbox edusign|<erp>`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, common_options


@click.command("sandbox", add_help_option=False)
@click.argument("system", metavar="edusign | ERP", required=False)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one when not said."
)
@click.option(
    "--file",
    "book_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep what Edusign holds in this file.",
)
@click.option(
    "--help",
    "wants_help",
    is_flag=True,
    help="Show this, and with edusign or an ERP what /_sandbox does.",
)
@common
def command(system: str | None, port: int, book_file: Path | None, *, wants_help: bool) -> int:
    """Run Edusign, or an ERP, as a server on this machine, until Ctrl-C.

    An ERP is seeded around today, or --at. While it runs, /_sandbox changes what it holds, and
    plays attendance on Edusign: `edusync sandbox edusign --help` or `edusync sandbox ERP --help`
    says how.
    """
    from edusync.sandbox.serve import serving

    options = common_options()
    if wants_help:
        click.echo(click.get_current_context().get_help())
    if system is None:
        if wants_help:
            return 0
        raise click.UsageError("Missing argument 'edusign | ERP'.")
    if system == "edusign":
        _edusign(port, book_file, wants_help=wants_help)
        return 0
    from edusync.diagnostics import did_you_mean
    from edusync.errors import UsageProblem
    from edusync.model.window import day_of

    registry = options.registry()
    if system not in registry.simulators:
        raise UsageProblem(
            "RUN_USAGE",
            f"there is no sandbox '{system}'",
            did_you_mean(system, ["edusign", *registry.simulators]),
        )
    simulation = registry.simulators[system].thing.start(day_of(options.now()))
    door = simulation.door()
    if wants_help:
        click.echo(f"\n{door.help()}")
        return 0
    with serving(door, port) as address:
        click.echo(f"{system} simulator: {address}  (change it: {address}/_sandbox)")
        for section, answers in simulation.answers(address).items():
            for name, value in answers.items():
                click.echo(f"  {section}.{name}: {value}")
        until_interrupted("Ctrl-C stops it.")
    return 0


def _edusign(port: int, book_file: Path | None, *, wants_help: bool) -> None:
    """Run the sandbox of Edusign, or print what its door does."""
    from edusync.sandbox.edusign import Book, create_app
    from edusync.sandbox.edusign.admin import door_help
    from edusync.sandbox.edusign.app import API_KEY
    from edusync.sandbox.serve import serving

    if wants_help:
        click.echo(f"\n{door_help()}")
        return
    with serving(create_app(Book(book_file)), port) as address:
        until_interrupted(
            f"Edusign sandbox: {address}  (api_key: {API_KEY})\nlook at it:      "
            f"{address}/_sandbox/\nCtrl-C stops it."
        )


def until_interrupted(words: str) -> None:
    """Say that the servers run, and wait for Ctrl-C.

    Whoever presses it as soon as the words stand there is heard too.
    """
    from threading import Event

    try:
        click.echo(words)
        Event().wait()
    except KeyboardInterrupt:
        click.echo("stopped")
