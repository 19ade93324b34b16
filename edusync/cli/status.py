"""`edusync status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.runner.needs import Need
    from edusync.app.runner.status import Standing


@click.command("status")
@click.option(
    "--select",
    multiple=True,
    metavar="WORD",
    help="Only these: a name, erp=NAME or label=WORD, with * and ?; may be given several times.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How it is printed.",
)
@common
def command(select: tuple[str, ...], form: str) -> int:
    """List the connectors of the project: last runs, the next one, what needs a person.

    Exit code 1 when something needs a person. Nothing is written.
    """
    from edusync.app.runner.fleet import Fleet
    from edusync.app.runner.status import status_of_fleet

    options = common_options()
    project = options.needed_project()
    fleet = Fleet(project, options.registry())
    standings, needs = status_of_fleet(
        options.store(), fleet, project.chosen(select), options.now()
    )
    if form == "json":
        import json
        from dataclasses import asdict

        data = {
            "version": 1,
            "connectors": [one.as_dict() for one in standings],
            "needs": [asdict(need) for need in needs],
        }
        click.echo(json.dumps(data, indent=2, ensure_ascii=False))
    else:
        _print(standings, needs)
    return 1 if needs else 0


def _print(standings: Sequence[Standing], needs: Sequence[Need]) -> None:
    from edusync.locale import gettext as _
    from edusync.locale import ngettext

    width = max((len(one.listed.name) for one in standings), default=0)
    for one in standings:
        ways = "  ".join(f"{way} {_way(one, way)}" for way in ("down", "up"))
        at = "" if one.next_at is None else f"{one.next_at:%Y-%m-%d %H:%M}"
        coming = _("next {moment}", moment=at) if at else ""
        name = click.style(one.listed.name.ljust(width), bold=True)
        click.echo(f"{name}  {one.listed.erp:14} {ways}  {coming}")
        if one.pause is not None:
            end = f"{one.pause.until:%Y-%m-%d %H:%M}"
            words = _("paused until {moment}: {why}", moment=end, why=one.pause.reason)
            click.echo(f"{' ' * width}  {click.style(words, fg='yellow')}")
    click.echo(_("times are UTC") if standings else _("the project has no connector"))
    if not needs:
        click.echo(_("nothing needs a person"))
        return
    things = ngettext("{count} thing to settle:", "{count} things to settle:", len(needs))
    click.echo(click.style(things, bold=True))
    for need in needs:
        click.echo(f"  {need.connector}  {click.style(need.code, bold=True)}: {need.words}")
        click.echo(f"      {need.command}")


def _way(one: Standing, way: str) -> str:
    from edusync.locale import gettext as _
    from edusync.locale.labels import label

    run, slot = one.runs.get(way), one.slots.get(way)
    words = _("never")
    if run is not None:
        words = f"{label('grade', run.status)} {run.started_at:%m-%d %H:%M}"
    if slot is not None and slot.state != "done" and (run is None or slot.code):
        words += f" (slot {slot.state}: {slot.code})"
    return words.ljust(22)
