"""`edusync sync CONNECTOR`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.errors import GUARD, code_of
from edusync.cli.options import common, told
from edusync.cli.several import several

if TYPE_CHECKING:
    from edusync.app.runs.sync import Result


@click.command("sync")
@several("plan_file", "approve")
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Apply exactly this plan, or refuse because the world moved.",
)
@click.option(
    "--approve",
    "--allow-deletions",
    "approve",
    metavar="PLAN_ID",
    help="Let through what a guard holds back in this very plan: deletions, students who leave.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
@common
def command(connector_file: Path, plan_file: Path | None, approve: str | None, form: str) -> int:
    """Bring the planning down: plan, and apply.

    Exit code 1 when items failed, 4 when a guard held something back or the plan moved, 5 when a
    side is out of reach.
    """
    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.downward import Moment
    from edusync.app.runs.sync import is_failure, sync
    from edusync.cli.render.findings import print_findings
    from edusync.cli.render.progress import Progress

    options = told()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    with Progress() as progress:
        result = sync(
            instance,
            options.store(),
            registry,
            Moment(options.now()),
            only_plan=_plan_id(plan_file),
            approve=approve,
            planned=progress.planned,
            progress=progress.step,
        )
    _print(result, form, options.verbose)
    if result.plan.guards:
        return GUARD
    if result.stopped is not None:
        return code_of(result.stopped)
    return 1 if any(is_failure(outcome) for outcome in result.outcomes) else 0


def _plan_id(file: Path | None) -> str | None:
    import json

    from edusync.errors import UsageProblem

    if file is None:
        return None
    try:
        return str(json.loads(file.read_text(encoding="utf-8"))["plan_id"])
    except (ValueError, KeyError, TypeError):
        raise UsageProblem(
            "RUN_USAGE", f"{file} holds no plan", "make one with `edusync plan --out FILE`"
        ) from None


def _print(result: Result, form: str, verbose: int) -> None:
    from collections import Counter

    from edusync.app.runs.sync import DONE, event_row
    from edusync.cli.render.plan import print_guards, print_outcomes

    done = Counter(outcome.code for outcome in result.outcomes if outcome.code in DONE)
    if form == "json":
        import json

        events = [event_row(outcome) | {"remedy": outcome.remedy} for outcome in result.outcomes]
        plan = {"plan_id": result.plan_id, "guards": result.plan.guards}
        click.echo(
            json.dumps(
                {
                    "version": 1,
                    "connector": result.plan.connector,
                    "run": result.run_id,
                    "status": result.status,
                    **plan,
                    "done": {DONE[code]: done[code] for code in DONE},
                    "events": events,
                },
                indent=2,
                ensure_ascii=False,
            )
        )
        return
    for account in result.plan.accounts:
        click.echo(click.style(f"account {account.name}", bold=True))
        print_outcomes(
            [outcome for outcome in result.outcomes if outcome.account == account.name],
            verbose=verbose,
        )
    nothing = "nothing to do" if result.status == "success" else "nothing was done"
    words = ", ".join(f"{done[code]} {word}" for code, word in DONE.items() if done[code])
    click.echo(f"{click.style(result.status, bold=True)}: {words or nothing}")
    print_guards(result.plan.guards, result.plan_id)
