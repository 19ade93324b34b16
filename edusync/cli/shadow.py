"""`edusync shadow CONNECTOR_FILE`, and what `edusync sync --shadow` prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edusync.cli.errors import GUARD, code_of
from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.shadow import Day, People

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

    People and groups as the last look saw them that read all of them.

    Exit code 1 when something differs, or a day was never read whole; 2 when no shadow run looked
    at a day.
    """
    from edusync.app.explaining.events import connector_name
    from edusync.app.runs.shadow import days_seen, people_seen
    from edusync.errors import UsageProblem

    options = common_options()
    name = connector_name(options.connector(connector_file))
    start = None if since is None else options.moment(since)
    days = days_seen(options.store(), name, since=start)
    people = people_seen(options.store(), name, since=start)
    if not days:
        hint = "`edusync sync FILE --shadow` looks now"
        raise UsageProblem("RUN_USAGE", f"no shadow run of '{name}' looked at a day", hint)
    return _show(days, people, form)


def look(instance: Instance, form: str) -> int:
    """Look at both sides now, print what differs on the coming days, and return the exit code."""
    from edusync.app.runs.shadow import days_seen, people_seen, shadow
    from edusync.cli.render.plan import print_outcomes

    options = common_options()
    moment = options.begins()
    result = shadow(instance, options.store(), options.registry(), moment)
    days = days_seen(options.store(), instance.name, since=moment.now)
    people = people_seen(options.store(), instance.name, since=moment.now)
    code = _show(days, people, form)
    if form == "text":
        print_outcomes([one for one in result.outcomes if one not in result.differences])
    if result.guards:
        return GUARD
    return code_of(result.stopped) if result.stopped is not None else code


def _show(days: Sequence[Day], people: Sequence[People], form: str) -> int:
    if form == "json":
        import json

        click.echo(json.dumps(_as_dict(days, people), indent=2, ensure_ascii=False))
    else:
        _print(days, people)
    parts: list[Day | People] = [*days, *people]
    return int(any(one.differences or one.compared is None for one in parts))


def _as_dict(days: Sequence[Day], people: Sequence[People]) -> dict[str, Any]:
    def part(one: Day | People) -> dict[str, Any]:
        keys = ("code", "kind", "source_id", "edusign_id", "field", "detail")
        return {
            "looked_at": one.looked_at.isoformat(),
            "compared": one.compared,
            "differences": [{key: event[key] for key in keys} for event in one.differences],
        }

    return {
        "version": 1,
        "days": [{"account": day.account, "day": day.day.isoformat(), **part(day)} for day in days],
        "people": [{"account": one.account, **part(one)} for one in people],
    }


def _print(days: Sequence[Day], people: Sequence[People]) -> None:
    from edusync.cli.render.plan import print_meanings
    from edusync.locale import gettext as _
    from edusync.locale import ngettext

    of_account = {one.account: one for one in people}
    for account in dict.fromkeys(day.account for day in days):
        click.echo(click.style(_("account {name}", name=account), bold=True))
        for day in (one for one in days if one.account == account):
            compared = day.compared
            words = (
                None if compared is None else ngettext("{count} sheet", "{count} sheets", compared)
            )
            _print_part(str(day.day), words, day.differences)
        known = of_account.get(account)
        if known is not None:
            _print_part(_("people"), _counted(known), known.differences)
    parts: list[Day | People] = [*days, *people]
    every = [one for part in parts for one in part.differences]
    codes = dict.fromkeys(one["code"] for one in every)
    count = ngettext("{count} difference", "{count} differences", len(every))
    click.echo(_("{days} days: {count}", days=len(days), count=count))
    print_meanings([*codes])


def _counted(people: People) -> str | None:
    """Return in words how many people and groups were compared; None for a look in part."""
    from edusync.locale.labels import label

    if people.compared is None:
        return None
    return ", ".join(
        f"{count} {label('kinds', f'{kind}s')}" for kind, count in people.compared.items()
    )


def _print_part(title: str, compared: str | None, differences: Sequence[Mapping[str, Any]]) -> None:
    """Print a day, or the people of an account, with what differs."""
    from edusync.locale import gettext as _
    from edusync.locale import ngettext

    words = _("never read whole")
    if compared is not None:
        count = len(differences)
        differs = ngettext("{count} difference", "{count} differences", count)
        same = _("nothing differs")
        words = f"{compared}, {differs if count else same}"
    click.echo(f"  {title}  {words}")
    for one in differences:
        _print_difference(one)


def _print_difference(one: Mapping[str, Any]) -> None:
    from textwrap import wrap

    from edusync.locale.details import in_words
    from edusync.locale.labels import label

    fields = ", ".join(label("field", name) for name in str(one["field"] or "").split(", ") if name)
    kind = "" if one["kind"] == "course" else label("kind", one["kind"])
    parts = (one["code"], kind, one["source_id"], f"({fields})" if fields else "")
    for line in wrap(" ".join(filter(None, parts)), WIDTH - 4):
        click.echo(f"    {line}")
    for line in wrap(in_words(one["detail"]) or "", WIDTH - 6):
        click.echo(f"      {line}")
