"""`edusync undo CONNECTOR_FILE RUN`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.errors import GUARD, code_of
from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from edusync.engine.plan.plan import Plan


@click.command("undo")
@click.argument("connector_file", type=click.Path(path_type=Path), metavar="CONNECTOR")
@click.argument("run_id", metavar="RUN")
@click.option(
    "--apply",
    "plan_id",
    metavar="PLAN_ID",
    help="Do what this very plan says, or refuse because the world moved.",
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
def command(connector_file: Path, run_id: str, plan_id: str | None, form: str) -> int:
    """Make again the sheets that a run deleted, and put back the seats that it took.

    Without --apply the plan is shown and nothing is written. The ERP is read anew: a session that
    it cancelled, or that has begun, gets no sheet, and a student whom it has there no more no seat;
    each is named. RUN is an id of `edusync events CONNECTOR --runs`, or `last`: the last run that
    took something away.

    Exit code 1 when items failed, 2 when there is no such run, 4 when a guard held something back
    or the plan moved, 5 when a side is out of reach.
    """
    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.sync import is_failure
    from edusync.app.runs.undo import plan_undo, run_named, undo
    from edusync.cli.render.findings import print_findings
    from edusync.cli.sync import as_dict, print_down

    options = common_options()
    registry = options.registry()
    instance = load_instance(options.connector(connector_file), registry)
    print_findings(instance.warnings, err=True)
    store, moment = options.store(), options.begins()
    run = run_named(store, instance.name, run_id)
    if plan_id is None:
        return _show(plan_undo(instance, store, registry, moment, run["id"]), form)
    result = undo(instance, store, registry, moment, run["id"], plan_id)
    if form == "json":
        import json

        click.echo(json.dumps(as_dict(result), indent=2, ensure_ascii=False))
    else:
        print_down(result, 1)
    if result.plan.guards:
        return GUARD
    if result.stopped is not None:
        return code_of(result.stopped)
    return 1 if any(is_failure(outcome) for outcome in result.outcomes) else 0


def _show(plan: Plan, form: str) -> int:
    """Print a plan; a guard that holds something of it ends with 4."""
    from edusync.cli.render.plan import print_plan

    if form == "json":
        import json

        click.echo(json.dumps(plan.as_dict(), indent=2, ensure_ascii=False))
    else:
        print_plan(plan, verbose=1)
    return GUARD if plan.guards else 0
