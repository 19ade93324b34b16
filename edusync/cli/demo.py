"""`edusync demo`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common, common_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.authoring.demo import Stage
    from edusync.app.runs.moment import Moment
    from edusync.engine.outcome import Outcome
    from edusync.registry import Registry


@click.command("demo")
@click.option("--erp", help="Which ERP is played; the first one that is installed when not said.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("edusync-demo"),
    show_default=True,
    help="Where the connector file and the store are written.",
)
@click.option("--keep", is_flag=True, help="Leave the servers running at the end.")
@click.option(
    "--web",
    is_flag=True,
    help="Play some days of three schools instead, and open the console with their events.",
)
@common
def command(erp: str | None, folder: Path, *, keep: bool, web: bool) -> int:
    """Play a whole day with an Edusign sandbox and an ERP on this machine.

    Plan, sync, sync again, a change, the next plan.
    """
    if web:
        from edusync.cli.demo_web import open_town

        open_town(folder)
        return 0
    from datetime import datetime, time

    from edusync.app.authoring.demo import Demo
    from edusync.app.runs.moment import Moment
    from edusync.model import PARIS
    from edusync.model.window import day_of

    options = common_options()
    day = day_of(options.now())
    moment = Moment(datetime.combine(day, time(11, 30), PARIS))
    registry = options.registry()
    with Demo(registry, erp or min(registry.simulators, default=""), folder, day) as demo:
        stage = demo.set_up()
        _play(stage, registry, moment)
        _what_next(stage, keep=keep)
        if keep:
            from edusync.cli.sandbox import until_interrupted

            until_interrupted("   The servers run until Ctrl-C.")
    return 0


def _play(stage: Stage, registry: Registry, moment: Moment) -> None:
    from edusync.app.runs.sync import make_plan, sync
    from edusync.cli.render.plan import print_plan
    from edusync.cli.render.progress import Progress

    label = stage.instance.spec.label
    _say(f"1. Two servers on this machine: {label} at {stage.erp}, Edusign at {stage.edusign}")
    click.echo(
        f"   connector file  {stage.connector_file}\n   store           {stage.state}\n   "
        "spec      "
        f"      {stage.instance.spec.file}"
    )
    _say("2. The plan: what a sync would do, and what it would not, and why")
    print_plan(make_plan(stage.instance, stage.store, registry, moment))
    _say("3. The sync")
    with Progress() as progress:
        result = sync(
            stage.instance,
            stage.store,
            registry,
            moment,
            planned=progress.planned,
            progress=progress.step,
        )
    _done(result.outcomes, result.status)
    _say("4. The same sync again: nothing has changed, so nothing is written")
    _done((again := sync(stage.instance, stage.store, registry, moment)).outcomes, again.status)
    _say("5. Meanwhile, at the school:")
    for sentence, happen in stage.story:
        happen()
        click.echo(f"   - {sentence}")
    _say("6. The next plan, with what is new")
    print_plan(make_plan(stage.instance, stage.store, registry, moment))
    _say("7. And the sync that carries it out")
    last = sync(stage.instance, stage.store, registry, moment)
    _done(last.outcomes, last.status)
    _upward(stage, registry, moment)


def _upward(stage: Stage, registry: Registry, moment: Moment) -> None:
    """Play tomorrow's classes, and bring the attendance up."""
    from dataclasses import replace
    from datetime import timedelta

    from edusync.app.runs.writeback import write_back
    from edusync.cli.writeback import print_result

    tomorrow = moment.now + timedelta(days=1)
    _say("8. The next day: students sign, come late, leave, are missing; the sheets are archived")
    for sentence in stage.play_day(tomorrow.date()):
        click.echo(f"   - {sentence}")
    evening = replace(moment, now=tomorrow.replace(hour=20, minute=30))
    _say("9. The attendance goes up")
    print_result(write_back(stage.instance, stage.store, registry, evening))
    _say(f"10. What {stage.instance.spec.label} holds now")
    for row in stage.attendance():
        click.echo(
            "   "
            + "  ".join(f"{name}={value}" for name, value in row.items() if value not in (None, ""))
        )
    _say("11. The same again: nothing is sent twice")
    print_result(write_back(stage.instance, stage.store, registry, evening))


def _done(outcomes: Sequence[Outcome], status: str) -> None:
    from collections import Counter

    from edusync.app.runs.sync import DONE

    counts = Counter(
        (DONE[outcome.code], outcome.kind) for outcome in outcomes if outcome.code in DONE
    )
    for (word, kind), count in counts.items():
        click.echo(f"   {word} {count} {kind}{'s' if count > 1 else ''}")
    click.echo(f"   {status}" + ("" if counts else ": nothing was written"))


def _what_next(stage: Stage, *, keep: bool) -> None:
    _say("What to try next")
    at = f"--state {stage.state}"
    skipped = next(
        (
            event
            for event in _last_events(stage)
            if event["severity"] == "warning" and event["kind"] == "course"
        ),
        None,
    )
    course = skipped["source_id"] if skipped else "ID"
    if keep:
        click.echo(f"   look at Edusign       {stage.edusign}/_sandbox/")
        click.echo(
            f"   why is it not there?  edusync explain {stage.connector_file} course {course} {at}"
        )
        click.echo(f"   try the connection    edusync check {stage.connector_file} {at}")
    else:
        click.echo(f"   what happened, item by item   edusync events {stage.connector_file} {at}")
        click.echo("   keep the servers and look     edusync demo --keep")
        click.echo("   what a code means             edusync explain DOWN_COURSE_PROFESSOR_INVALID")
    click.echo("   connect your own ERP          docs/tutorial/connect-your-erp.md")


def _last_events(stage: Stage) -> list[dict[str, str]]:
    runs = stage.store.runs(stage.instance.name)
    return [
        dict(event)
        for event in stage.store.events(runs[0]["id"], code=None, kind=None, source_id=None)
    ]


def _say(words: str) -> None:
    click.echo("\n" + click.style(words, bold=True, fg="cyan"))
