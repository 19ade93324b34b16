"""Print a plan, and what became of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from edusync.locale import gettext as _
from edusync.locale import ngettext
from edusync.locale.labels import label, labels

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
        click.echo(click.style(_("account {name}", name=account.name), bold=True))
        _print_changes(account, verbose=verbose)
        print_outcomes(account.outcomes, verbose=verbose)
    words = summary(change for account in plan.accounts for change in account.changes)
    plan_id = click.style(plan.plan_id, bold=True)
    click.echo(_("plan {id}: {words}", id=plan_id, words=words))
    every = [one for account in plan.accounts for one in account.outcomes]
    print_guards(plan.guards, plan.plan_id, every)


def print_guards(guards: Iterable[str], plan_id: str, outcomes: Iterable[Outcome]) -> None:
    """Print which guards fired, and what a person can do; of what was not read, by which codes."""
    from edusync.codes import get_code
    from edusync.engine.plan.incomplete import unread_codes

    unread = ", ".join(unread_codes(outcomes))

    for name in guards:
        code = get_code(name)
        word = click.style(_("guard"), fg="red", bold=True)
        remedy = code.remedy.replace("PLAN_ID", plan_id)
        if name == "RUN_READ_INCOMPLETE" and unread:
            remedy = _("Look at {codes}; the next whole read catches up.", codes=unread)
        click.echo(f"{word} {name}: {code.meaning}\n  {remedy}")


def print_outcomes(outcomes: Sequence[Outcome], *, verbose: int = 0) -> None:
    """Print events: warnings and errors one by one, expected ones as counts unless asked for."""
    shown = [outcome for outcome in outcomes if verbose or outcome.severity != "info"]
    hidden = Counter(
        outcome.code for outcome in outcomes if outcome not in shown and not _is_done(outcome)
    )
    if shown or hidden:
        heading = _("skipped, and why:")
        click.echo(f"  {heading}")
    for outcome in shown:
        word = label("severity", outcome.severity)
        severity = click.style(f"{word:8}", fg=_COLORS[str(outcome.severity)])
        kind, field = label("kind", outcome.kind or ""), label("field", outcome.field or "")
        what = " ".join(filter(None, (kind, outcome.source_id or outcome.edusign_id)))
        words = ", ".join(filter(None, (field, outcome.words)))
        place = click.style(f"  [{outcome.spec}]", dim=True) if outcome.spec else ""
        click.echo(f"    {severity} {outcome.code} {what}{': ' + words if words else ''}{place}")
    for code, count in sorted(hidden.items()):
        word = click.style(label("severity", "expected"), fg="blue")
        click.echo(f"    {word} {code} × {count}: {_meaning(code)}")


def summary(changes: Iterable[Change]) -> str:
    """Return how many changes of each kind a plan has."""
    counts = Counter[str](change.action for change in changes)
    return ", ".join(
        _("{count} to {action}", count=counts[action], action=label("action", action))
        for action in _MARKS
        if counts[action]
    ) or _("nothing to do")


def _print_changes(account: AccountPlan, *, verbose: int) -> None:
    if not account.changes and not account.held:
        nothing = _("nothing to do")
        click.echo(f"  {nothing}")
    listed = account.changes if verbose else account.changes[:_MANY]
    for change in listed:
        _print_change(change, "")
    if len(listed) < len(account.changes):
        more = _(
            "… and {count} more: {summary} (-v shows all)",
            count=len(account.changes) - len(listed),
            summary=summary(account.changes),
        )
        click.echo(f"  {more}")
    for change in account.held[: None if verbose else _MANY]:
        note = _("held back")
        _print_change(change, f"  {note}{_why_held(change)}")


def _print_change(change: Change, note: str) -> None:
    mark, color = _MARKS[change.action]
    fields = (
        f" ({labels('field', change.fields)})"
        if change.fields and change.action in {"update", "adopt"}
        else ""
    )
    click.echo(
        f"  {click.style(mark, fg=color, bold=True)} "
        f"{label('action', change.action):8} {label('kind', change.kind):9} "
        f"{change.source_id}{fields}{click.style(note, fg='red')}"
    )


def _why_held(change: Change) -> str:
    """Return why a change is held: the keys that changed, or how many students would leave."""
    if change.because:
        return _(", changed: {keys}", keys=", ".join(change.because))
    leaving = len(change.leaves)
    if not leaving:
        return ""
    return ngettext(", {count} student would leave", ", {count} students would leave", leaving)


def _meaning(code: str) -> str:
    from edusync.codes import get_code

    return get_code(code).meaning


def _is_done(outcome: Outcome) -> bool:
    from edusync.app.runs.sync import DONE

    return outcome.code in DONE


def print_meanings(codes: Sequence[str]) -> None:
    """Print what each code means and what the reader can do, once, folded at 80 columns."""
    from edusync.codes import get_code

    for name in codes:
        code = get_code(name)
        click.echo(click.style(name, bold=True))
        fold(code.meaning, 2)
        fold(code.remedy, 2)


def fold(words: str, indent: int) -> None:
    """Print words on lines of at most 80 columns."""
    from textwrap import wrap

    for line in wrap(words, 80 - indent, break_long_words=False):
        click.echo(" " * indent + line)
