"""What a refusal of Edusign means: not there, try again later, a matter of the data, or unknown.

Edusign answers `{"status": "error", "message": …}` under HTTP 200 whatever the reason, so only
the words tell. What is not known to mean "not there" for a route never does (D8): nothing is
created and nothing is deleted on it. The words are data; those marked ASSUMED are documented
nowhere, and a school whose Edusign says it otherwise writes `edusign: {not_found: [WORDS]}`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class LookUp:
    """One route that looks an item up: what it answers for one that is not there."""

    route: str
    absent: str
    source: str
    nobody: str = "edusync-no-such-id"
    """What cannot exist there, for asking the route how it says so."""


_NOBODY = "nobody@edusync.invalid"

LOOK_UPS: dict[str, LookUp] = {
    row.route: row
    for row in (
        LookUp("course", "no course with this id found", "seen in use"),
        LookUp("course/get-id", "no course with this id found", "ASSUMED: as for course/:id"),
        LookUp("student", "no student with this id found", "ASSUMED"),
        LookUp("student/get-id", "no student with this id found", "ASSUMED"),
        LookUp("student/by-email", "no student with this email found", "ASSUMED", _NOBODY),
        LookUp("professor", "no professor with this id found", "ASSUMED"),
        LookUp("professor/get-id", "no professor with this id found", "ASSUMED"),
        LookUp(
            "professor/by-email", "error - cannot get professor by email", "seen in use", _NOBODY
        ),
        LookUp("externals", "no external with this id found", "ASSUMED"),
        LookUp("externals/by-email", "err_unknown_external_by_email", "seen in use", _NOBODY),
        LookUp("group", "group not found", "ASSUMED"),
        LookUp("group/get-id", "group not found", "ASSUMED"),
    )
}
"""Each look-up that edusync makes, its known words in small letters, and where these come from."""

_ABSENCE = re.compile(
    r"\b(?:not (?:be )?found|no [\w…',-]+(?: [\w…',-]+){0,8} found|(?:does|do) not exist|unknown"
    r"|no such|introuvables?|inconnue?s?|n'existe pas|aucune? [\w…',-]+(?: [\w…',-]+){0,8} "
    r"trouvée?)\b"
    r"|err_unknown"
)
_NAMES: dict[str, re.Pattern[str]] = {
    "student": re.compile(r"student|learner|apprenant|étudiant|élève|…"),
    "professor": re.compile(r"professor|teacher|instructor|professeur|formateur|enseignant|…"),
    "externals": re.compile(r"external|follower|tutor|tuteur|externe|…"),
    "group": re.compile(r"group|…"),
    "course": re.compile(r"course|sheet|feuille|\bcours\b|…"),
}
"""Words of absence, and what they have to be about: the kind that is looked up, or its very id.

An outage may say "an unknown error" or "school not found" of everything, of what cannot exist too.
"""

_NOT_DONE = (
    r"too many|rate.?limit\w*|quota|throttl\w*|maintenance|unavailable|overload\w*|busy"
    r"|trop de|indisponible|surcharg\w*"
)
_PASSING = re.compile(
    rf"\b(?:{_NOT_DONE}|try again|retry|later|time[d]?.?out|temporar\w*|unexpected"
    r"|internal (?:server )?error|unknown error|erreur "
    r"(?:interne|inconnue|inattendue)|réessaye\w*|ultérieurement)\b"
)
"""Words of a state that passes: the same request may be answered otherwise in a moment."""

_TROUBLE = re.compile(r"\berr(?:or|eur)\b")
_EXISTS_ALREADY = re.compile(r"\balready\b|\bexiste déjà\b")


def is_passing(message: str, data: Iterable[str] = ()) -> bool:
    """Whether a refusal speaks of a state of Edusign that passes, not of the request.

    Words of the `data` that were sent count for nothing: a class may be called "Maintenance".
    """
    words = _folded(message)
    for text in sorted((_folded(text) for text in data), key=len, reverse=True):
        if len(text) > 1:
            words = words.replace(text, "…")
    return _PASSING.search(words) is not None


def texts(data: object) -> Iterator[str]:
    """Yield every text of a body."""
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list | tuple):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from texts(inner)


def is_conflict(message: str) -> bool:
    """Whether a refusal says that something stands there already."""
    return _EXISTS_ALREADY.search(message.casefold()) is not None


class Absences:
    """What means "not there" on one account.

    Known words of the route, those of the connector file, and those that the route was heard to
    say of what cannot exist. An empty success counts as the empty text.
    """

    def __init__(self, not_found: Iterable[str] = ()) -> None:
        self.configured = frozenset(map(_folded, not_found))
        self.heard: dict[str, str] = {}
        """What each route says of what cannot exist, as far as it was asked."""

    def are_meant(self, route: str, key: str, message: str) -> bool:
        """Whether words are known to mean that `key` is not there."""
        known = {LOOK_UPS[route].absent, *self.configured, self.heard.get(route)}
        return not known.isdisjoint(_forms(message, key))

    def learn(self, route: str, message: str) -> None:
        """Note what a route says of what cannot exist; only words of absence say anything."""
        words = _forms(message, LOOK_UPS[route].nobody)[-1]
        names = _NAMES[route.partition("/")[0]]
        trouble = _PASSING.search(words) or _TROUBLE.search(words)
        if _ABSENCE.search(words) and names.search(words) and not trouble:
            self.heard[route] = words


def _folded(message: str) -> str:
    return " ".join(message.split()).casefold()


def _forms(message: str, key: str) -> tuple[str, str]:
    """Return words as they are, and without the id that was asked for."""
    words = _folded(message)
    return words, re.sub(rf"(?<!\w){re.escape(key.casefold())}(?!\w)", "…", words)


def plain_words(message: str, key: str) -> str:
    """Return words in small letters, without the id that was asked for, and not too long."""
    return _forms(message, key)[-1][:_LONGEST]


_LONGEST = 200
