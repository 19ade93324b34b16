"""What another system said, as it may be kept: cut, on one line, and without the people in it."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_LONGEST = 200
LOOKED_AT = 2_000
"""How much of a text is looked at; nobody writes more for a reader."""
_EMAIL = re.compile(r"\S+@\S+")
_PHONE = re.compile(r"(?<![\w-])(?!\d{4}-\d\d-\d\d)\+?\(?\d(?:[ .()/\u00a0-]{0,2}\d){8,}(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 3
_HOLES = re.compile(r"…(?:[\s.,;:'’_-]*…)+")

_PLAIN_TEXT = """
    a after again already an and another api are as at be before but by can cannot could date
    denied does down end error errors exist exists expired failed field filter for forbidden found
    from get has have host id in incorrect internal invalid is it key later limit limited list
    locked long maintenance many message mandatory missing must name no not of off on only or
    overloaded page parameter please put quota rate reason given refused required request requests
    response retry right rights school server service session sheet short span start state status
    student students such temporarily temporary that the there this time timeout to token too try
    unable unauthorized unavailable unexpected unknown valid value was when will with wrong
    archived attendance busy course courses days deleted duplicate e email external externals group
    groups justified absence absences reasons professor professors
    apprenant après aucun aucune clé cours dans de des déjà doit du elle erreur est et existe
    feuille formateur groupe il indisponible inconnu inconnue interdit interne introuvable la le les
    liste maintenance manque manquant ne non obligatoire ou par pas plus pour refusé requête
    réessayez serveur session surchargé temporairement trop trouvé trouvée ultérieurement un une
"""
_PLAIN = frozenset(_PLAIN_TEXT.split())
"""Words that name nobody, so they are kept also while nobody knows who might be named."""


def redacted(words: str, hidden: Container[str] | None = frozenset()) -> str:
    """Return words of at most 200 characters, without e-mails, numbers of phones and names.

    `hidden` are the words of names (`name_words`). None says that nobody knows which names there
    are: then only words that name nobody are kept.
    """
    plain = unicodedata.normalize("NFC", html.unescape(_decoded(words[:LOOKED_AT])))
    plain = _EMAIL.sub("(an e-mail)", " ".join(plain.split()))
    plain = _PHONE.sub("(a number)", plain)

    def masked(match: re.Match[str]) -> str:
        word = match.group()
        if hidden is None:
            return word if len(word) == 1 or word.casefold() in _PLAIN else "…"
        is_name = len(word) >= _SHORTEST and folded(word) in hidden
        return "(a name)" if is_name else word

    plain = _HOLES.sub("…", _WORD.sub(masked, plain))
    return plain[:_LONGEST]


def name_words(names: Iterable[object]) -> frozenset[str]:
    """Return the words of names, as `redacted` looks for them; what is no text has none."""
    return frozenset(
        word
        for name in names
        if isinstance(name, str)
        for word in map(folded, _WORD.findall(unicodedata.normalize("NFC", name)))
        if len(word) >= _SHORTEST
    )


def folded(text: str) -> str:
    """Return a text in small letters, without accents and such."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.casefold())
        if not unicodedata.combining(letter)
    )


def _decoded(words: str) -> str:
    """Return words without percent signs of a URL, which may be written twice."""
    return unquote(unquote(words))
