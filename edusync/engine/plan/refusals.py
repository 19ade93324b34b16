"""What Edusign refused for its data is not sent again until the data change, and counts as refused.

A refusal is about the data when Edusign lists what is not valid, or says so of a field. What stands
there already, is locked, archived or unknown may be accepted next time with the same data.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from edusync.engine.digest import sent_digest
from edusync.target.answers import is_conflict, is_passing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from edusync.engine.digest import Facts
    from edusync.state.refusals import Refusal
    from edusync.target.failures import Rejected

REMEMBERED = timedelta(days=7)
"""After this long it is sent once more: a setting on Edusign may have changed."""

_WRONG = re.compile(
    r"\b(?:required|invalid|not (?:a )?valid|missing|mandatory|must|too long|too short|format"
    r"|obligatoire|requise?|manquante?|invalide|trop longue?|n'est pas valide)\b"
)
_FIELD = re.compile(
    r"\b(?:e-?mail|(?:first|last)_?\s?name|name|phone|adresse|nom|prénom|téléphone|start|end)\b"
)
_STATE = re.compile(
    r"\b(?:locked|deleted|archived|not found|no \w+ with|permission|rights?|token|session|service"
    r"|server|serveur|sending|envoi)\b"
)


def is_about_data(rejected: Rejected) -> bool:
    """Whether the same data will be refused again."""
    words = rejected.words.casefold()
    if is_conflict(words) or is_passing(words) or _STATE.search(words):
        return False
    names_a_field = _WRONG.search(words) is not None and _FIELD.search(words) is not None
    return rejected.is_list or names_a_field


class Refusals:
    """What was refused on one account, by kind and source id."""

    def __init__(self, known: Mapping[tuple[str, str], Refusal], key: bytes, now: datetime) -> None:
        self.known = {
            item: refusal for item, refusal in known.items() if refusal.at > now - REMEMBERED
        }
        self.key = key

    def of(
        self, kind: str, source_id: str, facts: Facts, ids: Mapping[tuple[str, str], str]
    ) -> str | None:
        """Return what Edusign said of these very data; None when they were not refused."""
        refusal = self.known.get((kind, source_id))
        if refusal is None or refusal.content != sent_digest(facts.values, ids, self.key):
            return None
        return refusal.message
