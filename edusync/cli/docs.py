"""`edusync docs SPEC`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, common_options


@click.command("docs")
@click.argument(
    "spec", metavar="SPEC", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--into",
    "page",
    metavar="PAGE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep it up to date between two markers of this page.",
)
@click.option(
    "--check", is_flag=True, help="Write nothing; exit code 1 when PAGE is not up to date."
)
@common
def command(spec: Path, page: Path | None, *, check: bool) -> int:
    """Print the page of a connector.

    What is asked, what goes down and up, what is left out, what is assumed.
    """
    from edusync.app.authoring.connector_page import connector_page, within
    from edusync.app.files.specs import shown
    from edusync.cli.render.findings import print_findings
    from edusync.errors import UsageProblem
    from edusync.spec import load_spec

    lang = common_options().lang
    built, document = load_spec(
        spec.read_text(encoding="utf-8"), shown(spec), common_options().registry().functions
    )
    if built is None:
        print_findings(document.findings, err=True)
        return 2
    if page is None:
        if check:
            raise UsageProblem(
                "RUN_USAGE", "--check needs --into PAGE", "name the page that is to be up to date"
            )
        click.echo(connector_page(built, lang), nl=False)
        return 0
    before = page.read_text(encoding="utf-8") if page.is_file() else f"# {built.label}\n"
    after = within(before, built, lang)
    if before == after:
        click.echo(f"up to date: {page}")
        return 0
    if check:
        click.echo(f"not up to date: {page}; run `edusync docs {spec} --into {page}`")
        return 1
    page.write_text(after, encoding="utf-8")
    click.echo(f"written: {page}")
    return 0
