"""`edusync purge`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from edusync.app.files.project import Project
    from edusync.state.store import Store


@click.command("purge")
@click.option("--connector", metavar="NAME", help="Everything that is kept of this connector.")
@click.option(
    "--days",
    type=click.IntRange(30),
    help="How many days are kept; as edusync.yaml says, or 180, when not said.",
)
@click.option("--yes", is_flag=True, help="Delete what is kept of the connector, links included.")
@common
def command(connector: str | None, days: int | None, *, yes: bool) -> int:
    """Delete events, slots and runs that are older than they have to be.

    `edusync serve` does so once a day. The last runs of a connector and its links stay.

    With --connector NAME --yes, everything that is kept of one connector goes, whose file is gone
    or about to go: its sheets on Edusign stay as they are, and a run after that adopts them. Nobody
    of a school sees it in the console any more. Its secrets in the store, those below NAME/, go
    unless a file or a release names them.
    """
    from datetime import timedelta

    from edusync.app.files.stored import secrets_of
    from edusync.errors import UsageProblem
    from edusync.state.purge import purge_connector, purge_older

    options = common_options()
    if connector is not None:
        if not yes:
            raise UsageProblem(
                "RUN_USAGE",
                f"this deletes every link of '{connector}', and what was sent up of its sheets",
                "say --yes when that is meant",
            )
        store, project = options.store(), options.project()
        count = purge_connector(store, connector, secrets=any(secrets_of(store, connector)))
        click.echo(f"{count} links of '{connector}' are deleted, and all else that was kept of it")
        _forget_secrets(store, project, connector)
        return 0
    project = options.project()
    days_kept = days or (project.settings.keep_days if project else 180)
    count = purge_older(options.store(), options.now() - timedelta(days=days_kept))
    click.echo(f"{count} rows from before the last {days_kept} days are deleted")
    return 0


def _forget_secrets(store: Store, project: Project | None, connector: str) -> None:
    """Delete the secrets of a connector that nothing names, and say which went and which stay."""
    from edusync.app.files.stored import forget_unnamed, secrets_of

    gone = forget_unnamed(store, project, connector)
    if gone:
        click.echo(f"its secrets are deleted: {', '.join(gone)}")
    left = list(secrets_of(store, connector))
    if left:
        click.echo(
            f"these secrets stay, since a file or a release names them: {', '.join(left)}; "
            "`edusync secret remove` deletes one"
        )
