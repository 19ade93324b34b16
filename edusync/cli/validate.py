"""`edusync validate [PATH...]`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, common_options


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

    Without PATH, every installed spec is checked.

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
    return 1 if errors or (strict and findings) else 0
