"""`edusync help WORD`."""

from __future__ import annotations

from textwrap import indent, wrap
from typing import TYPE_CHECKING

import click

from edusync.cli.options import common

if TYPE_CHECKING:
    from edusync.app.authoring.words import Word

_WIDE = 80


@click.command("help")
@click.argument("word", required=False)
@click.option("--all", "everything", is_flag=True, help="List every word.")
@common
def command(word: str | None, *, everything: bool) -> int:
    """Say what a word of the language means: a key, filter, format, name in scope or verdict.

    A key that stands in several places is shown for each; `edusync help resources.paging` shows one
    of them. The name of a command prints its help, a code what it means. Exit code 2 for a word
    that nobody knows; the nearest ones are named.
    """
    from edusync.app.authoring.words import all_words, nearest, words_called
    from edusync.cli import COMMANDS
    from edusync.codes import all_codes
    from edusync.errors import UsageProblem

    if everything:
        _list(all_words())
        return 0
    if word is None:
        click.echo(click.get_current_context().find_root().get_help())
        return 0
    entries = words_called(word)
    for index, one in enumerate(entries):
        if index:
            click.echo()
        _print(one)
    if entries:
        return 0
    if word.upper() in all_codes():
        from edusync.cli.explain import print_code

        return print_code(word)
    if word in COMMANDS:
        return _command(word)
    near = nearest(word)
    hint = f"near: {', '.join(near)}" if near else "`edusync help --all` lists all words"
    raise UsageProblem("RUN_USAGE", f"no word of the language is called '{word}'", hint)


def _command(name: str) -> int:
    context = click.get_current_context().find_root()
    group = context.command
    assert isinstance(group, click.Group)  # noqa: S101 - the root is one
    known = group.get_command(context, name)
    assert known is not None  # noqa: S101 - it is in the table
    click.echo(known.get_help(click.Context(known, context, info_name=name)))
    return 0


def _print(word: Word) -> None:
    from edusync.app.authoring.words import sentences, spelled

    click.echo(f"{click.style(spelled(word), bold=True)}  ({word.kind})")
    for sentence in sentences(word):
        _fold(sentence, 2)
    if word.members and word.kind != "filter":
        wide = min(max(map(len, word.members)), 20)
        for name, meaning in word.members.items():
            lines = wrap(meaning, _WIDE - wide - 6) or [""]
            click.echo(f"    {name:{wide}}  {lines[0]}")
            for line in lines[1:]:
                click.echo(" " * (wide + 6) + line)
    if word.also:
        _fold(f"also in: {', '.join(word.also)}", 2)
    if word.example:
        at = f"  # {word.source}" if word.source else ""
        click.echo(click.style(f"  example{at}", dim=True))
        click.echo(indent(word.example, "    "))


def _fold(text: str, deep: int) -> None:
    for line in wrap(text, _WIDE - deep, break_long_words=False, break_on_hyphens=False):
        click.echo(" " * deep + line)


def _list(words: tuple[Word, ...]) -> None:
    kinds: dict[str, dict[str, None]] = {}
    for one in words:
        kinds.setdefault(one.kind, {})[one.name] = None
    for kind, names in kinds.items():
        click.echo(click.style(kind, bold=True))
        _fold(", ".join(sorted(names)), 2)
