"""`edusync record CONNECTOR_FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from edusync.app.files.connector_file import Instance
    from edusync.spec.places import Why
    from edusync.testing.recorded_up import WayUp
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
@click.option(
    "--up",
    "is_up",
    is_flag=True,
    help="The way up as well: invented classes take place on a sandbox in the place of Edusign, "
    "the ERP is asked what the way up reads, and what it would be sent stands in the case.",
)
@click.option(
    "--send-to",
    metavar="HOST",
    help="With --up: send the invented attendance, to a test system alone; its host once more, "
    "such as test.erp.example:8443. The case holds what it answers.",
)
@common
@traced
def command(
    file: Path, name: str, limit: int, folder: Path | None, send_to: str | None, *, is_up: bool
) -> int:
    """Record a case from the real system.

    Its answers, with invented people in the place of real ones and without secrets.

    Names, e-mails, log-ins and phones are replaced the same way everywhere, ids stay. What the spec
    does not read at that list and path is blanked. At the end the case is replayed: what the real
    answers gave, what the case gives, and what was kept, is shown. Exit code 1 when they differ.
    Nothing is written to the ERP, unless `--send-to` names it.
    """
    from edusync.app.files.connector_file import load_instance
    from edusync.errors import UsageProblem
    from edusync.testing.recording import record

    registry = common_options().registry()
    instance = load_instance(common_options().connector(file), registry)
    home = folder or Path("cases") / instance.spec.connector
    if (home / name).exists():
        raise UsageProblem(
            "RUN_USAGE",
            f"there is a case at {home / name} already",
            "choose another name, or remove it",
        )
    up = _way_up(instance, send_to) if is_up or send_to else None
    recorded = record(
        instance,
        registry,
        common_options().begins(),
        home,
        name=name,
        limit=limit,
        spec_dirs=common_options().spec_dirs,
        up=up,
    )
    what = "files" if instance.spec.transport.kind == "files" else "exchanges"
    click.echo(f"written: {home / name}, {recorded.count} {what}; read it before you share it")
    _print_kept(recorded)
    _print_counts(recorded)
    if up is not None:
        _print_up(instance, up)
    if recorded.unlike:
        _print_unlike(recorded)
        return 1
    click.echo(f"next: edusync test {home / name} --update")
    return 0


def _way_up(instance: Instance, send_to: str | None) -> WayUp:
    """Return how the way up is recorded; UsageProblem when writes would go somewhere else."""
    from edusync.errors import UsageProblem
    from edusync.testing.case_file import hosts_of
    from edusync.testing.recorded_up import WayUp

    label = instance.spec.label
    if instance.spec.writeback is None:
        raise UsageProblem("RUN_USAGE", f"{label} has no way up", "leave --up out")
    hosts = sorted(host for host in hosts_of(instance) if "://" not in host)
    if send_to is not None and send_to not in hosts:
        is_web = instance.spec.transport.kind in {"http", "soap"}
        where = (
            f"the connector file names {', '.join(hosts)}"
            if hosts and is_web
            else ("nothing is sent to a database or a folder")
        )
        raise UsageProblem("RUN_USAGE", f"{label} is not at {send_to}: {where}", "see --help")
    return WayUp(sends=send_to is not None)


def _print_up(instance: Instance, up: WayUp) -> None:
    """Print what of the way up was invented."""
    from edusync.testing.recorded_up import unanswered

    if up.at is None:
        click.echo("the way up: no class came down, so none took place")
        return
    click.echo(f"the way up: {len(up.sheets)} classes took place, all of it invented")
    if not up.sends:
        for words in unanswered(instance.spec):
            click.echo(f"  {words}")


def _print_kept(recorded: Recorded) -> None:
    """Print which fields were kept, and who reads them; `invented` for those of people."""
    rows: dict[str, tuple[str, dict[str, None]]] = {}
    for place in recorded.kept_places:
        is_invented = place.is_of_a_name or place.is_of_a_person
        how = "invented" if is_invented else "as it is"
        why = rows.setdefault(place.name, (how, {}))[1]
        why.update(dict.fromkeys(_reader(one) for one in place.read))
    if not rows:
        return
    wide = max(map(len, rows))
    click.echo("kept of the answers, all else is blank:")
    for name, (how, readers) in sorted(rows.items()):
        first, *more = readers
        rest = f" and {len(more)} more" if more else ""
        click.echo(f"  {name:{wide}}  {how}  {click.style(f'for {first}{rest}', dim=True)}")


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
