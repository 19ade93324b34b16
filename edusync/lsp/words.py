"""Words of the language, and what a spec declares, as an editor shows them.

The texts are those of `edusync help`, of the codes and of the spec itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from edusync.app.authoring.words import all_words, sentences, spelled, where_of, words_called
from edusync.codes import all_codes, get_code

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from edusync.app.authoring.words import Word
    from edusync.lsp.understood import Understood

_MOST = 40
"""So many recorded names are shown of a list."""


def content(text: str, *, markdown: bool) -> lsp.MarkupContent:
    """Return a text as the protocol has it."""
    kind = lsp.MarkupKind.Markdown if markdown else lsp.MarkupKind.PlainText
    return lsp.MarkupContent(kind, text)


def of_word(word: Word, *, markdown: bool) -> str:
    """Return what `edusync help` says of a word."""
    head = f"**{spelled(word)}** ({word.kind})" if markdown else f"{spelled(word)}  ({word.kind})"
    parts = [head, *sentences(word)]
    if word.members and word.kind != "filter":
        mark = "- `{}`: {}" if markdown else "  {}  {}"
        parts.append(
            "\n".join(mark.format(name, meaning) for name, meaning in word.members.items())
        )
    if word.example:
        at = f"  # {word.source}" if word.source else ""
        yaml = f"```yaml\n{word.example}\n```" if markdown else word.example
        parts.append(f"example{at}\n{yaml}")
    return "\n\n".join(parts)


def of_key(part: str, key: str) -> Word | None:
    """Return the entry of a key in a part of the language."""
    where = where_of(part)
    return next(iter(words_called(f"{where}.{key}" if where else key)), None)


def of_kind(name: str, *kinds: str) -> Word | None:
    """Return the entry of a word that is of one of some kinds, the first of them first."""
    entries = {one.kind: one for one in all_words() if one.name == name}
    return next((entries[kind] for kind in kinds if kind in entries), None)


def of_code(name: str) -> str | None:
    """Return what a code means and what to do, None when there is none of that name."""
    if name not in all_codes():
        return None
    code = get_code(name)
    return f"{name}  ({code.severity})\n\n{code.meaning}\n\n{code.remedy}"


def of_declared(here: Understood, kind: str, name: str) -> str | None:
    """Return what a spec itself says of something that it declares, None when it does not.

    Of a question its label and its help: what a school reads.
    """
    spec = here.spec
    if kind in {"option", "filter", "answer"}:
        questions: Mapping[str, Any] = {
            "option": spec.options,
            "filter": spec.filters,
            "answer": spec.connection,
        }[kind]
        question = questions.get(name)
        return None if question is None else of_question(kind, name, question)
    if kind == "code" and name in spec.codes:
        return f"{name}  (code of this spec)\n\n{spec.codes[name].en}"
    routes: dict[str, tuple[str, ...]] = {
        "list": ("resources", name),
        "call": ("transport", "calls", name),
        "format": ("formats", name),
    }
    spot = here.source.of(routes[kind], key=True) if kind in routes else None
    return None if spot is None else f"{kind} {name}  (line {here.source.line_of(spot.start)})"


def of_question(kind: str, name: str, question: Any) -> str:
    """Return what a school reads of a question, and what it may answer."""
    word = "answer of the connection" if kind == "answer" else kind
    parts = [f"{name}  ({word}, {question.type})"]
    if question.label.en:
        parts.append(question.label.en)
    if question.help:
        parts.append(question.help.en)
    if question.values:
        parts.append("one of: " + ", ".join(question.values))
    return "\n\n".join(parts)


def names_of_rows(names: Sequence[str]) -> str:
    """Return the names that recorded rows have, as one sentence."""
    more = f" and {len(names) - _MOST} more" if len(names) > _MOST else ""
    return f"recorded names: {', '.join(names[:_MOST])}{more}"
