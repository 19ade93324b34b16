"""`edusync writeback CONNECTOR_FILE`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, told

if TYPE_CHECKING:
    from edusync.app.writeback import Result


@click.command("writeback")
@click.argument("connector_file", type=click.Path(path_type=Path))
@click.option("--plan", "only_plan", is_flag=True, help="Print what would go up, and send nothing.")
@click.option(
    "--resend",
    multiple=True,
    metavar="ID",
    help="Send this sheet again, by its id in the ERP, whatever was sent before; may be given several times.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
@common
def command(connector_file: Path, resend: tuple[str, ...], form: str, *, only_plan: bool) -> int:
    """Send the attendance of archived sheets up into the ERP, once.

    Exit code 1 when lines were refused or are in doubt, 2 when the ERP has no way for attendance, 5 when a side is out of reach.
    """
    from edusync.app.connector_file import load_instance
    from edusync.app.downward import Moment
    from edusync.app.writeback import plan_writeback, write_back
    from edusync.cli.render.findings import print_findings

    options = told()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    act = plan_writeback if only_plan else write_back
    result = act(instance, options.store(), registry, Moment(options.now()), resend=resend)
    if form == "json":
        import json

        click.echo(json.dumps(result.as_dict(), indent=2, ensure_ascii=False))
    else:
        print_result(result, verbose=options.verbose)
    return 1 if result.status in {"partial", "failed"} else 0


def print_result(result: Result, *, verbose: int = 0) -> None:
    """Print what went up, or would, sheet by sheet, and why the rest did not."""
    from collections import Counter

    from edusync.cli.render.plan import print_outcomes

    total = 0
    for account in result.accounts:
        click.echo(click.style(f"account {account.name}", bold=True))
        for sheet in account.sheets:
            lines = [line["state"] for line in account.lines if line["course"] == sheet.source_id]
            states = ", ".join(f"{count} {state}" for state, count in Counter(lines).items())
            sent = states or (
                f"{sheet.was_sent} lines, {sheet.status()}" if result.run_id else "nothing"
            )
            total += len(lines) or sheet.was_sent
            click.echo(
                f"  {click.style('↑', fg='green', bold=True)} {'would send' if result.run_id is None else 'sent'} {sheet.source_id}: {sent}"
            )
        print_outcomes(
            [
                outcome
                for outcome in result.outcomes
                if outcome.account == account.name and outcome.code != "UP_SENT"
            ],
            verbose=verbose,
        )
    click.echo(
        f"{click.style(result.status, bold=True)}: {total} line{'' if total == 1 else 's'}"
        if total
        else f"{click.style(result.status, bold=True)}: nothing to send"
    )
