"""`edusync webhooks`."""

from __future__ import annotations

import click

from edusync.cli.options import common, common_options


@click.command("webhooks")
@click.argument("name", required=False)
@common
def command(name: str | None) -> int:
    """Print the addresses at which Edusign can say that a sheet was archived.

    Each account of a connector has its own, which goes into a webhook of its school on Edusign; who
    knows it can have edusync read a sheet of that account, and nothing else. An application of
    Edusign, whose calls are signed, has one for all schools. The connectors need `schedule: {up:
    at_once}`, and a server that Edusign reaches: `web` in edusync.yaml.
    """
    from edusync.app.files.specs import shown
    from edusync.app.runner.webhooks import APPLICATION, address_of

    options = common_options()
    project = options.needed_project()
    settings, fleet = project.settings, options.fleet(project)
    fleet.calendars()
    if name is not None:
        project.file_of(name)
    url = (settings.web_url or "").rstrip("/")
    if settings.listen is None or not url:
        words = "`web: {listen: …, url: …}` in edusync.yaml says where Edusign reaches edusync"
        click.echo(words, err=True)
    if name is None and settings.webhooks.client_secret is not None:
        click.echo(f"{click.style('application', bold=True)}\n    {url}{APPLICATION}")
    for one, known in sorted(fleet.known().items()):
        if name not in {None, one}:
            continue
        note = "" if known.at_once else "  (off: `schedule: {up: at_once}` switches it on)"
        if not known.accounts:
            note = f"  (its file has errors: `edusync validate {shown(known.listed.file)}`)"
        click.echo(f"{click.style(one, bold=True)}{note}")
        for account in known.accounts:
            click.echo(f"    {account}: {url}{address_of(options.store(), one, account)}")
    return 0
