"""`edusync adopt CONNECTOR --from-type NAME`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.errors import GUARD
from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.adopting import Result


_OF_THE_PLAN = {
    "--from-type": "api_type",
    "--match": "match_file",
    "--days": "days",
    "--at": "at",
    "--project": "project_folder",
}
"""The options by which a plan may be another one, in the order in which they are printed.

The store is left out, for its address may hold a password.
"""


@click.command("adopt")
@click.argument("connector_file", metavar="CONNECTOR", type=click.Path(path_type=Path))
@click.option(
    "--from-type",
    "api_type",
    required=True,
    metavar="NAME",
    help="The API_TYPE of the connector from which the school moves in; `edusync survey` lists "
    "them.",
)
@click.option(
    "--apply", metavar="PLAN_ID", help="Do exactly what the plan of this id says, or refuse."
)
@click.option(
    "--undo", is_flag=True, help="Give back what was taken over: the ids of before, from the store."
)
@click.option(
    "--leave",
    is_flag=True,
    help="Decide that its items stay with it, and that ours are made beside them.",
)
@click.option(
    "--open",
    "open_file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write what waits for a person into a file, each with those that it may be.",
)
@click.option(
    "--match",
    "match_file",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A file of `--open` in which somebody chose which one it is.",
)
@click.option(
    "--days",
    type=click.IntRange(1, 60),
    help="How many days ahead sheets are taken over; the window of runs when not said.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the plan, or the result, is printed.",
)
@common
@traced
def command(
    connector_file: Path,
    api_type: str,
    apply: str | None,
    days: int | None,
    form: str,
    *,
    open_file: Path | None,
    match_file: Path | None,
    undo: bool,
    leave: bool,
) -> int:
    """Take over what another connector made on Edusign, where it is one to one with the ERP.

    Without --apply the plan is shown, and nothing is written. Only ids change hands: no roster, no
    signature, no sheet that has begun. What nobody can say for sure is named and left: --open
    writes it into a file in which a person chooses, and --match reads that, each time.

    The other connector has to be off: the plan says when it wrote last, and every later run names
    what it makes or changes.

    Exit code 1 when something failed, 4 when something waits for a person or the plan is another
    one, 5 when a side is out of reach.
    """
    if leave and (undo or apply is not None):
        raise click.UsageError("--leave decides by itself; leave --undo and --apply out")
    _check_files(open_file, match_file, takes=not (undo or leave))
    from edusync.app.files.connector_file import load_instance
    from edusync.cli.render.findings import print_findings
    from edusync.locale import gettext as _

    options = common_options()
    instance = load_instance(options.connector(connector_file), options.registry())
    print_findings(instance.warnings, err=True)
    if leave:
        from edusync.app.runs.adopt import leave as leave_alone

        leave_alone(instance, options.store(), options.begins(), api_type)
        click.echo(_("'{name}' is left alone: ours are made beside its items", name=api_type))
        return 0
    result = _result(instance, api_type, apply, days, match_file, undo=undo)
    _print(result, form, _line(), undo=undo)
    if open_file is not None:
        _write_open(open_file, api_type, result, quiet=form == "json")
    if result.status in {"partial", "failed"}:
        return 1
    return GUARD if result.held or result.status == "held" else 0


def _check_files(open_file: Path | None, match_file: Path | None, *, takes: bool) -> None:
    """Refuse files of choices where nothing is taken over, and to write over one."""
    if not takes and (open_file is not None or match_file is not None):
        raise click.UsageError("--open and --match are about what is taken over")
    if open_file is not None and open_file.exists():
        raise click.UsageError(f"{open_file} is there already; what was chosen in it would be lost")


def _line() -> str:
    """Return the command as it is given again to apply its plan, with what was said of the plan."""
    from shlex import quote

    options = common_options()
    values = {"at": options.at, "project_folder": options.project_folder}
    values |= click.get_current_context().params
    words = [f"edusync adopt {quote(str(values['connector_file']))}"]
    words += [
        f"{option} {quote(str(values[name]))}"
        for option, name in _OF_THE_PLAN.items()
        if values[name] is not None
    ]
    return " ".join(words)


def _result(
    instance: Instance,
    api_type: str,
    apply: str | None,
    days: int | None,
    match_file: Path | None,
    *,
    undo: bool,
) -> Result:
    from edusync.app.files.pairs import read_choices
    from edusync.app.runs.adopt import adopt, give_back
    from edusync.cli.render.findings import print_findings

    options = common_options()
    store, moment = options.store(), options.begins()
    if undo:
        return give_back(instance, store, moment, api_type, apply=apply)
    registry = options.registry()
    choices = None
    if match_file is not None:
        choices = read_choices(match_file, api_type, [one.name for one in instance.accounts])
    try:
        return adopt(
            instance, store, registry, moment, api_type, days=days, apply=apply, choices=choices
        )
    finally:
        if choices is not None:
            print_findings(choices.document.findings, err=True)


def _write_open(path: Path, api_type: str, result: Result, *, quiet: bool) -> None:
    from edusync.app.files.pairs import write_open
    from edusync.locale import ngettext

    count = write_open(path, api_type, result.held, result.sights)
    words = ngettext(
        "{count} pair to choose in {file}", "{count} pairs to choose in {file}", count, file=path
    )
    click.echo(words, err=quiet)


def _print(result: Result, form: str, command_line: str, *, undo: bool) -> None:
    from edusync.cli.render.survey import print_adoption
    from edusync.locale import gettext as _
    from edusync.locale import ngettext
    from edusync.locale.labels import label

    options = common_options()
    if form == "json":
        import json

        click.echo(json.dumps(result.as_dict(), indent=2, ensure_ascii=False))
        return
    print_adoption(result, verbose=options.verbose)
    if result.status is not None:
        done = sum(one.code in {"MOVE_ADOPTED", "MOVE_GIVEN_BACK"} for one in result.outcomes)
        words = (
            ngettext("{count} item given back", "{count} items given back", done)
            if undo
            else ngettext("{count} item taken over", "{count} items taken over", done)
        )
        grade = click.style(label("grade", result.status), bold=True)
        click.echo(_("{grade}: {words}", grade=grade, words=words))
        return
    plan_id = click.style(result.plan_id, bold=True)
    counts = ngettext("{count} item", "{count} items", result.size)
    click.echo(_("plan {id}: {words}", id=plan_id, words=counts))
    more = " --undo" if undo else ""
    line = f"{command_line}{more} --apply {result.plan_id}"
    click.echo(_("nothing is written yet; to do it: {command}", command=line))
