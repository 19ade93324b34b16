"""`edusync coverage SPEC`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, told

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
        found = measure(spec, cases, told().registry().functions)
        _print(found)
        measured.append(found)
    if page is not None:
        from edusync.cli.render.coverage import as_page

        page.write_text(as_page(measured), encoding="utf-8")
        click.echo(f"written: {page}")
    return 1 if any(found.percent < fail_under or found.needless for found in measured) else 0


def _print(found: Coverage) -> None:
    lines = found.text.splitlines()
    for point in found.gaps:
        click.echo(
            f"{click.style(f'{found.file}:{point.line}:{point.column}', bold=True)} "
            f"{click.style(words(found, point), fg='yellow')}  "
            f"{click.style(lines[point.line - 1].strip(), dim=True)}"
        )
    for line in found.needless:
        click.echo(
            f"{click.style(f'{found.file}:{line}', bold=True)} "
            f"{click.style('is excused, and wholly covered: remove the comment', fg='red')}"
        )
    excused = f", {len(found.excuses)} lines excused" if found.excuses else ""
    click.echo(
        f"{found.file}: {found.percent:.1f} % of {len(found.counted)} points, by "
        f"{len(found.cases)} "
        f"case{'s' if len(found.cases) != 1 else ''}{excused}"
    )


def words(found: Coverage, point: Point) -> str:
    """Say what no case showed of a point."""
    missing = sorted(found.missing(point))
    if point.what in {"option", "filter"}:
        return f"{point.what} never {' or '.join(missing)}"
    return f"never {' or '.join(missing)}"
