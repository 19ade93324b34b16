"""`edusync try SPEC | CONNECTOR_FILE`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edusync.cli.options import common, told
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from edusync.app.authoring.trying import Tried, TriedList
    from edusync.app.files.connector_file import Instance
    from edusync.app.runs.moment import Moment
    from edusync.engine.outcome import Outcome
    from edusync.registry import Registry

_WIDEST = 32


@click.command("try")
@click.argument(
    "file",
    metavar="SPEC | CONNECTOR_FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--resource", "only", metavar="LIST", help="Only this list, and the items that are made of it."
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=5,
    show_default=True,
    help="How many rows and items are shown of each.",
)
@click.option(
    "--case",
    "case_name",
    metavar="CASE",
    help="The recorded answers of this case, without a network; `nominal` for a spec when "
    "not said.",
)
@common
@traced
def command(file: Path, only: str | None, limit: int, case_name: str | None) -> int:
    """Show the rows of each list as sent, kept and dropped, and what they mean.

    Each value stands with the line of the spec that made it.

    Nothing is written. Exit code 1 when a list could not be read wholly.
    """
    from edusync.app.authoring.trying import try_spec
    from edusync.errors import UsageProblem
    from edusync.testing.replay import Unexpected

    with ExitStack() as stack:
        instance, registry, moment = _opened(stack, file, case_name)
        try:
            tried = try_spec(instance, registry, moment, only=only)
        except Unexpected as unexpected:
            raise UsageProblem(
                "RUN_USAGE",
                f"the case does not answer: {unexpected}",
                "take another case, or record it anew",
            ) from None
    for one in tried.lists:
        _print_list(one, limit, tried.outcomes)
    _print_items(tried, limit)
    return 1 if any(one.problems for one in tried.lists) else 0


def _opened(
    stack: ExitStack, file: Path, case_name: str | None
) -> tuple[Instance, Registry, Moment]:
    """Return the connector.

    Of a case of a spec, or the connector file itself against the real system.
    """
    from edusync.app.files.connector_file import load_instance
    from edusync.cli.test import cases_of
    from edusync.errors import UsageProblem
    from edusync.spec.document import read_document

    data = read_document(file.read_text(encoding="utf-8", errors="replace"), str(file)).data
    if isinstance(data, dict) and "accounts" in data and case_name is None:
        registry = told().registry()
        return load_instance(file, registry), registry, told().begins()
    wanted = case_name or "nominal"
    found = next((case for case in cases_of([file]) if case.folder.name == wanted), None)
    if found is None:
        raise UsageProblem(
            "RUN_USAGE",
            f"there is no case '{wanted}' for {file}",
            "name one with --case, or give a connector file",
        )
    instance, registry, moment = stack.enter_context(found.opened())
    moment = replace(moment, tools=replace(moment.tools, trace=told().trace))
    return instance, registry, moment


def _print_list(one: TriedList, limit: int, outcomes: Sequence[Outcome]) -> None:
    head = (
        f"{one.name}  {len(one.sent)} sent, {len(one.kept)} kept, {len(one.dropped)} dropped, "
        f"{one.ignored} ignored"
    )
    click.echo(
        f"\n{click.style(head, bold=True, fg='cyan')}  "
        f"{click.style(f'[{one.place.file}:{one.place.line}]', dim=True)}"
    )
    if one.switched_off:
        click.echo("  switched off by 'when'")
    causes = {
        outcome.code: f"{outcome.code}: {outcome.detail}"
        for outcome in reversed(outcomes)
        if outcome.field == one.name and outcome.code.startswith("CONN_")
    }
    for code in dict.fromkeys((*one.problems, *causes)):
        click.echo(f"  {click.style('not whole', fg='red')} {causes.get(code, code)}")
    _table("as sent", one.sent[:limit])
    if one.kept and one.kept[:limit] != one.sent[:limit]:
        _table("kept", one.kept[:limit])
    for gone in one.dropped[:limit]:
        detail = f" ({gone.detail})" if gone.detail else ""
        click.echo(
            f"  {click.style('dropped', fg='yellow')} {_short(gone.row)}: {gone.code}{detail}  "
            f"{click.style(f'[{gone.place.file}:{gone.place.line}]', dim=True)}"
        )


def _table(title: str, rows: Sequence[Any]) -> None:
    """Print rows as a table of their columns; what they came out of is left out."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    plain = [row if isinstance(row, dict) else {"value": row} for row in rows]
    columns = [
        name
        for name in dict.fromkeys(key for row in plain for key in row)
        if not any(isinstance(row.get(name), dict) and name in _ABOVE for row in plain)
    ]
    if not columns:
        return
    table = Table(
        title=title, title_justify="left", title_style="italic", box=SIMPLE_HEAD, pad_edge=False
    )
    for name in columns:
        table.add_column(name, overflow="fold", max_width=_WIDEST)
    for row in plain:
        table.add_row(*(_short(row.get(name)) for name in columns))
    Console(no_color=not told().color, highlight=False, emoji=False, markup=False).print(table)


_ABOVE = frozenset({"parent"})


def _print_items(tried: Tried, limit: int) -> None:
    for kind in dict.fromkeys(item.kind for item in tried.items):
        items = [item for item in tried.items if item.kind == kind]
        click.echo(f"\n{click.style(f'{kind}  {len(items)}', bold=True, fg='cyan')}")
        for item in items[:limit]:
            click.echo(f"  {click.style(item.source_id, bold=True)}")
            for name, value, place in item.fields:
                if name != "source_id":
                    where = click.style(f"[{place.file}:{place.line}]", dim=True) if place else ""
                    click.echo(f"    {name:12} {_short(value):{_WIDEST}} {where}")


def _short(value: Any) -> str:
    """Write a value so that it fits into a table."""
    from edusync.model import UNKNOWN

    if value is None:
        return ""
    if value is UNKNOWN:
        return "(unknown)"
    if isinstance(value, dict):
        text = ", ".join(
            f"{name}={inner}"
            for name, inner in value.items()
            if not isinstance(inner, dict | list) and inner not in (None, "")
        )
    elif isinstance(value, list | tuple):
        text = ", ".join(_short(item) for item in value)
    else:
        text = str(value)
    return text if len(text) <= 2 * _WIDEST else text[: 2 * _WIDEST - 1] + "…"
