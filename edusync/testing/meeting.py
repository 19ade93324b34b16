"""Meet everybody whom a recording has to know.

Each of their names is known then, wherever it stands.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from edusync.testing.deciphering import as_read
from edusync.testing.inventing import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EMAIL = re.compile(r"(?P<local>[\w.+'-]+)@(?P<domain>[\w-]+(?:\.[\w-]+)+)")
_TOKEN = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+|\d+")
_TELLS_ONE = re.compile(r"[\d._-]")
"""The first part of an e-mail is taken for a log-in when it has one of these: `direction` or
`contact` is a word as any other."""
_SHORTEST = 3
"""Names of fewer letters are replaced where a whole value is one, not inside of texts."""
_SHORTEST_HANDLE = 4
_SHORTEST_NUMBER = 5
"""Numbers of fewer digits are replaced where they stand as a badge or phone number, not elsewhere:
they could be anything."""
PARTICLES = frozenset(
    [
        "m",
        "mr",
        "mme",
        "mlle",
        "melle",
        "dr",
        "pr",
        "prof",
        "monsieur",
        "madame",
        "mademoiselle",
        "et",
        "and",
        "de",
        "du",
        "des",
        "d",
        "l",
        "le",
        "la",
        "les",
        "van",
        "von",
        "der",
        "den",
        "el",
        "al",
        "ben",
        "da",
        "dos",
        "di",
        "del",
        "della",
        "saint",
        "sainte",
        "st",
        "ste",
    ]
)
"""Words that stand in many names and tell nobody. They stay where a name has other words."""


class Token(NamedTuple):
    """A run of letters or of digits in a text; `key` is how it is compared."""

    start: int
    end: int
    key: str

    @property
    def is_number(self) -> bool:
        """Whether it consists of digits."""
        return self.key[:1].isdigit()


class Phrase(NamedTuple):
    """Words that are a name in this order, or, with just these signs in between, a log-in."""

    keys: tuple[str, ...]
    between: tuple[str, ...] | None


def tokens(text: str) -> Iterator[Token]:
    """Yield the words and numbers of a text."""
    for found in _TOKEN.finditer(text):
        yield Token(found.start(), found.end(), folded(found.group()))


def telling(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the words of a name that tell somebody: all, when there are only particles."""
    return tuple(key for key in keys if key not in PARTICLES) or tuple(keys)


class Met:
    """Everybody who was met, in words."""

    def __init__(self) -> None:
        self.roles: dict[str, str] = {}
        """Every word and number that tells a person, and the field that it came from; empty for
        log-ins and the like."""
        self.names: set[str] = set()
        """Words that are a name wherever they stand."""
        self.phrases: dict[str, set[Phrase]] = {}
        self.short_names: set[str] = set()
        self.short_handles: set[str] = set()
        self.pairs: set[tuple[tuple[str, ...], tuple[str, ...]]] = set()
        """Last and first names of persons, word by word."""
        self.domains: set[str] = set()

    def person(self, last: object, first: object, *handles: object) -> None:
        """Meet a person, with e-mail, phone and whatever else tells them."""
        lasts, firsts = self.name(last, "last_name"), self.name(first, "first_name")
        if lasts and firsts:
            self.pairs |= {(lasts, firsts), (telling(lasts), telling(firsts))}
        for handle in handles:
            self.handle(handle)

    def name(self, value: object, role: str) -> tuple[str, ...]:
        """Meet the name of somebody; return its words."""
        if not isinstance(value, str) or "@" in value:
            self.handle(value)
            return ()
        text = as_read(value).letters
        keys = tuple(token.key for token in tokens(text) if not token.is_number)
        for key in telling(keys):
            self.roles.setdefault(key, role)
            if len(key) >= _SHORTEST:
                self.names.add(key)
        if len(keys) > 1:
            self._phrase(Phrase(keys, None))
        elif keys and len(keys[0]) == _SHORTEST - 1:
            self.short_names.add(folded(text))
        return keys

    def handle(self, value: object) -> None:
        """Meet an e-mail, a log-in, a phone or badge number."""
        if isinstance(value, bool) or not isinstance(value, str | int):
            return
        text = as_read(str(value).strip()).letters
        for email in EMAIL.finditer(text):
            self.domains.add(email["domain"].casefold())
            if _TELLS_ONE.search(email["local"]):
                self._known_as(email["local"])
        if "@" not in text:
            self._known_as(text)

    def _known_as(self, text: str) -> None:
        words = list(tokens(text))
        for token in words:
            self.roles.setdefault(token.key, "")
        has_letter = any(not token.is_number for token in words)
        digits = sum(len(token.key) for token in words if token.is_number)
        if (has_letter and len(text) >= _SHORTEST_HANDLE) or digits >= _SHORTEST_NUMBER:
            between = (text[one.end : other.start] for one, other in pairwise(words))
            self._phrase(Phrase(tuple(token.key for token in words), tuple(between)))
        elif has_letter:
            self.short_handles.add(folded(text))

    def _phrase(self, phrase: Phrase) -> None:
        self.phrases.setdefault(phrase.keys[0], set()).add(phrase)


def log_ins(last: Sequence[str], first: Sequence[str]) -> tuple[str, ...]:
    """Return the log-ins that are commonly made of the words of a name.

    With initials, with both names.
    """
    initials, whole = "".join(key[:1] for key in first), "".join(last)
    return (
        initials + whole,
        first[0][:1] + whole,
        whole + initials,
        whole + first[0][:1],
        "".join(first) + whole,
        whole + "".join(first),
        whole,
        "".join(first),
    )
