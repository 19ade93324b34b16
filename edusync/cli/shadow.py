"""`edusync shadow CONNECTOR_FILE`, and what `edusync sync --shadow` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edusync.cli.errors import GUARD, code_of
from edusync.cli.options import common, told
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.shadow import Day

WIDTH = 80


@click.command("shadow")
@click.argument("connector_file", type=click.Path(path_type=Path), metavar="CONNECTOR")
@click.option("--since", metavar="MOMENT", help="Runs from then on, such as 2026-03-09.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the days are printed.",
)
@common
@traced
def command(connector_file: Path, since: str | None, form: str) -> int:
    """Show, day by day, what edusync would have done otherwise than what stood on Edusign.

    Each day as it was seen last before it came, by `edusync sync CONNECTOR --shadow` or in the
    slots of a connector with `schedule: {shadow: true}`. A school can move when nothing differs, or
    all of it is understood.

    Exit code 1 when something differs, or a day was never read whole; 2 when no shadow run looked
    at a day.
    """
    from edusync.app.explaining.events import connector_name
    from edusync.app.runs.shadow import days_seen
    from edusync.errors import UsageProblem

    options = told()
    name = connector_name(options.connector(connector_file))
    start = None if since is None else options.moment(since)
    days = days_seen(options.store(), name, since=start)
    if not days:
        hint = "`edusync sync FILE --shadow` looks now"
        raise UsageProblem("RUN_USAGE", f"no shadow run of '{name}' looked at a day", hint)
    return _show(days, form)


def look(instance: Instance, form: str) -> int:
    """Look at both sides now, print what differs on the coming days, and return the exit code."""
    from edusync.app.runs.shadow import days_seen, shadow
    from edusync.cli.render.plan import print_outcomes

    options = told()
    moment = options.begins()
    result = shadow(instance, options.store(), options.registry(), moment)
    days = days_seen(options.store(), instance.name, since=moment.now)
    code = _show(days, form)
    if form == "text":
        print_outcomes([one for one in result.outcomes if one not in result.differences])
    if result.guards:
        return GUARD
    return code_of(result.stopped) if result.stopped is not None else code


def _show(days: Sequence[Day], form: str) -> int:
    if form == "json":
        import json

        click.echo(json.dumps(_as_dict(days), indent=2, ensure_ascii=False))
    else:
        _print(days)
    return int(any(day.differences or day.compared is None for day in days))


def _as_dict(days: Sequence[Day]) -> dict[str, Any]:
    keys = ("code", "source_id", "edusign_id", "field", "detail")
    return {
        "version": 1,
        "days": [
            {
                "account": day.account,
                "day": day.day.isoformat(),
                "looked_at": day.looked_at.isoformat(),
                "compared": day.compared,
                "differences": [{key: one[key] for key in keys} for one in day.differences],
            }
            for day in days
        ],
    }


def _print(days: Sequence[Day]) -> None:
    from edusync.cli.render.plan import print_meanings
    from edusync.locale import gettext as _
    from edusync.locale import ngettext

    account, codes = None, dict[str, None]()
    for day in days:
        if day.account != account:
            account = day.account
            click.echo(click.style(_("account {name}", name=account), bold=True))
        words = (
            ngettext("{count} difference", "{count} differences", len(day.differences))
            if day.differences
            else _("nothing differs")
        )
        if day.compared is None:
            words = _("never read whole")
        else:
            words = f"{ngettext('{count} sheet', '{count} sheets', day.compared)}, {words}"
        click.echo(f"  {day.day}  {words}")
        for one in day.differences:
            codes[one["code"]] = None
            _print_difference(one)
    total = sum(len(day.differences) for day in days)
    count = ngettext("{count} difference", "{count} differences", total)
    click.echo(_("{days} days: {count}", days=len(days), count=count))
    print_meanings([*codes])


def _print_difference(one: Mapping[str, Any]) -> None:
    from textwrap import wrap

    from edusync.locale.details import in_words
    from edusync.locale.labels import label

    fields = ", ".join(label("field", name) for name in str(one["field"] or "").split(", ") if name)
    words = " ".join(filter(None, [one["code"], one["source_id"], f"({fields})" if fields else ""]))
    for line in wrap(words, WIDTH - 4):
        click.echo(f"    {line}")
    for line in wrap(in_words(one["detail"]) or "", WIDTH - 6):
        click.echo(f"      {line}")
