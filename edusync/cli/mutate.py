"""`edusync mutate SPEC`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from edusync.cli.options import common, common_options


@click.command("mutate")
@click.argument(
    "spec", metavar="SPEC", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--every",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Plant only every Nth mistake.",
)
@click.option(
    "--fail-over",
    type=click.FloatRange(0, 100),
    default=100.0,
    metavar="PERCENT",
    help="Exit code 1 when more than this stays unnoticed.",
)
@common
def command(spec: Path, every: int, fail_over: float) -> int:
    """Make one small mistake at a time in a spec.

    Those are listed that neither `validate` nor a case notices.

    Paths, formats, conditions, states, key fields and paging, one after the other; nothing is
    written. It takes a while: each is tried on the cases.
    """
    from edusync.cli.test import cases_of
    from edusync.errors import UsageProblem
    from edusync.testing.mutation import judge, mistakes

    cases = list(cases_of([spec]))
    if not cases:
        raise UsageProblem(
            "RUN_USAGE",
            f"there are no cases for {spec}",
            f"put them into cases/{spec.stem}/NAME, or run `edusync record`",
        )
    planted = mistakes(spec)[::every]
    if not planted:
        raise UsageProblem("RUN_USAGE", f"nothing in {spec} can be mistaken", "is it a whole spec?")
    with click.progressbar(
        judge(spec, cases, common_options().registry().functions, planted),
        length=len(planted),
        label="mistakes",
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as going:
        verdicts = list(going)
    unnoticed = [verdict.mistake for verdict in verdicts if verdict.noticed_by is None]
    by_validation = sum(verdict.noticed_by == "validate" for verdict in verdicts)
    for mistake in unnoticed:
        click.echo(
            f"{click.style(f'{spec}:{mistake.line}:{mistake.column}', bold=True)} {mistake.kind}: "
            f"{click.style(mistake.before, dim=True)} → {click.style(mistake.after, fg='yellow')}"
        )
    share = 100 * len(unnoticed) / len(planted)
    click.echo(
        f"{spec}: {len(planted)} mistakes: {by_validation} noticed by validate, "
        f"{len(planted) - by_validation - len(unnoticed)} by a case, {len(unnoticed)} by nobody "
        f"({share:.1f} %)"
    )
    return 1 if share > fail_over else 0
