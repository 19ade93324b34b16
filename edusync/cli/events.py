"""`edusync events CONNECTOR_FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, common_options


@click.command("events")
@click.argument("connector_file", type=click.Path(path_type=Path))
@click.option("--run", "run_id", metavar="ID", help="A given run; the last one when not said.")
@click.option("--runs", "list_runs", is_flag=True, help="List the runs instead.")
@click.option("--code", metavar="CODE", help="Only this code.")
@click.option("--kind", metavar="KIND", help="Only course, student, professor, group or external.")
@click.option("--id", "source_id", metavar="ID", help="Only this id of the ERP.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How events are printed.",
)
@common
def command(
    connector_file: Path,
    run_id: str | None,
    code: str | None,
    kind: str | None,
    source_id: str | None,
    form: str,
    *,
    list_runs: bool,
) -> int:
    """Show what a run did and did not do, item by item, with the remedy."""
    from edusync.app.explaining.events import connector_name, events_of, runs_of
    from edusync.app.runs.history import acted_at
    from edusync.locale import gettext as _
    from edusync.locale.labels import label

    options = common_options()
    name, store = connector_name(options.connector(connector_file)), options.store()
    runs = runs_of(store, name)
    if list_runs:
        for run in runs:
            click.echo(
                f"{run['id']}  {acted_at(run):%Y-%m-%d %H:%M} UTC  {run['direction']:7} "
                f"{label('grade', run['status'])}"
            )
        return 0
    run, events = events_of(store, name, runs, run_id, code=code, kind=kind, source_id=source_id)
    if form == "json":
        import json

        click.echo(json.dumps(events, indent=2, ensure_ascii=False))
        return 0
    moment = f"{acted_at(run):%Y-%m-%d %H:%M}"
    click.echo(
        click.style(
            _(
                "run {id} of {moment} UTC: {grade}",
                id=run["id"],
                moment=moment,
                grade=label("grade", run["status"]),
            ),
            bold=True,
        )
    )
    for event in events:
        kind, field = label("kind", event["kind"] or ""), label("field", event["field"] or "")
        what = " ".join(filter(None, (kind, event["source_id"] or event["edusign_id"])))
        words = ", ".join(filter(None, (field, event["detail"])))
        click.echo(
            f"{label('severity', event['severity']):8}{event['code']} "
            f"{what}{': ' + words if words else ''}"
            f"{'  [' + event['spec'] + ']' if event['spec'] else ''}"
        )
        if event["severity"] != "info" or options.verbose:
            click.echo(f"        {click.style(event['remedy'], dim=True)}")
    return 0
