"""`edusync survey CONNECTOR`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced


@click.command("survey")
@click.argument("connector_file", metavar="CONNECTOR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the survey is printed.",
)
@click.option(
    "--html",
    "page",
    metavar="PAGE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write it as one page that a school can be sent, in the language of --lang.",
)
@click.option(
    "--days",
    type=click.IntRange(1, 60),
    help="How many days ahead sheets are compared; the window of runs when not said.",
)
@common
@traced
def command(connector_file: Path, form: str, page: Path | None, days: int | None) -> int:
    """Show what stands on Edusign, whose it is, and what of it is the ERP's; nothing is written.

    By origin: another connector (its API_TYPE), people by hand, edusync. How much is one of the ERP
    by its id, its e-mail, its time and name; what `edusync adopt` would take over, what waits for a
    person, what is left, and what a run that took nothing over would make twice.

    Exit code 4 when the ERP could not be read wholly, 5 when a side is out of reach.
    """
    import json

    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.survey import survey
    from edusync.cli.render.findings import print_findings
    from edusync.cli.render.survey import print_survey
    from edusync.cli.render.survey_page import survey_page

    options = common_options()
    registry = options.registry()
    instance = load_instance(options.connector(connector_file), registry)
    print_findings(instance.warnings, err=True)
    result = survey(instance, options.store(), registry, options.begins(), days=days)
    if page is not None:
        page.write_text(survey_page(result, options.lang), encoding="utf-8")
    if form == "json":
        click.echo(json.dumps(result.as_dict(), indent=2, ensure_ascii=False))
    else:
        print_survey(result, verbose=options.verbose)
    return 0
