"""Print a plan, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from edusync.engine.outcome import Outcome
    from edusync.engine.plan.plan import AccountPlan, Change, Plan

_MARKS = {
    "create": ("+", "green"),
    "adopt": ("=", "cyan"),
    "update": ("~", "yellow"),
    "complete": ("~", "yellow"),
    "delete": ("-", "red"),
    "settle": ("?", "magenta"),
}
_COLORS = {"error": "red", "warning": "yellow", "info": "blue"}
_MANY = 40


def print_plan(plan: Plan, *, verbose: int = 0) -> None:
    """Print what would be done, and what would not and why."""
    for account in plan.accounts:
        click.echo(click.style(f"account {account.name}", bold=True))
        _print_changes(account, verbose=verbose)
        print_outcomes(account.outcomes, verbose=verbose)
    click.echo(
        f"plan {click.style(plan.plan_id, bold=True)}: "
        f"{summary(change for account in plan.accounts for change in account.changes)}"
    )
    print_guards(plan.guards, plan.plan_id)


def print_guards(guards: Iterable[str], plan_id: str) -> None:
    """Print which guards fired, and what a person can do."""
    from edusync.codes import get_code

    for name in guards:
        code = get_code(name)
        word = click.style("guard", fg="red", bold=True)
        remedy = code.remedy.replace("PLAN_ID", plan_id)
        click.echo(f"{word} {name}: {code.meaning}\n  {remedy}")


def print_outcomes(outcomes: Sequence[Outcome], *, verbose: int = 0) -> None:
    """Print events: warnings and errors one by one, expected ones as counts unless asked for."""
    shown = [outcome for outcome in outcomes if verbose or outcome.severity != "info"]
    hidden = Counter(
        outcome.code for outcome in outcomes if outcome not in shown and not _is_done(outcome)
    )
    if shown or hidden:
        click.echo("  skipped, and why:")
    for outcome in shown:
        severity = click.style(f"{outcome.severity:8}", fg=_COLORS[str(outcome.severity)])
        what = " ".join(filter(None, (outcome.kind, outcome.source_id or outcome.edusign_id)))
        words = ", ".join(filter(None, (outcome.field, outcome.detail)))
        place = click.style(f"  [{outcome.spec}]", dim=True) if outcome.spec else ""
        click.echo(f"    {severity} {outcome.code} {what}{': ' + words if words else ''}{place}")
    for code, count in sorted(hidden.items()):
        click.echo(f"    {click.style('expected', fg='blue')} {code} × {count}: {_meaning(code)}")


def summary(changes: Iterable[Change]) -> str:
    """Return how many changes of each kind a plan has."""
    counts = Counter[str](change.action for change in changes)
    return (
        ", ".join(f"{counts[action]} to {action}" for action in _MARKS if counts[action])
        or "nothing to do"
    )


def _print_changes(account: AccountPlan, *, verbose: int) -> None:
    if not account.changes and not account.held:
        click.echo("  nothing to do")
    listed = account.changes if verbose else account.changes[:_MANY]
    for change in listed:
        _print_change(change, "")
    if len(listed) < len(account.changes):
        click.echo(
            f"  … and {len(account.changes) - len(listed)} more: {summary(account.changes)} (-v "
            "shows all)"
        )
    for change in account.held[: None if verbose else _MANY]:
        _print_change(change, f"  held back{_why_held(change)}")


def _print_change(change: Change, note: str) -> None:
    mark, color = _MARKS[change.action]
    fields = (
        f" ({', '.join(change.fields)})"
        if change.fields and change.action in {"update", "adopt"}
        else ""
    )
    click.echo(
        f"  {click.style(mark, fg=color, bold=True)} {change.action:8} {change.kind:9} "
        f"{change.source_id}{fields}{click.style(note, fg='red')}"
    )


def _why_held(change: Change) -> str:
    """Return why a change is held: the keys that changed, or how many students would leave."""
    if change.because:
        return f", changed: {', '.join(change.because)}"
    count = len(change.leaves)
    return f", {count} student{'' if count == 1 else 's'} would leave" if count else ""


def _meaning(code: str) -> str:
    from edusync.codes import get_code

    return get_code(code).meaning


def _is_done(outcome: Outcome) -> bool:
    from edusync.app.runs.sync import DONE

    return outcome.code in DONE
