"""`edusync record CONNECTOR_FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, told


@click.command("record")
@click.argument(
    "file", metavar="CONNECTOR_FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--case",
    "name",
    required=True,
    metavar="NAME",
    help="The name of the case; a folder of this name is written.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="How many rows the lists that sheets come from are cut to; what hangs on them is kept whole.",
)
@click.option(
    "--into",
    "folder",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the cases; `cases/SPEC` when not said.",
)
@common
def command(file: Path, name: str, limit: int, folder: Path | None) -> int:
    """Record a case from the real system: its answers, with invented people in the place of real ones and without secrets.

    Names, e-mails and phones are replaced the same way everywhere, ids stay. What the spec does not read is blanked. Nothing is written to the ERP.
    """
    from edusync.app.connector_file import load_instance
    from edusync.app.downward import Moment
    from edusync.errors import UsageProblem
    from edusync.testing.cases import Case
    from edusync.testing.golden import written
    from edusync.testing.recording import record

    registry = told().registry()
    instance = load_instance(file, registry)
    home = folder or Path("cases") / instance.spec.connector
    if (home / name).exists():
        raise UsageProblem(
            "RUN_USAGE",
            f"there is a case at {home / name} already",
            "choose another name, or remove it",
        )
    count = record(instance, registry, Moment(told().now()), home, name=name, limit=limit)
    click.echo(
        f"written: {home / name}, {count} {'files' if instance.spec.transport.kind == 'files' else 'exchanges'}; read it before you share it"
    )
    spec = Path(instance.spec.file)
    dirs = (*told().spec_dirs, *((spec.parent.absolute(),) if spec.is_file() else ()))
    try:
        written(Case(home / name, dirs))
    except AssertionError as unanswered:
        click.echo(f"{click.style('the case does not replay', fg='yellow')}: {unanswered}")
        return 1
    click.echo(f"next: edusync test {home / name} --update")
    return 0
