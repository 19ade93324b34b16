"""`edusync reasons CONNECTOR_FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced


@click.command("reasons")
@click.argument("connector_file", type=click.Path(path_type=Path))
@common
@traced
def command(connector_file: Path) -> int:
    """Compare the reasons of absences of the ERP with those of Edusign, and say what is to enter.

    Edusign has no documented way to create a reason, so nothing is written.

    Exit code 1 when somebody has to enter a reason, or name one in the connector file; 2 when the
    ERP takes no reasons, 5 when a side is out of reach.
    """
    from edusync.app.explaining.reasons import compare_reasons
    from edusync.app.files.connector_file import load_instance
    from edusync.cli.render.findings import print_findings

    options = common_options()
    registry = options.registry()
    instance = load_instance(options.connector(connector_file), registry)
    print_findings(instance.warnings, err=True)
    worst = 0
    for reason in compare_reasons(instance, options.store(), registry, options.begins()):
        mark = click.style("!!", fg="yellow") if reason.is_to_do else click.style("ok", fg="green")
        code = f" {click.style(reason.code, bold=True)}" if reason.code else ""
        click.echo(f"{mark} {reason.account}: '{reason.label}' {reason.words}{code}")
        worst = max(worst, int(reason.is_to_do))
    return worst
