"""`edusync fmt PATH...`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common


@click.command("fmt")
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="PATH...",
    type=click.Path(exists=True, path_type=Path),
)
@click.option("--check", is_flag=True, help="Write nothing; exit code 1 when a file would change.")
@click.option("--diff", is_flag=True, help="Print what would change, and write nothing.")
@common
def command(paths: tuple[Path, ...], *, check: bool, diff: bool) -> int:
    """Lay specs out in one form.

    Keys in the order in which they act, two blanks a level, too long lines as blocks.

    Comments stay with what they stand at, and so does the choice between a line and a block.
    Folders are searched.
    """
    from edusync.app.files.layout import lay_out
    from edusync.app.files.specs import shown
    from edusync.cli.render.findings import print_findings

    laid, findings = lay_out(paths)
    print_findings(findings, err=True)
    changed = [one for one in laid if one.is_new]
    for one in changed:
        if diff:
            from difflib import unified_diff

            name = shown(one.file)
            click.echo(
                "".join(
                    unified_diff(
                        one.before.splitlines(keepends=True),
                        one.after.splitlines(keepends=True),
                        name,
                        name,
                    )
                ),
                nl=False,
            )
        elif check:
            click.echo(f"would change: {shown(one.file)}")
        else:
            one.write()
            click.echo(f"written: {shown(one.file)}")
    plural = "s" if len(laid) != 1 else ""
    click.echo(
        f"{len(laid)} spec{plural} looked at, {len(changed)} "
        f"{'to be changed' if check or diff else 'changed'}",
        err=diff,
    )
    return 2 if findings else 1 if changed and (check or diff) else 0
