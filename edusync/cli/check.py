"""`edusync check CONNECTOR_FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options
from edusync.cli.several import several
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check")
@several("sandbox")
@click.option(
    "--assumptions",
    is_flag=True,
    help="Try every fact that is assumed of the ERP and of Edusign, and keep what was found in the "
    "connector file, under `facts`.",
)
@click.option(
    "--sandbox",
    metavar="URL",
    help="The address of Edusign for an account on which no school works: what only writing shows "
    "is tried there, and taken away again.",
)
@click.option(
    "--sandbox-key",
    metavar="REFERENCE",
    help="Its API key, as ${env:NAME}, ${file:PATH}, ${keyring:SERVICE/NAME} or ${store:NAME}.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How assumptions are printed.",
)
@common
@traced
def command(
    connector_file: Path,
    sandbox: str | None,
    sandbox_key: str | None,
    form: str,
    *,
    assumptions: bool,
) -> int:
    """Sign in on both sides, try every answer, list and direction, say what works.

    Nothing is written. The right to write attendance is tried where the ERP has a way; `??` marks
    what only the first sheet shows, or a sign-in that nothing tries. What fails stops nothing: all
    of it is named, with its line.

    With --assumptions the facts are tried instead that no document proves: of the ERP as far as
    reading goes, of Edusign by reading, and by writing on the account that --sandbox names. Nothing
    is written to a school.

    Exit code 1 when a direction would fail or a list cannot be read, 2 when an answer names what
    the ERP does not have, 5 when a side is out of reach or refuses the sign-in; the largest of
    them when several hold. With --assumptions 1 when a fact is another than the assumed one.
    """
    from edusync.app.explaining.check import check_connector
    from edusync.app.files.connector_file import load_instance
    from edusync.cli.render.findings import print_findings
    from edusync.cli.render.tried import print_tried
    from edusync.errors import UsageProblem

    options = common_options()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    if assumptions:
        from edusync.cli.facts import try_assumptions

        return try_assumptions(instance, sandbox, sandbox_key, form)
    if sandbox is not None or sandbox_key is not None:
        raise UsageProblem("RUN_USAGE", "--sandbox tries assumptions", "add --assumptions")
    worst = 0
    for tried in check_connector(instance, options.store(), registry, options.begins()):
        worst = max(worst, print_tried(tried))
    return worst
