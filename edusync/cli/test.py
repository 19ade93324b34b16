"""`edusync test [PATH...]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from edusync.testing.cases import Case

_PLACES = ("cases", "tests/connectors")


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--update", is_flag=True, help="Show what differs, and write it into the golden files."
)
@common
def command(paths: tuple[Path, ...], *, update: bool) -> int:
    """Run the cases of specs against their golden files, without pytest.

    PATH is a spec (its cases lie in `cases/NAME` or `tests/connectors/NAME`) or a folder of cases;
    `cases` and `tests/connectors` when not said. Exit code 1 when a case differs, has no golden
    file yet, or gives no sheet though it was recorded from some: --update does not accept that.
    """
    from edusync.errors import EdusyncError, UsageProblem
    from edusync.testing.golden import difference, lost_sheets, written

    bad = count = 0
    for case in cases_of(paths or tuple(Path(place) for place in _PLACES if Path(place).is_dir())):
        count += 1
        try:
            found = written(case)
        except (EdusyncError, AssertionError) as error:
            bad += 1
            click.echo(f"{click.style('broken', fg='red', bold=True)} {case.name}: {error}")
            continue
        if lost := lost_sheets(case, found):
            bad += 1
            _print_empty(case, lost)
            continue
        lines = difference(case, found)
        if not lines:
            click.echo(f"{click.style('ok', fg='green')} {case.name}")
            continue
        new = not case.golden.is_file()
        click.echo(
            f"{click.style('new' if new else 'differs', fg='yellow', bold=True)} {case.name}"
        )
        for line in lines:
            click.echo(click.style(line, fg={"+": "green", "-": "red"}.get(line[0])))
        if update:
            case.golden.write_text(found, encoding="utf-8")
        else:
            bad += 1
    if not count:
        raise UsageProblem(
            "RUN_USAGE",
            "there are no cases here",
            "name a spec or a folder that holds case.yaml files",
        )
    click.echo(
        f"{count} case{'s' if count > 1 else ''}: {count - bad} as expected"
        + (f", {bad} not; --update writes what came, once you have read it" if bad else "")
    )
    return 1 if bad else 0


def _print_empty(case: Case, lost: int) -> None:
    """Say that a case gives nothing where it was recorded from something."""
    from edusync.codes import get_code

    word = click.style("empty", fg="red", bold=True)
    click.echo(
        f"{word} {case.name}: RUN_CASE_EMPTY: it gives no sheet, and was recorded from {lost}"
    )
    click.echo(f"  hint: {get_code('RUN_CASE_EMPTY').remedy}")


def cases_of(paths: Iterable[Path]) -> Iterator[Case]:
    """Yield the cases of specs and folders; the folders of the specs are searched for specs too."""
    from edusync.app.files.recordings import case_folders
    from edusync.testing.cases import find_cases

    given = list(paths)
    dirs = tuple(
        dict.fromkeys(
            [
                *told().spec_dirs,
                *(path.parent.absolute() for path in given if path.is_file()),
                *(place.absolute() for place in (Path("specs"),) if place.is_dir()),
            ]
        )
    )
    for path in given:
        if path.is_dir():
            yield from find_cases(path, dirs)
            continue
        for folder in case_folders(path):
            yield from find_cases(folder, dirs)
