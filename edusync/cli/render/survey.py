"""Print what stands on the accounts of a school, and what would be taken over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from edusync.app.explaining.survey_words import changed_last, headings, numbers, origin_words
from edusync.cli.render.plan import print_outcomes
from edusync.locale import gettext as _
from edusync.locale.labels import label, labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.runs.adopting import Result
    from edusync.app.runs.survey import AccountSurvey, Survey
    from edusync.engine.plan.adoption import AccountAdoption
    from edusync.state.adoptions import Adopted

_WIDTH = 6
_ORIGIN, _WHAT = 10, 11
_MANY = 40


def print_survey(survey: Survey, *, verbose: int = 0) -> None:
    """Print a survey as tables, 80 letters wide."""
    for account in survey.accounts:
        click.echo(click.style(_("account {name}", name=account.name), bold=True))
        _print_rows(account, survey.own)
        for origin, at in sorted(account.changed_at.items()):
            if origin not in {"", survey.own}:
                click.echo(f"  {changed_last(origin, at, survey.zone)}")
        for origin, choice in sorted(account.decided.items()):
            words = _(
                "decided about '{name}': {choice}", name=origin, choice=label("choice", choice)
            )
            click.echo(f"  {words}")
        print_outcomes(account.reasons, verbose=verbose)
    for origin in survey.open:
        words = _(
            "take over what is one to one: edusync adopt FILE --from-type '{name}'", name=origin
        )
        click.echo(words)


def _print_rows(account: AccountSurvey, own: str) -> None:
    heads = "".join(f" {head:>{_WIDTH}}" for head in headings())
    click.echo(f"  {'':{_ORIGIN}} {'':{_WHAT}}{heads}")
    for row in account.rows:
        counts = "".join(f" {count or '.':>{_WIDTH}}" for count in numbers(row))
        origin = _cut(origin_words(row.origin, own), _ORIGIN)
        what = _cut(label("stands", row.kind), _WHAT)
        click.echo(f"  {origin:{_ORIGIN}} {what:{_WHAT}}{counts}")


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def print_adoption(result: Result, *, verbose: int = 0) -> None:
    """Print what would be taken over, or given back, and what would not and why."""
    if result.adoption is not None:
        for account in result.adoption.accounts:
            click.echo(click.style(_("account {name}", name=account.name), bold=True))
            _print_items(account, verbose=verbose)
            mine = [one for one in result.outcomes if one.account in {None, account.name}]
            print_outcomes(mine, verbose=verbose)
        return
    _print_given(result.given_back, verbose=verbose)
    print_outcomes(result.outcomes, verbose=verbose)


def _print_items(account: AccountAdoption, *, verbose: int) -> None:
    shown = account.items if verbose else account.items[:_MANY]
    for item in shown:
        mark = click.style("=", fg="cyan", bold=True)
        was = item.former_id or _("made by hand")
        words = labels("evidence", item.evidence)
        line = f"{label('kind', item.kind):9} {item.source_id}  <- {was} ({words})"
        if item.differs:
            line += " " + _("differs: {fields}", fields=labels("field", item.differs))
        click.echo(f"  {mark} {line}")
    if len(shown) < len(account.items):
        more = _("… and {count} more (-v shows all)", count=len(account.items) - len(shown))
        click.echo(f"  {more}")


def _print_given(items: Mapping[str, Sequence[Adopted]], *, verbose: int) -> None:
    for account, some in items.items():
        click.echo(click.style(_("account {name}", name=account), bold=True))
        for item in some if verbose else some[:_MANY]:
            was = item.former_id or _("made by hand")
            click.echo(f"  - {label('kind', item.kind):9} {item.source_id}  -> {was}")
        if len(some) > _MANY and not verbose:
            more = _("… and {count} more (-v shows all)", count=len(some) - _MANY)
            click.echo(f"  {more}")
