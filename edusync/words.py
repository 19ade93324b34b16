"""What another system said, as it may be kept: cut, on one line, and without the people in it."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 200
_LOOKED_AT = 2_000
_EMAIL = re.compile(r"\S+@\S+")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3


def said(words: str, names: Iterable[object] = ()) -> str:
    """Return words of at most 200 characters, without e-mails and without the words of `names`."""
    plain = _EMAIL.sub("(an e-mail)", " ".join(words[:_LOOKED_AT].split()))
    hidden = {
        word
        for name in names
        if isinstance(name, str)
        for word in map(_folded, _WORD.findall(name))
        if len(word) >= _SHORTEST
    }
    if hidden:
        plain = _WORD.sub(
            lambda found: "(a name)" if _folded(found.group()) in hidden else found.group(), plain
        )
    return plain[:_LONGEST]


def _folded(text: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )
