"""`edusync adopt CONNECTOR --from-type NAME`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.errors import GUARD
from edusync.cli.options import common, told
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.adopting import Result


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
    undo: bool,
    leave: bool,
) -> int:
    """Take over what another connector made on Edusign, where it is one to one with the ERP.

    Without --apply the plan is shown, and nothing is written. Only ids change hands: no roster, no
    signature, no sheet that has begun. What nobody can say for sure is named and left.

    The other connector has to be off: the plan says when it wrote last, and every later run names
    what it makes or changes.

    Exit code 1 when something failed, 4 when something waits for a person or the plan is another
    one, 5 when a side is out of reach.
    """
    if leave and (undo or apply is not None):
        raise click.UsageError("--leave decides by itself; leave --undo and --apply out")
    from edusync.app.files.connector_file import load_instance
    from edusync.cli.render.findings import print_findings
    from edusync.locale import gettext as _

    options = told()
    instance = load_instance(options.connector(connector_file), options.registry())
    print_findings(instance.warnings, err=True)
    if leave:
        from edusync.app.runs.adopt import leave as leave_alone

        leave_alone(instance, options.store(), options.begins(), api_type)
        click.echo(_("'{name}' is left alone: ours are made beside its items", name=api_type))
        return 0
    result = _result(instance, api_type, apply, days, undo=undo)
    _print(result, form, f"edusync adopt {connector_file} --from-type '{api_type}'", undo=undo)
    if result.status in {"partial", "failed"}:
        return 1
    return GUARD if result.held or result.status == "held" else 0


def _result(
    instance: Instance, api_type: str, apply: str | None, days: int | None, *, undo: bool
) -> Result:
    from edusync.app.runs.adopt import adopt, give_back

    options = told()
    store, moment = options.store(), options.begins()
    if undo:
        return give_back(instance, store, moment, api_type, apply=apply)
    registry = options.registry()
    return adopt(instance, store, registry, moment, api_type, days=days, apply=apply)


def _print(result: Result, form: str, command_line: str, *, undo: bool) -> None:
    from edusync.cli.render.survey import print_adoption
    from edusync.locale import gettext as _
    from edusync.locale import ngettext
    from edusync.locale.labels import label

    options = told()
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
