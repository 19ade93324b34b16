"""`edusync forget CONNECTOR PERSON`."""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import common, common_options


@click.command("forget")
@click.argument("connector_file", metavar="CONNECTOR", type=click.Path(path_type=Path))
@click.argument("person")
@click.option(
    "--kind",
    type=click.Choice(["student", "professor", "external"]),
    help="Who is meant, when a student and a professor have the same id; an external is a tutor.",
)
@click.option(
    "--undo",
    is_flag=True,
    help="Take the mark away, so that the next run brings them down; with --kind and the whole id "
    "in the ERP.",
)
@common
def command(connector_file: Path, person: str, kind: str | None, *, undo: bool) -> int:
    """Delete what is kept of a person: links, digests, what was sent up, events.

    PERSON is the id in the ERP or on Edusign; `edusync explain NAME student "First Last"` finds it.

    A keyed mark stays, so that the next run does not create them again while the ERP still sends
    them. What is on Edusign, and their seats on sheets, are left to the school.
    """
    from edusync.app.explaining.events import connector_name
    from edusync.errors import UsageProblem
    from edusync.locale import gettext as _
    from edusync.locale import ngettext
    from edusync.locale.labels import label
    from edusync.state.forget import forget_person, remember_again

    options = common_options()
    file, store = options.connector(connector_file), options.store()
    name = connector_name(file) if file.is_file() else str(connector_file)  # or one that is gone
    if undo:
        if kind is None:
            raise UsageProblem("RUN_USAGE", "nobody says who is meant", "add --kind")
        if not remember_again(store, name, kind, person):
            message = f"no {kind} '{person}' was forgotten"
            raise UsageProblem("RUN_USAGE", message, "give the whole id in the ERP")
        who = f"{label('kind', kind)} {person}"
        click.echo(_("{who}: the next run brings them down", who=who))
        return 0
    forgotten = forget_person(store, name, person, kind)
    who = f"{label('kind', forgotten.person[0])} {forgotten.person[1]}"
    rows = ngettext("{count} row deleted or cut", "{count} rows deleted or cut", forgotten.rows)
    click.echo(_("{who} is forgotten: {rows}", who=who, rows=rows))
    ids = ", ".join(forgotten.edusign_ids)
    shown_ids = f" ({ids})" if ids else ""
    click.echo(
        _(
            "left to the school: the person on Edusign{there} and their seats on sheets, to be "
            "taken away there",
            there=shown_ids,
        )
    )
    click.echo(
        _(
            "a mark without a name stays: while the ERP sends them, they are not created again "
            "(DOWN_PERSON_FORGOTTEN); take them out of the ERP"
        )
    )
    return 0
