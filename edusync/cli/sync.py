"""`edusync sync CONNECTOR`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edusync.cli.errors import GUARD, code_of
from edusync.cli.options import KINDS, common, common_options
from edusync.cli.several import several
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from edusync.app.runs.sync import Result
    from edusync.app.runs.writeback import Result as UpResult


@click.command("sync")
@several("plan_file", "approve", "only")
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
    "--down-only",
    is_flag=True,
    help="Bring the planning down, and send no attendance up in the same run.",
)
@click.option(
    "--up-only",
    is_flag=True,
    help="Send the attendance up, and bring no planning down, as `edusync writeback` does.",
)
@click.option(
    "--only",
    type=(click.Choice(KINDS), str),
    metavar="KIND ID",
    help="One item now, such as `course 7712001` or `student 301`, by its id in the ERP or on "
    "Edusign: nothing else is created, changed or deleted.",
)
@click.option(
    "--shadow",
    is_flag=True,
    help="Beside another connector: say what would be made, changed or deleted, and write nothing "
    "to Edusign.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
@common
@traced
def command(
    connector_file: Path,
    plan_file: Path | None,
    approve: str | None,
    only: tuple[str, str] | None,
    form: str,
    *,
    down_only: bool,
    up_only: bool,
    shadow: bool,
) -> int:
    """Bring the planning down: plan, and apply; and send the attendance up, where both go together.

    With --shadow nothing is written to Edusign, and what differs is kept for `edusync shadow`; the
    exit code is 1 when something does.

    They go together with `schedule: {up: with_down}`, unless --plan or --approve names a plan, or
    --only an item. What stops one of them does not stop the other.

    Exit code 1 when items failed, 4 when a guard held something back or the plan moved, 5 when a
    side is out of reach.
    """
    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.sync import sync
    from edusync.app.runs.writeback import write_back
    from edusync.cli.render.findings import print_findings
    from edusync.cli.render.progress import Progress
    from edusync.errors import EdusyncError, UsageProblem

    named = plan_file is not None or approve is not None
    if up_only and (down_only or named or only is not None):
        raise UsageProblem("RUN_USAGE", "--up-only leaves nothing to bring down", "say one of them")
    if only is not None and named:
        raise UsageProblem("RUN_USAGE", "--only makes a plan of its own", "leave the plan out")
    if shadow and (up_only or named or only is not None):
        raise UsageProblem("RUN_USAGE", "--shadow writes nothing", "say it alone")
    options = common_options()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    if shadow:
        from edusync.cli.shadow import look

        return look(instance, form)
    only_plan = _plan_id(plan_file)
    together = instance.schedule.up == "with_down" and instance.spec.writeback is not None
    goes_up = up_only or (together and not down_only and not named and only is None)
    down, stopped = None, None
    if not up_only:
        try:
            with Progress() as progress:
                down = sync(
                    instance,
                    options.store(),
                    registry,
                    options.begins(),
                    only_plan=only_plan,
                    approve=approve,
                    only=only,
                    planned=progress.planned,
                    progress=progress.step,
                )
        except EdusyncError as error:
            if not goes_up:
                raise
            stopped = error
    up = write_back(instance, options.store(), registry, options.begins()) if goes_up else None
    _print(down, up, form, options.verbose)
    if stopped is not None:
        raise stopped
    return _code_down(down) or _code_up(up)


def _code_down(result: Result | None) -> int:
    from edusync.app.runs.sync import is_failure

    if result is None:
        return 0
    if result.plan.guards:
        return GUARD
    if result.stopped is not None:
        return code_of(result.stopped)
    return 1 if any(is_failure(outcome) for outcome in result.outcomes) else 0


def _code_up(result: UpResult | None) -> int:
    if result is None:
        return 0
    if result.stopped is not None:
        return code_of(result.stopped)
    return 1 if result.status in {"partial", "failed"} else 0


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


def _print(down: Result | None, up: UpResult | None, form: str, verbose: int) -> None:
    from edusync.cli.writeback import print_result
    from edusync.locale.labels import label

    if form == "json":
        import json

        both = {**as_dict(down), "up": up.as_dict() if up is not None else None}
        document = both if down is not None or up is None else up.as_dict()
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    if down is not None:
        print_down(down, verbose)
    if up is not None:
        click.echo(click.style(label("kind", "attendance"), bold=True))
        print_result(up, verbose=verbose)


def as_dict(result: Result | None) -> dict[str, Any]:
    """Return what came down as `schemas/sync.v1.schema.json` describes it."""
    from collections import Counter

    from edusync.app.runs.closing import event_row
    from edusync.app.runs.sync import DONE

    if result is None:
        return {}
    done = Counter(outcome.code for outcome in result.outcomes if outcome.code in DONE)
    return {
        "version": 1,
        "connector": result.plan.connector,
        "run": result.run_id,
        "status": result.status,
        "plan_id": result.plan_id,
        "guards": result.plan.guards,
        "done": {DONE[code]: done[code] for code in DONE},
        "events": [
            event_row(outcome) | {"detail": outcome.words, "remedy": outcome.remedy}
            for outcome in result.outcomes
        ],
    }


def print_down(result: Result, verbose: int) -> None:
    """Print what came down, and what did not and why."""
    from collections import Counter

    from edusync.app.runs.sync import DONE
    from edusync.cli.render.plan import print_guards, print_outcomes
    from edusync.locale import gettext as _
    from edusync.locale.labels import label

    done = Counter(outcome.code for outcome in result.outcomes if outcome.code in DONE)
    for account in result.plan.accounts:
        click.echo(click.style(_("account {name}", name=account.name), bold=True))
        print_outcomes(
            [outcome for outcome in result.outcomes if outcome.account == account.name],
            verbose=verbose,
        )
    nothing = _("nothing to do") if result.status == "success" else _("nothing was done")
    words = ", ".join(
        f"{done[code]} {label('done', word)}" for code, word in DONE.items() if done[code]
    )
    grade = click.style(label("grade", result.status), bold=True)
    click.echo(_("{grade}: {words}", grade=grade, words=words or nothing))
    print_guards(result.plan.guards, result.plan_id, result.outcomes)
