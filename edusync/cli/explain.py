"""`edusync explain CODE`, `explain CONNECTOR_FILE KIND ID`, and `explain --compiled FILE`.

KIND is course, student, professor, group, external (a tutor) or attendance.
"""

from __future__ import annotations

from pathlib import Path

import click

from edusync.cli.options import KINDS, common, common_options
from edusync.cli.tracing import traced


@click.command("explain")
@click.argument("subject", metavar="CODE | CONNECTOR_FILE | SPEC")
@click.argument(
    "kind",
    required=False,
    type=click.Choice([*KINDS, "attendance"]),
)
@click.argument("source_id", required=False, metavar="[ID]")
@click.option(
    "--compiled",
    is_flag=True,
    help="Print the Python that a spec, or that of a connector file, is compiled to.",
)
@common
@traced
def command(subject: str, kind: str | None, source_id: str | None, compiled: bool) -> int:  # noqa: FBT001 - click says it by name
    """Say what a code means, or why this very item did or did not come down.

    ID is the id in the ERP or a part of it, the id on Edusign, an e-mail, the names of a person, or
    the name of a session with its day: "Anglais 2026-03-18".

    `attendance ID` says what went up of a session.

    With --compiled, what a spec makes of each row; a remark names the line of the spec.
    """
    if compiled:
        return _compiled(subject)
    if kind is None:
        return print_code(subject)
    if source_id is None:
        raise click.UsageError(f"which {kind}? give its id in the ERP")
    return _item(Path(subject), kind, source_id)


def _compiled(subject: str) -> int:
    from edusync.app.explaining.compiled import compiled_parts, spec_of

    options = common_options()
    registry = options.registry()
    spec = spec_of(options.connector(Path(subject)), registry)
    for part in compiled_parts(spec, registry):
        click.echo(click.style(f"# {part.title}", bold=True))
        click.echo(f"\n{part.text}")
    return 0


def print_code(name: str) -> int:
    """Print what a code means, what to do, and its examples."""
    from textwrap import indent

    from edusync.codes import all_codes, get_code
    from edusync.diagnostics import did_you_mean
    from edusync.errors import UsageProblem
    from edusync.locale import gettext as _
    from edusync.locale.labels import label
    from edusync.spec.rules import examples

    if name.upper() not in all_codes():
        raise UsageProblem(
            "RUN_USAGE", f"there is no code '{name}'", did_you_mean(name.upper(), list(all_codes()))
        )
    code, what_to_do, for_example = get_code(name.upper()), _("What to do:"), _("For example:")
    click.echo(
        f"{click.style(code.name, bold=True)} ({label('severity', code.severity)})\n\n"
        f"{code.meaning}\n\n{what_to_do} {code.remedy}"
    )
    if code.example:
        click.echo(f"\n{for_example} {code.example}")
    shown = examples(code.name)
    if shown is not None:
        for word, color, text in (
            (_("not like this"), "red", shown[0]),
            (_("but like this"), "green", shown[1]),
        ):
            click.echo(f"\n{click.style(word, fg=color)}\n\n{indent(text, '    ')}")
    return 0


def _item(file: Path, kind: str, source_id: str) -> int:
    from functools import partial

    from edusync.app.explaining.explain import explain_item
    from edusync.app.explaining.explain_attendance import explain_attendance
    from edusync.app.files.connector_file import load_instance
    from edusync.locale import gettext as _
    from edusync.locale.labels import label

    options = common_options()
    registry = options.registry()
    instance = load_instance(options.connector(file), registry)
    question = _(
        "{kind} {id} of {erp}", kind=label("kind", kind), id=source_id, erp=instance.spec.label
    )
    click.echo(click.style(question, bold=True))
    explain = (
        partial(explain_attendance, source_id=source_id)
        if kind == "attendance"
        else partial(explain_item, kind=kind, source_id=source_id)
    )
    for account, answer in explain(instance, options.store(), registry, options.begins()):
        several = account and len(instance.accounts) > 1
        where = _("account {name}:", name=account) + " " if several else ""
        code = f"{click.style(answer.code, bold=True)}: " if answer.code else ""
        place = click.style(f"  [{answer.spec}]", dim=True) if answer.spec else ""
        click.echo(f"  {where}{code}{answer.words}{place}")
        if answer.remedy:
            click.echo(f"      {answer.remedy}")
    return 0
