"""`edusync validate [PATH...]`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from edusync.app.files.project import Project

_NAMED = 4
"""So many files are named."""


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How findings are printed.",
)
@click.option("--strict", is_flag=True, help="Warnings end with exit code 1 too.")
@common
def command(paths: tuple[Path, ...], form: str, *, strict: bool) -> int:
    """Check specs, connector files, cases and projects; folders are searched.

    Connector files are also checked together: names, keys of Edusign, what each brings down.

    Without PATH, every installed spec is checked, those of the project of this folder included,
    and it says which other files of the project were left out.

    Exit code 1 when there are errors.
    """
    from edusync.app.authoring.validate import validate
    from edusync.cli.render.findings import print_findings

    options = common_options()
    project = options.project()
    checked, findings = validate(
        paths, (*options.spec_dirs, *(project.spec_dirs if project else ()))
    )
    print_findings(findings, form)
    errors = sum(found.severity == "error" for found in findings)
    if form == "text":
        counts = [
            f"{count} {word}{'' if count == 1 else 's'}"
            for count, word in (
                (checked, "file"),
                (errors, "error"),
                (len(findings) - errors, "warning"),
            )
        ]
        click.echo(f"{counts[0]} checked: {counts[1]}, {counts[2]}")
        if not paths and project is not None:
            click.echo(_left_out(project))
    return 1 if errors or (strict and findings) else 0


def _left_out(project: Project) -> str:
    """Say which files of a project a check of the installed specs leaves out."""
    from edusync.app.files.specs import shown

    listing = project.listing()
    files = [project.file, *(one.file for one in listing.connectors.values()), *listing.strays]
    names = [shown(file) for file in files[:_NAMED]]
    more = f" and {len(files) - _NAMED} more" if len(files) > _NAMED else ""
    return f"left out of this project: {', '.join(names)}{more}; `edusync validate .` checks them"
