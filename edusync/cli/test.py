"""`edusync test [PATH...]`."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from edusync.testing.cases import Case
    from edusync.testing.rare_names import RareNames

_PLACES = ("cases", "tests/connectors")


@click.command("test")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--update", is_flag=True, help="Show what differs, and write it into the files.")
@common
def command(paths: tuple[Path, ...], *, update: bool) -> int:
    """Run the cases of specs against their golden files, without pytest.

    PATH is a spec (its cases lie in `cases/NAME` or `tests/connectors/NAME`) or a folder of cases;
    `cases` and `tests/connectors` when not said. Exit code 1 when a case differs, has no golden
    file yet, or gives no sheet though it was recorded from some: --update does not accept that.
    When all cases of a spec are run, so is `recorded/NAME.json` beside it compared with them: the
    names that rows of each list have, by which `validate` finds a misspelt one, and those that
    only some have.
    """
    from edusync.errors import UsageProblem
    from edusync.testing.rare_names import RareNames

    places = paths or tuple(Path(place) for place in _PLACES if Path(place).is_dir())
    cases = list(cases_of(places))
    if not cases:
        raise UsageProblem(
            "RUN_USAGE",
            "there are no cases here",
            "name a spec or a folder that holds case.yaml files",
        )
    bad = stale = 0
    for spec, its_cases in _by_spec(cases):
        rare = RareNames()
        if update and spec is not None:
            _write_rare_names(rare, spec, its_cases)
        bad += sum(not _is_as_expected(case, rare, update=update) for case in its_cases)
        stale += not update and spec is not None and _print_rare_names(rare, spec)
    count = len(cases)
    click.echo(
        f"{count} case{'s' if count > 1 else ''}: {count - bad} as expected"
        + (f", {bad} not" if bad else "")
        + ("; --update writes what came, once you have read it" if bad or stale else "")
    )
    return 1 if bad or stale else 0


def _is_as_expected(case: Case, rare: RareNames, *, update: bool) -> bool:
    """Run a case and print how it differs; whether it is as expected, or is so from now on."""
    from edusync.cli.render.findings import print_findings
    from edusync.errors import EdusyncError, FilesInvalid
    from edusync.testing.golden import difference, lost_sheets

    try:
        text = rare.written(case)
    except FilesInvalid as invalid:
        click.echo(f"{click.style('broken', fg='red', bold=True)} {case.name}: {invalid}")
        print_findings(invalid.diagnostics)
        return False
    except (EdusyncError, AssertionError) as error:
        click.echo(f"{click.style('broken', fg='red', bold=True)} {case.name}: {error}")
        return False
    if lost := lost_sheets(case, text):
        _print_empty(case, lost)
        return False
    lines = difference(case, text)
    if not lines:
        click.echo(f"{click.style('ok', fg='green')} {case.name}")
        return True
    word = "differs" if case.golden.is_file() else "new"
    click.echo(f"{click.style(word, fg='yellow', bold=True)} {case.name}")
    _print_lines(lines)
    if update:
        case.golden.write_text(text, encoding="utf-8")
    return update


def _by_spec(cases: Iterable[Case]) -> list[tuple[Path | None, list[Case]]]:
    """Return cases by the file of their spec."""
    from edusync.testing.rare_names import spec_of

    by_spec: dict[Path | None, list[Case]] = {}
    for case in cases:
        by_spec.setdefault(spec_of(case), []).append(case)
    return list(by_spec.items())


def _write_rare_names(rare: RareNames, spec: Path, cases: Sequence[Case]) -> None:
    """Run cases and write the names of their rows beside their spec, since the cases look there."""
    from edusync.app.files.specs import rare_file
    from edusync.errors import EdusyncError

    for case in cases:
        with suppress(EdusyncError, AssertionError):  # it says so when it is compared
            rare.written(case)
    _print_rare_names(rare, spec)
    text = rare.outdated(spec)
    if text is not None:
        rare_file(spec).parent.mkdir(exist_ok=True)
        rare_file(spec).write_text(text, encoding="utf-8")


def _print_rare_names(rare: RareNames, spec: Path) -> bool:
    """Print how the file of names of rows beside a spec differs from its cases; whether it does."""
    from difflib import unified_diff

    from edusync.app.files.specs import rare_file, shown

    text, file = rare.outdated(spec), rare_file(spec)
    if text is None:
        return False
    click.echo(f"{click.style('differs', fg='yellow', bold=True)} {shown(file)}")
    before = file.read_text(encoding="utf-8") if file.is_file() else ""
    came = "the names of rows of the cases"
    _print_lines(
        unified_diff(before.splitlines(), text.splitlines(), shown(file), came, lineterm="")
    )
    return True


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        click.echo(click.style(line, fg={"+": "green", "-": "red"}.get(line[0])))


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

    named = list(paths)
    dirs = tuple(
        dict.fromkeys(
            [
                *common_options().spec_dirs,
                *(path.parent.absolute() for path in named if path.is_file()),
                *(place.absolute() for place in (Path("specs"),) if place.is_dir()),
            ]
        )
    )
    for path in named:
        if path.is_dir():
            yield from find_cases(path, dirs)
            continue
        for folder in case_folders(path):
            yield from find_cases(folder, dirs)
