"""`edusync record CONNECTOR_FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, told
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from edusync.spec.places import Why
    from edusync.testing.recording import Recorded


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
    help="How many rows the lists that sheets come from are cut to; what hangs on them is "
    "kept whole.",
)
@click.option(
    "--into",
    "folder",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the cases; `cases/SPEC` when not said.",
)
@common
@traced
def command(file: Path, name: str, limit: int, folder: Path | None) -> int:
    """Record a case from the real system.

    Its answers, with invented people in the place of real ones and without secrets.

    Names, e-mails, log-ins and phones are replaced the same way everywhere, ids stay. What the spec
    does not read at that list and path is blanked. At the end the case is replayed: what the real
    answers gave, what the case gives, and what was kept, is shown. Exit code 1 when they differ.
    Nothing is written to the ERP.
    """
    from edusync.app.files.connector_file import load_instance
    from edusync.errors import UsageProblem
    from edusync.testing.recording import record

    registry = told().registry()
    instance = load_instance(told().connector(file), registry)
    home = folder or Path("cases") / instance.spec.connector
    if (home / name).exists():
        raise UsageProblem(
            "RUN_USAGE",
            f"there is a case at {home / name} already",
            "choose another name, or remove it",
        )
    moment = told().begins()
    recorded = record(
        instance, registry, moment, home, name=name, limit=limit, spec_dirs=told().spec_dirs
    )
    what = "files" if instance.spec.transport.kind == "files" else "exchanges"
    click.echo(f"written: {home / name}, {recorded.count} {what}; read it before you share it")
    _print_kept(recorded)
    _print_counts(recorded)
    if recorded.unlike:
        _print_unlike(recorded)
        return 1
    click.echo(f"next: edusync test {home / name} --update")
    return 0


def _print_kept(recorded: Recorded) -> None:
    """Print which fields were kept, and who reads them; `invented` for those of people."""
    rows: dict[str, tuple[str, dict[str, None]]] = {}
    for place in recorded.kept:
        is_told = place.is_of_a_name or place.is_of_a_person
        said = "invented" if is_told else "as it is"
        why = rows.setdefault(place.name, (said, {}))[1]
        why.update(dict.fromkeys(_reader(one) for one in place.read))
    if not rows:
        return
    wide = max(map(len, rows))
    click.echo("kept of the answers, all else is blank:")
    for name, (said, readers) in sorted(rows.items()):
        first, *more = readers
        rest = f" and {len(more)} more" if more else ""
        click.echo(f"  {name:{wide}}  {said}  {click.style(f'for {first}{rest}', dim=True)}")


def _reader(why: Why) -> str:
    where = why.location
    return f"{why.label} [{where.file}:{where.line}]" if where else why.label


def _print_counts(recorded: Recorded) -> None:
    click.echo(f"{'':12} {'real answers':>12} {'case':>6}")
    for kind, count in recorded.case.counts.items():
        click.echo(f"{kind:12} {recorded.real.counts[kind]:>12} {count:>6}")


def _print_unlike(recorded: Recorded) -> None:
    from edusync.codes import get_code

    real, case = recorded.real.counts["sheets"], recorded.case.counts["sheets"]
    code = "RUN_CASE_EMPTY" if real and not case else "RUN_CASE_DIFFERS"
    for line in recorded.unlike:
        click.echo(f"{click.style('error', fg='red', bold=True)} {code}: {line}")
    click.echo(f"  hint: {get_code(code).remedy}")
