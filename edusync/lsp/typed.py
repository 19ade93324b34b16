"""The place at which somebody types: the file as if a word stood there already.

What is being typed is rarely YAML yet. A word is put in its place, in the ways in which it could go
on; where what follows is broken, what stands below it is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edusync.lsp.source import Source, Spot
from edusync.spec.document import read_document

if TYPE_CHECKING:
    from collections.abc import Iterator

WORD = "edusyncHere"
"""What stands in for the word that is being typed."""
_BEFORE = re.compile(r"[\w$@.-]*$")
_AFTER = re.compile(r"[\w$@-]*")
_AT_A_KEY = re.compile(r"(^\s*(- )*|(?<!\{)[{,]\s*)$")
_CLOSING = {"{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Typed:
    """Where somebody types. `start` and `end` are of the word, dots in it included."""

    source: Source
    data: Any
    spot: Spot
    word: str
    """What was typed of the word so far."""
    before: str
    """What stands before the word in the same value or key."""
    start: int
    end: int
    is_followed: bool
    """Whether a colon stands behind the word already."""


def typed_at(source: Source, offset: int) -> Typed | None:
    """Return the place at which somebody types, None where nothing can be said of it."""
    text = source.text
    begin = text.rfind("\n", 0, offset) + 1
    before, after = _BEFORE.search(text, begin, offset), _AFTER.match(text, offset)
    assert before is not None  # noqa: S101 - both match the empty text
    assert after is not None  # noqa: S101
    word = before.group()
    start, end = offset - len(word), after.end()
    is_followed = re.match(r"\s*:", text[end:]) is not None
    head, tail = text[:start], text[end:]
    dotted = f"{word.rpartition('.')[0]}.{WORD}" if "." in word else WORD
    is_key = _AT_A_KEY.search(text[begin:start]) is not None
    for put, is_new_key in _ways(head[begin:], dotted, is_key=is_key and not is_followed):
        for rest in (tail, _closing(head[begin:] + put)):
            trial = Source(head + put + rest, source.codec)
            spot = next((one for one in trial.spots if _holds(trial, one, start)), None)
            document = read_document(trial.text, "")
            if spot is None or (is_new_key and not spot.is_key):
                continue
            if isinstance(document.data, dict):
                inside = trial.text[spot.start : start]
                return Typed(trial, document.data, spot, word, inside, start, end, is_followed)
    return None


def _holds(source: Source, spot: Spot, start: int) -> bool:
    return spot.start <= start <= spot.end and WORD in source.written(spot)


def _ways(line: str, word: str, *, is_key: bool) -> Iterator[tuple[str, bool]]:
    """Yield what may stand in the place of the word: a key, a value, an open hole.

    With each whether it is a key that was not there.
    """
    if is_key:
        yield f"{word}: 0", True
    yield word, False
    quote = line.count('"') % 2 * '"'
    if line.count("{{") > line.count("}}"):
        yield f"{word} }}}}{quote}", False
    if quote:
        yield word + quote, False
    if line.endswith(":"):
        yield f" {word}", False


def _closing(line: str) -> str:
    """Return what closes the brackets that a line leaves open."""
    opened: list[str] = []
    for sign in re.sub(r"\"[^\"]*\"|'[^']*'|\{\{.*?\}\}", "", line):
        if sign in _CLOSING:
            opened.append(_CLOSING[sign])
        elif opened and sign == opened[-1]:
            opened.pop()
    return "".join(reversed(opened)) + "\n"
