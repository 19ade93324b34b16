"""`edusync plan CONNECTOR_FILE`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.errors import GUARD
from edusync.cli.options import common, common_options
from edusync.cli.several import several
from edusync.cli.tracing import traced


@click.command("plan")
@several("out")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the plan is printed.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the plan, for `edusync sync --plan`.",
)
@click.option(
    "--against",
    metavar="VERSION",
    help="Show instead what another version would do otherwise: a spec, a folder with specs, or "
    "the number of a release.",
)
@common
@traced
def command(connector_file: Path, form: str, out: Path | None, against: str | None) -> int:
    """Show what a sync would do: everything up to the first write.

    Exit code 1 when something is skipped with an error, or another version does something
    otherwise; 4 when a guard holds something back.
    """
    if against is not None:
        if out is not None or form == "json":
            raise click.UsageError("--against prints what differs, and no plan")
        return _against(connector_file, against)
    import json

    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.sync import is_failure, make_plan
    from edusync.cli.render.findings import print_findings
    from edusync.cli.render.plan import print_plan

    options = common_options()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    plan = make_plan(instance, options.store(), registry, options.begins())
    data = json.dumps(plan.as_dict(), indent=2, ensure_ascii=False)
    if out is not None:
        if not out.exists() or out.is_file():  # its ids are for the owner only
            out.touch()
            out.chmod(0o600)
        out.write_text(data + "\n", encoding="utf-8")
    if form == "json":
        click.echo(data)
    else:
        print_plan(plan, verbose=options.verbose)
        if out is not None:
            click.echo(
                f"written to {out}; apply exactly this plan with: edusync sync {connector_file} "
                f"--plan {out}"
            )
    if plan.guards:
        return GUARD
    return (
        1
        if any(is_failure(outcome) for account in plan.accounts for outcome in account.outcomes)
        else 0
    )


def _against(connector_file: Path, version: str) -> int:
    """Print what another version would do otherwise; exit code 1 when that is something."""
    from edusync.app.files.connector_file import load_instance
    from edusync.app.files.versions import other_version
    from edusync.app.runs.compare import compare
    from edusync.app.runs.sync import make_plan

    options = common_options()
    registry, store, now = options.registry(), options.store(), options.now()
    other = other_version(connector_file, version, registry, store, options.project_as_written())
    if other is None:
        click.echo("  there is no other version of it")
        return 0
    instance = load_instance(connector_file, registry)
    plans = [make_plan(one, store, registry, options.begins(now)) for one in (instance, other)]
    found = compare(*plans)
    for one in found:
        what = " ".join(filter(None, (one.kind, one.source_id)))
        click.echo(f"  {one.account}: {what}: now {one.now}; with {version}: {one.other}")
    click.echo(f"  {len(found)} differences" if found else "  no difference")
    return 1 if found else 0
