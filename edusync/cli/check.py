"""`edusync check CONNECTOR_FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, told
from edusync.cli.several import several

if TYPE_CHECKING:
    from pathlib import Path


@click.command("check")
@several()
@common
def command(connector_file: Path) -> int:
    """Sign in on both sides, try every answer, list and direction, say what works.

    Nothing is written. The right to write attendance is tried where the ERP has a way; `??` marks
    what only the first sheet shows. What fails stops nothing: all of it is named, with its line.

    Exit code 1 when a direction would fail or a list cannot be read, 2 when an answer names what
    the ERP does not have, 5 when a side is out of reach or refuses the sign-in; the largest of
    them when several hold.
    """
    from edusync.app.explaining.check import check_connector
    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.moment import Moment
    from edusync.cli.render.findings import print_findings
    from edusync.cli.render.tried import print_tried

    options = told()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    worst = 0
    for tried in check_connector(instance, options.store(), registry, Moment(options.now())):
        worst = max(worst, print_tried(tried))
    return worst
