"""Ask the questions of a setup in a terminal: one by one, with arrows and Enter."""

from __future__ import annotations

import shutil
import sys
import textwrap
from typing import TYPE_CHECKING, Any

import click

from edusync.app.setup.answering import NotAnAnswer, check
from edusync.app.setup.pasted import as_entries, in_text
from edusync.errors import EdusyncError, UsageProblem
from edusync.locale import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from edusync.app.setup.offers import Offered
    from edusync.app.setup.prompt import Prompt
    from edusync.app.setup.setup import Setup

_TYPED = object()
_FEW = 8
"""So many things to choose from fit without a search."""


def check_terminal() -> None:
    """Raise UsageProblem where nobody can answer."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageProblem(
            "RUN_USAGE",
            _("this command asks questions, and there is no terminal to ask in"),
            _("write the connector file yourself: `edusync connectors show ERP` lists its keys"),
        )


def ask(setup: Setup, prompt: Prompt) -> None:
    """Ask one question until it is answered, and keep the answer."""
    if prompt.help:
        click.echo()
        say(prompt.help, dim=True)
    offers = _offers(setup, prompt) if prompt.has_offers else []
    while True:
        answer = _answer(prompt, offers)
        try:
            setup.answer(prompt, answer)
        except NotAnAnswer as problem:
            say(str(problem), fg="red")
        else:
            return


def choose(question: str, choices: Sequence[tuple[Any, str]], default: Any = None) -> Any:
    """Let one of several things be chosen; return the first part of its pair."""
    import questionary

    listed = [questionary.Choice(title=_plain(title), value=value) for value, title in choices]
    before = [one for one in listed if default is not None and one.value == default]
    chosen = questionary.select(
        _plain(question),
        choices=listed,
        default=before[0] if before else None,
        qmark="",
        instruction=_("(arrows, then Enter)"),
        use_search_filter=len(listed) > _FEW,
        use_jk_keys=False,
        erase_when_done=True,
    ).unsafe_ask()
    _answered(question, next(title for value, title in choices if value == chosen))
    return chosen


def type_in(
    question: str, default: str = "", refuse: Callable[[str], str | None] = lambda _text: None
) -> str:
    """Let a text be typed; `refuse` says what is wrong with it."""
    import questionary

    def validate(text: str) -> bool | str:
        return refuse(text) or True

    question = _before_colon(question)
    answer = questionary.text(_plain(question), default=default, qmark="", validate=validate)
    return str(answer.unsafe_ask())


def say(text: str, **style: Any) -> None:
    """Print a text, as wide as the terminal."""
    width = min(shutil.get_terminal_size().columns, 100) - 2
    for line in textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False):
        click.echo(click.style(f" {line}", **style))


def _plain(text: str) -> str:
    """Return a text without spaces that do not break, which would be shown as signs."""
    return text.replace("\u00a0", " ")


def _before_colon(question: str) -> str:
    return question if question.endswith("?") else _("{question}:", question=question)


def _answered(question: str, answer: str) -> None:
    """Leave one line of a question with its answer, in place of what could be chosen."""
    click.echo(f" {_before_colon(question)} {click.style(answer, fg='yellow')}")


def yes_or_no(question: str, *, default: bool | None) -> bool:
    """Ask yes or no; without a default, yes stands first."""
    return bool(choose(question, [(True, _("Yes")), (False, _("No"))], default))


def _answer(prompt: Prompt, offers: Sequence[Offered]) -> Any:
    label = prompt.label if prompt.of_account is None else f"{prompt.of_account} · {prompt.label}"
    if prompt.kind in {"gate", "boolean"}:
        return yes_or_no(label, default=prompt.value)
    if prompt.kind == "choice":
        return choose(label, list(prompt.values.items()), prompt.value)
    if offers:
        pick = _several if prompt.kind in {"entries", "pairs"} else _one_of
        picked = pick(prompt, label, offers)
        if picked is not _TYPED:
            return picked
    if prompt.kind == "secret":
        return _secret(prompt, label)
    return type_in(label, in_text(prompt.value), lambda text: _wrong(prompt, text))


def _wrong(prompt: Prompt, text: str) -> str | None:
    try:
        check(prompt, text, may_refer=True)
    except NotAnAnswer as problem:
        return str(problem)
    return None


def _secret(prompt: Prompt, label: str) -> str:
    import questionary

    if prompt.value:
        label = _("{question} (Enter keeps it)", question=label)
    elif not prompt.is_needed:
        label = _("{question} (Enter leaves it out)", question=label)

    def validate(text: str) -> bool | str:
        return _wrong(prompt, text) or True

    answer = questionary.password(_plain(_before_colon(label)), qmark="", validate=validate)
    return str(answer.unsafe_ask())


def _offers(setup: Setup, prompt: Prompt) -> list[Offered]:
    """Return what the ERP has to choose from; say why where it cannot be read."""
    say(_("reading what {erp} has …", erp=setup.spec.label), dim=True)
    try:
        return setup.offers(prompt)
    except EdusyncError as error:
        say(_("{erp} cannot be read: {why}", erp=setup.spec.label, why=error.message), fg="yellow")
        return []


def _several(prompt: Prompt, label: str, offers: Sequence[Offered]) -> Any:
    """Let several be ticked, beside what was answered before; or one's own be typed."""
    import questionary

    before = as_entries(prompt.value)
    known = [one.value for one in offers]
    listed = [
        questionary.Choice(title=_plain(one.label), value=one.value, checked=one.value in before)
        for one in offers
    ]
    listed += [questionary.Choice(title=one, checked=True) for one in before if one not in known]
    listed.append(questionary.Choice(title=_("type or paste something else"), value=_TYPED))
    ticked: list[Any] = questionary.checkbox(
        _plain(label),
        choices=listed,
        qmark="",
        instruction=_("(space ticks, Enter goes on)"),
        use_search_filter=len(listed) > _FEW,
        use_jk_keys=False,
        erase_when_done=True,
    ).unsafe_ask()
    if _TYPED in ticked:
        return _TYPED
    _answered(label, ", ".join(ticked))
    return ticked


def _one_of(prompt: Prompt, label: str, offers: Sequence[Offered]) -> Any:
    listed: list[tuple[Any, str]] = [(one.value, one.label) for one in offers]
    if prompt.value and prompt.value not in [one.value for one in offers]:
        listed.insert(0, (prompt.value, str(prompt.value)))
    if not prompt.is_needed:
        listed.append(("", _("none of them")))
    listed.append((_TYPED, _("type or paste something else")))
    return choose(label, listed, prompt.value)
