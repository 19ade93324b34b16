"""`edusync connectors` and `edusync connectors show NAME`."""

from __future__ import annotations

import click

from edusync.cli.options import common, common_options


@click.group("connectors", invoke_without_command=True)
@common
@click.pass_context
def command(ctx: click.Context) -> None:
    """List the connectors that are installed, or show one."""
    if ctx.invoked_subcommand is not None:
        return
    registry = common_options().registry()
    if not registry.connectors:
        click.echo("no connector is installed; in a checkout, run: pip install -e .")
    width = max((len(name) for name in registry.connectors), default=0)
    for name, registered in sorted(registry.connectors.items()):
        click.echo(
            f"{click.style(name.ljust(width), bold=True)}  {registered.thing.label:24}  "
            f"{click.style(f'plugin {registered.plugin} of {registered.origin}', dim=True)}"
        )


@command.command("show")
@click.argument("name")
@common
def show(name: str) -> int:
    """Show what a connector asks, its options and filters, and what its spec takes for granted."""
    from pathlib import Path

    from edusync.app.files.specs import load_named
    from edusync.cli.render.findings import print_findings

    registry, lang = common_options().registry(), common_options().lang
    spec, document = load_named(name, registry, Path.cwd())
    if spec is None:
        print_findings(document.findings, err=True)
        return 2
    up = f", attendance goes up {spec.schedule.goes_up}" if spec.writeback else ""
    click.echo(
        f"{click.style(spec.label, bold=True)} ({spec.connector}), {spec.file}, looks "
        f"{spec.schedule.window_days} days ahead, runs {spec.schedule.runs} {spec.clock}{up}"
    )
    for title, questions in (
        ("connection", spec.connection),
        ("options", spec.options),
        ("filters", spec.filters),
    ):
        if questions:
            click.echo(click.style(f"\n{title}", bold=True))
        for question in questions.values():
            when = question.asked_when
            notes = [
                question.kind,
                *(["per account"] if question.per_account else []),
                *([f"asked only when {when.source}"] if when is not None else []),
                *(["optional"] if question.optional else []),
                *([f"default {question.shown_default}"] if question.default is not None else []),
                *([f"one of {', '.join(question.choices_in(lang))}"] if question.values else []),
                *([f"such as {question.shown_example}"] if question.example is not None else []),
            ]
            click.echo(f"  {question.name}  {click.style('(' + ', '.join(notes) + ')', dim=True)}")
            for text in filter(None, (question.gate, question.label)):
                click.echo(f"      {getattr(text, lang)}")
            if question.help:
                click.echo(f"      {getattr(question.help, lang)}")
    if spec.assumed:
        click.echo(click.style("\ntaken for granted, to be confirmed with the ERP", bold=True))
    for words, place in spec.assumed:
        click.echo(f"  {place.file}:{place.line}  {words}")
    return 0
