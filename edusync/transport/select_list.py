"""The names that a statement gives its columns, in its own letters.

Some databases fold the letters of names to small ones, some to capitals. What the select list says
is put back by its place there: a word that stands further on, in a condition or in a text, is not
the name of a column.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from edusync.errors import CallFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_TOKEN = re.compile(
    r"""(?:--[^\n]*|/\*.*?\*/)      # comments
      |('(?:[^']|'')*')            # texts
      |"((?:[^"]|"")*)"|`([^`]*)`|\[([^\]]*)\]|([^\W\d]\w*)
      |(\S)""",
    re.DOTALL | re.VERBOSE,
)
_ENDS = frozenset({"from", "into", "union", "except", "intersect", "where", "order", "limit"})
_ANY = "*"


def columns_of(sent: Sequence[str], statement: str, label: str) -> list[str]:
    """Return the statement's own names for its columns; CallFailed when two have the same."""
    own = list(_select_list(statement))
    stars = [at for at, name in enumerate(own) if name == _ANY]
    if not stars and len(own) != len(sent):
        own = []
    first, last = (own[: stars[0]], own[stars[-1] + 1 :]) if stars else (own, [])
    declared = [*first, *[None] * (len(sent) - len(first) - len(last)), *last]
    names = [
        mine if mine is not None and mine.casefold() == theirs.casefold() else theirs
        for theirs, mine in zip(sent, declared, strict=False)
    ]
    for name, count in Counter(names).items():
        if count > 1:
            raise CallFailed(
                "CONN_UNREADABLE",
                f"{label}: {count} columns are called '{name}', and nobody knows which is meant",
                "give each a name of its own in the statement, with `as`",
            )
    return names


def _select_list(statement: str) -> Iterator[str | None]:
    """Yield the name of each item of the first select outside of brackets, None for none."""
    depth, inside = 0, False
    last: str | None = None
    for text, quoted, ticked, bracketed, word, sign in _TOKEN.findall(statement):
        if not (text or quoted or ticked or bracketed or word or sign):
            continue
        if sign in {"(", ")"}:
            depth += 1 if sign == "(" else -1
            last = None
        elif depth:
            continue
        elif not inside:
            inside = word.lower() == "select"
        elif word.lower() in _ENDS or sign == ";":
            yield last
            return
        elif sign == ",":
            yield last
            last = None
        elif sign != ".":
            last = quoted or ticked or bracketed or word or (_ANY if sign == _ANY else None)
    if inside:
        yield last
