"""`edusync coverage SPEC`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from edusync.testing.coverage import Coverage, Point


@click.command("coverage")
@click.argument(
    "specs",
    nargs=-1,
    required=True,
    metavar="SPEC...",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--html",
    "page",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the source, coloured, into this page.",
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    default=0.0,
    metavar="PERCENT",
    help="Exit code 1 when a spec is below.",
)
@common
def command(specs: tuple[Path, ...], page: Path | None, fail_under: float) -> int:
    """Say which lines of a spec its cases exercise.

    Values, both sides of conditions, states, options and filters.

    `# edusync: uncovered REASON` in the spec excuses its line, or the line below when it stands
    alone.
    """
    from edusync.cli.test import cases_of
    from edusync.errors import UsageProblem
    from edusync.testing.coverage import measure

    measured = []
    for spec in specs:
        cases = list(cases_of([spec]))
        if not cases:
            raise UsageProblem(
                "RUN_USAGE",
                f"there are no cases for {spec}",
                f"put them into cases/{spec.stem}/NAME, or run `edusync record`",
            )
        coverage = measure(spec, cases, common_options().registry().functions)
        _print(coverage)
        measured.append(coverage)
    if page is not None:
        from edusync.cli.render.coverage import as_page

        page.write_text(as_page(measured), encoding="utf-8")
        click.echo(f"written: {page}")
    return (
        1 if any(coverage.percent < fail_under or coverage.needless for coverage in measured) else 0
    )


def _print(coverage: Coverage) -> None:
    lines = coverage.text.splitlines()
    for point in coverage.gaps:
        click.echo(
            f"{click.style(f'{coverage.file}:{point.line}:{point.column}', bold=True)} "
            f"{click.style(words(coverage, point), fg='yellow')}  "
            f"{click.style(lines[point.line - 1].strip(), dim=True)}"
        )
    for line in coverage.needless:
        click.echo(
            f"{click.style(f'{coverage.file}:{line}', bold=True)} "
            f"{click.style('is excused, and wholly covered: remove the comment', fg='red')}"
        )
    excused = f", {len(coverage.excuses)} lines excused" if coverage.excuses else ""
    click.echo(
        f"{coverage.file}: {coverage.percent:.1f} % of {len(coverage.counted)} points, by "
        f"{len(coverage.cases)} "
        f"case{'s' if len(coverage.cases) != 1 else ''}{excused}"
    )


def words(coverage: Coverage, point: Point) -> str:
    """Say what no case showed of a point."""
    missing = sorted(coverage.missing(point))
    if point.what in {"option", "filter"}:
        return f"{point.what} never {' or '.join(missing)}"
    return f"never {' or '.join(missing)}"
