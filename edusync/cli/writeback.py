"""`edusync writeback CONNECTOR_FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.cli.errors import code_of
from edusync.cli.options import common, told
from edusync.cli.several import several

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from edusync.app.runs.writeback import Result
    from edusync.engine.upward.sheet import UpSheet


@click.command("writeback")
@several("resend", "entered")
@click.option("--plan", "only_plan", is_flag=True, help="Print what would go up, and send nothing.")
@click.option(
    "--resend",
    multiple=True,
    metavar="ID",
    help="Send this sheet again, by its id in the ERP, whatever was sent before; may be given "
    "several times.",
)
@click.option(
    "--entered",
    multiple=True,
    metavar="ID",
    help="What is left of this sheet was entered in the ERP by hand: nothing more of it goes up, "
    "and no run names it any more.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
@common
def command(
    connector_file: Path,
    resend: tuple[str, ...],
    entered: tuple[str, ...],
    form: str,
    *,
    only_plan: bool,
) -> int:
    """Send the attendance of archived sheets up into the ERP, once.

    A line that is held, because its reason is unknown or a rule of the spec says so, is looked at
    and named by every run, and goes by itself once nothing holds it.

    Exit code 1 when lines were refused, are in doubt, or are held with a code that is an error; a
    line that is held with a warning is named, and the exit code stays 0. 2 when the ERP has no way
    for attendance, 5 when a side is out of reach.
    """
    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.downward import Moment
    from edusync.app.runs.writeback import plan_writeback, write_back
    from edusync.cli.render.findings import print_findings

    options = told()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    act = plan_writeback if only_plan else write_back
    result = act(
        instance,
        options.store(),
        registry,
        Moment(options.now()),
        resend=resend,
        entered=entered,
    )
    if form == "json":
        import json

        click.echo(json.dumps(result.as_dict(), indent=2, ensure_ascii=False))
    else:
        print_result(result, verbose=options.verbose)
    if result.stopped is not None:
        return code_of(result.stopped)
    return 1 if result.status in {"partial", "failed"} else 0


def print_result(result: Result, *, verbose: int = 0) -> None:
    """Print what went up, or would, sheet by sheet, and why the rest did not."""
    from edusync.cli.render.plan import print_outcomes

    total = held = sheets = skipped = refused = 0
    for account in result.accounts:
        click.echo(click.style(f"account {account.name}", bold=True))
        for sheet in account.sheets:
            lines = [line["state"] for line in account.lines if line["course"] == sheet.source_id]
            total += len(lines) or sheet.was_sent
            held, sheets = held + sheet.held, sheets + sheet.is_held
            skipped, refused = skipped + sheet.was_skipped, refused + sheet.was_refused
            _print_sheet(sheet, lines, is_plan=result.run_id is None)
        print_outcomes(
            [
                outcome
                for outcome in result.outcomes
                if outcome.account == account.name and outcome.code != "UP_SENT"
            ],
            verbose=verbose,
        )
    words = [
        _counted(total, "line") if total else "nothing to send",
        *([f"nothing to write for {_counted(skipped, 'line')}"] if skipped else []),
        *([f"{_counted(refused, 'line')} refused"] if refused else []),
        *([f"{_counted(held, 'line')} held"] if held else []),
        *([f"{_counted(sheets, 'whole sheet')} held"] if sheets else []),
    ]
    click.echo(f"{click.style(result.status, bold=True)}: {', '.join(words)}")


def _print_sheet(sheet: UpSheet, lines: Sequence[str], *, is_plan: bool) -> None:
    from collections import Counter

    states = ", ".join(f"{count} {state}" for state, count in Counter(lines).items())
    sent = states or (
        "nothing" if is_plan else f"{_counted(sheet.was_sent, 'line')}, {sheet.status()}"
    )
    held = "the whole sheet" if sheet.is_held else _counted(sheet.held, "line")
    is_held = bool(sheet.held) or sheet.is_held
    if is_held and not lines and not sheet.was_sent:
        mark, color, words = "=", "yellow", f"held {sheet.source_id}: {held}"
    else:
        does = "would send" if is_plan else "sent"
        mark, color, words = "↑", "green", f"{does} {sheet.source_id}: {sent}"
        words += f" ({held} held)" if is_held else ""
    click.echo(f"  {click.style(mark, fg=color, bold=True)} {words}")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
