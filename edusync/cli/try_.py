"""`edusync try SPEC | CONNECTOR_FILE`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from edusync.cli.options import common, common_options
from edusync.cli.tracing import traced

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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
@click.option("--all", "everything", is_flag=True, help="Show columns that nothing reads, too.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How it is printed; JSON holds every column.",
)
@common
@traced
def command(
    file: Path,
    only: str | None,
    limit: int,
    case_name: str | None,
    form: str,
    *,
    everything: bool,
) -> int:
    """Show the rows of each list as sent, kept and dropped, and what they mean.

    Values stand as they were sent, texts in quotes; what nothing reads is left out. Each value of
    an item stands with the line of the spec that made it.

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
    if form == "json":
        _print_json(tried, limit)
    else:
        for one in tried.lists:
            _print_list(one, limit, tried.outcomes, everything=everything)
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
        registry = common_options().registry()
        return load_instance(file, registry), registry, common_options().begins()
    wanted = case_name or "nominal"
    case = next((case for case in cases_of([file]) if case.folder.name == wanted), None)
    if case is None:
        raise UsageProblem(
            "RUN_USAGE",
            f"there is no case '{wanted}' for {file}",
            "name one with --case, or give a connector file",
        )
    instance, registry, moment = stack.enter_context(case.opened())
    moment = replace(moment, tools=replace(moment.tools, trace=common_options().trace))
    return instance, registry, moment


def _print_list(
    one: TriedList, limit: int, outcomes: Sequence[Outcome], *, everything: bool
) -> None:
    from edusync.cli.render.rows import print_rows

    place = f"{one.place.file}:{one.place.line}"
    click.echo(
        f"\n{click.style(one.name, bold=True, fg='cyan')}  {_counts(one)}\n"
        f"  {click.style(f'[{place}]', dim=True)}"
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

    def all_of(_path: str) -> bool:
        return True

    reads, uses = (all_of, all_of) if everything else (one.reads, one.uses)
    print_rows("as sent", one.sent[:limit], reads, len(one.sent))
    if one.kept and one.kept[:limit] != one.sent[:limit]:
        print_rows("kept", one.kept[:limit], uses, len(one.kept))
    for gone in one.dropped[:limit]:
        detail = f" ({gone.detail})" if gone.detail else ""
        click.echo(
            f"  {click.style('dropped', fg='yellow')} {gone.code}{detail}  "
            f"{click.style(f'[{gone.place.file}:{gone.place.line}]', dim=True)}"
        )
        _print_dropped(gone.row, uses)


def _counts(one: TriedList) -> str:
    """Return what became of the rows; the parts add up to those that came."""
    parts = [
        (len(one.kept), "kept"),
        (len(one.dropped), "dropped"),
        (one.ignored, "ignored"),
        (one.again, "came before"),
    ]
    above = one.came - len(one.sent)
    sent = f"{one.came} sent" + (f" ({above} dropped above)" if above else "")
    counted = [f"{count} {word}" for count, word in parts if count or word == "kept"]
    return f"{sent}, {', '.join(counted)}"


def _print_dropped(row: Any, uses: Callable[[str], bool]) -> None:
    from edusync.app.authoring.columns import as_sent, cut, leaves
    from edusync.cli.render.rows import width

    values = leaves(row)
    shown = {name: value for name, value in values.items() if uses(name)} or values
    text = ", ".join(f"{name} {as_sent(value)}" for name, value in shown.items())
    click.echo(f"    {cut(text, width() - 4)}")


def _print_items(tried: Tried, limit: int) -> None:
    for kind in dict.fromkeys(item.kind for item in tried.items):
        items = [item for item in tried.items if item.kind == kind]
        click.echo(f"\n{click.style(f'{kind}  {len(items)}', bold=True, fg='cyan')}")
        for item in items[:limit]:
            click.echo(f"  {click.style(item.source_id, bold=True)}")
            for name, value, place in item.fields:
                if name != "source_id":
                    where = click.style(f"[{place.file}:{place.line}]", dim=True) if place else ""
                    click.echo(f"    {name:14} {_short(value):{_WIDEST}} {where}".rstrip())


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


def _print_json(tried: Tried, limit: int) -> None:
    """Print everything as JSON: rows as they were sent and kept, and what they mean."""
    import json

    lists = [
        {
            "name": one.name,
            "spec": f"{one.place.file}:{one.place.line}",
            "counts": {
                "sent": one.came,
                "kept": len(one.kept),
                "dropped": len(one.dropped),
                "ignored": one.ignored,
                "came_before": one.again,
            },
            "problems": list(one.problems),
            "switched_off": one.switched_off,
            "sent": one.sent[:limit],
            "kept": one.kept[:limit],
            "dropped": [
                {
                    "code": gone.code,
                    "detail": gone.detail,
                    "spec": f"{gone.place.file}:{gone.place.line}",
                    "row": gone.row,
                }
                for gone in one.dropped[:limit]
            ],
        }
        for one in tried.lists
    ]
    items: dict[str, dict[str, Any]] = {}
    for item in tried.items:
        kind = items.setdefault(item.kind, {"count": 0, "items": []})
        kind["count"] += 1
        if kind["count"] <= limit:
            fields = {
                name: {"value": value, "spec": f"{place.file}:{place.line}" if place else None}
                for name, value, place in item.fields
            }
            kind["items"].append({"source_id": item.source_id, "fields": fields})
    found = {"lists": lists, "items": items}
    click.echo(json.dumps(found, indent=2, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> Any:
    """Return what JSON has no form for as text; what is unknown says so."""
    from edusync.model import UNKNOWN

    if value is UNKNOWN:
        return "(unknown)"
    members = getattr(value, "members", None)
    if members is not None:
        return {"text": str(value), **members}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
