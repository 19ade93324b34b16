"""Invented people for simulators.

French names, addresses under .test, the same ones for the same seed.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LAST = (
    "Leroux",
    "Morvan",
    "Bonnet",
    "Garnier",
    "Faure",
    "Chevalier",
    "Lemoine",
    "Renaud",
    "Picard",
    "Le Goff",
    "Marchand",
    "Dufour",
    "Blanchard",
    "Guérin",
    "Boyer",
    "Rousselle",
    "Vidal",
    "Perrot",
    "Delmas",
    "Carpentier",
    "Hamon",
    "Besson",
    "Jacquot",
    "Teixeira",
    "Cordier",
    "N'Diaye",
)
FIRST = (
    "Maëlle",
    "Inès",
    "Théo",
    "Noé",
    "Chloé",
    "Anaïs",
    "Rayan",
    "Lucie",
    "Bastien",
    "Zoé",
    "Adèle",
    "Gaël",
    "Nour",
    "Elise",
    "Karim",
    "Jeanne",
    "Loïc",
    "Sacha",
    "Manon",
    "Hugo",
    "Yasmine",
    "Côme",
    "Alix",
    "Malo",
    "Océane",
    "Émile",
    "Jean-Baptiste",
)


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody who does not exist."""

    last: str
    first: str
    email: str
    birthday: str


def someone(number: int) -> Someone:
    """Return the invented person of a number.

    Neighbours have other names, and every e-mail is unlike.
    """
    last, first = LAST[number * 7 % len(LAST)], FIRST[number * 5 % len(FIRST)]
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", f"{first}.{last}".lower())
        if letter.isalnum() or letter == "."
    )
    return Someone(
        last,
        first,
        f"{plain}{number}@ecole.test",
        f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/{2000 + number % 8}",
    )
