"""`edusync writeback CONNECTOR_FILE`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from edusync.cli.errors import code_of
from edusync.cli.options import common, common_options
from edusync.cli.several import several
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from edusync.app.runs.writeback import Result
    from edusync.engine.upward.rehearsal import Would
    from edusync.engine.upward.sheet import UpSheet


@click.command("writeback")
@several("resend", "entered", "only")
@click.option(
    "--plan",
    "only_plan",
    is_flag=True,
    help="Print each line and each request as it would be sent, and send nothing; with -v bodies "
    "are printed whole.",
)
@click.option(
    "--resend",
    multiple=True,
    metavar="ID",
    help="Send this sheet again, by its id in the ERP, whatever was sent before; may be given "
    "several times.",
)
@click.option(
    "--entered",
    multiple=True,
    metavar="ID",
    help="What is left of this sheet was entered in the ERP by hand: nothing more of it goes up, "
    "and no run names it any more.",
)
@click.option(
    "--only",
    multiple=True,
    metavar="ID",
    help="This sheet now, by its id in the ERP, and no other one; may be given several times. "
    "The next run looks at all others as if this one had not been.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the result is printed.",
)
@common
@traced
def command(
    connector_file: Path,
    resend: tuple[str, ...],
    entered: tuple[str, ...],
    only: tuple[str, ...],
    form: str,
    *,
    only_plan: bool,
) -> int:
    """Send the attendance of archived sheets up into the ERP, once.

    A line that is held, because its reason is unknown or a rule of the spec says so, is looked at
    and named by every run, and goes by itself once nothing holds it.

    Exit code 1 when lines were refused, are in doubt, or are held with a code that is an error; a
    line that is held with a warning is named, and the exit code stays 0. 2 when the ERP has no way
    for attendance, 5 when a side is out of reach.
    """
    from edusync.app.files.connector_file import load_instance
    from edusync.app.runs.writeback import plan_writeback, write_back
    from edusync.cli.render.findings import print_findings

    options = common_options()
    registry = options.registry()
    instance = load_instance(connector_file, registry)
    print_findings(instance.warnings, err=True)
    act = plan_writeback if only_plan else write_back
    result = act(
        instance,
        options.store(),
        registry,
        options.begins(),
        resend=resend,
        entered=entered,
        only=only or None,
    )
    if form == "json":
        import json

        click.echo(json.dumps(result.as_dict(), indent=2, ensure_ascii=False, default=str))
    else:
        print_result(result, verbose=options.verbose)
    if result.stopped is not None:
        return code_of(result.stopped)
    return 1 if result.status in {"partial", "failed"} else 0


def print_result(result: Result, *, verbose: int = 0) -> None:
    """Print what went up, or would, sheet by sheet, and why the rest did not."""
    from edusync.cli.render.plan import print_outcomes
    from edusync.locale import gettext as _
    from edusync.locale import ngettext
    from edusync.locale.labels import label

    total = held = sheets = skipped = refused = 0
    for account in result.accounts:
        click.echo(click.style(_("account {name}", name=account.name), bold=True))
        for sheet in account.sheets:
            lines = [line["state"] for line in account.lines if line["course"] == sheet.source_id]
            total += len(lines) or sheet.was_sent
            held, sheets = held + sheet.held, sheets + sheet.is_held
            skipped, refused = skipped + sheet.was_skipped, refused + sheet.was_refused
            _print_sheet(sheet, lines, is_plan=result.run_id is None)
        if result.run_id is None:
            _print_would(account.lines, account.would, verbose=verbose)
        print_outcomes(
            [
                outcome
                for outcome in result.outcomes
                if outcome.account == account.name and outcome.code != "UP_SENT"
            ],
            verbose=verbose,
        )
    words = [
        _lines(total) if total else _("nothing to send"),
        *([_("nothing to write for {lines}", lines=_lines(skipped))] if skipped else []),
        *([_("{lines} refused", lines=_lines(refused))] if refused else []),
        *([_("{lines} held", lines=_lines(held))] if held else []),
        *(
            [ngettext("{count} whole sheet held", "{count} whole sheets held", sheets)]
            if sheets
            else []
        ),
    ]
    grade = click.style(label("grade", result.status), bold=True)
    click.echo(_("{grade}: {words}", grade=grade, words=", ".join(words)))


def _print_would(
    lines: Sequence[Mapping[str, Any]], would: Sequence[Would], *, verbose: int
) -> None:
    """Print each line as it would be sent, and with -v each request."""
    from edusync.app.authoring.columns import cut
    from edusync.cli.render.rows import width
    from edusync.locale import gettext as _
    from edusync.locale.labels import label

    for line in lines:
        who = f"{label('kind', line['role'])} {line['source_id']}"
        state = label("state", line["state"])
        text = _flat(line["content"]) if line["content"] else _("nothing is sent")
        click.echo(f"    {line['course']}  {who}: {state}")
        click.echo(click.style(f"      {cut(text, width() - 6)}", dim=True))
    if not would:
        return
    heading = _("what would be sent, in its order:")
    click.echo(f"  {heading}")
    for one in would:
        about = one.person or ", ".join(one.courses)
        click.echo(f"    {click.style(one.call, bold=True)}  ({about})")
        text = one.note if one.body is None and one.note else _flat(one.body)
        click.echo(f"      {text if verbose else cut(text, width() - 6)}")


def _flat(body: Any) -> str:
    import json

    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, default=str)


def _print_sheet(sheet: UpSheet, lines: Sequence[str], *, is_plan: bool) -> None:
    from edusync.locale import gettext as _

    is_held = bool(sheet.held) or sheet.is_held
    held_words = _("the whole sheet") if sheet.is_held else _lines(sheet.held)
    holes = {
        "id": sheet.source_id,
        "held": held_words,
        "sent": _sent(sheet, lines, is_plan=is_plan),
    }
    if is_held and not lines and not sheet.was_sent:
        mark, color, words = "=", "yellow", _("held {id}: {held}", **holes)
    elif is_plan:
        mark, color, words = "↑", "green", _("would send {id}: {sent}", **holes)
    else:
        mark, color, words = "↑", "green", _("sent {id}: {sent}", **holes)
    if is_held and mark == "↑":
        words += _(" ({held} held)", **holes)
    click.echo(f"  {click.style(mark, fg=color, bold=True)} {words}")


def _sent(sheet: UpSheet, lines: Sequence[str], *, is_plan: bool) -> str:
    """Return what goes up of a sheet: how many lines of each state."""
    from collections import Counter

    from edusync.locale import gettext as _
    from edusync.locale.labels import label

    states = [f"{count} {label('state', state)}" for state, count in Counter(lines).items()]
    if states:
        return ", ".join(states)
    return (
        _("nothing") if is_plan else f"{_lines(sheet.was_sent)}, {label('upload', sheet.status())}"
    )


def _lines(count: int) -> str:
    from edusync.locale import ngettext

    return ngettext("{count} line", "{count} lines", count)
