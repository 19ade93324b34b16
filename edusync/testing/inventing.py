"""Invent words, numbers, domains and phone numbers in the place of real ones.

Each always the same, no two alike, of the same shape.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import chain, count
from math import prod
from random import Random
from string import ascii_lowercase
from typing import TYPE_CHECKING

from edusync.sandbox.invented import FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_FRENCH = re.compile(r"(?P<prefix>\+33 ?(?:\(0\) ?)?|0033 ?|0)(?P<rest>\D?\d(?:\D?\d){8})\Z")
_ACCENTS = str.maketrans("aeiouAEIOU", "àéîôûÀÉÎÔÛ")
_VOWELS = "aeiou"
_CONSONANTS = "bdfglmnprstv"
_ENDINGS = {
    "last_name": ("ard", "eau", "ier", "et", "on", "in", "ac", "aud"),
    "first_name": ("a", "o", "ina", "elle", "ien", "is", "an", "ette"),
    "": ("a", "e", "i", "o", "u"),
}
_STRIDE = 7919  # a prime, so that every word comes once
_SHORTEST_PIECE = 3
_MOST_REFUSED = 20_000


def folded(text: str) -> str:
    """Return a text without case and accents, as two writings of a name are compared."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.strip().casefold())
        if not unicodedata.combining(letter)
    )


def cased(word: str, like: str) -> str:
    """Write a word as the one that it replaces: in capitals, without any, or with the first one.

    With an accent where that has one.
    """
    if not like.isascii() and word.isascii():
        at = next(
            (at for at, letter in enumerate(word) if letter.translate(_ACCENTS) != letter), -1
        )
        word = word[:at] + word[at:].translate(_ACCENTS)[:1] + word[at + 1 :] if at >= 0 else word
    if like == like.upper() and (len(like) > 1 or len(word) == 1):
        return word.upper()
    return word.lower() if like == like.lower() else word


class Inventor:
    """What stands in the place of real words, digits, domains and numbers.

    `real` are folded words that are never invented.

    Words that begin alike are replaced by words that begin alike, so initials fit; which letter
    stands for which depends on all the real words.
    """

    def __init__(self, real: Collection[str], kept_domains: Collection[str]) -> None:
        self.real, self.kept_domains = frozenset(real), kept_domains
        self.pieces = frozenset(word for word in self.real if len(word) >= _SHORTEST_PIECE)
        self.words: dict[str, str] = {}
        self.taken: set[str] = set()
        self.digits: dict[str, str] = {}
        self.domains: dict[str, str] = {}
        self.phones: dict[str, int] = {}
        self.numbers: dict[int, Iterator[str]] = {}
        self.pools: dict[tuple[str, str], Iterator[str]] = {}
        letters = list(ascii_lowercase)
        Random("\0".join(sorted(self.real))).shuffle(letters)  # noqa: S311 - it hides nothing
        self.letters = dict(zip(letters, [*letters[1:], letters[0]], strict=True))

    def word(self, word: str, role: str) -> str:
        """Return the word in the place of a folded one.

        A last or a first name, or one that means nothing.
        """
        if word not in self.words:
            letter = self.letters.setdefault(word[0], next(iter(self.letters)))
            pool = self.pools.get((role, letter))
            if pool is None:
                pool = self.pools[role, letter] = self._pool(role, letter)
            self.words[word] = letter.upper() if len(word) == 1 else next(pool)
            self.taken.add(self.words[word].casefold())
        return self.words[word]

    def put(self, word: str, instead: str) -> None:
        """Say what stands in the place of a word that is made of others, unless that is taken."""
        if word not in self.words and instead not in self.taken | self.real:
            self.words[word] = instead.title()
            self.taken.add(instead)

    def number(self, digits: str) -> str:
        """Return as many other digits."""
        if digits not in self.digits:
            following = self.numbers.setdefault(len(digits), _numbers(len(digits)))
            self.digits[digits] = next(
                other for other in following if other not in self.real and other != digits
            )
        return self.digits[digits]

    def domain(self, domain: str) -> str:
        """Return a domain for e-mails that is set aside for tests.

        One that the spec itself names stays.
        """
        key = domain.casefold()
        if key in self.kept_domains:
            return domain
        if key not in self.domains:
            number = len(self.domains) + 1
            self.domains[key] = "ecole.test" if number == 1 else f"ecole{number}.test"
        return self.domains[key]

    def phone(self, phone: str) -> str:
        """Return a number of the block that is set aside for fiction, written alike.

        Arcep: 06 39 98 00 00 to 06 39 98 99 99.
        """
        french = _FRENCH.match(phone)
        key = re.sub(r"\D", "", french["rest"] if french else phone)
        number = self.phones.setdefault(key, len(self.phones))
        digits = iter(f"63998{number % 10000:04d}")
        if french is None:
            local = "".join(digits)
            return f"+33 {local[0]} {local[1:3]} {local[3:5]} {local[5:7]} {local[7:]}"
        return french["prefix"] + re.sub(r"\d", lambda _digit: next(digits), french["rest"])

    def _pool(self, role: str, letter: str) -> Iterator[str]:
        """Yield words that nobody bears.

        They hold no name of anybody as long as there are such.
        """
        names = {"last_name": LAST, "first_name": FIRST}.get(role, ())
        plain = (folded(name).title() for name in names if re.fullmatch(r"[^\W\d_]+", name))
        refused = 0
        for word in chain(plain, _words(letter, _ENDINGS.get(role, _ENDINGS[""]))):
            key = word.casefold()
            if key[0] != letter or key in self.taken or key in self.real:
                continue
            if refused < _MOST_REFUSED and self._holds_a_name(key):
                refused += 1
                continue
            yield word

    def _holds_a_name(self, word: str) -> bool:
        return any(
            word[start:end] in self.pieces
            for start in range(len(word))
            for end in range(start + _SHORTEST_PIECE, len(word) + 1)
        )


def _words(letter: str, endings: Sequence[str]) -> Iterator[str]:
    """Yield words that begin with a letter and can be spoken, neighbours unlike."""
    following = [_CONSONANTS] if letter in _VOWELS else [_VOWELS, _CONSONANTS]
    for length in count():
        parts: list[Sequence[str]] = [*following, *([_VOWELS, _CONSONANTS] * length), endings]
        size = prod(map(len, parts))
        for number in range(size):
            place, word = number * _STRIDE % size, letter
            for part in parts:
                place, at = divmod(place, len(part))
                word += part[at]
            yield word.title()


def _numbers(length: int) -> Iterator[str]:
    """Yield numbers of so many digits, and longer ones when there are no more."""
    yield from (f"{number:0{length}d}" for number in range(10**length - 1, -1, -1))
    yield from (str(number) for number in count(10**length))
